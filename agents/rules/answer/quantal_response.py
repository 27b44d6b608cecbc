"""Better answers are likelier, and none is certain."""

from typing import Annotated

from agents.arithmetic import logistic, power
from agents.rule import PAIN, PAIN_RANGE, Days, Pain, Points, Ratio, View, assumed, rule, sourced

HUNDRED_POINTS = 100.0
"""Support points in the whole public."""


@rule(
    source="mckelvey_palfrey_1998",
    es="Ceder con mayor probabilidad cuanto más convenga dar; las probabilidades valen para un día de reflexión.",
)
def quantal_response(
    view: View,
    precision: Annotated[
        Ratio,
        "log-odds for each support point that giving is better; 0 is a coin",
        assumed(0, 10, "Precision is fitted to each experiment; nobody has fitted it to support points."),
    ] = 1.0,
    pain: Annotated[Pain, "support that a loss of income costs", PAIN_RANGE] = PAIN,
    horizon: Annotated[
        Days,
        "how long the losses of holding are counted",
        assumed(30, 730, "No record shows how far ahead a government counts its losses."),
    ] = 180,
    climb_down: Annotated[
        Points,
        "support lost by a full climb-down in full public",
        sourced("tomz_2007", "Measured for the side that threatened; that it holds for the other is assumed."),
    ] = 0.16,
) -> float:
    """Give way with log-odds that grow with what giving is better by; the odds are for a day of thinking.

    >>> better = View(pressure=0.05, give_cost=0.01, dt=1.0, luck=0.9)
    >>> quantal_response(better), quantal_response(better._replace(pressure=0.0))
    (1.0, 0.0)
    """
    holding = pain * (view.pressure + view.belief * view.threat) * horizon / 365.0
    face = climb_down * view.stand * view.publicity * view.salience * view.polity * view.other_line
    a_day = logistic(precision * HUNDRED_POINTS * (holding - view.give_cost - face))
    return 1.0 if view.luck < 1.0 - power(1.0 - a_day, view.dt) else 0.0
