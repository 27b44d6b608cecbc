"""What patterns measure, each with its 95 % interval: levels of one world, paired differences of two."""

from collections.abc import Callable

import numpy as np
import polars as pl

from sim.metrics import statistics
from sim.metrics.region_metrics import REGION
from sim.metrics.statistics import Interval

WEEK, DAY_30 = 168.0, 720.0
FIRST_DUE = 144.0
"""Hours until the first measure of weight falls due in the flagship."""
POINTS, HOURS = 5.0, 6.0
"""What counts as an effect: five points of probability or six hours."""

Level = Callable[[pl.DataFrame], Interval]
Difference = Callable[[pl.DataFrame, pl.DataFrame], Interval]


def _percent(interval: Interval) -> Interval:
    return _scaled(interval, 100.0)


def _scaled(interval: Interval, by: float) -> Interval:
    return Interval(interval.value * by, interval.low * by, interval.high * by, interval.n)


def _share(condition: pl.Expr, of: pl.Expr | None = None) -> Level:
    """Percent of the runs (or of those in `of`) for which a condition holds."""

    def measure(table: pl.DataFrame) -> Interval:
        rows = table if of is None else table.filter(of)
        return _percent(statistics.share(len(rows.filter(condition)), len(rows)))

    return measure


SETTLED = pl.col("settled_in_hours").is_not_null()
_time = pl.col("settled_in_hours")


def _hours(table: pl.DataFrame) -> Interval:
    return statistics.mean(_restricted(table))


def _restricted(table: pl.DataFrame) -> np.ndarray:
    """Hours to settlement, a week at most: defined for runs that never settle."""
    return table["settled_in_hours"].fill_null(WEEK).clip(0.0, WEEK).to_numpy()


def _in_week(table: pl.DataFrame) -> np.ndarray:
    return (table["settled_in_hours"].fill_null(np.inf) <= WEEK).to_numpy() * 100.0


def _mean(measure: Callable[[pl.DataFrame], np.ndarray]) -> Level:
    return lambda table: statistics.mean(measure(table))


LEVELS: dict[str, Level] = {
    "first_held": _share(pl.col("first_held")),
    "settled_7": _share(_time <= WEEK),
    "median_hours": lambda table: statistics.median(table.filter(SETTLED)["settled_in_hours"]),
    "hours": _hours,
    "granted": _share(pl.col("granted"), of=SETTLED),
    "tariff": _share(pl.col("tariff_in_force") == 1.0),
    "before_due": _share(_time <= FIRST_DUE, of=SETTLED),
    "before_day_30": _share(_time <= DAY_30, of=SETTLED),
    "last_day_before_due": _share((_time > FIRST_DUE - 24.0) & (_time <= FIRST_DUE), of=SETTLED),
    **{of.name: _mean(of.values) for of in REGION},
}


def _paired(measure: Callable[[pl.DataFrame], np.ndarray]) -> Difference:
    return lambda one, two: statistics.mean(measure(two) - measure(one))


def _effect(sign: float) -> Difference:
    """How large an effect is, in units of what counts as one: points less, or hours later, whichever is more.

    1 is an effect of five points or six hours in the direction of the sign (1 for less or later).
    """

    def measure(one: pl.DataFrame, two: pl.DataFrame) -> Interval:
        points = _scaled(statistics.paired_share(sign * (_in_week(one) - _in_week(two)) / 100.0), 100.0 / POINTS)
        hours = statistics.mean(sign * (_restricted(two) - _restricted(one)) / HOURS)
        return points if points.value > hours.value else hours

    return measure


DIFFERENCES: dict[str, Difference] = {
    "settled_7": _paired(_in_week),
    "hours": _paired(_restricted),
    "target_support": _paired(lambda table: table["target_support"].to_numpy() * 100.0),
    "less_or_later": _effect(1.0),
    "more_or_sooner": _effect(-1.0),
    **{of.name: _paired(of.values) for of in REGION},
}
