"""Runs that share their luck, or their place in a design, are not independent: intervals count the groups instead."""

from typing import Any

import numpy as np
import polars as pl

from sim.metrics import statistics
from sim.metrics.metric import POINT, Metric
from sim.metrics.statistics import Interval
from sim.studies.design.study import Study

Values = np.ndarray[Any, np.dtype[np.float64]]


def groups(made: Study, rows: pl.DataFrame) -> pl.Series:
    """The group of each row: its repetition in a grid (all points share that luck), its base sample or trajectory in a
    Sobol or Morris design, and its point in a random or Latin hypercube design."""
    kind = made.experiment.design.kind
    if kind == "grid":
        return rows["repetition"]
    if kind in ("sobol", "morris"):
        return rows["point"] // (len(made.points) // (made.experiment.design.n or 1))
    return rows["point"]


def level(made: Study, metric: Metric, rows: pl.DataFrame) -> Interval:
    """The mean of a metric with its 95 % interval: of shares Wilson's, of grouped runs that of the groups' means."""
    values, group = metric.values(rows), groups(made, rows)
    if group.n_unique() < len(rows):
        if metric.share and np.ptp(values) == 0.0:
            return _alike(values, group)
        return _within(_of_means(values, group), 0.0 if metric.share else -np.inf)
    if not metric.share:
        return statistics.mean(values)
    return _scaled(statistics.share(int((values > 0.0).sum()), len(values)), POINT)


def difference(made: Study, metric: Metric, one: pl.DataFrame, two: pl.DataFrame) -> Interval:
    """The mean paired difference (two minus one) with its 95 % interval; row n of one is the pair of row n of two."""
    values, group = metric.values(two) - metric.values(one), groups(made, one)
    if group.n_unique() < len(one):
        if metric.share and not values.any():
            return _scaled(statistics.paired_share(np.zeros(group.n_unique())), POINT)
        return _within(_of_means(values, group), -POINT if metric.share else -np.inf)
    if not metric.share:
        return statistics.mean(values)
    return _scaled(statistics.paired_share(values / POINT), POINT)


def _of_means(values: Values, group: pl.Series) -> Interval:
    """Mean over groups of equal weight; n is the number of groups: what is independent."""
    means = pl.DataFrame({"group": group, "value": values}).group_by("group").mean().sort("group")["value"]
    found = statistics.mean(means.to_numpy())
    return found._replace(value=float(values.mean())) if len(values) else found


def _within(found: Interval, least: float) -> Interval:
    """A share of worlds, or a difference of two, is no more than a hundred percent."""
    if least == -np.inf:
        return found
    return found._replace(low=max(found.low, least), high=min(found.high, POINT))


def _alike(values: Values, group: pl.Series) -> Interval:
    """A share that is 0 or 100 in every run: as wide as so many groups leave it, not of no width at all."""
    count = group.n_unique()
    return _scaled(statistics.share(count if values[0] > 0.0 else 0, count), POINT)


def _scaled(found: Interval, by: float) -> Interval:
    return Interval(found.value * by, found.low * by, found.high * by, found.n)
