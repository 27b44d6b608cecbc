"""Answer, press, stand: the three decisions a government takes."""

from agents.arithmetic import clip, larger, over, share
from agents.law import law
from sim.laws import bargaining, contagion, economy, politics
from sim.state.chance import ALWAYS, PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CRISIS, DYAD, GOV, MEASURE, PRESS, SENDER, SIDE, STANCE, STEP, TARGET, WATCH, WEIGHT
from sim.state.ladder import cost_of, elapsed, given_at, is_open, reach_of
from sim.state.mechanisms import ON
from sim.state.rule_calls import Tables, answer_of, press_of, stance_of
from sim.state.tables import State

UNANSWERED = -1.0
NOT_FORCED = -9.0


@law
def answer(now: State, new: State, clock: Clock, rules: Tables, crisis: int, side: int) -> None:
    """Ask a side's answer rule; a forced answer (an intervention or a person) goes before it."""
    if not is_open(now, crisis):
        return
    forced = now.sides[crisis, side, SIDE.forced]
    willing = forced
    if forced < 0.0:
        dropped = now.sides[crisis, side, SIDE.dropped] == 1.0
        willing = 1.0 if dropped else answer_of(now, rules, crisis, side)
    new.sides[crisis, side, SIDE.willingness] = willing
    if now.sides[crisis, side, SIDE.first_answer] == UNANSWERED:
        reached = reach_of(now, clock, crisis, side, willing)
        new.sides[crisis, side, SIDE.first_answer] = given_at(now, crisis, side, reached)


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
def press(now: State, new: State, clock: Clock, rules: Tables, measure: int) -> None:
    """Ask the owner of an announced measure; settlement freezes pressing."""
    m = now.measures
    crisis, side = int(m[measure, MEASURE.crisis]), int(m[measure, MEASURE.by])
    if not is_open(now, crisis) or m[measure, MEASURE.announced] > clock.time:
        return
    if m[measure, MEASURE.lifted] == 1.0 or (side == TARGET and now.on[ON.counter_measures] == 0.0):
        return
    decision = press_of(now, rules, measure, crisis, side)
    in_force = m[measure, MEASURE.in_force] == 1.0
    if decision >= 0.5 and not in_force:
        new.measures[measure, MEASURE.in_force] = 1.0
        new.measures[measure, MEASURE.ever] = 1.0
        _believe(now, new, crisis, 1 - side, 1.0)
        new.sides[crisis, 1 - side, SIDE.raised] = 1.0
        new.sides[crisis, side, SIDE.kept_word] = 1.0
    elif decision <= -0.5 and (in_force or m[measure, MEASURE.due] > clock.time):
        new.measures[measure, MEASURE.in_force] = 0.0
        new.measures[measure, MEASURE.lifted] = 1.0
    elif not in_force and m[measure, MEASURE.due] <= clock.time and m[measure, MEASURE.missed] == 0.0:
        new.measures[measure, MEASURE.missed] = 1.0
        new.sides[crisis, side, SIDE.broke_word] = 1.0
        _believe(now, new, crisis, 1 - side, 0.0)


@law
def _believe(now: State, new: State, crisis: int, side: int, happened: float) -> None:
    if now.on[ON.reputation] == 0.0:
        return
    speed = now.weights[WEIGHT.belief_learning]
    new.sides[crisis, side, SIDE.belief] = bargaining.learned(new.sides[crisis, side, SIDE.belief], happened, speed)


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


@law
def stand(now: State, new: State, clock: Clock, rules: Tables, crisis: int, government: int) -> None:
    """Ask a third government's stance rule."""
    if not is_open(now, crisis) or now.on[ON.third_parties] == 0.0:
        return
    forced = now.stances[crisis, government, STANCE.forced]
    stance = forced if forced > NOT_FORCED else stance_of(now, rules, crisis, government)
    if stance != now.stances[crisis, government, STANCE.stance]:
        new.stances[crisis, government, STANCE.stance] = stance
        new.stances[crisis, government, STANCE.since] = clock.time


@law
def is_watching(now: State, crisis: int, government: int) -> bool:
    """Whether a government is a third party to a crisis."""
    return government != int(now.crises[crisis, CRISIS.sender]) and government != int(now.crises[crisis, CRISIS.target])


@law
def count_backing(now: State, new: State, clock: Clock, crisis: int) -> None:
    """Sum up who stands with the target: governments standing, their weight beside the sender's, the help they give."""
    standing, backing, helped = 0.0, 0.0, 0.0
    sender = int(now.crises[crisis, CRISIS.sender])
    for government in range(len(now.governments)):
        stance = now.stances[crisis, government, STANCE.stance]
        if stance >= 1.0:
            standing += 1.0
        backing += contagion.voice(stance, now.governments[government, GOV.gdp], now.governments[sender, GOV.gdp])
        helped = economy.stacked(helped, _help(now, clock, crisis, government, sender))
    suffered = economy.stacked(now.sides[crisis, TARGET, SIDE.pressure], now.sides[crisis, TARGET, SIDE.threat])
    new.sides[crisis, TARGET, SIDE.helped] = helped * suffered
    new.crises[crisis, CRISIS.standing] = standing
    _watch_the_stand(now, new, crisis, standing)
    joint = now.weights[WEIGHT.joint_stand] if standing >= now.crises[crisis, CRISIS.quorum] else 0.0
    new.crises[crisis, CRISIS.backing] = clip(backing + joint, -1.0, 1.0)


@law
def _watch_the_stand(now: State, new: State, crisis: int, standing: float) -> None:
    """Whether a joint stand was reached, and whether it fell apart before the crisis was over."""
    row, quorum = new.crises, now.crises[crisis, CRISIS.quorum]
    row[crisis, CRISIS.most] = larger(now.crises[crisis, CRISIS.most], standing)
    if standing >= quorum:
        row[crisis, CRISIS.joint] = 1.0
    elif now.crises[crisis, CRISIS.joint] == 1.0 and is_open(now, crisis):
        row[crisis, CRISIS.collapsed] = 1.0


@law
def _help(now: State, clock: Clock, crisis: int, government: int, sender: int) -> float:
    """Share of the target's losses that one government makes good by now."""
    stance = now.stances[crisis, government, STANCE.stance]
    if stance <= 1.0 or now.on[ON.helpers] == 0.0:
        return 0.0
    w, gov = now.weights, now.governments
    arrived = 1.0 - politics.kept(w[WEIGHT.helper_days], clock.time - now.stances[crisis, government, STANCE.since])
    return economy.help_given(
        stance, gov[government, GOV.gdp], gov[sender, GOV.gdp], w[WEIGHT.helper_capacity], arrived
    )


@law
def owner_of(now: State, measure: int) -> int:
    """The government that announced a measure."""
    crisis, side = int(now.measures[measure, MEASURE.crisis]), int(now.measures[measure, MEASURE.by])
    return int(now.crises[crisis, CRISIS.sender + side])
