"""A sender's agenda: which demand it takes up next, given what has worked, its attention and its capital."""

from agents.arithmetic import over, share
from agents.law import law
from sim.laws import contagion, politics
from sim.state.chance import PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CLAUSE, CRISIS, DYAD, GOV, MEASURE, SENDER, SIDE, TARGET, WEIGHT
from sim.state.ladder import is_open, measures_of, worth_left
from sim.state.mechanisms import ON
from sim.state.tables import State


@law
def pursue(now: State, new: State, clock: Clock, me: int) -> None:
    """Let one government make the next of its latent demands, at a chance a day."""
    home, w = now.governments, now.weights
    if home[me, GOV.pace] == 0.0:
        return
    left = politics.kept(w[WEIGHT.capital_days], clock.dt)
    new.governments[me, GOV.capital] = politics.towards(home[me, GOV.capital], 1.0, left)
    if now.on[ON.agenda] == 0.0:
        return
    for crisis in range(len(now.crises)):
        if int(now.crises[crisis, CRISIS.sender]) == me and is_open(now, crisis):
            _drop(now, new, clock, me, crisis)
    if _busy(now, me) >= home[me, GOV.attention]:
        return
    hazard = contagion.eagerness(home[me, GOV.pace], w[WEIGHT.agenda_appetite], home[me, GOV.success])
    who = int(home[me, GOV.code])
    chance = luck(clock.seed, clock.run, clock.step, who, 0, PURPOSE.agenda)
    if home[me, GOV.capital] < w[WEIGHT.capital_price] or chance >= politics.happens(hazard, clock.dt):
        return
    crisis = _next_target(now, clock, me)
    if crisis >= 0:
        new.governments[me, GOV.capital] = new.governments[me, GOV.capital] - w[WEIGHT.capital_price]
        _demand(now, new, clock, me, crisis)


@law
def _drop(now: State, new: State, clock: Clock, me: int, crisis: int) -> None:
    """Let go of a demand once attention has moved on: the sender is ready to give in, and the next message says so."""
    hazard = now.weights[WEIGHT.dropping] * (1.0 - worth_left(now, clock, crisis))
    who, where = int(now.governments[me, GOV.code]), int(now.crises[crisis, CRISIS.code])
    chance = luck(clock.seed, clock.run, clock.step, who, where, PURPOSE.dropping)
    if now.sides[crisis, SENDER, SIDE.dropped] == 0.0 and chance < politics.happens(hazard, clock.dt):
        new.sides[crisis, SENDER, SIDE.dropped] = 1.0


@law
def _busy(now: State, me: int) -> float:
    """Crises that a sender has open."""
    count = 0.0
    for crisis in range(len(now.crises)):
        if int(now.crises[crisis, CRISIS.sender]) == me and is_open(now, crisis):
            count += 1.0
    return count


@law
def _next_target(now: State, clock: Clock, me: int) -> int:
    """The latent demand that promises most; chance stands for all that is not known. None is -1."""
    best, found = 0.0, -1
    for crisis in range(len(now.crises)):
        if int(now.crises[crisis, CRISIS.sender]) != me or now.crises[crisis, CRISIS.latent] == 0.0:
            continue
        target = int(now.crises[crisis, CRISIS.target])
        where = int(now.crises[crisis, CRISIS.code])
        chance = luck(clock.seed, clock.run, clock.step, int(now.governments[me, GOV.code]), where, PURPOSE.prospect)
        dependence = share(over(now.dyads[target, me, DYAD.exports], now.governments[target, GOV.gdp]))
        held = now.governments[target, GOV.held]
        worth = _worth(now, crisis)
        promise = _promise(now, me, worth, dependence, held) * contagion.unforeseen(
            chance, now.weights[WEIGHT.promise_luck]
        )
        if promise > best:
            best, found = promise, crisis
    return found


@law
def _promise(now: State, me: int, worth: float, dependence: float, held: float) -> float:
    w, success = now.weights, now.governments[me, GOV.success]
    base, by_dependence = w[WEIGHT.promise_base], w[WEIGHT.promise_dependence]
    by_success, by_held = w[WEIGHT.promise_success], w[WEIGHT.promise_held]
    return contagion.prospect(worth, dependence, success, held, base, by_dependence, by_success, by_held)


@law
def _worth(now: State, crisis: int) -> float:
    """What a whole concession is worth to the sender (share of the public)."""
    worth = 0.0
    for clause in range(int(now.crises[crisis, CRISIS.clauses])):
        if int(now.clauses[crisis, clause, CLAUSE.owner]) == TARGET:
            worth += now.clauses[crisis, clause, CLAUSE.value]
    return worth


@law
def _demand(now: State, new: State, clock: Clock, me: int, crisis: int) -> None:
    """Make a latent demand: times in it count from now; the target believes what others have seen of the sender."""
    new.crises[crisis, CRISIS.latent] = 0.0
    new.crises[crisis, CRISIS.opened_at] = clock.time + clock.dt
    new.crises[crisis, CRISIS.private_opens] = now.crises[crisis, CRISIS.private_opens] + clock.time
    for measure in measures_of(now, crisis):
        new.measures[measure, MEASURE.announced] = now.measures[measure, MEASURE.announced] + clock.time
        new.measures[measure, MEASURE.due] = now.measures[measure, MEASURE.due] + clock.time
    if now.on[ON.reputation] == 1.0:
        seen = now.weights[WEIGHT.belief_learning] * (2.0 * now.governments[me, GOV.success] - 1.0)
        new.sides[crisis, TARGET, SIDE.belief] = share(now.sides[crisis, TARGET, SIDE.belief] + seen)
