"""Contrasts between cases: the same weights and rules must tell cases apart by their facts alone. Rows are data."""

from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import AfterValidator, Field

from agents.errors import InputError, names_there_are
from sim.evidence.expectations.expectation import Bounds, Ensembles, Expectation, Tables
from sim.evidence.expectations.null_models import find_null_model
from sim.metrics import statistics
from sim.metrics.metric import METRICS, POINT, Values, scale
from sim.metrics.statistics import Interval
from sim.run.counterfactual import Counterfactual
from sim.run.spec import RunSpec
from sim.scenario import scenario_names
from sim.scenario.files.fields import Model, Source
from sim.scenario.files.reader import read_named
from sim.scenario.files.words import problem

RUNS, SEED, MONTH = 1000, 1, 30.0
MORE = 4
"""Times as many runs for a rally: a share of a small mean is less sure than a share of runs."""


def _shipped(name: str) -> str:
    if name in scenario_names():
        return name
    raise problem(f"there is no scenario `{name[:60]}`. {names_there_are(name[:60], scenario_names())}")


Case = Annotated[str, AfterValidator(_shipped)]


class Row(Model):
    """One thing that must differ, and the bounds (percent, or support points) its interval must lie in."""

    id: str
    says: str
    source: Source
    metric: Literal["settled_in_30_days", "rally_peak", "rally_gone"]
    scenario: Case
    minus: Case | None = None
    low: float | None = None
    high: float | None = None

    @property
    def target(self) -> str:
        """The bounds in words."""
        unit = "support points" if self.metric == "rally_peak" else "percent"
        limits = (("above", self.low), ("below", self.high))
        bounds = [f"{word} {limit:g}" for word, limit in limits if limit is not None]
        return f"{' and '.join(bounds)} {unit}"


class Rows(Model):
    """The file of rows. `days` are those on which a rally is measured."""

    format: Literal[1]
    days: Annotated[tuple[float, ...], Field(min_length=2)]
    rows: tuple[Row, ...]


class Compared(NamedTuple):
    """A row, its target in words, what was measured with its 95 % interval, and whether all of that lies inside."""

    name: str
    target: str
    measured: Interval
    met: bool


def read_rows() -> Rows:
    """The rows that come with Demarche, `configs/evidence/discrimination.yaml`.

    Raises:
        InputError: With file, line and what would be right.
    """
    return read_named(Rows, "discrimination", "evidence", "rows of discrimination")[0]


def judge_contrasts(runs: int = RUNS, seed: int = SEED, null: str | None = None) -> list[Compared]:
    """Judge every row.

    Args:
        runs: Of each case, four times as many for a rally; run n of one is paired with run n of the other.
        seed: Of all.
        null: One of `NULL_MODELS` in the target's place.

    Raises:
        InputError: When `runs` is below 2, or there is no such null model.
    """
    check_arguments(runs, null)
    found, ensembles = read_rows(), Ensembles()
    judged = []
    for row in found.rows:
        verdict = ensembles.judge(_expectation(row, found.days, runs, seed, null))
        judged.append(Compared(row.id, row.target, verdict.measured, verdict.passed))
    return judged


def check_arguments(runs: int, null: str | None) -> None:
    """Refuse what no row can be measured with.

    Raises:
        InputError: When `runs` is below 2, or there is no such null model.
    """
    if runs < 2:
        raise InputError(f"--runs {runs}: expected a whole number of 2 or more.")
    find_null_model(null)


def _expectation(row: Row, days: tuple[float, ...], runs: int, seed: int, null: str | None) -> Expectation:
    """A row as an expectation. A rally is the target's support with the crisis less that without it, day by day."""

    def spec(scenario: str, horizon: float, quiet: bool = False) -> RunSpec:
        base = RunSpec(scenario=scenario, seed=seed, horizon=horizon)
        return find_null_model(null).spec(Counterfactual(quiet=quiet).spec(base))

    bounds, name = Bounds(row.low, row.high), f"row {row.id}"
    if row.metric == "settled_in_30_days":
        cases = [row.scenario, *([row.minus] if row.minus else [])]
        return Expectation(name, tuple(spec(case, MONTH) for case in cases), runs, _settled, bounds)
    specs = tuple(spec(row.scenario, day, quiet) for day in days for quiet in (False, True))
    number: Callable[[Tables], Interval] = _peak if row.metric == "rally_peak" else _gone
    return Expectation(name, specs, runs * MORE, number, bounds)


def _settled(tables: Tables) -> Interval:
    """Percent of runs that settle within a month, less those of another case where there is one."""
    of = METRICS["settled_in_30_days"]
    if len(tables) == 1:
        return of.level(tables[0])
    return scale(statistics.paired_share((of.values(tables[0]) - of.values(tables[1])) / POINT), POINT)


def _lifts(tables: Tables) -> list[Values]:
    """Support points of the target with the crisis less those without it, (runs,), for each day."""
    support = [METRICS["target_support"].values(table) for table in tables]
    return [np.asarray(crisis - none) for crisis, none in zip(support[::2], support[1::2], strict=True)]


def _peak(tables: Tables) -> Interval:
    return statistics.mean(max(_lifts(tables), key=np.mean))


def _gone(tables: Tables) -> Interval:
    lifts = _lifts(tables)
    return scale(share_gone(max(lifts, key=np.mean), lifts[-1]), POINT)


def share_gone(peak: Values, late: Values) -> Interval:
    """Share of a rally's peak that is lost later: a ratio of two means over the same runs (n,), by the delta method.

    NaN where there is no rally to lose.
    """
    top, left = float(peak.mean()), float(late.mean())
    if top <= 0.0:
        return Interval(np.nan, np.nan, np.nan, len(peak))
    return statistics.mean(1.0 - left / top + (left / top * (peak - top) - (late - left)) / top)
