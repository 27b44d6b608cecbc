"""Answer a step with a step."""

from typing import Annotated

from agents.arithmetic import larger, share
from agents.rule import Share, View, assumed, rule


@rule(
    source="axelrod_1984",
    es="Dar la misma parte que ha dado el otro lado, sin empezar nunca.",
)
def tit_for_tat(
    view: View,
    first_step: Annotated[
        Share,
        "what is offered before the other side has moved",
        assumed(0, 0.5, "In Axelrod's game the rule cooperates first; here a government waits for the other side."),
    ] = 0.0,
) -> float:
    """Give the share that the other side has given, and never start.

    >>> tit_for_tat(View(other_given=0.4, given=0.1)), tit_for_tat(View(other_given=0.0))
    (0.4, 0.0)
    """
    return share(larger(view.other_given, first_step))
