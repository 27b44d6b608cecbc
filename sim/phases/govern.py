"""Mood, exits, elections: what a crisis does to who governs, and what a new leader is like."""

from agents.arithmetic import larger
from agents.law import law
from sim.laws import politics
from sim.phases.perceive import heard_by
from sim.state.chance import PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CRISIS, DYAD, GOV, SIDE, TARGET, WEIGHT
from sim.state.ladder import is_open, is_watching, worth_left
from sim.state.mechanisms import ON
from sim.state.tables import State


@law
def govern(now: State, new: State, clock: Clock, me: int) -> None:
    """Mood, exit and election of one government in this round."""
    if now.on[ON.mood] == 1.0:
        _turn(now, new, clock, me)
    if now.on[ON.exit] == 1.0:
        _exit(now, new, clock, me)
    if now.on[ON.elections] == 1.0:
        _vote(now, new, clock, me)


@law
def _turn(now: State, new: State, clock: Clock, me: int) -> None:
    """Humiliation turns the mood of the target's public and of those who watch one like themselves humiliated.

    It moves nothing else: not support, not elites.
    """
    row, w = now.governments, now.weights
    humiliation = 0.0
    for crisis in range(len(now.crises)):
        if int(now.crises[crisis, CRISIS.target]) == me and is_open(now, crisis):
            seen = now.sides[crisis, TARGET, SIDE.humiliation] * now.crises[crisis, CRISIS.publicity]
            seen *= worth_left(now, clock, crisis)
            humiliation = larger(humiliation, seen)
        elif now.on[ON.watchers] == 1.0 and is_open(now, crisis) and is_watching(now, crisis, me):
            humiliation = larger(humiliation, _seen_from_afar(now, crisis, me) * worth_left(now, clock, crisis))
    calmed = politics.towards(row[me, GOV.mood], row[me, GOV.mood_usual], clock.mood_kept)
    new.governments[me, GOV.mood] = politics.turned(calmed, humiliation, w[WEIGHT.mood_turn], clock.dt / politics.WEEK)


@law
def _seen_from_afar(now: State, crisis: int, me: int) -> float:
    """Humiliation of another as one's own public feels it: less, and only for one whose votes are near one's own."""
    target = int(now.crises[crisis, CRISIS.target])
    close = larger(now.dyads[me, target, DYAD.alignment], 0.0)
    return now.weights[WEIGHT.watcher_mood] * close * heard_by(now, crisis, me) * now.crises[crisis, CRISIS.publicity]


@law
def _exit(now: State, new: State, clock: Clock, me: int) -> None:
    """Leaders of democracies leave office more often under measures (Licht 2017: modestly); autocrats do not."""
    w, polity = now.weights, now.governments[me, GOV.polity]
    pressed = 0.0
    for crisis in range(len(now.crises)):
        if int(now.crises[crisis, CRISIS.target]) == me:
            pressed = larger(pressed, 1.0 if now.sides[crisis, TARGET, SIDE.pressure] > 0.0 else 0.0)
    democratic = w[WEIGHT.exit_a_year] + pressed * (w[WEIGHT.exit_coerced] - w[WEIGHT.exit_a_year])
    a_year = w[WEIGHT.exit_autocracy] + polity * (democratic - w[WEIGHT.exit_autocracy])
    chance = luck(clock.seed, clock.run, clock.step, int(now.governments[me, GOV.code]), 0, PURPOSE.exit)
    if chance < politics.within(a_year, clock.dt):
        _succeed(now, new, clock, me)


@law
def _vote(now: State, new: State, clock: Clock, me: int) -> None:
    """On election day the public decides whether the leader stays, as far as the country is a democracy.

    A leader who may not stand again leaves whatever the public thinks.
    """
    left = now.governments[me, GOV.election] - clock.time
    if left < 0.0 or left >= clock.dt:
        return
    swing, even = now.weights[WEIGHT.election_swing], now.weights[WEIGHT.election_even]
    beaten = 1.0 - politics.reelected(now.governments[me, GOV.support], swing, even)
    stays = (1.0 - now.governments[me, GOV.polity] * beaten) * (1.0 - now.governments[me, GOV.term_limit])
    chance = luck(clock.seed, clock.run, clock.step, int(now.governments[me, GOV.code]), 0, PURPOSE.election)
    new.governments[me, GOV.votes] = now.governments[me, GOV.votes] + 1.0
    if chance > stays:
        _succeed(now, new, clock, me)
    else:
        new.governments[me, GOV.stayed] = now.governments[me, GOV.stayed] + 1.0


@law
def _succeed(now: State, new: State, clock: Clock, me: int) -> None:
    """A successor, as defiant as the old leader and the mood of the public make likely; support starts anew."""
    row = now.governments
    chance = luck(clock.seed, clock.run, clock.step, int(row[me, GOV.code]), 0, PURPOSE.successor)
    turn, spread = now.weights[WEIGHT.successor_turn], now.weights[WEIGHT.successor_spread]
    new.governments[me, GOV.defiance] = politics.successor(
        row[me, GOV.mood], row[me, GOV.defiance], turn, chance, spread
    )
    new.governments[me, GOV.support] = row[me, GOV.usual]
    new.governments[me, GOV.rally] = 0.0
    new.governments[me, GOV.exits] = row[me, GOV.exits] + 1.0
