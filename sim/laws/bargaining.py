"""Clauses, lines, messages, settlement: who gives what, when the two lines meet."""

from agents.arithmetic import exp, share
from agents.law import law

TINY = 1e-9
"""Share of the public: keeps a clause without a price from dividing by zero."""
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
    """What a number is in one run: as often below its default as above it, evenly between it and each end of its range.

    Private types (Harsanyi 1967): what a clause is worth or costs is known to its government, not to us. `low` and
    `high` are factors of the value; a number without a range (1, 1) stays as it is.
    """
    if luck < 0.5:
        return value * (low + 2.0 * luck * (1.0 - low))
    return value * (1.0 + (2.0 * luck - 1.0) * (high - 1.0))


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
def learned(belief: float, happened: float, speed: float) -> float:
    """A belief after an announcement was carried out (1) or missed (0)."""
    return share(belief + speed * (happened - belief))
