"""Clauses, lines, messages, settlement: who gives what, when the two lines meet."""

import math

from agents.arithmetic import exp, power, share
from agents.law import law
from sim.laws.politics import kept

TINY = 1e-9
"""Share of the public: keeps a clause without a price from dividing by zero."""
SQUARE_OF_EVEN = 3.0
"""The square of a share evenly spread from 0 to 1 is 1 / 3 on average."""
BACKED_DOWN = 3.0
"""Number of the ending in which the sender backs down, as `sim.engines.outcome` lists them."""


@law
def messages(luck: float, days: float, latency: float, most: float) -> int:
    """Messages that arrive in so many days: Poisson with one per latency on average, and never more than `most`.

    Counting them makes rounds of any length equal: two short rounds bring as many as one long one.
    """
    mean = days / latency if latency > 0.0 else most
    chance = exp(-mean)
    summed, count = chance, 0
    while luck > summed and count < most:
        count += 1
        chance *= mean / count
        summed += chance
    return count


@law
def efficiency(sender_value: float, target_cost: float) -> float:
    """What orders the clauses: the sender's gain for each point it costs the target (assumed: they trade well)."""
    return sender_value / (target_cost + TINY)


@law
def drawn(value: float, low: float, high: float, luck: float) -> float:
    """What a number is in one run: as often below its default as above it, evenly by ratio to each end of its range.

    Random utility (McFadden 1974): what a clause is worth and costs is known to the two governments, not to us. `low`
    and `high` are factors of the value; a number without a range (1, 1) stays as it is.
    """
    if luck < 0.5:
        return value * _part_of(low, 1.0 - 2.0 * luck)
    return value * _part_of(high, 2.0 * luck - 1.0)


@law
def _part_of(factor: float, part: float) -> float:
    """A part of the way from 1 to a factor, by ratio; a factor of 0 has none, so the way there is even."""
    return power(factor, part) if factor > 0.0 else 1.0 - part


@law
def ending(position: float, reciprocity: float, backed_down: float, reciprocated: float, gave_way: float) -> float:
    """The kind of settlement: 1 conceded, 2 deal, 3 sender backs down (0 is none yet).

    A sender backs down at a position up to `backed_down`. A deal gives back `reciprocated` or more of the target's
    price, or ends below the position `gave_way`.
    """
    if position <= backed_down:
        return BACKED_DOWN
    return 2.0 if reciprocity >= reciprocated or position < gave_way else 1.0


@law
def still_moving(half_life: float, silence: float) -> float:
    """Belief that the other side will move at all, after so many days in which it did not.

    After the idea of Abreu & Gul (2000): a side that never moves and one that waits look alike at first, and each day
    of silence speaks for the former. A plain fading stands here for their updating.
    """
    return kept(half_life, silence)


@law
def doubt(left: float, moving: float) -> float:
    """Standard deviation of what the other side may still give: anything that is left if it moves, else nothing."""
    mean = 0.5 * moving
    return left * math.sqrt(moving / SQUARE_OF_EVEN - mean * mean)


@law
def learned(belief: float, happened: float, speed: float) -> float:
    """A belief after an announcement was carried out (1) or missed (0)."""
    return share(belief + speed * (happened - belief))
