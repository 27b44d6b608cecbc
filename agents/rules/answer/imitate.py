"""Do what governments like oneself have done, once enough of them have."""

from typing import Annotated

from agents.arithmetic import share
from agents.rule import Count, Share, View, assumed, rule


@rule(
    source="granovetter_1978",
    es="Ceder cuando la proporción de pares que ha cedido supera el umbral propio.",
)
def imitate(
    view: View,
    threshold: Annotated[
        Share,
        "share of peers that must have given way, before one's own doubts",
        assumed(0.1, 0.9, "The model needs a distribution of thresholds; a majority of peers is the middle one."),
    ] = 0.5,
    own_doubts: Annotated[
        Share,
        "how far one's own type moves the threshold, either way",
        assumed(0, 0.5, "Thresholds differ between governments; no study measures by how much."),
    ] = 0.4,
    company: Annotated[
        Count,
        "peers one must have seen at all",
        assumed(1, 5, "A government can imitate from the first peer on."),
    ] = 1.0,
) -> float:
    """Give way once the share of peers that gave way passes one's own threshold.

    >>> imitate(View(peers=3, peers_gave=0.9)), imitate(View(peers=3, peers_gave=0.1)), imitate(View(peers=0))
    (1.0, 0.0, 0.0)
    """
    if view.peers < company:
        return 0.0
    mine = share(threshold + own_doubts * (2.0 * view.temper - 1.0))
    return 1.0 if view.peers_gave >= mine else 0.0
