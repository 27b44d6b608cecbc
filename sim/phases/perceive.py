"""Perceive: the View of a government in a crisis, one number a field. Nothing else tells a rule anything."""

from agents.arithmetic import larger, over, share, smaller
from agents.law import law
from sim.laws import bargaining, contagion, economy
from sim.phases.remember import peers_of
from sim.state.chance import ALWAYS, PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CRISIS, DYAD, GOV, MEASURE, PRESS, SENDER, SIDE, STANCE, STEP, TARGET, VIEW, WATCH, WEIGHT
from sim.state.ladder import cost_of, elapsed, given_at, is_open
from sim.state.losses import anticipated, believed, relieved
from sim.state.mechanisms import ON
from sim.state.pace import is_private, latency, publicity
from sim.state.tables import State


@law
def perceive(now: State, new: State, clock: Clock, crisis: int, side: int) -> None:
    """Write the View of one side of a crisis."""
    me = int(now.crises[crisis, CRISIS.sender + side])
    other = int(now.crises[crisis, CRISIS.target - side])
    _time(now, new, clock, crisis, side, me)
    _economy(now, new, crisis, side)
    _demand(now, new, clock, crisis, side)
    _home(now, new, crisis, side, me)
    _stage(now, new, clock, crisis, side)
    _positions(now, new, crisis, side)
    _signals(now, new, clock, crisis, side)
    new.sides[crisis, side, VIEW.other_record] = now.governments[other, GOV.record]
    who, where = int(now.governments[me, GOV.code]), int(now.crises[crisis, CRISIS.code])
    new.sides[crisis, side, VIEW.luck] = luck(clock.seed, clock.run, clock.step, who, where, PURPOSE.answer)
    if now.sides[crisis, side, VIEW.temper] == 0.0:  # drawn once, when the demand is made
        new.sides[crisis, side, VIEW.temper] = luck(clock.seed, clock.run, ALWAYS, who, where, PURPOSE.temper)
        new.sides[crisis, side, VIEW.outlook] = luck(clock.seed, clock.run, ALWAYS, who, where, PURPOSE.outlook)


@law
def _time(now: State, new: State, clock: Clock, crisis: int, side: int, me: int) -> None:
    row = new.sides
    row[crisis, side, VIEW.dt] = clock.dt
    row[crisis, side, VIEW.elapsed] = elapsed(now, clock, crisis)
    row[crisis, side, VIEW.days_left] = now.sides[crisis, side, SIDE.due]
    row[crisis, side, VIEW.election] = larger(now.governments[me, GOV.election] - clock.time, 0.0)


@law
def _economy(now: State, new: State, crisis: int, side: int) -> None:
    row, mine = new.sides, now.sides
    pressure = economy.stacked(mine[crisis, side, SIDE.pressure], mine[crisis, side, SIDE.own_loss])
    threat = economy.stacked(mine[crisis, side, SIDE.threat], mine[crisis, side, SIDE.own_threat])
    belief = believed(now, crisis, side)
    row[crisis, side, VIEW.pressure] = pressure
    row[crisis, side, VIEW.threat] = threat
    row[crisis, side, VIEW.belief] = belief
    row[crisis, side, VIEW.anticipation] = anticipated(now, crisis, side)
    row[crisis, side, VIEW.relief] = relieved(now, crisis, side)
    row[crisis, side, VIEW.strain] = economy.strain(pressure + belief * threat, now.weights[WEIGHT.half_point])
    row[crisis, side, VIEW.other_loss] = economy.stacked(
        mine[crisis, 1 - side, SIDE.pressure], mine[crisis, 1 - side, SIDE.own_loss]
    )
    row[crisis, side, VIEW.other_threat] = economy.stacked(
        mine[crisis, 1 - side, SIDE.threat], mine[crisis, 1 - side, SIDE.own_threat]
    )


@law
def _demand(now: State, new: State, clock: Clock, crisis: int, side: int) -> None:
    row = new.sides
    last = int(now.crises[crisis, CRISIS.clauses])
    asked = int(now.sides[crisis, 1 - side, SIDE.line])
    row[crisis, side, VIEW.give_cost] = cost_of(now, clock, crisis, side, asked)
    forbidden = now.ladder[crisis, asked, STEP.forbidden_cost] if side == TARGET else 0.0
    row[crisis, side, VIEW.forbidden] = share(forbidden)
    row[crisis, side, VIEW.full_cost] = cost_of(now, clock, crisis, side, last if side == TARGET else 0)
    row[crisis, side, VIEW.other_give_cost] = cost_of(
        now, clock, crisis, 1 - side, int(now.sides[crisis, side, SIDE.line])
    )
    row[crisis, side, VIEW.gain] = cost_of(now, clock, crisis, side, last if side == TARGET else 0)
    fades = side == SENDER and now.on[ON.fading] == 1.0
    shadowed = side == TARGET and now.on[ON.shadow] == 1.0
    row[crisis, side, VIEW.shadow] = shadow_of(now, crisis) if shadowed else 0.0
    row[crisis, side, VIEW.fading] = share(now.crises[crisis, CRISIS.fading]) if fades else 0.0
    row[crisis, side, VIEW.other_line] = given_at(now, crisis, side, asked)


@law
def shadow_of(now: State, crisis: int) -> float:
    """Expected cost of further demands: giving way once invites the next, the more so the oftener it was done."""
    target, sender = int(now.crises[crisis, CRISIS.target]), int(now.crises[crisis, CRISIS.sender])
    return share(now.weights[WEIGHT.shadow] * (1.0 + now.dyads[target, sender, DYAD.past]))


@law
def _home(now: State, new: State, crisis: int, side: int, me: int) -> None:
    row, home = new.sides, now.governments
    row[crisis, side, VIEW.support] = home[me, GOV.support]
    row[crisis, side, VIEW.usual] = home[me, GOV.usual]
    row[crisis, side, VIEW.before] = home[me, GOV.before]
    row[crisis, side, VIEW.survival] = home[me, GOV.survival]
    row[crisis, side, VIEW.elite] = home[me, GOV.elite]
    row[crisis, side, VIEW.elite_usual] = home[me, GOV.elite_usual]
    row[crisis, side, VIEW.coalition] = home[me, GOV.coalition]
    row[crisis, side, VIEW.mood] = home[me, GOV.mood]
    row[crisis, side, VIEW.polity] = home[me, GOV.polity]
    row[crisis, side, VIEW.rally] = home[me, GOV.rally]
    row[crisis, side, VIEW.defiance] = home[me, GOV.defiance]
    row[crisis, side, VIEW.worth_give] = home[me, GOV.worth_give]
    row[crisis, side, VIEW.worth_hold] = home[me, GOV.worth_hold]


@law
def _stage(now: State, new: State, clock: Clock, crisis: int, side: int) -> None:
    row = new.sides
    private = 1.0 if is_private(now, clock, crisis) else 0.0
    row[crisis, side, VIEW.private] = private
    row[crisis, side, VIEW.latency] = latency(now, clock, crisis)
    row[crisis, side, VIEW.salience] = now.crises[crisis, CRISIS.salience]
    row[crisis, side, VIEW.publicity] = publicity(now, clock, crisis)
    row[crisis, side, VIEW.stand] = now.sides[crisis, side, SIDE.stand] if now.on[ON.audience_cost] == 1.0 else 0.0
    row[crisis, side, VIEW.backing] = now.crises[crisis, CRISIS.backing] * (1.0 if side == TARGET else -1.0)


@law
def _positions(now: State, new: State, crisis: int, side: int) -> None:
    row, sides = new.sides, now.sides
    row[crisis, side, VIEW.given] = given_at(now, crisis, side, int(sides[crisis, side, SIDE.line]))
    row[crisis, side, VIEW.given_before] = given_at(now, crisis, side, int(sides[crisis, side, SIDE.line_before]))
    other = 1 - side
    row[crisis, side, VIEW.other_given] = given_at(now, crisis, other, int(sides[crisis, other, SIDE.line]))
    row[crisis, side, VIEW.other_before] = given_at(now, crisis, other, int(sides[crisis, other, SIDE.line_before]))
    met, gave = peers_of(now, crisis) if now.on[ON.memory] == 1.0 and side == TARGET else (0.0, 0.0)
    row[crisis, side, VIEW.peers] = met
    row[crisis, side, VIEW.peers_gave] = gave


@law
def _signals(now: State, new: State, clock: Clock, crisis: int, side: int) -> None:
    """What the other side's moves, and its silence, say of what it will do (Abreu & Gul 2000)."""
    row, other = new.sides, 1 - side
    silence = smaller(clock.time - now.sides[crisis, other, SIDE.moved_at], elapsed(now, clock, crisis))
    moving = 1.0
    if now.on[ON.signals] == 1.0:
        moving = bargaining.still_moving(now.weights[WEIGHT.refusal_half_life], silence)
    row[crisis, side, VIEW.silence] = silence
    row[crisis, side, VIEW.other_moves] = moving
    row[crisis, side, VIEW.other_line_sd] = bargaining.doubt(1.0 - row[crisis, side, VIEW.other_given], moving)


@law
def see_measure(now: State, new: State, clock: Clock, measure: int) -> None:
    """Write what the owner of a measure knows when it decides about it."""
    m, row = now.measures, new.measures
    crisis, side = int(m[measure, MEASURE.crisis]), int(m[measure, MEASURE.by])
    if not is_open(now, crisis):
        return
    me = int(now.crises[crisis, CRISIS.sender + side])
    row[measure, PRESS.dt] = clock.dt
    row[measure, PRESS.elapsed] = elapsed(now, clock, crisis)
    row[measure, PRESS.due_in] = m[measure, MEASURE.due] - clock.time
    row[measure, PRESS.in_force] = m[measure, MEASURE.in_force]
    row[measure, PRESS.raises] = 1.0 if m[measure, MEASURE.raises] >= 0.0 else 0.0
    row[measure, PRESS.counter] = 1.0 if side == TARGET else 0.0
    row[measure, PRESS.loss] = m[measure, MEASURE.loss]
    row[measure, PRESS.own_loss] = m[measure, MEASURE.own_loss]
    row[measure, PRESS.other_pressure] = now.sides[crisis, side, SIDE.pressure]
    row[measure, PRESS.other_raised] = now.sides[crisis, side, SIDE.raised_before]
    last = int(now.crises[crisis, CRISIS.clauses])
    row[measure, PRESS.worth] = cost_of(now, clock, crisis, side, last if side == TARGET else 0)
    row[measure, PRESS.record] = now.governments[me, GOV.record]
    at_stake = now.weights[WEIGHT.belief_learning] * now.governments[me, GOV.record]
    row[measure, PRESS.record_cost] = at_stake * row[measure, PRESS.worth]
    _see_positions(now, new, clock, measure, crisis, side)
    who, where = int(now.governments[me, GOV.code]), int(m[measure, MEASURE.code])
    row[measure, PRESS.luck] = luck(clock.seed, clock.run, clock.step, who, where, PURPOSE.press)
    if m[measure, PRESS.temper] == 0.0:
        row[measure, PRESS.temper] = luck(clock.seed, clock.run, ALWAYS, who, where, PURPOSE.press_temper)


@law
def _see_positions(now: State, new: State, clock: Clock, measure: int, crisis: int, side: int) -> None:
    row, sides, other = new.measures, now.sides, 1 - side
    row[measure, PRESS.given] = given_at(now, crisis, side, int(sides[crisis, side, SIDE.line]))
    row[measure, PRESS.other_given] = given_at(now, crisis, other, int(sides[crisis, other, SIDE.line]))
    row[measure, PRESS.other_before] = given_at(now, crisis, other, int(sides[crisis, other, SIDE.line_before]))
    row[measure, PRESS.since_moved] = clock.time - sides[crisis, other, SIDE.moved_at]


@law
def see_crisis(now: State, new: State, clock: Clock, crisis: int, government: int) -> None:
    """Write what a third government knows when it takes sides."""
    row = new.stances
    sender, target = int(now.crises[crisis, CRISIS.sender]), int(now.crises[crisis, CRISIS.target])
    me, gov, dyads = government, now.governments, now.dyads
    row[crisis, me, WATCH.dt] = clock.dt
    row[crisis, me, WATCH.elapsed] = elapsed(now, clock, crisis)
    row[crisis, me, WATCH.stance] = now.stances[crisis, me, STANCE.stance]
    row[crisis, me, WATCH.with_sender] = dyads[me, sender, DYAD.alignment]
    row[crisis, me, WATCH.with_target] = dyads[me, target, DYAD.alignment]
    row[crisis, me, WATCH.exposure] = share(over(dyads[me, sender, DYAD.exports], gov[me, GOV.gdp]))
    row[crisis, me, WATCH.trade_with_target] = share(over(dyads[me, target, DYAD.exports], gov[me, GOV.gdp]))
    row[crisis, me, WATCH.leaning] = gov[me, GOV.leaning]
    row[crisis, me, WATCH.target_leaning] = gov[target, GOV.leaning]
    row[crisis, me, WATCH.mood] = gov[me, GOV.mood]
    row[crisis, me, WATCH.weight] = share(over(gov[me, GOV.gdp], gov[me, GOV.gdp] + gov[sender, GOV.gdp]))
    row[crisis, me, WATCH.rivalry] = larger(-dyads[me, sender, DYAD.alignment], 0.0)
    row[crisis, me, WATCH.publicity] = now.crises[crisis, CRISIS.publicity]
    row[crisis, me, WATCH.humiliation] = heard_by(now, crisis, me)
    row[crisis, me, WATCH.holding] = 1.0 - now.ladder[crisis, int(now.sides[crisis, TARGET, SIDE.line]), STEP.position]
    row[crisis, me, WATCH.in_bloc] = now.stances[crisis, me, STANCE.in_bloc]
    row[crisis, me, WATCH.standing] = now.crises[crisis, CRISIS.standing]
    row[crisis, me, WATCH.quorum] = now.crises[crisis, CRISIS.quorum]
    row[crisis, me, WATCH.sender_record] = gov[sender, GOV.record]
    who, where = int(gov[me, GOV.code]), int(now.crises[crisis, CRISIS.code])
    row[crisis, me, WATCH.luck] = luck(clock.seed, clock.run, clock.step, who, where, PURPOSE.stance)
    if now.stances[crisis, me, WATCH.temper] == 0.0:
        row[crisis, me, WATCH.temper] = luck(clock.seed, clock.run, ALWAYS, who, where, PURPOSE.stance_temper)


@law
def heard_by(now: State, crisis: int, me: int) -> float:
    """Humiliation of the target as one watcher hears of it: both sides frame it for those of their leaning."""
    seen = now.sides[crisis, TARGET, SIDE.humiliation]
    if now.on[ON.framing] == 0.0:
        return seen
    told_by_sender = now.sides[crisis, SENDER, SIDE.stand] * _kinship(now, crisis, SENDER, me)
    told_by_target = now.sides[crisis, TARGET, SIDE.stand] * _kinship(now, crisis, TARGET, me)
    return contagion.heard(seen, now.weights[WEIGHT.framing], told_by_target, told_by_sender)


@law
def _kinship(now: State, crisis: int, side: int, me: int) -> float:
    """Nearness of two leaders' leanings: 1 for the same, 0 for opposite ends."""
    gap = now.governments[int(now.crises[crisis, CRISIS.sender + side]), GOV.leaning] - now.governments[me, GOV.leaning]
    return 1.0 - abs(gap) / 2.0
