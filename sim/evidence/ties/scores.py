"""How good probabilities are: discrimination, accuracy and calibration, with intervals from a bootstrap of dyads."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import rankdata

from sim.evidence.ties.cases.ties_table import Array, Whole
from sim.metrics.statistics import Interval

TIMES = 500
"""Bootstrap samples."""
EDGE = 1e-4
"""Probabilities are held this far from 0 and 1 where a logarithm is taken."""
Measure = Callable[[Any, Array], float]


class Scores(NamedTuple):
    """Scores of one set of probabilities for one outcome."""

    auc: Interval
    brier: Interval
    log_loss: Interval
    slope: Interval


def auc(hit: Any, probability: Array) -> float:
    """Chance that a case that has it is ranked above one that has not; NaN where there is one class only."""
    ranks, ones = rankdata(probability), float(hit.sum())
    zeros = len(hit) - ones
    return float((ranks[hit == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros)) if ones and zeros else np.nan


def brier(hit: Any, probability: Array) -> float:
    """Mean squared error (Brier 1950)."""
    return float(np.mean((hit - probability) ** 2))


def log_loss(hit: Any, probability: Array) -> float:
    """Mean negative log-likelihood, in nats."""
    held = np.clip(probability, EDGE, 1.0 - EDGE)
    return float(-np.mean(hit * np.log(held) + (1 - hit) * np.log(1.0 - held)))


def slope(hit: Any, probability: Array) -> float:
    """Calibration slope (Cox 1958): of the outcome's log-odds on the predicted ones; below 1 is overconfident.

    NaN where all probabilities are alike.
    """
    held = np.clip(probability, EDGE, 1.0 - EDGE)
    odds = np.log(held / (1.0 - held))
    if np.ptp(odds) < 1e-9:
        return np.nan
    design, line = np.column_stack([np.ones(len(odds)), odds]), np.array([0.0, 1.0])
    for _ in range(40):
        fitted = 1.0 / (1.0 + np.exp(-np.clip(design @ line, -30.0, 30.0)))
        curve = design.T @ (design * (fitted * (1.0 - fitted))[:, None]) + 1e-9 * np.eye(2)
        line = line + np.clip(np.linalg.solve(curve, design.T @ (hit - fitted)), -1.0, 1.0)
    return float(line[1])


def samples(dyad: Whole, seed: int, times: int = TIMES) -> list[Whole]:
    """Rows of each bootstrap sample: whole dyads are drawn, with all their cases."""
    members = [np.flatnonzero(dyad == one) for one in np.unique(dyad)]
    dice = np.random.default_rng(seed)
    return [
        np.concatenate([members[one] for one in dice.integers(0, len(members), len(members))]) for _ in range(times)
    ]


def interval(value: float, sampled: list[float], n: int) -> Interval:
    """A value with the middle 95 % of its bootstrap samples."""
    kept = np.array([one for one in sampled if not np.isnan(one)])
    low, high = np.quantile(kept, [0.025, 0.975]) if len(kept) else (np.nan, np.nan)
    return Interval(value, float(low), float(high), n)


def scored(hit: Whole, probability: Array, drawn: list[Whole]) -> Scores:
    """All scores of a set of probabilities."""
    measures: tuple[Measure, ...] = (auc, brier, log_loss, slope)
    return Scores(
        *[interval(m(hit, probability), [m(hit[r], probability[r]) for r in drawn], len(hit)) for m in measures]
    )


def difference(hit: Whole, ours: Array, theirs: Array, drawn: list[Whole], measure: Measure = auc) -> Interval:
    """Ours minus theirs on the same cases and the same bootstrap samples."""
    sampled = [measure(hit[rows], ours[rows]) - measure(hit[rows], theirs[rows]) for rows in drawn]
    return interval(measure(hit, ours) - measure(hit, theirs), sampled, len(hit))
