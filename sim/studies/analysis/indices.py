"""What carries the variance: Sobol and Morris indices with 95 % intervals, of numbers alone.

Nothing here knows of a simulation: a design's shape and one value a point go in (see `sensitivity`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Values = np.ndarray[Any, np.dtype[np.float64]]
RESAMPLES, SEED, LEVELS = 200, 1, 4
FEWEST = 4
"""Base samples or trajectories below which nothing is said."""


@dataclass(frozen=True)
class Index:
    """Sobol indices of one number varied: shares of the variance, with half the width of their 95 % intervals.

    `first`: of the number alone, over the mean of chance. `total`: with all its interactions, those with chance too.
    """

    path: str
    first: float
    first_half: float
    total: float
    total_half: float


@dataclass(frozen=True)
class PairIndex:
    """What two numbers do together beyond what each does alone: a share of the variance, and half its interval."""

    one: str
    two: str
    second: float
    half: float


@dataclass(frozen=True)
class Screened:
    """Morris: how far the metric moves, on average and in size, when one number crosses its whole range.

    `mu_star`: the mean size, in the metric's unit, with half its 95 % interval. `mu`: the mean with its sign.
    `sigma`: the spread over the space: interactions, curvature, and chance where trajectories differ in luck.
    """

    path: str
    mu_star: float
    half: float
    mu: float
    sigma: float


def width(dimensions: int, second_order: bool) -> int:
    """Rows of one base sample in Saltelli's scheme: A, one near A a number, one near B a number if asked for, B."""
    return 2 * dimensions + 2 if second_order else dimensions + 2


def sobol(values: Values, paths: Sequence[str], second_order: bool) -> tuple[list[Index], list[PairIndex]] | None:
    """First, total and second order indices (Saltelli et al. 2010, 2002), by SALib; None where nothing varies.

    Args:
        values: One a point, (N width,), base sample after base sample, none missing. paths: The D numbers varied.
        second_order: Whether the design has the rows near B.
    """
    from SALib.analyze import sobol as salib

    rows = values.reshape(-1, width(len(paths), second_order))
    if len(rows) < FEWEST or np.ptp(rows[:, [0, -1]]) <= np.finfo(np.float64).eps:
        return None
    found = salib.analyze(
        _problem(paths), values, calc_second_order=second_order, num_resamples=RESAMPLES, seed=SEED,
        keep_resamples=True,
    )  # fmt: skip
    halves = {name: _half(found[f"{name}_conf_all"]) for name in ("S1", "ST")}
    singles = [
        Index(path, float(found["S1"][j]), float(halves["S1"][j]), float(found["ST"][j]), float(halves["ST"][j]))
        for j, path in enumerate(paths)
    ]
    return singles, _pairs(found, paths) if second_order else []


def _half(resampled: Values) -> Values:
    """Half the width between the percentiles 2.5 and 97.5 of resampled indices, (resamples, D).

    SALib's own is 1.96 standard deviations, which a few resamples of hardly any variance blow up.
    """
    low, high = np.percentile(resampled, [2.5, 97.5], axis=0)
    found: Values = (high - low) / 2.0
    return found


def _pairs(found: Any, paths: Sequence[str]) -> list[PairIndex]:
    return [
        PairIndex(paths[j], paths[k], float(found["S2"][j, k]), float(found["S2_conf"][j, k]))
        for j in range(len(paths))
        for k in range(j + 1, len(paths))
    ]


def morris(shares: Values, values: Values, paths: Sequence[str]) -> list[Screened] | None:
    """Elementary effects (Morris 1991; mu*: Campolongo et al. 2007), by SALib; None where nothing varies.

    Args:
        shares: The points on the scale from 0 to 1, (T (D + 1), D). values: One a point, trajectory by trajectory.
    """
    from SALib.analyze import morris as salib

    if len(values) < FEWEST * (len(paths) + 1) or np.ptp(values) <= np.finfo(np.float64).eps:
        return None
    found = salib.analyze(
        _problem(paths), shares, values, num_resamples=RESAMPLES, num_levels=LEVELS, seed=SEED
    )  # fmt: skip
    columns = ("mu_star", "mu_star_conf", "mu", "sigma")
    return [Screened(path, *(float(found[name][j]) for name in columns)) for j, path in enumerate(paths)]


def first_and_total(values: Values, paths: Sequence[str], second_order: bool) -> list[Index] | None:
    """The indices without those of pairs: quicker, for a table of how they settle."""
    rows = values.reshape(-1, width(len(paths), second_order))
    kept = np.concatenate([rows[:, : len(paths) + 1], rows[:, -1:]], axis=1)
    found = sobol(kept.ravel(), paths, second_order=False)
    return found[0] if found else None


def prefixes(count: int) -> list[int]:
    """Sizes at which convergence is shown: a sixteenth, an eighth, ... and all of the base samples."""
    sizes = [count >> halvings for halvings in (4, 3, 2, 1, 0)]
    return [size for size in sizes if size >= FEWEST]


def _problem(paths: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(paths), "names": list(paths), "bounds": [[0.0, 1.0]] * len(paths)}
