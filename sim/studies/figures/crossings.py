"""The numbers of a heat map: a metric over two numbers of a grid, or over two things that were chosen."""

import itertools

import polars as pl

from sim.metrics.metric import find_metric
from sim.metrics.statistics import Interval
from sim.studies.analysis.ranks import factors, mean_where
from sim.studies.store.clusters import level
from sim.studies.store.results import Results


def axes(results: Results) -> dict[str, str]:
    """What may be an axis, with its unit: the numbers of a grid, or the factors of a crossing."""
    made = results.made
    crossed = dict.fromkeys(factors(results), "")
    if made.experiment.design.kind != "grid":
        return crossed
    numbers = {
        one.path: one.word for one in made.dimensions if len({*made.points.values[:, _place(results, one.path)]}) > 1
    }
    return crossed if crossed and len(numbers) < 2 else numbers


def heat(results: Results, name: str, variant: int, by: tuple[str, ...]) -> pl.DataFrame:
    """A row a cell: where it lies, the mean of the metric with its interval, n runs. Over all other axes."""
    there = axes(results)
    x, y = (*by, *(axis for axis in there if axis not in by))[:2]
    found = _chosen(results, name, x, y) if x in factors(results) else _numbers(results, name, variant, x, y)
    unit = find_metric(name).unit
    return pl.DataFrame([
        {"x_name": x, "x": one, "x_unit": there[x], "y_name": y, "y": two, "y_unit": there[y], "metric": name,
         "mean": mean.value, "low": mean.low, "high": mean.high, "n": mean.n, "unit": unit}
        for (one, two), mean in found.items()
    ])  # fmt: skip


def _chosen(results: Results, name: str, x: str, y: str) -> dict[tuple[str, str], Interval]:
    options = factors(results)
    return {
        (one, two): mean_where(results, name, {x: one, y: two})
        for one, two in itertools.product(options[x], options[y])
    }


def _numbers(results: Results, name: str, variant: int, x: str, y: str) -> dict[tuple[float, float], Interval]:
    dimensions = {one.path: one for one in results.made.dimensions}
    rows = results.rows(variant)
    found = {}
    for (one, two), part in rows.partition_by(x, y, as_dict=True).items():
        mean = level(results.made, find_metric(name), part)
        found[one / dimensions[x].factor, two / dimensions[y].factor] = mean
    return dict(sorted(found.items()))


def _place(results: Results, path: str) -> int:
    return [one.path for one in results.made.dimensions].index(path)
