"""A government that weighs losses abroad against politics at home, now and at the deadline."""

from typing import Annotated, NamedTuple

from agents.arithmetic import clip, exp, larger, normal, over, smaller
from agents.combine import as_far_as_it_pays
from agents.rule import PAIN, PAIN_RANGE, Count, Days, Pain, Points, Ratio, Share, View, assumed, rule, sourced

Horizon = Annotated[
    Days,
    "how long measures are expected to stay in force",
    assumed(
        90, 1095, "Measures of other disputes stayed for months to years; no record shows what a government expects."
    ),
]
EliteWeight = Annotated[
    Points,
    "how much discontent of elites weighs, where no public counts",
    assumed(0.3, 1, "Elites press within hours; nobody has measured how much a government gives on that."),
]
ClimbDown = Annotated[
    Points,
    "support lost by a full public climb-down",
    sourced("tomz_2007", "Measured for the side that threatened; that it holds for the other is assumed."),
]
Pride = Annotated[
    Points,
    "what losing face costs a leader who is wholly defiant",
    assumed(0, 0.1, "Leaders dislike losing face beyond what it costs in support; no study measures it."),
]
Hope = Annotated[
    Share,
    "chance that the other side gives in first",
    assumed(0.5, 0.95, "No survey asks a government for it; without much hope nobody would hold at all."),
]
Tires = Annotated[
    Share,
    "chance that the other side lifts its measures without having its way",
    sourced("ties_2014", "In TIES 96 of 337 senders did; that the target expects the average is assumed."),
]
Spread = Annotated[
    Ratio,
    "spread of stubbornness, and of hope, among leaders alike in all that is known",
    assumed(0, 1.5, "Leaders alike in all that is known do not act alike; the spread is not measured."),
]
Exchanges = Annotated[
    Count,
    "messages it takes to talk a settlement through",
    assumed(3, 40, "The talks of January 2025 ended on the first day; their messages are not on record."),
]
Quiet = Annotated[
    Share,
    "share of the price of climbing down that remains when it can be done quietly, later",
    assumed(0.1, 0.8, "It repeats the weight `private_discount`, as the government expects it; neither is measured."),
]
Lookahead = Annotated[
    Days,
    "how far ahead losses while waiting are counted, at most",
    assumed(7, 180, "A government without a date looks ahead about a month; no record shows it."),
]
Attention = Annotated[
    Days,
    "time in which it expects the other side's attention to move on",
    assumed(1, 60, "News of a dispute lasts for a week or two; what a government expects is not measured."),
]
TINY = 1e-6
"""Keeps a latency of zero, or a spread beyond all reason, from dividing by zero."""


class Terms(NamedTuple):
    """Support points: what speaks for giving way now (positive) and against it (negative)."""

    losses_while_waiting: Points
    worth_lost_while_waiting: Points
    elites: Points
    what_comes_anyway: Points
    giving: Points
    what_law_forbids: Points
    climbing_down: Points
    losing_face: Points
    further_demands: Points


@rule(
    source="putnam_1988",
    how=as_far_as_it_pays,
    es="Ceder cuando esperar, y lo que viene después, cuesta más que ceder ahora.",
)
def two_level(
    view: View,
    pain: Annotated[Pain, "support that a loss of income costs", PAIN_RANGE] = PAIN,
    horizon: Horizon = 365,
    elite_weight: EliteWeight = 0.85,
    climb_down: ClimbDown = 0.16,
    pride: Pride = 0.025,
    hope: Hope = 0.8,
    tires: Tires = 0.28,
    spread: Spread = 0.5,
    exchanges: Exchanges = 8.0,
    quiet: Quiet = 0.35,
    lookahead: Lookahead = 30.0,
    attention_time: Attention = 14.0,
) -> Terms:
    """Give way once waiting, and what comes after it, costs more than giving way now.

    Abroad there is a date: until then losses run, after it the measure bites. At home elites press, the public
    punishes a climb-down, the leader dislikes losing face. `hope` is the chance that the other side gives in
    first; it fades while that side does not move.

    >>> calm = View(belief=0.7, threat=0.002, stand=0.7, publicity=0.9)
    >>> round(two_level(calm), 6)
    0.0
    >>> two_level(calm._replace(threat=0.05, anticipation=0.01, elite=0.0))
    1.0
    """
    spell = smaller(view.days_left, lookahead)
    face = climb_down * view.stand * view.publicity * view.salience * view.polity * view.other_line
    stubborn = clip(exp(spread * normal(view.temper)), TINY, 1.0 / TINY)
    pride_lost = pride * view.defiance * view.other_line
    price = view.give_cost + face + pride_lost + view.shadow
    later_price = price if view.private > 0.0 else price - (1.0 - quiet) * face
    in_force = larger(view.pressure - view.relief, 0.0)
    expected = larger(view.pressure + view.belief * view.threat - view.relief, 0.0)
    felt = pain / stubborn
    bear = felt * expected * horizon / 365.0
    time_left = 1.0 - exp(-view.days_left / (view.latency * exchanges + TINY))
    talk = time_left * (1.0 - over(in_force, expected))
    moves = hope * view.other_moves
    odds = over(moves, 1.0 - moves, 1.0 / TINY) * (1.0 + view.backing)
    sure = odds * clip(exp(spread * normal(view.outlook)), TINY, 1.0 / TINY)
    gives_in = over(sure, 1.0 + sure)
    later = (1.0 - talk) * (1.0 - tires) * bear + talk * (1.0 - gives_in) * smaller(bear, later_price)
    return Terms(
        losses_while_waiting=felt * (in_force + view.anticipation) * spell / 365.0,
        worth_lost_while_waiting=view.gain * (1.0 - exp(-view.fading * attention_time)) / stubborn,
        elites=elite_weight * (1.0 - view.coalition) * (view.elite_usual - view.elite) / stubborn,
        what_comes_anyway=later,
        giving=view.forbidden - view.give_cost,
        what_law_forbids=-view.forbidden,
        climbing_down=-face,
        losing_face=-pride_lost,
        further_demands=-view.shadow,
    )
