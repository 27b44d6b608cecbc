"""Losses of a side as its government counts them: believed, expected, made good by others, left."""

from agents.arithmetic import larger, over, share
from agents.law import law
from sim.laws import economy
from sim.state.clock import Clock
from sim.state.columns import CRISIS, SIDE, TARGET, WEIGHT
from sim.state.mechanisms import ON
from sim.state.tables import State


@law
def believed(now: State, crisis: int, side: int) -> float:
    """Belief that the other side's measures come, lower the more third parties stand behind the target."""
    belief = now.sides[crisis, side, SIDE.belief]
    if side == TARGET:
        belief *= 1.0 - now.weights[WEIGHT.backing_belief] * larger(now.crises[crisis, CRISIS.backing], 0.0)
    return share(belief)


@law
def threatened(now: State, crisis: int, side: int, column: int) -> float:
    """What is threatened (share of GDP a year), less the support from outside that would make it good."""
    offset = larger(relieved(now, crisis, side) - now.sides[crisis, side, SIDE.pressure], 0.0)
    return larger(now.sides[crisis, side, column] - offset, 0.0)


@law
def anticipated(now: State, crisis: int, side: int) -> float:
    """Losses already caused by waiting for what is threatened (share of GDP a year)."""
    if now.on[ON.anticipation] == 0.0:
        return 0.0
    threat = threatened(now, crisis, side, SIDE.threat)
    return economy.anticipatory_loss(believed(now, crisis, side), threat, now.weights[WEIGHT.anticipation])


@law
def reckoned(now: State, crisis: int, side: int) -> float:
    """What elites reckon with (share of GDP a year): losses in force, threats as far as believed, shaken markets."""
    in_force = now.sides[crisis, side, SIDE.elite_pressure] * uncovered(now, crisis, side)
    threat = threatened(now, crisis, side, SIDE.elite_threat) if now.on[ON.anticipation] == 1.0 else 0.0
    expected = economy.expected_loss(in_force, believed(now, crisis, side), threat)
    if now.on[ON.market_shock] == 0.0:
        return expected
    return economy.stacked(expected, share(now.weights[WEIGHT.market_shock] * now.sides[crisis, side, SIDE.news]))


@law
def relieved(now: State, crisis: int, side: int) -> float:
    """Support from outside (share of GDP a year): what was offered, and what helpers with credit and markets give."""
    return economy.stacked(now.sides[crisis, side, SIDE.relief], now.sides[crisis, side, SIDE.helped])


@law
def uncovered(now: State, crisis: int, side: int) -> float:
    """Share of the losses in force that support from outside leaves uncovered."""
    pressure = now.sides[crisis, side, SIDE.pressure]
    return over(larger(pressure - relieved(now, crisis, side), 0.0), pressure, 1.0)


@law
def covered(now: State, clock: Clock, crisis: int, side: int) -> float:
    """Losses in force that others made good in this step, in shares of a year's GDP."""
    pressure = now.sides[crisis, side, SIDE.pressure]
    return economy.suffered(pressure * (1.0 - uncovered(now, crisis, side)), clock.dt) if pressure > 0.0 else 0.0


@law
def loss_of(now: State, crisis: int, side: int) -> float:
    """All losses of a side this round (share of GDP a year), less what others make good."""
    left = larger(now.sides[crisis, side, SIDE.pressure] - relieved(now, crisis, side), 0.0)
    pressure = economy.stacked(left, now.sides[crisis, side, SIDE.own_loss])
    return economy.stacked(pressure, anticipated(now, crisis, side))
