"""What each mechanism earns: one is taken away at a time, and what is lost is measured. Idle: nothing that can be told.

Cases: a weight held where it does nothing, all others fitted anew, by rolling origin, by the exact chain. The flagship:
a mechanism switched off, and which of its patterns then fail.
"""

from typing import NamedTuple

import numpy as np

from sim.evidence.expectations.patterns import judge, read_patterns
from sim.evidence.ties.calibration import fit, training
from sim.evidence.ties.cases.imputation import filled
from sim.evidence.ties.cases.mapping import case_of
from sim.evidence.ties.cases.ties_table import Array, Table, Whole
from sim.evidence.ties.closed_form import probabilities, rates
from sim.evidence.ties.rolling_origin import Origin, origins
from sim.evidence.ties.scores import EDGE, auc, interval, samples
from sim.evidence.ties.simulated import DRAWS
from sim.evidence.ties.validate import OUTCOMES, chances
from sim.metrics.statistics import Interval
from sim.run.counterfactual import Counterfactual
from sim.state.mechanisms import MECHANISMS

NOTHING = {
    "losses": {"elasticity": 0.0, "dependence": 0.0},
    "dependence": {"dependence": 0.0},
    "commitment": {"commitment": 0.0},
    "institution": {"institution": 0.0},
    "specificity": {"specificity": 0.0},
    "high_politics": {"high_politics": 0.0},
    "halves": {"divisible": 1e-5},
}
"""Mechanisms of a case, and weights at which they do nothing. Without halves: outside trade all or nothing. Without
commitment: the belief in the threat that it gives stays."""


class Earned(NamedTuple):
    """What a mechanism earns on cases, with it minus without: nats a case of (stage, ending), and AUC by outcome."""

    name: str
    nats: Interval
    auc: dict[str, Interval]

    @property
    def idle(self) -> bool:
        """Whether no interval lies above nought."""
        return not any(one.low > 0.0 for one in (self.nats, *self.auc.values()))


class Needed(NamedTuple):
    """A mechanism of the flagship and the rows of its patterns that fail without it."""

    name: str
    failing: tuple[str, ...]

    @property
    def idle(self) -> bool:
        """Whether every row still passes."""
        return not self.failing


def on_cases(table: Table, seed: int) -> list[Earned]:
    """Take one mechanism of the case away at a time."""
    blocks = origins(table)
    tested = table.at(np.concatenate([block.test for block in blocks]))
    whole = _predicted(table, blocks, seed, {})
    drawn = samples(tested.dyad, seed)
    return [
        _earned(name, tested, whole, _predicted(table, blocks, seed, held), drawn) for name, held in NOTHING.items()
    ]


def on_flagship(runs: int, seed: int) -> list[Needed]:
    """Switch one mechanism of the flagship off at a time. What fails with all of them on is not counted."""
    rows = read_patterns("colombia_2025")

    def failing(without: tuple[str, ...]) -> set[str]:
        verdicts = judge(rows, runs, seed, Counterfactual(without=without))
        return {verdict.row.id for verdict in verdicts if not verdict.passed}

    usual = failing(())
    return [Needed(one.name, tuple(sorted(failing((one.name,)) - usual))) for one in MECHANISMS]


def _predicted(table: Table, blocks: list[Origin], seed: int, held: dict[str, float]) -> Array:
    """Stage and ending of each test case, (cases in the blocks' order, 2, endings), by the exact chain."""
    out, start = [], None
    for block in blocks:
        train, test = table.at(block.train), table.at(block.test)
        found = fit(training(train, seed), start, held)
        start = found.scale
        row = {n: column.reshape(-1) for n, column in filled(test.inputs, train.inputs, DRAWS, seed).items()}
        cells = probabilities(rates(case_of(found.weights, row), found.weights))
        out.append(cells.reshape(DRAWS, len(test), *cells.shape[1:]).mean(axis=0))
    return np.concatenate(out)


def _earned(name: str, table: Table, whole: Array, less: Array, drawn: list[Whole]) -> Earned:
    at = (np.arange(len(table)), table.outcomes.imposed, table.outcomes.ending)
    gain = np.log(np.maximum(whole[at], EDGE)) - np.log(np.maximum(less[at], EDGE))
    nats = interval(float(gain.mean()), [float(gain[rows].mean()) for rows in drawn], len(table))
    return Earned(name, nats, {each: _gain(each, table, whole, less, drawn) for each in OUTCOMES})


def _gain(outcome: str, table: Table, whole: Array, less: Array, drawn: list[Whole]) -> Interval:
    hit, ours, theirs = OUTCOMES[outcome](table), chances(whole)[outcome], chances(less)[outcome]
    sampled = [auc(hit[rows], ours[rows]) - auc(hit[rows], theirs[rows]) for rows in drawn]
    return interval(auc(hit, ours) - auc(hit, theirs), sampled, len(table))
