"""A joint stand is a coordination problem: each stands if enough others do."""

from typing import Annotated

from agents.arithmetic import clip, over
from agents.rule import Days, Ratio, Share, StanceView, rule


@rule(
    source="granovetter_1978",
    es="Apoyar al destinatario cuando los demás, la afinidad y la indignación interna superan el miedo al emisor.",
)
def bloc(
    view: StanceView,
    boldness: Annotated[Share, "wish to stand where nothing speaks against it"] = 0.05,
    fear: Annotated[
        Ratio, "how much exports to the sender (share of GDP) weigh, the more it does what it announces"
    ] = 6.0,
    company: Annotated[Share, "how much it helps that a quorum stands already"] = 0.5,
    delay: Annotated[Days, "time it takes to call a summit"] = 1.5,
) -> float:
    """Stand with the target once others, alignment and anger at home outweigh fear of the sender.

    >>> member = StanceView(in_bloc=1.0, elapsed=3.0, with_target=0.9, mood=0.5, quorum=5)
    >>> bloc(member._replace(standing=5, exposure=0.05)), bloc(member._replace(standing=0, exposure=0.3))
    (1.0, 0.0)
    """
    if view.in_bloc == 0.0 or view.elapsed < delay * (0.5 + view.temper):
        return 0.0
    others = clip(over(view.standing, view.quorum, 1.0), 0.0, 1.0)
    anger = 0.3 * view.mood * view.humiliation + 0.2 * (view.with_target - view.with_sender) - 0.2 * view.leaning
    wish = boldness + company * others + anger - fear * view.exposure * view.sender_record + 0.3 * (view.temper - 0.5)
    return 1.0 if wish > 0.5 else 0.0
