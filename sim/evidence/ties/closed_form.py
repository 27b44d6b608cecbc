"""The case in closed form: the chain that the simulation of `configs/cases/ties_case.yaml` draws from.

Two sides with the rule `outlast`, a measure with the rule `any_day`, months as rounds. It serves calibration, which
asks for thousands of likelihoods; what is reported comes from the simulation, and the two are compared.
"""

from typing import Any, NamedTuple

import numpy as np

from sim.engines.outcome import ENDINGS
from sim.evidence.ties.cases.mapping import Case, CaseWeights
from sim.evidence.ties.cases.ties_table import Array

DAYS, ROUNDS = 730.0 / 24.0, 60
"""Length of a round (days) and their number, as in the scenario's clock."""
STALE, CD, DEAL, BD = (ENDINGS.index(name) for name in ("STALE", "CD", "DEAL", "BD"))
HALF = np.log(2.0)
"""A half on the table halves what is left at stake for its receiver."""


class Rates(NamedTuple):
    """Logarithms of chances a day, each (rows,): of the target before and after imposition, sender, imposition.

    `half`: share that can be given by halves. `in_force`: 1 where the measure is in force from the start.
    """

    threatened: Array
    imposed: Array
    sender: Array
    imposing: Array
    half: Array
    in_force: Array


def rates(case: Case, weights: CaseWeights) -> Rates:
    """What the rules of the case come to for its rows."""
    balance = np.log(case.stake / case.price) + weights.elasticity * np.log(case.loss / case.own_loss)
    after = np.log(weights.pace_target) + balance
    return Rates(
        threatened=after + weights.elasticity * np.log(case.belief),
        imposed=after,
        sender=np.log(weights.pace_sender) - balance,
        imposing=np.log(weights.imposing) + 0.0 * balance,
        half=case.half,
        in_force=case.in_force,
    )


def probabilities(rate: Rates) -> Array:
    """The probability of each stage (threatened, imposed) and ending, shape (rows, 2, endings)."""
    half = rate.half[:, None, None]
    return (1.0 - half) * _whole(rate) + half * _halves(rate)


def _chance(log_rate: Array) -> Any:
    """Chance in one round; the exponent is held below 7 so that nothing overflows."""
    return 1.0 - np.exp(-np.exp(np.minimum(log_rate, 7.0)) * DAYS)


def _whole(rate: Rates) -> Array:
    """All or nothing: the first move decides, and where both move they meet halfway."""
    out = np.zeros((len(rate.sender), 2, len(ENDINGS)))
    sender, comes = _chance(rate.sender), _chance(rate.imposing)
    target = (_chance(rate.threatened), _chance(rate.imposed))
    here = [1.0 - rate.in_force, rate.in_force + 0.0]
    for _ in range(ROUNDS):
        calm = here[0] * (1.0 - comes)
        for stage, mass, moves in ((0, calm, target[0]), (1, here[0] * comes, target[0]), (1, here[1], target[1])):
            out[:, stage, CD] += mass * moves * (1.0 - sender)
            out[:, stage, BD] += mass * sender * (1.0 - moves)
            out[:, stage, DEAL] += mass * moves * sender
        holds = [(1.0 - moves) * (1.0 - sender) for moves in target]
        here = [calm * holds[0], here[0] * comes * holds[0] + here[1] * holds[1]]
    out[:, 0, STALE], out[:, 1, STALE] = here
    return out


def _halves(rate: Rates) -> Array:
    """The target gives a half at a time: then the sender takes it (a deal), or the target gives the rest."""
    out = np.zeros((len(rate.sender), 2, len(ENDINGS)))
    comes = _chance(rate.imposing)
    sender = (_chance(rate.sender), _chance(rate.sender + HALF))
    target = [(_chance(log), _chance(log - HALF)) for log in (rate.threatened, rate.imposed)]
    none, half = [1.0 - rate.in_force, rate.in_force + 0.0], [0.0 * comes, 0.0 * comes]
    for _ in range(ROUNDS):
        flows = ((0, 0, 1.0 - comes), (0, 1, comes), (1, 1, 1.0))
        after_none, after_half = [0.0 * comes, 0.0 * comes], [0.0 * comes, 0.0 * comes]
        for before, stage, part in flows:
            mass, moves = none[before] * part, target[before][0]
            out[:, stage, BD] += mass * sender[0]
            after_half[stage] = after_half[stage] + mass * (1.0 - sender[0]) * moves
            after_none[stage] = after_none[stage] + mass * (1.0 - sender[0]) * (1.0 - moves)
            mass, moves = half[before] * part, target[before][1]
            out[:, stage, DEAL] += mass * sender[1]
            out[:, stage, CD] += mass * (1.0 - sender[1]) * moves
            after_half[stage] = after_half[stage] + mass * (1.0 - sender[1]) * (1.0 - moves)
        none, half = after_none, after_half
    for stage in range(2):
        out[:, stage, STALE] = none[stage] + half[stage]
    return out
