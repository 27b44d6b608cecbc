"""Bargain: messages move the lines a clause at a time; where the lines meet, the crisis settles."""

from agents.arithmetic import smaller
from agents.law import law
from sim.laws import bargaining, politics
from sim.phases.decide import count_backing
from sim.state.chance import PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CLAUSE, CRISIS, GOV, MEASURE, SENDER, SIDE, STEP, TARGET, WEIGHT
from sim.state.ladder import ROUNDING, given_at, is_open, measures_of, reach_of
from sim.state.measure_kinds import KIND
from sim.state.mechanisms import ON
from sim.state.pace import latency, message_step, publicity
from sim.state.tables import State


@law
def bargain(now: State, new: State, clock: Clock, crisis: int) -> None:
    """Let the messages of this round move both lines, settle where they meet, and count who stands with whom."""
    if now.crises[crisis, CRISIS.latent] == 1.0:
        return
    count_backing(now, new, clock, crisis)
    _stage_reached(now, new, crisis)
    if not is_open(now, crisis):
        return
    target, sender = _moved(now, new, clock, crisis, TARGET), _moved(now, new, clock, crisis, SENDER)
    if target >= sender:
        _settle(now, new, clock, crisis, sender, target)


@law
def _moved(now: State, new: State, clock: Clock, crisis: int, side: int) -> int:
    """The side's line after this round's messages: towards what it is willing to give, never back.

    A message offers one clause more; but "we accept" is one message, however much is accepted. A step longer than the
    channel needs brings no more messages than one that is not: the exchange it opens is played in short steps.
    """
    line = int(now.sides[crisis, side, SIDE.line])
    goal = reach_of(now, clock, crisis, side, now.sides[crisis, side, SIDE.willingness])
    step = 1 if side == TARGET else -1
    new.sides[crisis, side, SIDE.line_before] = line
    new.sides[crisis, side, SIDE.ready] = 1.0 if (goal - line) * step > 0 else 0.0
    if (goal - line) * step <= 0:
        return line
    me = int(now.crises[crisis, CRISIS.sender + side])
    who, where = int(now.governments[me, GOV.code]), int(now.crises[crisis, CRISIS.code])
    chance = luck(clock.seed, clock.run, clock.step, who, where, PURPOSE.message)
    days = smaller(clock.dt, message_step(now, crisis))
    arrived = bargaining.messages(chance, days, latency(now, clock, crisis), now.weights[WEIGHT.most_messages])
    if arrived == 0:
        return line
    asked = int(now.sides[crisis, 1 - side, SIDE.line])
    far = goal if arrived >= (goal - line) * step else line + arrived * step
    if (goal - asked) * step >= 0 and (asked - far) * step > 0:
        far = asked
    new.sides[crisis, side, SIDE.line] = far
    new.sides[crisis, side, SIDE.moved_at] = clock.time
    return far


@law
def _settle(now: State, new: State, clock: Clock, crisis: int, lowest: int, highest: int) -> None:
    """Settle on the step inside the overlap that is nearest the split of the two lines (Chatterjee & Samuelson)."""
    low, high = now.ladder[crisis, lowest, STEP.position], now.ladder[crisis, highest, STEP.position]
    ideal = low + now.weights[WEIGHT.split] * (high - low)
    best, distance = lowest, 2.0
    for line in range(lowest, highest + 1):
        away = abs(now.ladder[crisis, line, STEP.position] - ideal)
        inside = line == lowest or line == highest or now.on[ON.package] == 1.0
        if inside and away < distance - ROUNDING:
            best, distance = line, away
    _sign(now, new, clock, crisis, best)


@law
def _sign(now: State, new: State, clock: Clock, crisis: int, line: int) -> None:
    row = new.crises
    row[crisis, CRISIS.settled] = 1.0
    row[crisis, CRISIS.settled_at] = clock.time + clock.dt
    row[crisis, CRISIS.boundary] = line
    row[crisis, CRISIS.position] = now.ladder[crisis, line, STEP.position]
    won, whole, count, bits = 0.0, 0.0, 0.0, 0.0
    last = int(now.crises[crisis, CRISIS.clauses])
    for place in range(1, last + 1):
        clause = int(now.ladder[crisis, place, STEP.clause])
        ours = int(now.clauses[crisis, clause, CLAUSE.owner]) == SENDER
        whole += now.ladder[crisis, place, STEP.target_cost] - now.ladder[crisis, place - 1, STEP.target_cost]
        granted = (place > line) == ours
        new.clauses[crisis, clause, CLAUSE.granted] = 1.0 if granted else 0.0
        bits += float(1 << clause) if granted else 0.0
        if ours and granted:
            won += now.clauses[crisis, clause, CLAUSE.value]
            count += 1.0
    row[crisis, CRISIS.reciprocity] = won / whole if whole > 0.0 else 0.0
    row[crisis, CRISIS.ending] = _ending(now, row[crisis, CRISIS.position], row[crisis, CRISIS.reciprocity])
    for side in range(2):
        _charge(now, new, clock, crisis, side, line)
    if now.crises[crisis, CRISIS.first_at] == 0.0:
        _keep_first(new, crisis, count, bits)


@law
def _ending(now: State, position: float, reciprocity: float) -> float:
    w = now.weights
    return bargaining.ending(position, reciprocity, w[WEIGHT.backed_down], w[WEIGHT.reciprocated], w[WEIGHT.gave_way])


@law
def _keep_first(new: State, crisis: int, won: float, granted: float) -> None:
    """The first settlement is the outcome of the crisis; a second round does not rewrite it."""
    row = new.crises
    row[crisis, CRISIS.first_at] = row[crisis, CRISIS.settled_at]
    row[crisis, CRISIS.first_ending] = row[crisis, CRISIS.ending]
    row[crisis, CRISIS.first_stage] = row[crisis, CRISIS.stage]
    row[crisis, CRISIS.first_position] = row[crisis, CRISIS.position]
    row[crisis, CRISIS.first_reciprocity] = row[crisis, CRISIS.reciprocity]
    row[crisis, CRISIS.first_tariff] = row[crisis, CRISIS.tariff_in_force]
    row[crisis, CRISIS.first_won] = won
    row[crisis, CRISIS.first_granted] = granted


@law
def _charge(now: State, new: State, clock: Clock, crisis: int, side: int, line: int) -> None:
    """What climbing down costs a side at home, less for what may stay unstated."""
    if now.on[ON.audience_cost] == 0.0:
        return
    me = int(now.crises[crisis, CRISIS.sender + side])
    climbed = given_at(now, crisis, side, line)
    if side == TARGET and now.on[ON.unstated] == 1.0 and now.ladder[crisis, line, STEP.target_cost] > 0.0:
        quiet = now.ladder[crisis, line, STEP.unstated_cost] / now.ladder[crisis, line, STEP.target_cost]
        climbed *= 1.0 - quiet * (1.0 - now.weights[WEIGHT.unstated_discount])
    cost = politics.audience_cost(
        now.weights[WEIGHT.audience],
        publicity(now, clock, crisis),
        now.crises[crisis, CRISIS.salience],
        now.governments[me, GOV.polity],
        now.sides[crisis, side, SIDE.stand],
        climbed,
    )
    new.sides[crisis, side, SIDE.charge] = cost
    new.sides[crisis, side, SIDE.audience] = cost


@law
def _stage_reached(now: State, new: State, crisis: int) -> None:
    """How far it went: 0 demand, 1 threat, 2 a measure of the sender in force; and whether a tariff ever was."""
    stage = now.crises[crisis, CRISIS.stage]
    for measure in measures_of(now, crisis):
        row = now.measures
        if int(row[measure, MEASURE.by]) == TARGET:
            continue
        if stage < 1.0:
            stage = 1.0
        if row[measure, MEASURE.ever] == 1.0 or row[measure, MEASURE.in_force] == 1.0:
            stage = 2.0
            if int(row[measure, MEASURE.kind]) == KIND.tariff:
                new.crises[crisis, CRISIS.tariff_in_force] = 1.0
    new.crises[crisis, CRISIS.stage] = stage
