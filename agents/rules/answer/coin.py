"""Chance alone: what an explanation has to beat."""

from typing import Annotated

from agents.arithmetic import power
from agents.rule import Share, View, assumed, rule


@rule(
    source="own: a null model",
    es="Darlo todo con la misma probabilidad cada día, sin motivo; rondas de cualquier duración dan los mismos días.",
)
def coin(
    view: View,
    a_day: Annotated[
        Share,
        "chance of giving way on one day",
        assumed(0.01, 0.99, "A null model takes an even coin."),
    ] = 0.5,
) -> float:
    """Give everything with the same chance on every day, for no reason; rounds of any length give the same days.

    >>> coin(View(dt=1.0, luck=0.3)), coin(View(dt=1.0, luck=0.7))
    (1.0, 0.0)
    """
    return 1.0 if view.luck < 1.0 - power(1.0 - a_day, view.dt) else 0.0
