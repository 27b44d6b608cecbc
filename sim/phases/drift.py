"""Slow change: trade that moves away from a sender, and the day a government joins a rival's institution."""

from agents.arithmetic import larger
from agents.law import law
from sim.chance import PURPOSE, luck
from sim.columns import CRISIS, DYAD, GOV, MEASURE, TARGET, WEIGHT
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
