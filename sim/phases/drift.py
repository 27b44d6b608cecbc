"""Slow change: trade, currency and votes that move away from a sender, and the day a government joins a rival."""

from agents.arithmetic import clip, larger, smaller
from agents.law import law
from sim.laws import economy, politics
from sim.state.chance import PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CRISIS, DYAD, GOV, MEASURE, SIDE, WEIGHT
from sim.state.ladder import is_open, measures_of
from sim.state.measure_kinds import KIND
from sim.state.mechanisms import ON
from sim.state.tables import State


@law
def drift(now: State, new: State, clock: Clock, me: int) -> None:
    """Exports of one government to those whose measures are in force against it, and whether it joins."""
    if now.on[ON.drift] == 1.0:
        bite = 0.0
        for crisis in range(len(now.crises)):
            for by in range(2):
                if int(now.crises[crisis, CRISIS.target - by]) == me and is_open(now, crisis):
                    _move(now, new, clock, crisis, by)
                    bite = larger(bite, _shut_out(now, crisis, by))
        _settle_otherwise(now, new, clock, me, bite)
        _vote_otherwise(now, new, clock, me)
    if now.on[ON.hedging] == 1.0:
        for sender in range(len(now.governments)):
            if now.dyads[me, sender, DYAD.sentiment] < 0.0:
                _hedge(now, new, clock, me, sender)
    if now.on[ON.rerouting] == 1.0:
        for sender in range(len(now.governments)):
            if new.dyads[me, sender, DYAD.exports] < now.dyads[me, sender, DYAD.exports]:
                _reroute(now, new, me, sender)
    if now.on[ON.joining] == 1.0 and now.governments[me, GOV.joined] == 0.0:
        _join(now, new, clock, me)


@law
def _move(now: State, new: State, clock: Clock, crisis: int, by: int) -> None:
    """An embargo moves a third of the trade in four years, a tariff hardly any (own tabulation of COW trade).

    The facts are of whole episodes: of several measures in force the one that moves most counts.
    """
    owner, me = int(now.crises[crisis, CRISIS.sender + by]), int(now.crises[crisis, CRISIS.target - by])
    most = 0.0
    for measure in measures_of(now, crisis):
        if now.measures[measure, MEASURE.in_force] != 1.0 or int(now.measures[measure, MEASURE.by]) != by:
            continue
        kind = int(now.measures[measure, MEASURE.kind])
        if kind == KIND.tariff or kind == KIND.inspection:
            most = larger(most, now.weights[WEIGHT.restriction_drift])
        elif kind == KIND.embargo or kind == KIND.import_ban:
            most = larger(most, now.weights[WEIGHT.embargo_drift] * now.measures[measure, MEASURE.size])
    if most > 0.0:
        flow = new.dyads[me, owner, DYAD.exports]
        new.dyads[me, owner, DYAD.exports] = economy.drifted(flow, most, 1.0, clock.dt)


@law
def _shut_out(now: State, crisis: int, by: int) -> float:
    """How surely one side of a crisis is, or believes it will be, shut out of the other's banks."""
    bite = 0.0
    for measure in measures_of(now, crisis):
        if int(now.measures[measure, MEASURE.by]) == by and int(now.measures[measure, MEASURE.kind]) == KIND.finance:
            coming = now.sides[crisis, 1 - by, SIDE.belief]
            bite = larger(bite, 1.0 if now.measures[measure, MEASURE.in_force] == 1.0 else coming)
    return bite


@law
def _settle_otherwise(now: State, new: State, clock: Clock, me: int, bite: float) -> None:
    """Whoever is shut out of a sender's banks, or believes it will be, settles a little more in other currencies."""
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
def _hedge(now: State, new: State, clock: Clock, me: int, sender: int) -> None:
    """Where a public has turned away from a sender, firms look for other buyers and other money, slowly."""
    w, turned = now.weights, -now.dyads[me, sender, DYAD.sentiment]
    flow = new.dyads[me, sender, DYAD.exports]
    new.dyads[me, sender, DYAD.exports] = economy.drifted(flow, w[WEIGHT.hedging_trade], turned, clock.dt)
    money = new.governments[me, GOV.invoiced]
    new.governments[me, GOV.invoiced] = economy.drifted(money, w[WEIGHT.hedging_currency], turned, clock.dt)


@law
def rival_of(now: State, sender: int, me: int) -> int:
    """The largest market of one government among those that vote against a sender; none is -1."""
    best, size = -1, 0.0
    for other in range(len(now.governments)):
        market = now.dyads[me, other, DYAD.before]
        if market > size and now.dyads[other, sender, DYAD.alignment] < 0.0:  # most fail at the first, which lies near
            best, size = other, market
    return best


@law
def _reroute(now: State, new: State, me: int, sender: int) -> None:
    """Part of what a sender no longer buys goes to the largest market that votes against it, as far as it takes it."""
    best = rival_of(now, sender, me)
    if best < 0:
        return
    lost = now.dyads[me, sender, DYAD.exports] - new.dyads[me, sender, DYAD.exports]
    room = now.dyads[me, best, DYAD.before] * (1.0 + now.weights[WEIGHT.market_room])
    moved = smaller(lost * now.weights[WEIGHT.rerouted], larger(room - now.dyads[me, best, DYAD.exports], 0.0))
    new.dyads[me, best, DYAD.exports] = new.dyads[me, best, DYAD.exports] + moved


@law
def _join(now: State, new: State, clock: Clock, me: int) -> None:
    """A public turned away from a sender makes its government look for other company; one act, at a chance a day."""
    turned = 0.0
    for crisis in range(len(now.crises)):
        sender = int(now.crises[crisis, CRISIS.sender])
        if sender != me and now.crises[crisis, CRISIS.latent] == 0.0:
            turned = larger(turned, -now.dyads[me, sender, DYAD.sentiment])
    hazard = now.weights[WEIGHT.joining] * turned
    if hazard <= 0.0:  # most governments, most days: spare them the dice
        return
    chance = luck(clock.seed, clock.run, clock.step, int(now.governments[me, GOV.code]), 0, PURPOSE.joining)
    if chance < politics.happens(hazard, clock.dt):
        new.governments[me, GOV.joined] = 1.0
