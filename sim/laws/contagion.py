"""What third governments and publics make of it: alignment, sides taken, sentiment."""

from agents.arithmetic import clip, over, share
from agents.law import law


@law
def alignment(ideal_point: float, other: float) -> float:
    """Alignment of two governments, 1 for equal votes to -1 for opposite ends (UN ideal points are 4 apart at most).

    Bailey, Strezhnev & Voeten (2017): ideal points from votes in the UN General Assembly.
    """
    gap = ideal_point - other
    return clip(1.0 - (gap if gap > 0.0 else -gap) / 2.0, -1.0, 1.0)


@law
def voice(stance: float, gdp: float, sender_gdp: float) -> float:
    """What one third government's stance adds to the backing of the target: its weight beside the sender's."""
    return clip(stance, -1.0, 1.0) * over(gdp, gdp + sender_gdp)


@law
def heard(humiliation: float, framing: float, by_target: float, by_sender: float) -> float:
    """Humiliation as a watcher hears of it, once both sides have told their story (shares).

    Entman (2003): a frame spreads where it fits what its hearers hold already. `by_target` and `by_sender` are each
    side's public stand times how near its leader's leaning is to the watcher's.
    """
    return share(humiliation * (1.0 + framing * (by_target - by_sender)))


@law
def sentiment_after(sentiment: float, kept: float, turn: float) -> float:
    """Public sentiment towards the sender: turns fast with humiliation seen, and decays."""
    return clip(sentiment * kept - turn, -1.0, 1.0)


@law
def eagerness(pace: float, appetite: float, success: float) -> float:
    """Chance a day that a sender takes up its next demand: more after success, less after failure, `pace` between.

    `success` is what it has learned of coercion, 0 (never works) to 1. An assumption: what is argued about.
    """
    return pace * (1.0 + appetite * (2.0 * success - 1.0))


@law
def prospect(
    worth: float, dependence: float, success: float, held: float, base: float, by_dependence: float,
    by_success: float, by_held: float,
) -> float:  # fmt: skip
    """What a demand promises: its worth, times how likely it looks that the target gives way.

    More likely with exports to the sender (share of GDP), with success so far, less with a record of holding out. The
    `base` is the likelihood without exports and at middling records; the other three say how much each moves it.
    """
    return worth * share(base + by_dependence * dependence + by_success * (success - 0.5) - by_held * (held - 0.5))


@law
def unforeseen(luck: float, spread: float) -> float:
    """What nobody foresees of a demand's promise: a factor from 1 - spread / 2 to 1 + spread / 2."""
    return 1.0 - 0.5 * spread + spread * luck


@law
def turn_a_week(speed: float, humiliation: float, closeness: float, leaning: float, by_leaning: float) -> float:
    """Turn of a public's sentiment in a week: more where it feels close, less where its leader leans to the right."""
    return speed * humiliation * closeness * (1.0 - by_leaning * leaning)
