"""Those with most to lose keep quiet."""

from typing import Annotated

from agents.rule import Days, Share, StanceView, rule


@rule(
    source="walt_1987",
    es="Hablar a favor de la parte más cercana, salvo que estén en juego las propias exportaciones al emisor.",
)
def fear_of_sender(
    view: StanceView,
    gap: Annotated[Share, "lead of alignment that makes one speak"] = 0.3,
    fear: Annotated[Share, "exports to the sender (share of GDP) at which one no longer dares"] = 0.1,
    delay: Annotated[Days, "time a ministry needs"] = 1.0,
) -> float:
    """Speak for the closer side, unless one's own exports to the sender are at stake.

    >>> near = StanceView(elapsed=3.0, with_target=0.9, with_sender=0.0)
    >>> fear_of_sender(near._replace(exposure=0.02)), fear_of_sender(near._replace(exposure=0.3))
    (0.5, 0.0)
    """
    if view.elapsed < delay * (0.5 + view.temper):
        return 0.0
    lead = view.with_target - view.with_sender - gap * view.exposure / (fear + 1e-9) * 2.0
    if lead > gap:
        return 0.5
    return -0.5 if view.with_sender - view.with_target > gap else 0.0
