"""Do again what paid before."""

from typing import Annotated

from agents.arithmetic import logistic, power
from agents.rule import Ratio, SignedPoints, View, assumed, rule

HUNDRED_POINTS = 100.0
"""Support points in the whole public."""


@rule(
    source="roth_erev_1995",
    es="Ceder con mayor probabilidad cuanto mejor haya resultado ceder antes; la memoria es una ley del modelo.",
)
def reinforcement(
    view: View,
    sharpness: Annotated[
        Ratio,
        "log-odds for each remembered support point",
        assumed(0, 10, "The paper fits such a number to each game; nobody has fitted it to support points."),
    ] = 1.0,
    habit: Annotated[
        SignedPoints,
        "what holding is worth before anything is remembered",
        assumed(
            0, 0.2, "Governments hold at first; three points keep the chance of giving way to about 5 percent a day."
        ),
    ] = 0.03,
) -> float:
    """Give way the likelier, the better it went to give way before; memory itself is a law of the model.

    >>> reinforcement(View(worth_give=0.1, dt=1.0)), reinforcement(View(worth_hold=0.1, dt=1.0))
    (1.0, 0.0)
    """
    a_day = logistic(sharpness * HUNDRED_POINTS * (view.worth_give - view.worth_hold - habit))
    return 1.0 if view.luck < 1.0 - power(1.0 - a_day, view.dt) else 0.0
