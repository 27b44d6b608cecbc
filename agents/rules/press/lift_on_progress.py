"""Reward a step of the other side with a step of one's own."""

from typing import Annotated

from agents.rule import PressView, Share, assumed, rule


@rule(
    source="osgood_1962",
    es="Ejecutar lo que vence y levantar lo vigente cuando ya hay suficiente sobre la mesa.",
)
def lift_on_progress(
    view: PressView,
    enough: Annotated[
        Share,
        "share of the demand that counts as progress",
        assumed(0.1, 0.9, "Osgood asks for a visible step and gives no number; half of the demand is the middle."),
    ] = 0.5,
) -> float:
    """Carry out what falls due, and lift what is in force once enough is on the table.

    >>> lift_on_progress(PressView(due_in=-1.0, in_force=1.0, other_given=0.6))
    -1.0
    >>> lift_on_progress(PressView(due_in=-1.0)), lift_on_progress(PressView(due_in=1.0))
    (1.0, 0.0)
    """
    if view.in_force > 0.0 and view.other_given >= enough:
        return -1.0
    return 1.0 if view.due_in <= 0.0 and view.other_given < enough else 0.0
