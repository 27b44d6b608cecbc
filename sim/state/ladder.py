"""A crisis and its ladder of clauses: who is in it, what standing on a step costs, how far a willingness goes."""

from agents.arithmetic import exp, larger, share
from agents.law import law
from sim.state.clock import Clock
from sim.state.columns import CRISIS, MEASURE, STEP, TARGET
from sim.state.mechanisms import ON
from sim.state.tables import State

ROUNDING = 1e-9
"""A willingness that equals the price of a clause pays for it, whatever the last bit says."""


@law
def is_open(now: State, crisis: int) -> bool:
    """Whether a crisis goes on: its demand has been made, and nothing is settled."""
    return now.crises[crisis, CRISIS.settled] == 0.0 and now.crises[crisis, CRISIS.latent] == 0.0


@law
def is_watching(now: State, crisis: int, government: int) -> bool:
    """Whether a government is a third party to a crisis."""
    return government != int(now.crises[crisis, CRISIS.sender]) and government != int(now.crises[crisis, CRISIS.target])


@law
def owner_of(now: State, measure: int) -> int:
    """The government that announced a measure."""
    crisis, side = int(now.measures[measure, MEASURE.crisis]), int(now.measures[measure, MEASURE.by])
    return int(now.crises[crisis, CRISIS.sender + side])


@law
def measures_of(now: State, crisis: int) -> range:
    """The rows of a crisis's measures: they lie together, so that nobody goes over those of others."""
    first = int(now.crises[crisis, CRISIS.first_measure])
    return range(first, first + int(now.crises[crisis, CRISIS.measures]))


@law
def cost_of(now: State, clock: Clock, crisis: int, side: int, line: int) -> float:
    """What a side gives up at a step of the ladder: the target from the bottom, the sender from the top."""
    if side == TARGET:
        return share(now.ladder[crisis, line, STEP.target_cost])
    last = int(now.crises[crisis, CRISIS.clauses])
    given = now.ladder[crisis, last, STEP.sender_value] - now.ladder[crisis, line, STEP.sender_value]
    return share(given * worth_left(now, clock, crisis))


@law
def elapsed(now: State, clock: Clock, crisis: int) -> float:
    """Days since the demand was made, or made again."""
    return larger(clock.time - now.crises[crisis, CRISIS.opened_at], 0.0)


@law
def age_of_news(now: State, clock: Clock, crisis: int, measure: int) -> float:
    """Days since a measure was announced; a demand made again renews it. Negative before."""
    return clock.time - larger(now.measures[measure, MEASURE.announced], now.crises[crisis, CRISIS.opened_at])


@law
def worth_left(now: State, clock: Clock, crisis: int) -> float:
    """Share of its first worth that the demand still has for the sender."""
    if now.on[ON.fading] == 0.0:
        return 1.0
    return exp(-now.crises[crisis, CRISIS.fading] * elapsed(now, clock, crisis))


@law
def given_at(now: State, crisis: int, side: int, line: int) -> float:
    """Share of what a side could give that it gives at a step of the ladder."""
    position = now.ladder[crisis, line, STEP.position]
    return position if side == TARGET else 1.0 - position


@law
def reach_of(now: State, clock: Clock, crisis: int, side: int, willingness: float) -> int:
    """The step of the ladder that a willingness pays for: the furthest whose cost it covers."""
    last = int(now.crises[crisis, CRISIS.clauses])
    budget = willingness * cost_of(now, clock, crisis, side, last if side == TARGET else 0) + ROUNDING
    start, step, whole = (0, 1, last) if side == TARGET else (last, -1, 0)
    if now.on[ON.package] == 0.0:
        return whole if willingness > 0.0 and cost_of(now, clock, crisis, side, whole) <= budget else start
    line = start
    while line != whole and willingness > 0.0 and cost_of(now, clock, crisis, side, line + step) <= budget:
        line += step
    return line
