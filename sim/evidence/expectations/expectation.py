"""An expectation: ensembles, one number of them with its 95 % interval, bounds, a verdict.

Patterns of a scenario, claims of the literature and contrasts between cases are files of different forms; each row of
them becomes an expectation, and all are judged here.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import NamedTuple

import polars as pl

from agents.errors import InputError, RunError
from sim.engines.ensemble import ensemble, trace, wide
from sim.metrics.statistics import Interval
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.state.columns import CRISIS, GOV
from sim.state.tables import windows

Tables = Sequence[pl.DataFrame]
"""A table with a row a run for each spec of an expectation, in order."""


class Bounds(NamedTuple):
    """Bounds in the unit of the number; a missing one is open."""

    low: float | None = None
    high: float | None = None

    def hold(self, value: float) -> bool:
        """Whether a number lies within the bounds or on one; NaN does not."""
        above = self.low is None or value >= self.low
        return value == value and above and (self.high is None or value <= self.high)

    def hold_all(self, interval: Interval) -> bool:
        """Whether a whole interval lies strictly within the bounds; one with NaN does not."""
        above = self.low is None or interval.low > self.low
        return bool(interval.value == interval.value and above and (self.high is None or interval.high < self.high))

    def touch(self, interval: Interval) -> bool:
        """Whether some part of an interval lies within the bounds."""
        above = self.low is None or interval.high > self.low
        return bool(above and (self.high is None or interval.low < self.high))

    def words(self, above: str = "above", below: str = "below") -> str:
        """The bounds in words: `0.2 to 0.5`, `above 0.2`."""
        if self.low is not None and self.high is not None:
            return f"{self.low:g} to {self.high:g}"
        one = (above, self.low) if self.low is not None else (below, self.high)
        return f"{one[0]} {one[1]:g}" if one[1] is not None else ""


@dataclass(frozen=True)
class Expectation:
    """What some ensembles should show.

    Attributes:
        name: For sentences: `claim selection`, `row early_hours`.
        specs: The ensembles; run n of one is paired with run n of the others.
        runs: Runs of each.
        number: From their tables to the number.
        bounds: Where it should lie.
        whole: Whether its whole interval must lie there, or the estimate alone.
        also: What else must be true of the tables.
        leaders: Whether the tables say who left office, which takes traces instead of an ensemble.
    """

    name: str
    specs: tuple[RunSpec, ...]
    runs: int
    number: Callable[[Tables], Interval]
    bounds: Bounds
    whole: bool = True
    also: Callable[[Tables], bool] = lambda tables: True
    leaders: bool = False


class Verdict(NamedTuple):
    """What was measured, whether it is as expected, and whether that is unclear: the interval straddles a bound."""

    measured: Interval
    passed: bool
    unclear: bool


class Ensembles:
    """Tables by spec; an ensemble that several expectations share is run once."""

    def __init__(self) -> None:
        self._scenarios: dict[str, Scenario] = {}
        self._tables: dict[tuple[str, int, bool], pl.DataFrame] = {}

    def judge(self, expectation: Expectation) -> Verdict:
        """Run what is missing and judge one expectation.

        Raises:
            InputError: When a spec names what does not exist, with the expectation's name in front.
            RunError: When runs failed, so that there is nothing to compare.
        """
        tables = [self._table(expectation, spec) for spec in expectation.specs]
        measured, bounds = expectation.number(tables), expectation.bounds
        inside = bounds.hold_all(measured) if expectation.whole else bounds.hold(measured.value)
        passed = inside and expectation.also(tables)
        return Verdict(measured, passed, not passed and bounds.touch(measured))

    def _table(self, expectation: Expectation, spec: RunSpec) -> pl.DataFrame:
        try:
            scenario = self._scenarios.setdefault(spec.scenario, Scenario.read(spec.scenario))
            prepared = prepare(spec, scenario)
        except InputError as error:
            raise InputError(f"{expectation.name}: {error}") from error
        key = (prepared.spec.to_json(), expectation.runs, expectation.leaders)
        if key not in self._tables:
            found = _leaders if expectation.leaders else _outcomes
            self._tables[key] = found(prepared, expectation.runs)
        table = self._tables[key]
        if "failed" in table.columns and table["failed"].any():
            raise RunError(f"{expectation.name}: a rule failed in some runs, so that there are no pairs to compare.")
        return table


def _outcomes(prepared: Prepared, runs: int) -> pl.DataFrame:
    return wide(ensemble(prepared, runs))


def _leaders(prepared: Prepared, runs: int) -> pl.DataFrame:
    """Whether a leader of the first crisis' target left office: 1 or 0 a run."""
    shape = prepared.template.shape

    def left(run: int) -> float:
        last = trace(replace(prepared, spec=prepared.spec.but(run=run)))[-1]
        state = windows(last, shape, plain=False)
        return float(state.governments[int(state.crises[0, CRISIS.target]), GOV.exits] > 0.0)

    trace(prepared)  # compiles, before threads ask for it at once
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return pl.DataFrame({"left_office": list(pool.map(left, range(runs)))})
