"""A government that weighs losses abroad against politics at home, now and at the deadline."""

from typing import NamedTuple

from agents.arithmetic import exp, normal, share, smaller
from agents.combine import as_far_as_it_pays
from agents.rule import PAIN, Days, Pain, Points, Ratio, Share, View, rule


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


@rule(source="putnam_1988", how=as_far_as_it_pays)
def two_level(
    view: View,
    pain: Pain = PAIN,
    horizon: Days = 365,
    elite_weight: Points = 0.5,
    climb_down: Points = 0.16,
    pride: Points = 0.02,
    hope: Share = 0.3,
    spread: Ratio = 0.8,
    exchanges: Ratio = 4.0,
) -> Terms:
    """Give way once waiting, and what comes after it, costs more than giving way now.

    Abroad there is a date: until then losses run, after it the measure bites. At home elites press, the public
    punishes a climb-down, the leader dislikes losing face. `hope` is the chance that the other side gives in first.

    >>> calm = View(belief=0.7, threat=0.002, stand=0.7, publicity=0.9)
    >>> two_level(calm)
    0.0
    >>> two_level(calm._replace(threat=0.05, anticipation=0.1, elite=0.1))
    1.0
    """
    spell = smaller(view.days_left, 30.0)
    face = climb_down * view.stand * view.publicity * view.salience * view.polity * view.other_line
    pride_lost = pride * view.defiance * view.other_line
    price = view.give_cost + face + pride_lost + view.shadow
    bear = pain * (view.pressure + view.belief * view.threat) * horizon / 365.0
    talk = 1.0 - exp(-view.days_left / (view.latency * exchanges + 1e-6))
    later = (1.0 - talk) * bear + talk * smaller(bear, price)
    luck = share(hope * exp(spread * normal(view.temper)))
    return Terms(
        losses_while_waiting=pain * (view.pressure + view.anticipation - view.relief) * spell / 365.0,
        worth_lost_while_waiting=view.gain * (1.0 - exp(-view.fading * spell)),
        elites=elite_weight * (1.0 - view.coalition) * (view.elite_usual - view.elite),
        what_comes_anyway=(1.0 - luck) * later,
        giving=-view.give_cost,
        climbing_down=-face,
        losing_face=-pride_lost,
        further_demands=-view.shadow,
    )
