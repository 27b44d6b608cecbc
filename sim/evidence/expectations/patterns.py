"""Patterns: what an explanation must show and a coin must not. Rows are data in `configs/patterns/`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Literal

import polars as pl

from agents.errors import InputError, names_there_are
from sim.evidence.expectations.differences import DIFFERENCES, HOURS, POINTS, difference
from sim.evidence.expectations.expectation import Bounds, Ensembles, Expectation, Tables
from sim.metrics.metric import METRICS
from sim.metrics.statistics import Interval
from sim.run.counterfactual import Counterfactual
from sim.run.spec import RunSpec
from sim.scenario.files.fields import Model
from sim.scenario.files.reader import read_named


class Condition(Model):
    """What is measured, and the bounds it must lie in, in the metric's unit; a missing bound is open.

    `clauses` are those a metric is about. No worlds: the scenario as it is, or those of the row.
    """

    worlds: tuple[Counterfactual, ...] = ()
    metric: str
    clauses: tuple[str, ...] = ()
    difference: bool = False
    shape: Literal["level", "spread", "falling_ever_less", "early_only"] = "level"
    low: float | None = None
    high: float | None = None


class Row(Condition):
    """One pattern; it passes where its own condition and all in `also` hold. `why`: why so much counts as an effect."""

    id: str
    kind: Literal["flagship", "mechanism", "robustness", "meta", "hemisphere"]
    says: str
    why: str = ""
    source: str
    also: tuple[Condition, ...] = ()


class PatternFile(Model):
    """The rows of a scenario."""

    format: Literal[1]
    scenario: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Judged:
    """A row with the condition that decided it, what was measured, and whether the row passes."""

    row: Row
    condition: Condition
    measured: Interval
    passed: bool

    @property
    def target(self) -> str:
        """The bounds in words."""
        bounds = Bounds(self.condition.low, self.condition.high)
        if self.condition.shape == "falling_ever_less":
            return "falling, each step less"
        if self.condition.shape == "spread":
            return f"spread < {bounds.high:g}"
        if self.condition.shape == "early_only":
            return f"early >= {bounds.low:g}, late hardly"
        return bounds.words(">=", "<=")


def read_patterns(name_or_path: str | Path) -> PatternFile:
    """The rows of a scenario, by its name (in `configs/patterns`) or a path.

    Raises:
        InputError: With file, line and what would be right.
    """
    found, _ = read_named(PatternFile, name_or_path, "patterns", "patterns")
    for row in found.rows:
        for condition in (row, *row.also):
            known = [*METRICS, *DIFFERENCES] if condition.difference else list(METRICS)
            if condition.metric not in known:
                there = names_there_are(condition.metric, known)
                raise InputError(f"{name_or_path}: row {row.id}: there is no metric `{condition.metric}`. {there}")
    return found


def judge(
    patterns: PatternFile, runs: int, seed: int = 1, instead: Counterfactual | None = None, weights: str = "default"
) -> Iterator[Judged]:
    """Judge the rows one by one; of a row's conditions the first that fails is shown.

    Args:
        patterns: The rows.
        runs: Runs of each ensemble.
        seed: Of all ensembles.
        instead: A change put on top of all of them, such as a null model.
        weights: Weight set.
    """
    base = RunSpec(scenario=patterns.scenario, seed=seed, weights=weights)
    ensembles = Ensembles()
    for row in patterns.rows:
        judged = []
        for condition in (row, *row.also):
            worlds = condition.worlds or row.worlds or (Counterfactual(),)
            specs = tuple((instead or Counterfactual()).spec(world.spec(base)) for world in worlds)
            verdict = ensembles.judge(_expectation(row, condition, specs, runs))
            judged.append(Judged(row, condition, verdict.measured, verdict.passed))
        yield next((one for one in judged if not one.passed), judged[0])


def _expectation(row: Row, condition: Condition, specs: tuple[RunSpec, ...], runs: int) -> Expectation:
    """The expectation of one condition; patterns are judged by their estimates."""
    bounds = Bounds(condition.low, condition.high)
    expect = partial(Expectation, f"row {row.id}", specs, runs, whole=False)
    if condition.shape == "early_only":
        return expect(lambda t: _difference(condition, t[0], t[1]), bounds, also=lambda t: _hardly(t[0], t[2]))
    if condition.difference:
        return expect(lambda t: _difference(condition, t[0], t[1]), bounds)
    if condition.shape == "falling_ever_less":
        return expect(
            lambda t: _difference(condition, t[0], t[-1]), Bounds(), also=lambda t: _falls_ever_less(condition, t)
        )
    if condition.shape == "spread":
        return expect(lambda t: _spread(condition, t), bounds)
    return expect(lambda t: _level(condition, t[0]), bounds)


def _level(condition: Condition, table: pl.DataFrame) -> Interval:
    """A metric's level; `granted` is whether any of the condition's clauses was granted."""
    columns = [pl.col(f"granted_{clause}") for clause in condition.clauses]
    about = table.with_columns(granted=pl.any_horizontal(columns)) if columns else table
    return METRICS[condition.metric].level(about)


def _difference(condition: Condition, one: pl.DataFrame, two: pl.DataFrame) -> Interval:
    if condition.metric in DIFFERENCES:
        return DIFFERENCES[condition.metric](one, two)
    return difference(condition.metric, one, two)


def _spread(condition: Condition, tables: Tables) -> Interval:
    levels = [_level(condition, table) for table in tables]
    spread = max(level.value for level in levels) - min(level.value for level in levels)
    return Interval(spread, spread, spread, levels[0].n)


def _falls_ever_less(condition: Condition, tables: Tables) -> bool:
    values = [_level(condition, table).value for table in tables]
    steps = [before - after for before, after in pairwise(values)]
    return all(step > 0.0 for step in steps) and all(second <= first for first, second in pairwise(steps))


def _hardly(base: pl.DataFrame, late: pl.DataFrame) -> bool:
    """Whether a change that comes late has no effect worth naming, in points or in hours."""
    points, hours = (difference(name, base, late).value for name in ("settled_in_7_days", "hours_to_settle"))
    return abs(points) < POINTS and abs(hours) < HOURS
