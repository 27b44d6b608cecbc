"""Paired differences of two ensembles under the same shocks, as patterns use them."""

from collections.abc import Callable

import polars as pl

from sim.metrics import statistics
from sim.metrics.metric import METRICS, POINT, scale
from sim.metrics.statistics import Interval

POINTS, HOURS = 5.0, 6.0
"""What counts as an effect: five points of probability or six hours, both chosen before any row was run."""


def difference(name: str, one: pl.DataFrame, two: pl.DataFrame) -> Interval:
    """The mean paired difference of a metric, second minus first, in its unit."""
    of = METRICS[name]
    return statistics.mean(of.values(two) - of.values(one))


def _effect(sign: float) -> Callable[[pl.DataFrame, pl.DataFrame], Interval]:
    """How large an effect is, in units of what counts as one: points less, or hours later, whichever is more.

    1 is an effect of five points or six hours in the direction of the sign (1 for less or later).
    """
    settled, hours = METRICS["settled_in_7_days"], METRICS["hours_to_settle"]

    def measure(one: pl.DataFrame, two: pl.DataFrame) -> Interval:
        points = statistics.paired_share(sign * (settled.values(one) - settled.values(two)) / POINT)
        points = scale(points, POINT / POINTS)
        later = statistics.mean(sign * (hours.values(two) - hours.values(one)) / HOURS)
        return points if points.value > later.value else later

    return measure


DIFFERENCES = {"less_or_later": _effect(1.0), "more_or_sooner": _effect(-1.0)}
"""Differences that are no metric's own."""
