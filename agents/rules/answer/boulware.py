"""Hold for long and give at the end."""

from typing import Annotated

from agents.arithmetic import over, power, share
from agents.rule import Ratio, Share, View, assumed, rule


@rule(
    source="faratin_1998",
    es="Dar poco al principio y casi todo poco antes de la fecha.",
)
def boulware(
    view: View,
    patience: Annotated[
        Ratio,
        "1 is even pace; the larger, the later",
        assumed(1, 50, "The paper varies the shape of the curve; nobody has fitted it to governments."),
    ] = 5.0,
    most: Annotated[
        Share,
        "what is given when the time is up",
        assumed(
            0.1, 1, "The paper lets a negotiator reach its limit at the deadline; the limit here is the whole demand."
        ),
    ] = 1.0,
) -> float:
    """Give slowly at first and most of it shortly before the date.

    >>> early, late = View(elapsed=1.0, days_left=6.0), View(elapsed=6.9, days_left=0.1)
    >>> boulware(early) < 0.01, boulware(late) > 0.9
    (True, True)
    """
    return share(most * power(over(view.elapsed, view.elapsed + view.days_left, 1.0), patience))
