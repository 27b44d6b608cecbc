"""Side with those one votes with, in words, once the dispute is loud enough."""

from typing import Annotated

from agents.rule import Days, Share, StanceView, assumed, rule


@rule(
    source="bailey_2017",
    es="Hablar a favor de la parte claramente más afín, tras el tiempo que necesita un ministerio; solo palabras.",
)
def follow_alignment(
    view: StanceView,
    gap: Annotated[
        Share,
        "lead of alignment that makes one speak",
        assumed(
            0.05, 1, "Governments vote alike without speaking for each other; no study gives the lead that it takes."
        ),
    ] = 0.3,
    delay: Annotated[
        Days,
        "time a ministry needs",
        assumed(0.1, 7, "Foreign ministries comment within hours to days."),
    ] = 1.0,
) -> float:
    """Speak for the side one is clearly closer to, after the time a ministry needs; words only.

    >>> follow_alignment(StanceView(elapsed=2.0, with_target=0.9, with_sender=-0.2))
    0.5
    >>> follow_alignment(StanceView(elapsed=0.1, with_target=0.9, with_sender=-0.2))
    0.0
    """
    if view.elapsed < delay * (0.5 + view.temper):
        return 0.0
    lead = view.with_target - view.with_sender
    if lead > gap:
        return 0.5
    return -0.5 if lead < -gap else 0.0
