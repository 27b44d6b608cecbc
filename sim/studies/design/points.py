"""Where in the space of `vary` the runs lie. A longer design begins with the shorter one, wherever that is possible."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.studies.design.dimensions import Dimension
from sim.studies.design.experiment import Experiment

Matrix = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]
FAR = 1 << 20
"""Distance between the run numbers of a point's first and second repetition where points have luck of their own."""
MORRIS_LEVELS = 4


@dataclass(frozen=True)
class Points:
    """The points, (P, D) in base units, and the luck each runs under.

    Repetition r of point p is run `luck[p] + r * stride`. In a grid all points share their luck, so that they can be
    compared in pairs. In a Sobol design base sample j has two: its A row and the rows that differ from A in one number
    share the luck 2 j, its B row and those near it 2 j + 1. Then the total indices hold the interaction with chance,
    and the first-order ones are of the mean over chance. In a Morris design a trajectory shares its luck.
    """

    values: Matrix
    luck: Whole
    stride: int

    def runs(self, points: Whole, repetitions: Whole) -> Whole:
        """Run numbers, one for each pair of point and repetition."""
        return self.luck[points] + repetitions * self.stride

    def __len__(self) -> int:
        return len(self.values)


def sample_points(experiment: Experiment, dimensions: tuple[Dimension, ...]) -> Points:
    """The points of an experiment."""
    kind, n = experiment.design.kind, experiment.design.n or 0
    if kind == "grid":
        return _grid(experiment, dimensions)
    shares, luck = _SAMPLERS[kind](experiment, len(dimensions), n)
    columns = [dimension.at(shares[:, place]) for place, dimension in enumerate(dimensions)]
    return Points(np.column_stack(columns), luck, FAR)


def _grid(experiment: Experiment, dimensions: tuple[Dimension, ...]) -> Points:
    levels = experiment.design.levels
    axes = [dimension.steps(experiment.vary[dimension.path].levels or levels) for dimension in dimensions]
    meshes = np.meshgrid(*axes, indexing="ij") if axes else []
    values = np.column_stack([mesh.ravel() for mesh in meshes]) if axes else np.zeros((1, 0))
    return Points(values, np.zeros(len(values), dtype=np.int64), 1)


def _random(experiment: Experiment, dimensions: int, n: int) -> tuple[Matrix, Whole]:
    shares = np.random.Generator(np.random.Philox(key=experiment.seed)).random((n, dimensions))
    return shares, np.arange(n)


def _latin_hypercube(experiment: Experiment, dimensions: int, n: int) -> tuple[Matrix, Whole]:
    from scipy.stats import qmc

    return qmc.LatinHypercube(dimensions, rng=np.random.default_rng(experiment.seed)).random(n), np.arange(n)


def problem(dimensions: tuple[Dimension, ...]) -> dict[str, Any]:
    """The dimensions as SALib names them, all on the scale of shares."""
    names = [dimension.path for dimension in dimensions]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def _sobol(experiment: Experiment, dimensions: int, n: int) -> tuple[Matrix, Whole]:
    """Saltelli's scheme over a scrambled Sobol sequence: n (2 D + 2) rows, or n (D + 2) without second order."""
    from SALib.sample import sobol

    second = experiment.design.second_order
    shares = sobol.sample(_unit(dimensions), n, calc_second_order=second, seed=experiment.seed % 2**32)
    a_rows = [0] * (dimensions + 1)
    luck = np.array([*a_rows, *([1] * dimensions if second else []), 1])
    return shares, (2 * np.arange(n)[:, None] + luck[None, :]).ravel()


def _morris(experiment: Experiment, dimensions: int, n: int) -> tuple[Matrix, Whole]:
    """Morris trajectories, each sampled by itself, so that the first ones stay when more are added."""
    from SALib.sample import morris

    seeds = np.random.SeedSequence(experiment.seed).generate_state(n)
    parts = [morris.sample(_unit(dimensions), 1, num_levels=MORRIS_LEVELS, seed=int(seed)) for seed in seeds]
    return np.concatenate(parts), np.repeat(np.arange(n), dimensions + 1)


def _unit(dimensions: int) -> dict[str, Any]:
    return {"num_vars": dimensions, "names": [f"x{place}" for place in range(dimensions)],
            "bounds": [[0.0, 1.0]] * dimensions}  # fmt: skip


_SAMPLERS = {"random": _random, "latin_hypercube": _latin_hypercube, "sobol": _sobol, "morris": _morris}
