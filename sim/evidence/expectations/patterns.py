"""Patterns: what an explanation must show and a coin must not. Rows are data in `configs/patterns/`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

import polars as pl

from agents.errors import InputError
from sim.engines.ensemble import ensemble, wide
from sim.metrics.pattern_metrics import DIFFERENCES, HOURS, LEVELS, POINTS
from sim.metrics.statistics import Interval
from sim.run.counterfactual import Counterfactual
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.scenario.files.fields import Model
from sim.scenario.files.reader import read_named


class Condition(Model):
    """What is measured, and the bounds it must lie in, in the measure's unit; a missing bound is open.

    `clauses` are those a measure is about. No worlds: the scenario as it is, or those of the row.
    """

    worlds: tuple[Counterfactual, ...] = ()
    measure: str
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
class Verdict:
    """A row with what was measured (with its 95 % interval where there is one) and whether it passes."""

    row: Row
    condition: Condition
    measured: Interval
    passed: bool

    @property
    def target(self) -> str:
        """The bounds in words."""
        low, high = self.condition.low, self.condition.high
        if self.condition.shape == "falling_ever_less":
            return "falling, each step less"
        if self.condition.shape == "spread":
            return f"spread < {high:g}"
        if self.condition.shape == "early_only":
            return f"early >= {low:g}, late hardly"
        if low is not None and high is not None:
            return f"{low:g} to {high:g}"
        return f">= {low:g}" if low is not None else f"<= {high:g}"


def read_patterns(name_or_path: str | Path) -> PatternFile:
    """The rows of a scenario, by its name (in `configs/patterns`) or a path.

    Raises:
        InputError: With file, line and what would be right.
    """
    found, _ = read_named(PatternFile, name_or_path, "patterns", "patterns")
    for row in found.rows:
        for condition in (row, *row.also):
            known = DIFFERENCES if condition.difference else LEVELS
            if condition.measure not in known:
                raise InputError(
                    f"{name_or_path}: row {row.id}: no measure `{condition.measure}`; there are: {', '.join(known)}."
                )
    return found


def judge(
    patterns: PatternFile, runs: int, seed: int = 1, instead: Counterfactual | None = None, weights: str = "default"
) -> Iterator[Verdict]:
    """Measure the rows one by one; worlds that rows share are run once.

    Args:
        patterns: The rows. runs: Runs of each world. seed: Of all worlds. instead: Other rules in all worlds.
        weights: Weight set.
    """
    scenario = Scenario.read(patterns.scenario)
    base = RunSpec(scenario=patterns.scenario, seed=seed, weights=weights)
    done: dict[str, pl.DataFrame] = {}

    def table(world: Counterfactual) -> pl.DataFrame:
        spec = (instead or Counterfactual()).spec(world.spec(base))
        key = spec.to_json()
        if key not in done:
            done[key] = wide(ensemble(prepare(spec, scenario), runs))
        return done[key]

    for row in patterns.rows:
        verdicts = [
            _verdict(row, condition, [table(world) for world in condition.worlds or row.worlds or (Counterfactual(),)])
            for condition in (row, *row.also)
        ]
        yield next((verdict for verdict in verdicts if not verdict.passed), verdicts[0])


def _verdict(about: Row, row: Condition, tables: Sequence[pl.DataFrame]) -> Verdict:
    """Whether one condition of a row holds. Of a row's verdicts the first that fails is shown."""
    if row.shape == "early_only":
        return _early_only(about, row, *tables)
    if row.difference:
        measured = DIFFERENCES[row.measure](tables[0], tables[1])
        return Verdict(about, row, measured, _inside(row, measured.value))
    levels = [LEVELS[row.measure](_about(row, table)) for table in tables]
    if row.shape == "level":
        return Verdict(about, row, levels[0], _inside(row, levels[0].value))
    values = [level.value for level in levels]
    if row.shape == "spread":
        spread = max(values) - min(values)
        return Verdict(about, row, Interval(spread, spread, spread, levels[0].n), _inside(row, spread))
    steps = [before - after for before, after in pairwise(values)]
    falling = all(step > 0.0 for step in steps)
    less = all(second <= first for first, second in pairwise(steps))
    return Verdict(about, row, DIFFERENCES[row.measure](tables[0], tables[-1]), falling and less)


def _early_only(about: Row, row: Condition, base: pl.DataFrame, early: pl.DataFrame, late: pl.DataFrame) -> Verdict:
    """What comes early has an effect, the same thing late has none worth naming, in points or in hours."""
    first = DIFFERENCES[row.measure](base, early)
    points, hours = DIFFERENCES["settled_7"](base, late), DIFFERENCES["hours"](base, late)
    hardly = abs(points.value) < POINTS and abs(hours.value) < HOURS
    return Verdict(about, row, first, hardly and _inside(row, first.value))


def _about(row: Condition, table: pl.DataFrame) -> pl.DataFrame:
    """The table with a column `granted`: whether any of the row's clauses was granted."""
    columns = [pl.col(f"granted_{clause}") for clause in row.clauses]
    return table.with_columns(granted=pl.any_horizontal(columns)) if columns else table


def _inside(row: Condition, value: float) -> bool:
    """NaN (nothing to measure, as a dignity clause without settlements) passes no row."""
    above = row.low is None or value >= row.low
    below = row.high is None or value <= row.high
    return value == value and above and below
