"""A leader who climbs down in public pays for it at home."""

from typing import Annotated, NamedTuple

from agents.combine import all_or_nothing
from agents.rule import PAIN, PAIN_RANGE, Days, Pain, Points, View, assumed, rule, sourced


class Terms(NamedTuple):
    """Support points: the price of holding on (positive) and of climbing down (negative)."""

    holding: Points
    climbing_down: Points


@rule(
    source="fearon1994",
    how=all_or_nothing,
    es="Ceder cuando la pérdida prevista cuesta más apoyo interno que echarse atrás en público.",
)
def audience_cost(
    view: View,
    climb_down: Annotated[
        Points,
        "support lost by a full public climb-down",
        sourced("tomz_2007", "Measured for the side that threatened; that it holds for the other is assumed."),
    ] = 0.16,
    horizon: Annotated[
        Days,
        "how long the loss is expected to last",
        assumed(30, 730, "No record shows how far ahead a government counts its losses."),
    ] = 180,
    pain: Annotated[Pain, "support that a loss of income costs", PAIN_RANGE] = PAIN,
) -> Terms:
    """Give way once the loss in sight costs more at home than a public climb-down.

    >>> audience_cost(View(pressure=0.002, stand=1.0, publicity=0.9, salience=0.6, polity=0.7))   # a loud public: hold
    0.0
    """
    return Terms(
        holding=pain * (view.pressure + view.belief * view.threat) * horizon / 365.0,
        climbing_down=-climb_down * view.stand * view.publicity * view.salience * view.polity,
    )
