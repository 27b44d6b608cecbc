"""Intervals: every share and every difference that leaves the program has one."""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

Z = NormalDist().inv_cdf(0.975)


class Interval(NamedTuple):
    """An estimate with its 95 % interval and the number of runs behind it."""

    value: float
    low: float
    high: float
    n: int


def share(hits: int, n: int) -> Interval:
    """A share with its Wilson (1927) interval, sensible also at 0 and 1."""
    if n == 0:
        return Interval(math.nan, 0.0, 1.0, 0)
    p = hits / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return Interval(p, max(middle - half, 0.0), min(middle + half, 1.0), n)


def mean(values: Sequence[float] | Any) -> Interval:
    """A mean with its normal interval. For a paired difference, give the differences."""
    data = np.asarray(values, dtype=float)
    if len(data) == 0:
        return Interval(math.nan, math.nan, math.nan, 0)
    half = Z * float(np.std(data, ddof=1)) / math.sqrt(len(data)) if len(data) > 1 else math.inf
    middle = float(np.mean(data))
    return Interval(middle, middle - half, middle + half, len(data))


def paired_share(differences: Sequence[float] | Any) -> Interval:
    """A difference of two paired shares with the interval of Bonett & Price (2012), sensible where no pair differs.

    Args:
        differences: 1 where only the second of a pair has it, -1 where only the first, 0 where they are alike.
    """
    data = np.asarray(differences, dtype=float)
    n = len(data)
    if n == 0:
        return Interval(math.nan, -1.0, 1.0, 0)
    up, down = ((data > 0.0).sum() + 1) / (n + 2), ((data < 0.0).sum() + 1) / (n + 2)
    half = Z * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return Interval(float(data.mean()), max(up - down - half, -1.0), min(up - down + half, 1.0), n)


def median(values: Sequence[float] | Any) -> Interval:
    """A median with its distribution-free interval (order statistics, binomial)."""
    data = np.sort(np.asarray(values, dtype=float))
    n = len(data)
    if n == 0:
        return Interval(math.nan, math.nan, math.nan, 0)
    half = Z * math.sqrt(n) / 2
    low, high = max(math.floor(n / 2 - half), 0), min(math.ceil(n / 2 + half), n - 1)
    return Interval(float(np.median(data)), float(data[low]), float(data[high]), n)
