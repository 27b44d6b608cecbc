"""Raise the pressure for as long as the other side does not move."""

from typing import Annotated

from agents.rule import Days, PressView, assumed, rule


@rule(
    source="schelling_1960",
    es="Ejecutar las medidas antes de su plazo cuando la otra parte lleva un tiempo sin moverse.",
)
def escalate_while_resisted(
    view: PressView,
    waits: Annotated[
        Days,
        "time without a move of the other side after which measures come early",
        assumed(0.25, 14, "An ultimatum of hours to days is usual; the paper gives no number."),
    ] = 1.0,
) -> float:
    """Carry out measures before they fall due when the other side has not moved for a while.

    >>> escalate_while_resisted(PressView(due_in=5.0, since_moved=2.0))
    1.0
    >>> escalate_while_resisted(PressView(due_in=5.0, since_moved=0.5))
    0.0
    """
    return 1.0 if view.due_in <= 0.0 or view.since_moved > waits else 0.0
