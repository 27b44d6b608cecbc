"""A joint stand is a coordination problem: each stands if enough others do."""

from typing import Annotated

from agents.arithmetic import clip, over
from agents.rule import Days, Ratio, Share, StanceView, assumed, rule

Boldness = Annotated[
    Share,
    "wish to stand where nothing speaks against it",
    assumed(0, 0.4, "Few governments stand alone against a great power; no study measures the wish."),
]
Fear = Annotated[
    Ratio,
    "how much exports to the sender (share of GDP) weigh, the more it does what it announces",
    assumed(1, 20, "At 6, exports of a tenth of GDP outweigh half of the company; no study measures it."),
]
Company = Annotated[
    Share,
    "how much it helps that a quorum stands already",
    assumed(0.1, 1, "Thresholds depend on how many others act (Granovetter 1978); he gives no number for states."),
]
Delay = Annotated[
    Days,
    "time it takes to call a summit",
    assumed(0.25, 14, "Regional summits are called within days."),
]
Anger = Annotated[
    Share,
    "what a wholly defiant public that hears of a full humiliation adds",
    assumed(0, 1, "Publics press governments to speak; no study measures it beside fear and company."),
]
Votes = Annotated[
    Share,
    "what alignment with the target rather than the sender adds",
    assumed(0, 1, "Aligned governments stand together more often; no study measures it beside fear and company."),
]
Left = Annotated[
    Share,
    "what a leader wholly on the left adds, and one on the right takes away",
    assumed(0, 1, "Governments of the left were the first to speak for Colombia in 2025; the weight is not measured."),
]
Temperament = Annotated[
    Share,
    "how far governments alike in all that is known differ in their wish",
    assumed(0, 1, "Governments alike in all that is known do not act alike; the spread is not measured."),
]
Distance = Annotated[
    Ratio,
    "distance of its leader's leaning from the target's beyond which a government stays out, whatever others do",
    assumed(
        0.5,
        2,
        "In January 2025 Argentina, Ecuador, El Salvador, Costa Rica and Panama would not meet for Colombia; 2 is "
        "from one end to the other.",
    ),
]

Words = Annotated[
    Share,
    "wish from which a government speaks for the target without standing with it",
    assumed(
        0.1, 0.5, "In January 2025 Venezuela, Cuba and Honduras spoke within a day, others not; no study measures it."
    ),
]
Heard = Annotated[
    Share,
    "how much words count beside standing with the target",
    assumed(0, 0.5, "Early and Spice (2011) find that backers in words alone change nothing; a little is left here."),
]
FirstWord = Annotated[
    Days,
    "time in which a government that wishes to says so in words",
    assumed(0.05, 1, "The first statements of January 2025 came within hours, others the next day."),
]


@rule(
    source="granovetter_1978",
    es="Apoyar al destinatario cuando los demás, la afinidad y la indignación interna superan el miedo al emisor.",
)
def bloc(
    view: StanceView,
    boldness: Boldness = 0.0,
    fear: Fear = 6.0,
    company: Company = 0.5,
    delay: Delay = 1.5,
    anger: Anger = 0.3,
    votes: Votes = 0.2,
    left: Left = 0.2,
    temperament: Temperament = 0.3,
    distance: Distance = 1.0,
    words: Words = 0.25,
    first_word: FirstWord = 0.25,
    heard: Heard = 0.2,
) -> float:
    """Stand with the target once others, alignment and anger at home outweigh fear of the sender; speak for it sooner.

    Words come within hours from those who half wish to stand; they count for little, and bind nobody to more.
    A government whose leader is far from the target's leader has a veto over its own part in it, and uses it.

    >>> member = StanceView(in_bloc=1.0, elapsed=3.0, with_target=0.9, mood=0.5, quorum=5)
    >>> bloc(member._replace(standing=5, exposure=0.05)), bloc(member._replace(standing=0, exposure=0.3))
    (1.0, 0.0)
    """
    if view.in_bloc == 0.0 or view.elapsed < first_word * (0.5 + view.temper):
        return 0.0
    if abs(view.leaning - view.target_leaning) > distance:
        return 0.0
    others = clip(over(view.standing, view.quorum, 1.0), 0.0, 1.0)
    pull = anger * view.mood * view.humiliation + votes * (view.with_target - view.with_sender) - left * view.leaning
    drawn = temperament * (view.temper - 0.5)
    wish = boldness + company * others + pull - fear * view.exposure * view.sender_record + drawn
    if wish > 0.5 and view.elapsed >= delay * (0.5 + view.temper):
        return 1.0
    return heard if wish > words else 0.0
