"""Answer, press, stand: the three decisions a government takes; and what a court says to a measure."""

from agents.arithmetic import clip, larger, smaller
from agents.law import law
from sim.laws import bargaining, contagion, economy, politics
from sim.state.chance import PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CRISIS, GOV, MEASURE, SIDE, STANCE, TARGET, WEIGHT
from sim.state.ladder import given_at, is_open, reach_of
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
def judge(now: State, new: State, clock: Clock, measure: int) -> None:
    """Let a court strike down the law that a measure rests on: on the day on record, or by chance while it is used."""
    m = now.measures
    if m[measure, MEASURE.basis] == 0.0 or m[measure, MEASURE.struck] > 0.0 or now.on[ON.courts] == 0.0:
        return
    where, falls = int(m[measure, MEASURE.basis]), m[measure, MEASURE.judgment] < clock.time + clock.dt
    if not falls and m[measure, MEASURE.in_force] == 1.0:
        hazard = politics.happens(m[measure, MEASURE.struck_down], clock.dt)
        falls = luck(clock.seed, clock.run, clock.step, 0, where, PURPOSE.court) < hazard
    if falls:
        for other in range(len(m)):
            if int(m[other, MEASURE.basis]) == where and m[other, MEASURE.struck] == 0.0:
                _strike(new, clock, other)


@law
def _strike(new: State, clock: Clock, measure: int) -> None:
    """Bring a measure back on another law, as high as that allows; where it allows nothing, it is lifted."""
    row = new.measures
    row[measure, MEASURE.struck] = clock.time + clock.dt
    row[measure, MEASURE.size] = smaller(row[measure, MEASURE.size], row[measure, MEASURE.reissued])
    if row[measure, MEASURE.size] == 0.0:
        row[measure, MEASURE.in_force] = 0.0
        row[measure, MEASURE.lifted] = 1.0


@law
def _believe(now: State, new: State, crisis: int, side: int, happened: float) -> None:
    if now.on[ON.reputation] == 0.0:
        return
    speed = now.weights[WEIGHT.belief_learning]
    new.sides[crisis, side, SIDE.belief] = bargaining.learned(new.sides[crisis, side, SIDE.belief], happened, speed)


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
