"""Keep the measure drafted and unsigned for as long as there is something to talk about."""

from typing import Annotated

from agents.rule import Days, PressView, assumed, rule


@rule(
    source="drezner_2003",
    es="Dejar pasar el plazo mientras la otra parte se mueva; ejecutar si no se mueve durante el período de gracia.",
)
def hold_in_reserve(
    view: PressView,
    grace: Annotated[
        Days,
        "time that talks may go on past the date",
        assumed(0.5, 30, "Senders extend deadlines by days to weeks while talks move; the paper gives no number."),
    ] = 3.0,
) -> float:
    """Let the date pass while the other side moves; carry out when it has not moved for the grace.

    >>> hold_in_reserve(PressView(due_in=-1.0, since_moved=1.0, other_given=0.3))
    0.0
    >>> hold_in_reserve(PressView(due_in=-1.0, since_moved=5.0))
    1.0
    """
    talking = view.other_given > 0.0 and view.since_moved < grace
    return 1.0 if view.due_in <= 0.0 and not talking else 0.0
