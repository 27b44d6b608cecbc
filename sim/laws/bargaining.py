"""Clauses, lines, messages, settlement: who gives what, when the two lines meet."""

from agents.arithmetic import exp, share
from agents.law import law


@law
def messages(luck: float, days: float, latency: float) -> int:
    """Messages that arrive in so many days: Poisson with one per latency on average, at most 12.

    Counting them makes rounds of any length equal: two short rounds bring as many as one long one.
    """
    mean = days / latency if latency > 0.0 else 12.0
    chance = exp(-mean)
    summed, count = chance, 0
    while luck > summed and count < 12:
        count += 1
        chance *= mean / count
        summed += chance
    return count


@law
def efficiency(sender_value: float, target_cost: float) -> float:
    """What orders the clauses: the sender's gain for each point it costs the target (assumed: they trade well)."""
    return sender_value / (target_cost + 1e-9)


@law
def ending(position: float, reciprocity: float) -> float:
    """The kind of settlement: 1 conceded, 2 deal, 3 sender backs down (0 is none yet)."""
    if position <= 0.1:
        return 3.0
    return 2.0 if reciprocity >= 0.1 or position < 0.5 else 1.0


@law
def learned(belief: float, happened: float, speed: float) -> float:
    """A belief after an announcement was carried out (1) or missed (0)."""
    return share(belief + speed * (happened - belief))
