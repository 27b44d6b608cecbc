"""What happens at home: support, elites, rallies, audience costs. Shares of the public; times in days."""

import math

from agents.arithmetic import exp, log, logistic, over, power, share
from agents.law import law

QUARTER = 91.25
"""Days of a quarter of a year of 365: approval is measured by quarters."""
WEEK = 7.0
"""Days of a week: moods and sentiments turn by weeks."""
TENS_OF_POINTS = 10.0
"""Steps of ten support points in the whole public: the unit of `election_swing`."""


@law
def kept(half_life: float, days: float) -> float:
    """Share that is left after so many days of exact exponential decay."""
    return exp(-log(2.0) * days / half_life) if half_life > 0.0 else 0.0


@law
def towards(value: float, goal: float, left: float) -> float:
    """A value on its way to a goal, with the share of the distance that is left after this round."""
    return goal + (value - goal) * left


@law
def shock_scale(quarterly_sd: float, persistence: float, days: float) -> float:
    """Standard deviation of the chance change of support in so many days.

    Scaled so that a quarter has the same spread whatever the length of its rounds: the exact step of an
    Ornstein-Uhlenbeck process (Gillespie 1996). Persistence .86 a quarter: 17 Latin American states, 2000-14.
    """
    stationary = 1.0 - persistence * persistence
    step = 1.0 - power(persistence, 2.0 * days / QUARTER)
    return quarterly_sd * math.sqrt(over(step, stationary, 1.0))


@law
def elite_goal(usual: float, loss: float, pain: float, hit: float) -> float:
    """Where elite opinion is heading: the usual level less what losses and closed doors (visas, banks) cost it."""
    return share(usual - pain * loss - hit)


@law
def audience_cost(size: float, publicity: float, salience: float, polity: float, stand: float, climbed: float) -> float:
    """Support lost for climbing down from a public stand (Fearon 1994), nothing without a stand.

    Tomz (2007) measures 16 points for the side that threatened; that it holds for the threatened is an assumption.
    """
    return size * publicity * salience * polity * stand * climbed


@law
def hardened(stand: float, half_time: float, days: float) -> float:
    """A public stand after further days of refusing in public (Fearon 1994: costs grow with every public hour)."""
    return towards(stand, 1.0, kept(half_time, days))


@law
def rally_goal(size: float, humiliation: float, stand: float, mood: float, base: float) -> float:
    """Support that a humiliating announcement brings to a government that stands against it, once built up.

    A part `base` of it comes even where nobody wants defiance (`mood` 0).
    """
    return size * humiliation * stand * (base + mood)


@law
def fresh(weight: float, half_life: float, days: float) -> float:
    """What is left of an announcement as news after so many days, though the measure stands (Mueller 1970)."""
    return weight * kept(half_life, days) if days >= 0.0 else 0.0


@law
def turned(mood: float, humiliation: float, speed: float, weeks: float) -> float:
    """The defiant share of the public after so many weeks of humiliation seen; it never turns everybody."""
    return mood + (1.0 - mood) * (1.0 - exp(-speed * humiliation * weeks))


@law
def within(chance_a_year: float, days: float) -> float:
    """Chance that something happens within so many days, from its chance within a year."""
    return 1.0 - power(1.0 - chance_a_year, days / 365.0)


@law
def happens(a_day: float, days: float) -> float:
    """Chance that something happens within so many days, from its rate a day (a Poisson process)."""
    return 1.0 - exp(-a_day * days)


@law
def successor(mood: float, defiance: float, turn: float, luck: float, spread: float) -> float:
    """Defiance of a new leader: between the old one's and the public's mood, and by chance within a `spread`."""
    return share((1.0 - turn) * defiance + turn * mood + spread * (luck - 0.5))


@law
def reelected(support: float, swing: float, even: float) -> float:
    """Chance of re-election by support on the day: one half where support is `even`."""
    return logistic(swing * TENS_OF_POINTS * (support - even))


@law
def undelivered(price: float, elite: float, mood: float, chance: float, base: float) -> float:
    """Chance that a settlement is found not delivered: none where elites carry it, more where the public is defiant.

    After Putnam (1988): a deal outside the win-set fails at home. `price` is the share of the full price that is paid;
    `base` is the part of the chance that remains where elites and the defiant public are equally strong.
    """
    return share(chance * price * (base + mood - elite))
