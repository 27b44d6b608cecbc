"""Give most of it early, to be done with it."""

from typing import Annotated

from agents.arithmetic import over, power, share
from agents.rule import Ratio, Share, View, assumed, rule


@rule(
    source="faratin_1998",
    es="Dar rápido al principio, y el resto al acercarse la fecha.",
)
def conceder(
    view: View,
    haste: Annotated[
        Ratio,
        "1 is even pace; the larger, the sooner",
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
    """Give fast at first, and the rest as the date comes near.

    >>> conceder(View(elapsed=1.0, days_left=6.0)) > 0.6, conceder(View(elapsed=0.0, days_left=6.0))
    (True, 0.0)
    """
    done = over(view.elapsed, view.elapsed + view.days_left, 1.0)
    return share(most * power(done, over(1.0, haste, 1.0)))
