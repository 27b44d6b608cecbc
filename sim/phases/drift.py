"""Slow change: trade, currency and votes that move away from a sender, and the day a government joins a rival."""

from agents.arithmetic import clip, larger
from agents.law import law
from sim.chance import PURPOSE, luck
from sim.columns import CRISIS, DYAD, GOV, MEASURE, SIDE, TARGET, WEIGHT
from sim.kinds import KIND
from sim.laws import economy, politics
from sim.mechanisms import ON
from sim.phases.clock import Clock
from sim.state import State


@law
def drift(now: State, new: State, clock: Clock, me: int) -> None:
    """Exports of one government to those whose measures are in force against it, and whether it joins."""
    if now.on[ON.drift] == 1.0:
        for measure in range(len(now.measures)):
            if now.measures[measure, MEASURE.in_force] == 1.0:
                _move(now, new, clock, measure, me)
        _settle_otherwise(now, new, clock, me)
        _vote_otherwise(now, new, clock, me)
    if now.on[ON.joining] == 1.0 and now.governments[me, GOV.joined] == 0.0:
        _join(now, new, clock, me)


@law
def _move(now: State, new: State, clock: Clock, measure: int, me: int) -> None:
    """An embargo moves a third of the trade in four years, a tariff hardly any (own tabulation of COW trade)."""
    crisis, by = int(now.measures[measure, MEASURE.crisis]), int(now.measures[measure, MEASURE.by])
    if int(now.crises[crisis, CRISIS.target - by]) != me or now.crises[crisis, CRISIS.settled] == 1.0:
        return
    owner = int(now.crises[crisis, CRISIS.sender + by])
    kind = int(now.measures[measure, MEASURE.kind])
    if kind == KIND.tariff or kind == KIND.inspection:
        speed, bite = now.weights[WEIGHT.restriction_drift], 1.0
    elif kind == KIND.embargo or kind == KIND.import_ban:
        speed, bite = now.weights[WEIGHT.embargo_drift], now.measures[measure, MEASURE.size]
    else:
        return
    new.dyads[me, owner, DYAD.exports] = economy.drifted(new.dyads[me, owner, DYAD.exports], speed, bite, clock.dt)


@law
def _settle_otherwise(now: State, new: State, clock: Clock, me: int) -> None:
    """Whoever is shut out of a sender's banks, or believes it will be, settles a little more in other currencies."""
    bite = 0.0
    for measure in range(len(now.measures)):
        crisis, by = int(now.measures[measure, MEASURE.crisis]), int(now.measures[measure, MEASURE.by])
        hit = int(now.crises[crisis, CRISIS.target - by]) == me and now.crises[crisis, CRISIS.settled] == 0.0
        if hit and int(now.measures[measure, MEASURE.kind]) == KIND.finance:
            coming = now.sides[crisis, 1 - by, SIDE.belief]
            bite = larger(bite, 1.0 if now.measures[measure, MEASURE.in_force] == 1.0 else coming)
    speed = now.weights[WEIGHT.currency_drift]
    new.governments[me, GOV.invoiced] = economy.drifted(now.governments[me, GOV.invoiced], speed, bite, clock.dt)


@law
def _vote_otherwise(now: State, new: State, clock: Clock, me: int) -> None:
    """Votes follow sentiment towards a sender, if at all: no move is found in the General Assembly."""
    speed = now.weights[WEIGHT.alignment_drift]
    if speed == 0.0:
        return
    for crisis in range(len(now.crises)):
        sender = int(now.crises[crisis, CRISIS.sender])
        if sender != me:
            moved = speed * now.dyads[me, sender, DYAD.sentiment] * clock.dt
            new.dyads[me, sender, DYAD.alignment] = clip(now.dyads[me, sender, DYAD.alignment] + moved, -1.0, 1.0)


@law
def _join(now: State, new: State, clock: Clock, me: int) -> None:
    """A public turned away from a sender makes its government look for other company; one act, at a chance a day."""
    turned = 0.0
    for crisis in range(len(now.crises)):
        if int(now.crises[crisis, CRISIS.sender + TARGET]) == me:
            sender = int(now.crises[crisis, CRISIS.sender])
            turned = larger(turned, -now.dyads[me, sender, DYAD.sentiment])
    hazard = now.weights[WEIGHT.joining] * turned * 10.0
    if hazard <= 0.0:  # most governments, most days: spare them the dice
        return
    chance = luck(clock.seed, clock.run, clock.step, int(now.governments[me, GOV.code]), 0, PURPOSE.joining)
    if chance < politics.happens(hazard, clock.dt):
        new.governments[me, GOV.joined] = 1.0
