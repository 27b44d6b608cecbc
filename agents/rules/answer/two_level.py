"""A government that weighs losses abroad against politics at home, now and at the deadline."""

from typing import Annotated, NamedTuple

from agents.arithmetic import exp, larger, normal, share, smaller
from agents.combine import as_far_as_it_pays
from agents.rule import PAIN, Days, Pain, Points, Ratio, Share, View, rule

EXCHANGES = 12.0
"""Messages it takes to talk a settlement through."""
QUIET = 0.35
"""Share of the price of climbing down that remains when it can be done quietly, later."""
OBSTINATE = 50.0
"""How much dearer giving way is to the few that will not (Abreu & Gul 2000: obstinate types)."""
MONTH, WEEK = 30.0, 7.0
"""Days: how far ahead a government looks where no date is set, and in what time it expects attention to move."""


class Terms(NamedTuple):
    """Support points: what speaks for giving way now (positive) and against it (negative)."""

    losses_while_waiting: Points
    worth_lost_while_waiting: Points
    elites: Points
    what_comes_anyway: Points
    giving: Points
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
    pain: Annotated[Pain, "support that a loss of income costs"] = PAIN,
    horizon: Annotated[Days, "how long measures are expected to stay in force"] = 365,
    elite_weight: Annotated[Points, "how much discontent of elites weighs, where no public counts"] = 0.85,
    climb_down: Annotated[Points, "support lost by a full public climb-down"] = 0.16,
    pride: Annotated[Points, "what losing face costs a leader who is wholly defiant"] = 0.025,
    hope: Annotated[Share, "chance that the other side gives in first"] = 0.8,
    spread: Annotated[Ratio, "spread of stubbornness among leaders alike in all that is known"] = 0.4,
    obstinate: Annotated[Share, "share of wholly defiant leaders that never yield on a wholly salient issue"] = 0.4,
) -> Terms:
    """Give way once waiting, and what comes after it, costs more than giving way now.

    Abroad there is a date: until then losses run, after it the measure bites. At home elites press, the public
    punishes a climb-down, the leader dislikes losing face. `hope` is the chance that the other side gives in first.

    >>> calm = View(belief=0.7, threat=0.002, stand=0.7, publicity=0.9)
    >>> round(two_level(calm), 6)
    0.0
    >>> two_level(calm._replace(threat=0.05, anticipation=0.1, elite=0.1))
    1.0
    """
    spell = smaller(view.days_left, MONTH)
    face = climb_down * view.stand * view.publicity * view.salience * view.polity * view.other_line
    never_yields = obstinate * view.defiance * view.defiance * view.salience
    stubborn = OBSTINATE if view.temper > 1.0 - never_yields else exp(spread * normal(view.temper))
    pride_lost = pride * stubborn * view.defiance * view.other_line
    price = view.give_cost + face + pride_lost + view.shadow
    later_price = price if view.private > 0.0 else price - (1.0 - QUIET) * face
    bear = pain * larger(view.pressure + view.belief * view.threat - view.relief, 0.0) * horizon / 365.0
    talk = 1.0 - exp(-view.days_left / (view.latency * EXCHANGES + 1e-6))
    gives_in = share(hope * (1.0 + view.backing) * stubborn)
    later = (1.0 - talk) * bear + talk * (1.0 - gives_in) * smaller(bear, later_price)
    return Terms(
        losses_while_waiting=pain * (larger(view.pressure - view.relief, 0.0) + view.anticipation) * spell / 365.0,
        worth_lost_while_waiting=view.gain * (1.0 - exp(-view.fading * WEEK)),
        elites=elite_weight * (1.0 - view.coalition) * (view.elite_usual - view.elite),
        what_comes_anyway=later,
        giving=-view.give_cost,
        climbing_down=-face,
        losing_face=-pride_lost,
        further_demands=-view.shadow,
    )
