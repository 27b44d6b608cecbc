"""Memory as a law: records of carrying out and holding out, what giving and holding were worth, what peers did."""

from agents.law import law
from sim.laws import bargaining
from sim.state.clock import Clock
from sim.state.columns import CRISIS, GOV, SENDER, SIDE, STEP, TARGET, WEIGHT
from sim.state.mechanisms import ON
from sim.state.tables import State


@law
def remember(now: State, new: State, clock: Clock, me: int) -> None:
    """What one government's record and memory are after this round."""
    for crisis in range(len(now.crises)):
        for side in range(2):
            if int(now.crises[crisis, CRISIS.sender + side]) == me:
                if now.on[ON.reputation] == 1.0:
                    _record(now, new, crisis, side, me)
                if just_settled(now, clock, crisis):
                    _learn(now, new, crisis, side, me)


@law
def just_settled(now: State, clock: Clock, crisis: int) -> bool:
    """Whether a crisis was settled in this round."""
    at = now.crises[crisis, CRISIS.settled_at]
    return now.crises[crisis, CRISIS.settled] == 1.0 and clock.time < at <= clock.time + clock.dt


@law
def _record(now: State, new: State, crisis: int, side: int, me: int) -> None:
    """A measure carried out or missed moves the record of doing what one announced."""
    speed = now.weights[WEIGHT.belief_learning]
    record = new.governments[me, GOV.record]
    if now.sides[crisis, side, SIDE.kept_word] == 1.0:
        record = bargaining.learned(record, 1.0, speed)
    if now.sides[crisis, side, SIDE.broke_word] == 1.0:
        record = bargaining.learned(record, 0.0, speed)
    new.governments[me, GOV.record] = record


@law
def _learn(now: State, new: State, crisis: int, side: int, me: int) -> None:
    """A settlement moves the target's record of holding out, and what both remember of giving and holding."""
    row, speed = new.governments, now.weights[WEIGHT.held_speed]
    position = now.crises[crisis, CRISIS.position]
    if side == TARGET and now.on[ON.reputation] == 1.0:
        row[me, GOV.held] = bargaining.learned(row[me, GOV.held], 1.0 - position, speed)
    if side == SENDER and now.on[ON.agenda] == 1.0:
        row[me, GOV.success] = bargaining.learned(row[me, GOV.success], position, now.weights[WEIGHT.success_learning])
    if now.on[ON.memory] == 0.0:
        return
    gave = position if side == TARGET else 1.0 - position
    lost = now.weights[WEIGHT.memory_pain] * now.sides[crisis, side, SIDE.lost] + now.sides[crisis, side, SIDE.audience]
    if side == TARGET:
        lost += now.ladder[crisis, int(now.crises[crisis, CRISIS.boundary]), STEP.target_cost]
    if gave >= now.weights[WEIGHT.gave_way]:
        row[me, GOV.worth_give] += speed * (-lost - row[me, GOV.worth_give])
    else:
        row[me, GOV.worth_hold] += speed * (-lost - row[me, GOV.worth_hold])


@law
def peers_of(now: State, crisis: int) -> tuple[float, float]:
    """How many other targets the sender of a crisis has dealt with, and the share of them that gave way."""
    met, gave = 0.0, 0.0
    sender, target = int(now.crises[crisis, CRISIS.sender]), int(now.crises[crisis, CRISIS.target])
    for other in range(len(now.crises)):
        same = int(now.crises[other, CRISIS.sender + SENDER]) == sender
        if same and int(now.crises[other, CRISIS.target]) != target and now.crises[other, CRISIS.settled] == 1.0:
            met += 1.0
            gave += 1.0 if now.crises[other, CRISIS.position] >= now.weights[WEIGHT.gave_way] else 0.0
    return met, gave / met if met > 0.0 else 0.0
