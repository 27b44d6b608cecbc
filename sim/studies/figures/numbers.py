"""The numbers behind each kind of figure: a table with units, which is drawn, and written beside it as CSV."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from agents.errors import InputError, names_there_are
from sim.metrics.metric import find_metric
from sim.studies.analysis.sensitivity import estimate_convergence, estimate_indices
from sim.studies.design.dimensions import Dimension
from sim.studies.figures import crossings
from sim.studies.store.clusters import level
from sim.studies.store.results import Results

BINS, HIST_BINS, MOST_WORLDS = 12, 24, 4
SHARE = "share of the variance"
Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Asked:
    """What a figure is asked to show: a metric, a world (its place), and along which numbers, if that is said."""

    kind: str
    metric: str
    variant: int = 0
    by: tuple[str, ...] = ()


def kinds(results: Results) -> tuple[str, ...]:
    """The kinds of figures that a study's design allows."""
    made = results.made
    design = made.experiment.design.kind
    found = {
        "effects": len(made.variants) > 1,
        "indices": design == "sobol",
        "morris": design == "morris",
        "convergence": design in ("sobol", "morris"),
        "heat": len(crossings.axes(results)) > 1,
        "response": bool(made.dimensions),
        "hist": True,
    }
    return tuple(kind for kind, there in found.items() if there)


def numbers(results: Results, asked: Asked) -> pl.DataFrame:
    """The table behind a figure.

    Raises:
        InputError: When the design has no such figure, or nothing varies.
    """
    there = kinds(results)
    if asked.kind not in there:
        known = names_there_are(asked.kind, there)
        raise InputError(f"{results.store.where}: this study has no figure `{asked.kind}`. {known}")
    return _MAKERS[asked.kind](results, asked)


def _effects(results: Results, asked: Asked) -> pl.DataFrame:
    from sim.studies.analysis.effects import short_names

    short = short_names(results)
    rows = [{"label": short[one.variant], **vars(one)} for one in results.effects(asked.metric)]
    return pl.DataFrame(rows).sort("difference", "variant", descending=[True, False])


def _indices(results: Results, asked: Asked) -> pl.DataFrame:
    found = estimate_indices(results, asked.metric, asked.variant)
    _something(results, asked, found.constant)
    return pl.DataFrame([
        {"number": one.path, "first": one.first, "first_low": one.first - one.first_half,
         "first_high": one.first + one.first_half, "total": one.total, "total_low": one.total - one.total_half,
         "total_high": one.total + one.total_half, "n": found.n, "unit": SHARE}
        for one in found.sobol
    ])  # fmt: skip


def _morris(results: Results, asked: Asked) -> pl.DataFrame:
    found = estimate_indices(results, asked.metric, asked.variant)
    _something(results, asked, found.constant)
    return pl.DataFrame([
        {"number": one.path, "mu_star": one.mu_star, "low": one.mu_star - one.half, "high": one.mu_star + one.half,
         "mu": one.mu, "sigma": one.sigma, "n": found.n, "unit": found.unit}
        for one in found.morris
    ])  # fmt: skip


def _convergence(results: Results, asked: Asked) -> pl.DataFrame:
    steps = estimate_convergence(results, asked.metric, asked.variant)
    _something(results, asked, not steps)
    sobol = results.made.experiment.design.kind == "sobol"
    unit = SHARE if sobol else find_metric(asked.metric).unit
    return pl.DataFrame([
        {"n": one.n, "number": one.path, "index": "ST" if sobol else "mu*", "value": one.value,
         "low": one.value - one.half, "high": one.value + one.half, "unit": unit}
        for one in steps
    ])  # fmt: skip


def _something(results: Results, asked: Asked, constant: bool) -> None:
    if constant:
        world = results.made.variants[asked.variant].name
        raise InputError(
            f"{results.store.where}: there are no indices of `{asked.metric}` in `{world}`: it is the same at every"
            " point, or fewer than four base samples are done."
        )


def _response(results: Results, asked: Asked) -> pl.DataFrame:
    """Means along one number, over all the others: rows of one luck count once in each place."""
    dimension = dimension_of(results, asked.by[0] if asked.by else results.made.dimensions[0].path)
    found = []
    for place, variant in list(enumerate(results.made.variants))[:MOST_WORLDS]:
        rows = results.rows(place)
        where = places(dimension, rows[dimension.path].to_numpy())
        for x in np.unique(where):
            part = rows.filter(where == x)
            mean = level(results.made, find_metric(asked.metric), part)
            found.append({
                "variant": variant.name, "number": dimension.path, "x": float(x) / dimension.factor,
                "x_unit": dimension.word, "mean": mean.value, "low": mean.low, "high": mean.high, "n": mean.n,
                "metric": asked.metric, "unit": find_metric(asked.metric).unit,
            })  # fmt: skip
    return pl.DataFrame(found)


def dimension_of(results: Results, path: str) -> Dimension:
    """A number that was varied, by its path.

    Raises:
        InputError: With those there are.
    """
    known = {one.path: one for one in results.made.dimensions}
    if path not in known:
        raise InputError(f"{results.store.where}: --by {path}: it was not varied. {names_there_are(path, known)}")
    return known[path]


def places(dimension: Dimension, values: Values) -> Values:
    """Where each row stands on an axis: its value where there are few, else the middle of one of twelve parts."""
    if len(np.unique(values)) <= BINS:
        return values
    step = (dimension.high - dimension.low) / BINS
    return dimension.low + (np.minimum(np.floor((values - dimension.low) / step), BINS - 1) + 0.5) * step


def _heat(results: Results, asked: Asked) -> pl.DataFrame:
    for path in asked.by:
        if path not in crossings.axes(results):
            known = names_there_are(path, crossings.axes(results))
            raise InputError(f"{results.store.where}: --by {path}: this is no axis of the study. {known}")
    return crossings.heat(results, asked.metric, asked.variant, asked.by)


def _hist(results: Results, asked: Asked) -> pl.DataFrame:
    values = find_metric(asked.metric).values(results.rows(asked.variant))
    edges = np.array([-25.0, 25.0, 75.0, 125.0]) if find_metric(asked.metric).share else HIST_BINS
    counts, ends = np.histogram(values, bins=edges)
    total = max(int(np.sum(counts)), 1)
    return pl.DataFrame({
        "variant": [results.made.variants[asked.variant].name] * len(counts), "metric": [asked.metric] * len(counts),
        "from": ends[:-1], "to": ends[1:], "percent_of_runs": counts / total * 100.0,
        "runs": counts, "unit": [find_metric(asked.metric).unit] * len(counts),
    })  # fmt: skip


_MAKERS: dict[str, Callable[[Results, Asked], pl.DataFrame]] = {
    "effects": _effects,
    "indices": _indices,
    "morris": _morris,
    "convergence": _convergence,
    "heat": _heat,
    "response": _response,
    "hist": _hist,
}
