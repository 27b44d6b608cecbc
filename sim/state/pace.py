"""Channels and steps: time is played as finely as the fastest channel of a crisis needs, and no finer."""

from agents.arithmetic import larger, smaller
from agents.law import law
from sim.state.clock import Clock
from sim.state.columns import CRISIS, SIDE, WEIGHT
from sim.state.ladder import is_open
from sim.state.mechanisms import ON
from sim.state.tables import State

STEPS_A_MESSAGE = 1.5
"""Steps while one message travels. Numerics: the row `length_of_a_step` holds finer steps to the same settlements."""
LIVELY = 14.0
"""Days after a demand, or after a line has moved, in which messages are played one by one."""
QUIET_STEP = 1.0
"""Days of a step of a crisis in which nobody has moved for so long: support and attention move by days."""
FOREVER = 1e9
"""Days of a step when no crisis is open: whatever the round is."""
MINUTE = 1.0 / 1440.0
"""Days of a minute: no message is faster, so that no division by a latency of zero happens."""


@law
def longest_step(now: State, time: float) -> float:
    """Days of the longest step that the open crises allow."""
    longest = FOREVER
    for crisis in range(len(now.crises)):
        if is_open(now, crisis):
            by_message = now.crises[crisis, CRISIS.step] > 0.0 or is_lively(now, crisis, time)
            longest = smaller(longest, message_step(now, crisis) if by_message else QUIET_STEP)
    return longest


@law
def message_step(now: State, crisis: int) -> float:
    """Days of a step in which messages are played: a part of the fastest channel's latency, or the scenario's own."""
    if now.crises[crisis, CRISIS.step] > 0.0:
        return now.crises[crisis, CRISIS.step]
    fastest = smaller(now.crises[crisis, CRISIS.private_latency], now.crises[crisis, CRISIS.public_latency])
    return smaller(larger(fastest, MINUTE) / STEPS_A_MESSAGE, QUIET_STEP)


@law
def is_lively(now: State, crisis: int, time: float) -> bool:
    """Whether messages may travel: soon after the demand, or a side moved lately or is ready to."""
    last = now.crises[crisis, CRISIS.opened_at]
    for side in range(2):
        last = larger(last, now.sides[crisis, side, SIDE.moved_at])
        if now.sides[crisis, side, SIDE.ready] == 1.0:
            return True
    return time - last < LIVELY


@law
def is_private(now: State, clock: Clock, crisis: int) -> bool:
    """Whether a private channel is open."""
    return now.on[ON.private_channel] == 1.0 and clock.time >= now.crises[crisis, CRISIS.private_opens]


@law
def latency(now: State, clock: Clock, crisis: int) -> float:
    """Days a message takes on the channel in use, never less than a minute."""
    column = CRISIS.private_latency if is_private(now, clock, crisis) else CRISIS.public_latency
    return larger(now.crises[crisis, column], MINUTE)


@law
def publicity(now: State, clock: Clock, crisis: int) -> float:
    """How much of a move made now the public sees: less of what is settled in private."""
    seen = now.crises[crisis, CRISIS.publicity]
    return seen * now.weights[WEIGHT.private_discount] if is_private(now, clock, crisis) else seen
