"""Discrimination: the same weights and rules must tell cases apart by their facts alone. Rows are data."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, NamedTuple

import numpy as np
import polars as pl
from pydantic import AfterValidator, Field

from agents.errors import InputError, names_there_are
from sim.engines.ensemble import ensemble, wide
from sim.evidence.expectations.null_models import find_null_model
from sim.metrics import statistics
from sim.metrics.metric import POINT, Values
from sim.metrics.statistics import Interval
from sim.run.counterfactual import Counterfactual
from sim.run.prepare import prepare
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
    measure: Literal["settled_30", "rally_peak", "rally_gone"]
    scenario: Case
    minus: Case | None = None
    low: float | None = None
    high: float | None = None

    @property
    def target(self) -> str:
        """The bounds in words."""
        unit = "support points" if self.measure == "rally_peak" else "percent"
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


def discrimination(runs: int = RUNS, seed: int = SEED, null: str | None = None) -> list[Compared]:
    """Measure every row.

    Args:
        runs: Of each case, four times as many for a rally; run n of one is paired with run n of the other.
        seed: Of all. null: One of `NULL_MODELS` in the target's place.

    Raises:
        InputError: When `runs` is below 2, or there is no such null model.
    """
    askable(runs, null)
    found, worlds = read_rows(), _Worlds(runs, seed, null)
    return [_judged(row, _measured(row, found.days, worlds)) for row in found.rows]


def askable(runs: int, null: str | None) -> None:
    """Refuse what no row can be measured with.

    Raises:
        InputError: When `runs` is below 2, or there is no such null model.
    """
    if runs < 2:
        raise InputError(f"--runs {runs}: right is a whole number of 2 or more.")
    find_null_model(null)


@dataclass(frozen=True)
class _Worlds:
    """The cases, each run once for all that rows ask of it."""

    runs: int
    seed: int
    null: str | None
    done: dict[str, pl.DataFrame] = field(default_factory=dict)

    def settled(self, scenario: str) -> Values:
        """1 for each run that settles within a month, (runs,)."""
        hours = self._table(scenario, MONTH, self.runs)["settled_in_hours"].fill_null(np.inf)
        return (hours <= MONTH * 24.0).to_numpy().astype(np.float64)

    def lifted(self, scenario: str, day: float) -> Values:
        """Support points of the target with the crisis less those without it, (runs,)."""
        many = self.runs * MORE
        crisis, none = (self._table(scenario, day, many, quiet)["target_support"].to_numpy() for quiet in (False, True))
        return np.asarray((crisis - none) * POINT)

    def _table(self, scenario: str, days: float, runs: int, quiet: bool = False) -> pl.DataFrame:
        spec = Counterfactual(quiet=quiet).spec(RunSpec(scenario=scenario, seed=self.seed, horizon=days))
        spec = find_null_model(self.null).spec(spec)
        key = f"{runs} {spec.to_json()}"
        if key not in self.done:
            self.done[key] = wide(ensemble(prepare(spec), runs))
        return self.done[key]


def _measured(row: Row, days: tuple[float, ...], worlds: _Worlds) -> Interval:
    if row.measure == "settled_30":
        own = worlds.settled(row.scenario)
        if row.minus is None:
            return _percent(statistics.share(int(own.sum()), len(own)))
        return _percent(statistics.paired_share(own - worlds.settled(row.minus)))
    peak = max((worlds.lifted(row.scenario, day) for day in days), key=np.mean)
    if row.measure == "rally_peak":
        return statistics.mean(peak)
    return _percent(gone(peak, worlds.lifted(row.scenario, days[-1])))


def gone(peak: Values, late: Values) -> Interval:
    """Share of a rally's peak that is lost later: a ratio of two means over the same runs (n,), by the delta method.

    NaN where there is no rally to lose.
    """
    top, left = float(peak.mean()), float(late.mean())
    if top <= 0.0:
        return Interval(np.nan, np.nan, np.nan, len(peak))
    return statistics.mean(1.0 - left / top + (left / top * (peak - top) - (late - left)) / top)


def _percent(one: Interval) -> Interval:
    return Interval(one.value * POINT, one.low * POINT, one.high * POINT, one.n)


def _judged(row: Row, measured: Interval) -> Compared:
    """Met where the whole interval lies strictly inside the bounds; NaN meets none."""
    above = row.low is None or measured.low > row.low
    below = row.high is None or measured.high < row.high
    return Compared(row.id, row.target, measured, bool(above and below and measured.value == measured.value))
