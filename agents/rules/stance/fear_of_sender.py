"""Those with most to lose keep quiet."""

from typing import Annotated

from agents.rule import Days, Ratio, Share, StanceView, assumed, rule

TINY = 1e-9
"""Keeps a share of zero from dividing by zero."""


@rule(
    source="walt_1987",
    es="Hablar a favor de la parte más cercana, salvo que estén en juego las propias exportaciones al emisor.",
)
def fear_of_sender(
    view: StanceView,
    gap: Annotated[
        Share,
        "lead of alignment that makes one speak",
        assumed(
            0.05, 1, "Governments vote alike without speaking for each other; no study gives the lead that it takes."
        ),
    ] = 0.3,
    fear: Annotated[
        Share,
        "exports to the sender (share of GDP) at which one no longer dares",
        assumed(0.02, 0.5, "Exports of a tenth of GDP make a sender the main market; no study gives the level."),
    ] = 0.1,
    delay: Annotated[
        Days,
        "time a ministry needs",
        assumed(0.1, 7, "Foreign ministries comment within hours to days."),
    ] = 1.0,
    deterrence: Annotated[
        Ratio,
        "gaps of alignment that exports at that level take away",
        assumed(1, 10, "At two gaps only the closest friends of the target still speak; no study measures it."),
    ] = 2.0,
) -> float:
    """Speak for the closer side, unless one's own exports to the sender are at stake.

    >>> near = StanceView(elapsed=3.0, with_target=0.9, with_sender=0.0)
    >>> fear_of_sender(near._replace(exposure=0.02)), fear_of_sender(near._replace(exposure=0.3))
    (0.5, 0.0)
    """
    if view.elapsed < delay * (0.5 + view.temper):
        return 0.0
    lead = view.with_target - view.with_sender - gap * view.exposure / (fear + TINY) * deterrence
    if lead > gap:
        return 0.5
    return -0.5 if view.with_sender - view.with_target > gap else 0.0
