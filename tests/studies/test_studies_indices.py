"""Our designs and our indices on a function whose indices are known: Ishigami and Homma (1990), a = 7, b = 0.1."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.studies.analysis import indices
from sim.studies.design.dimensions import Dimension
from sim.studies.design.experiment import Experiment
from sim.studies.design.points import sample_points

PATHS = ("x1", "x2", "x3")
DIMENSIONS = tuple(Dimension(path, -np.pi, np.pi, (), "rad", 1.0, "range") for path in PATHS)
FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
"""Published values, as in Saltelli et al. (2008), Global Sensitivity Analysis, and the documentation of SALib."""
TOGETHER = {("x1", "x3"): 0.2437}


def _experiment(kind: str, n: int, **more: Any) -> Experiment:
    return Experiment.model_validate({
        "format": 1, "name": "ishigami", "title": {"en": "Ishigami", "es": "Ishigami"}, "scenario": "two_countries",
        "vary": {path: {} for path in PATHS}, "metrics": ["conceded"], "design": {"kind": kind, "n": n, **more},
    })  # fmt: skip


def _ishigami(x: Any) -> Any:
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


@pytest.mark.parametrize("second", [True, False])
def test_sobol_indices_are_the_published_ones(second: bool) -> None:
    points = sample_points(_experiment("sobol", 4096, second_order=second), DIMENSIONS)
    found = indices.sobol(_ishigami(points.values), PATHS, second)
    assert found is not None
    singles, pairs = found
    for one, first, total in zip(singles, FIRST, TOTAL, strict=True):
        assert one.first == pytest.approx(first, abs=0.01) and abs(one.first - first) < one.first_half < 0.05
        assert one.total == pytest.approx(total, abs=0.01) and abs(one.total - total) < one.total_half < 0.05
    assert len(pairs) == (3 if second else 0)
    for pair in pairs:
        known = TOGETHER.get((pair.one, pair.two), 0.0)
        assert pair.second == pytest.approx(known, abs=0.02) and abs(pair.second - known) < pair.half


def test_chance_is_in_the_totals_and_not_in_the_first_ones() -> None:
    """Y = x1 (1 + L) + L' with luck as our design gives it: V = 1/3 + 1/12 (L) + 1/4 (L'); x in [-1, 1]."""
    line = tuple(replace(one, low=-1.0, high=1.0) for one in DIMENSIONS)
    points = sample_points(_experiment("sobol", 8192), line)
    luck = np.random.default_rng(5).normal(size=(int(points.luck.max()) + 1, 2)) * 0.5
    alone, together = luck[points.luck, 0], luck[points.luck, 1]
    found = indices.sobol(points.values[:, 0] * (1.0 + together) + alone, PATHS, True)
    assert found is not None
    variance = 1 / 3 + 1 / 12 + 1 / 4
    assert found[0][0].first == pytest.approx(1 / 3 / variance, abs=0.03)
    assert found[0][0].total == pytest.approx((1 / 3 + 1 / 12) / variance, abs=0.03)
    assert found[0][1].total == pytest.approx(0.0, abs=1e-12)


def test_morris_ranks() -> None:
    experiment = _experiment("morris", 200)
    unit = tuple(replace(one, low=0.0, high=1.0) for one in DIMENSIONS)
    shares = sample_points(experiment, unit).values
    found = indices.morris(shares, _ishigami(sample_points(experiment, DIMENSIONS).values), PATHS)
    assert found is not None
    by = {one.path: one for one in found}
    assert sorted(by, key=lambda path: -by[path].mu_star) == ["x1", "x2", "x3"]
    assert by["x2"].mu_star == pytest.approx(7.875) and by["x3"].mu == pytest.approx(0.0, abs=1.5)
    assert by["x1"].sigma > 5.0 and by["x3"].sigma > by["x3"].mu_star  # they interact


def test_the_same_numbers_give_the_same_intervals() -> None:
    values = _ishigami(sample_points(_experiment("sobol", 64), DIMENSIONS).values)
    assert indices.sobol(values, PATHS, True) == indices.sobol(values, PATHS, True)
    quick, whole = indices.first_and_total(values, PATHS, True), indices.sobol(values, PATHS, True)
    assert quick is not None and whole is not None
    assert [one.total for one in quick] == pytest.approx([one.total for one in whole[0]])


def test_a_constant_has_no_indices() -> None:
    assert indices.sobol(np.full(64 * 8, 3.0), PATHS, True) is None
    assert indices.morris(np.zeros((40, 3)), np.full(40, 3.0), PATHS) is None


def test_convergence_is_shown_at_prefixes() -> None:
    assert indices.prefixes(4096) == [256, 512, 1024, 2048, 4096]
    assert indices.prefixes(16) == [4, 8, 16] and indices.prefixes(2) == []
