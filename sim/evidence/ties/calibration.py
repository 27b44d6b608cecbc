"""The weights from cases that ended: the most likely ones, held by a weak prior, in closed form.

Method: maximum a posteriori by L-BFGS-B (SciPy) over the exact chain of `closed_form`, missing values averaged
over draws; intervals from a bootstrap of whole years. Only the training cases' outcomes are read.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from sim.evidence.ties.cases.imputation import filled
from sim.evidence.ties.cases.mapping import CaseWeights, case_of
from sim.evidence.ties.cases.ties_table import Array, Table
from sim.evidence.ties.closed_form import Rates, probabilities, rates

DRAWS = 12
"""Draws a training case."""
GENERATION = 30.0
"""Years after which a case counts half as much as the latest: who coerces whom, and over what, changes."""
STEPS = 80
SMALL = 1e-4
"""Iterations at most, and the step of a derivative."""
LOGS, SHARES = ("pace_target", "pace_sender", "imposing"), ("divisible",)
PRIOR = CaseWeights(-7.0, -7.0, -7.0, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
SPREAD = CaseWeights(3.0, 3.0, 3.0, 1.0, 1.0, 2.0, 2.0, 1.0, 0.5, 3.0)
"""Mean and standard deviation of the prior on the scale of the fit: logarithms of paces, log-odds of shares."""


class Fit(NamedTuple):
    """Weights with their place on the scale of the fit (the start of the next one) and the loss reached."""

    weights: CaseWeights
    scale: Array
    loss: float


class Training(NamedTuple):
    """Training cases as the fit reads them: filled columns (draws * n,), stage and ending (n,), weight of each case."""

    row: dict[str, Array]
    stage: Any
    ending: Any
    weight: Array


def to_scale(weights: CaseWeights) -> Array:
    """From natural units to the scale of the fit."""
    return np.array([_forth(name, value) for name, value in weights._asdict().items()])


def from_scale(scale: Array) -> CaseWeights:
    """From the scale of the fit to natural units."""
    return CaseWeights(*[_back(name, float(value)) for name, value in zip(CaseWeights._fields, scale, strict=True)])


def training(table: Table, seed: int, draws: int = DRAWS) -> Training:
    """The cases of a table, made ready: the later, the heavier.

    A measure that is in force from the start was imposed, whatever is coded.
    """
    row = {name: column.reshape(-1) for name, column in filled(table.inputs, table.inputs, draws, seed).items()}
    stage = np.where(table.inputs.values["threat"] == 0, 1, table.outcomes.imposed)
    age = np.max(table.inputs.year) - table.inputs.year
    return Training(row, stage, table.outcomes.ending, 0.5 ** (age / GENERATION))


def fit(data: Training, start: Array | None = None, held: dict[str, float] | None = None) -> Fit:
    """The weights with the highest posterior; `held`: weights that stay at a value, in natural units."""
    begin = np.array(PRIOR if start is None else start)
    bounds = [(None, None)] * len(begin)
    for name, value in (held or {}).items():
        place = CaseWeights._fields.index(name)
        begin[place] = _forth(name, value)
        bounds[place] = (begin[place], begin[place])
    options = {"maxiter": STEPS, "ftol": 1e-7}
    found = minimize(_posterior(data), begin, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return Fit(from_scale(found.x), found.x, float(found.fun))


def bootstrap(table: Table, data: Training, first: Fit, times: int, seed: int) -> Array:
    """Weights of resampled training sets, shape (times, weights): whole years are drawn, with what they hold."""
    years, place = np.unique(table.inputs.year, return_inverse=True)
    dice = np.random.default_rng(seed)
    found = []
    for _ in range(times):
        counts = np.bincount(dice.integers(0, len(years), len(years)), minlength=len(years))
        found.append(list(fit(data._replace(weight=counts[place] * data.weight), first.scale).weights))
    return np.array(found)


def calibrated(table: Table, times: int, seed: int) -> tuple[Fit, Array]:
    """The fit of a table, and the weights of its bootstrap, (times, weights)."""
    data = training(table, seed)
    found = fit(data)
    return found, bootstrap(table, data, found, times, seed)


def _forth(name: str, value: float) -> float:
    if name in LOGS:
        return float(np.log(value))
    return float(np.log(value / (1.0 - value))) if name in SHARES else value


def _back(name: str, value: float) -> float:
    if name in LOGS:
        return float(np.exp(min(value, 3.0)))
    return float(1.0 / (1.0 + np.exp(-np.clip(value, -12.0, 12.0)))) if name in SHARES else value


def _posterior(data: Training) -> Callable[[Array], tuple[float, Array]]:
    """The loss and its gradient: by the rows' few rates, each moved once, then by how weights move the rates."""
    cases = np.arange(len(data.ending))
    mean, spread = np.array(PRIOR), np.array(SPREAD)

    def at(scale: Array) -> Rates:
        weights = from_scale(scale)
        return rates(case_of(weights, data.row), weights)

    def seen(rate: Rates) -> Array:
        chances = probabilities(rate).reshape(-1, len(cases), 2, 4)
        return chances[:, cases, data.stage, data.ending]

    def loss(scale: Array) -> tuple[float, Array]:
        rate = at(scale)
        rows = seen(rate)
        likely = rows.mean(axis=0) + 1e-12
        moved = [at(scale + SMALL * axis) for axis in np.eye(len(scale))]
        gradient = (scale - mean) / spread**2
        for name in Rates._fields[:-1]:
            slope = (seen(rate._replace(**{name: getattr(rate, name) + SMALL})) - rows) / SMALL
            for place, other in enumerate(moved):
                change = ((getattr(other, name) - getattr(rate, name)) / SMALL).reshape(rows.shape)
                gradient[place] -= float((data.weight * (slope * change).mean(axis=0) / likely).sum())
        pull = 0.5 * float((((scale - mean) / spread) ** 2).sum())
        return pull - float((data.weight * np.log(likely)).sum()), gradient

    return loss
