"""Indices of a study: its design and its rows brought to what `indices` takes, complete parts only.

A run's luck counts as one more input that nobody names. In a Sobol design the rows near A share their luck with A, and
those near B with B (see `design.Points`). So a first-order index is of the mean over chance, a total one includes what
a number does together with chance, and what the first-order indices leave over is interactions and chance.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from agents.errors import InputError
from sim.metrics.metric import find_metric
from sim.studies.analysis import indices
from sim.studies.analysis.indices import Index, PairIndex, Screened
from sim.studies.design.points import sample_points
from sim.studies.store.results import Results

Values = np.ndarray[Any, np.dtype[np.float64]]
WITH_INDICES = ("sobol", "morris")


@dataclass(frozen=True)
class Indices:
    """The indices of a metric in one variant, from `n` base samples (or trajectories).

    Attributes:
        unit: Of the metric. missing: Base samples still to be computed. left_out: Those that hold a failed run.
        constant: Nothing varies, or too little is there, so there are no indices.
        sobol, pairs: Of a Sobol design. morris: Of a Morris design. Strongest first.
    """

    variant: str
    metric: str
    unit: str
    n: int
    missing: int
    left_out: int
    constant: bool
    sobol: tuple[Index, ...] = ()
    pairs: tuple[PairIndex, ...] = ()
    morris: tuple[Screened, ...] = ()


@dataclass(frozen=True)
class Step:
    """An index at one size of the design: total (Sobol) or mu* (Morris), with half its 95 % interval."""

    n: int
    path: str
    value: float
    half: float


@dataclass(frozen=True)
class _Bases:
    """The complete base samples: `values`, (n, width); their places in the design, (n,)."""

    values: Values
    places: np.ndarray[Any, np.dtype[np.int64]]
    missing: int
    left_out: int


def estimate_indices(results: Results, name: str | None = None, variant: int = 0) -> Indices:
    """Sobol or Morris indices of a metric (the first one unless said otherwise) in one variant.

    Raises:
        InputError: When the design has none.
    """
    found: Indices = results.once("indices", name, variant, _estimate_indices)
    return found


def estimate_convergence(results: Results, name: str | None = None, variant: int = 0) -> list[Step]:
    """The same indices from the first sixteenth, eighth, ... and all of the base samples; empty where nothing varies.

    Raises:
        InputError: When the design has no indices.
    """
    found: list[Step] = results.once("convergence", name, variant, _estimate_convergence)
    return found


def _estimate_indices(results: Results, name: str, variant: int) -> Indices:
    kind, bases = _kind(results), _bases(results, name, variant)
    found = _found(results, bases)
    made = results.made
    told = Indices(
        made.variants[variant].name, name, find_metric(name).unit, len(bases.values), bases.missing, bases.left_out,
        constant=not found,
    )  # fmt: skip
    if not found:
        return told
    if kind == "morris":
        return replace(told, morris=tuple(sorted(found, key=lambda one: -one.mu_star)))
    singles, pairs = found
    singles, pairs = sorted(singles, key=lambda one: -one.total), sorted(pairs, key=lambda one: -one.second)
    return replace(told, sobol=tuple(singles), pairs=tuple(pairs))


def _estimate_convergence(results: Results, name: str, variant: int) -> list[Step]:
    kind, bases = _kind(results), _bases(results, name, variant)
    paths = [one.path for one in results.made.dimensions]
    steps: list[Step] = []
    for n in indices.prefixes(len(bases.values)):
        part = _Bases(bases.values[:n], bases.places[:n], 0, 0)
        if kind == "morris":
            steps += [Step(n, one.path, one.mu_star, one.half) for one in _found(results, part) or ()]
        else:
            second = results.made.experiment.design.second_order
            found = indices.first_and_total(part.values.ravel(), paths, second) or []
            steps += [Step(n, one.path, one.total, one.total_half) for one in found]
    return steps


def _kind(results: Results) -> str:
    kind = results.made.experiment.design.kind
    if kind not in WITH_INDICES:
        raise InputError(
            f"{results.store.where}: a {kind.replace('_', ' ')} design has no indices; expected a sobol or morris one."
        )
    return kind


def _found(results: Results, bases: _Bases) -> Any:
    made = results.made
    paths = [one.path for one in made.dimensions]
    if made.experiment.design.kind == "sobol":
        return indices.sobol(bases.values.ravel(), paths, made.experiment.design.second_order)
    width = len(paths) + 1
    unit = tuple(replace(one, low=0.0, high=1.0, values=()) for one in made.dimensions)
    shares = sample_points(made.experiment, unit).values.reshape(-1, width, len(paths))[bases.places]
    return indices.morris(shares.reshape(-1, len(paths)), bases.values.ravel(), paths)


def _bases(results: Results, name: str, variant: int) -> _Bases:
    """Base samples of which every row is there: a power of 2 of them while a Sobol design is unfinished."""
    made, total = results.made, results.made.experiment.design.n or 1
    values = results.points(name, variant).reshape(total, -1)
    known = np.zeros(len(made.points), dtype=bool)
    known[results.every_row(variant)["point"].to_numpy()] = True
    whole = known.reshape(total, -1).all(axis=1)
    count = total if whole.all() else int(np.argmin(whole))
    if made.experiment.design.kind == "sobol" and count:
        count = 1 << (count.bit_length() - 1)
    good = np.flatnonzero(np.isfinite(values[:count]).all(axis=1))
    return _Bases(values[good], good, total - count, count - len(good))
