"""Two worlds under the same shocks: run by run, what a change makes of the difference."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from agents.errors import RunError
from agents.library import Library
from sim.engines.ensemble import ensemble, wide
from sim.metrics import statistics
from sim.metrics.metric import POINT, Metric, find_metric, shown_in
from sim.metrics.statistics import Interval
from sim.run.spec import RunSpec
from sim.scenario import Scenario


class NoPairsError(RunError):
    """Every run of one world or the other failed."""


@dataclass(frozen=True)
class Effect:
    """A paired difference (B minus A) with its 95 % interval over n pairs, in `unit`."""

    name: str
    unit: str
    a: float
    b: float
    difference: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Comparison:
    """What a change did: effects, one sentence to copy, and the pairs themselves.

    `effects` and `sentence` are of the first crisis, `region` of all together; it is empty where there is one.

    `pairs` has a row for each pair of runs: `run`, `hours` (B minus A), and whether anything in them `differs`.
    """

    effects: list[Effect]
    sentence: str
    pairs: pl.DataFrame
    region: list[Effect] = field(default_factory=list)

    def effect(self, name: str) -> Effect:
        """One effect by name."""
        return next(effect for effect in self.effects if effect.name == name)


def compare(
    a: RunSpec,
    b: RunSpec,
    runs: int,
    *,
    scenario: Scenario | None = None,
    rules: Library | None = None,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Run both worlds with the same luck and compare them pair by pair.

    Args:
        a, b: The worlds; run n of one is paired with run n of the other. scenario, rules: As in `prepare`.

    Raises:
        RunError: When no pair is left because runs failed.
    """
    first, second = (ensemble(spec, runs, scenario=scenario, rules=rules, progress=progress) for spec in (a, b))
    return compare_frames(first, second)


def compare_frames(first: pl.DataFrame, second: pl.DataFrame) -> Comparison:
    """The comparison of two ensembles' tables, run by run."""
    several = first["crisis"].n_unique() > 1
    one, two = wide(first), wide(second)
    good = ~(one["failed"] | two["failed"])
    one, two = one.filter(good), two.filter(good)
    if len(one) == 0:
        raise NoPairsError("No pair of runs is left to compare: all failed.")
    effects = [effect(metric, one, two) for metric in shown_in("comparison")]
    region = [effect(metric, one, two) for metric in shown_in("comparison", region=True)] if several else []
    return Comparison(effects, _sentence(effects), _pairs(one, two), region)


def _pairs(one: pl.DataFrame, two: pl.DataFrame) -> pl.DataFrame:
    hours = find_metric("hours_to_settle")
    differs = np.zeros(len(one), dtype=bool)
    for column in one.columns:
        differs |= (~one[column].eq_missing(two[column])).to_numpy()
    return pl.DataFrame({"run": one["run"], "hours": hours.values(two) - hours.values(one), "differs": differs})


def effect(of: Metric, first: pl.DataFrame, second: pl.DataFrame) -> Effect:
    """The paired difference of one metric: row n of one table is the pair of row n of the other."""
    one, two = of.values(first), of.values(second)
    if of.share:
        found = statistics.paired_share((two - one) / POINT)
        difference = Interval(found.value * POINT, found.low * POINT, found.high * POINT, found.n)
    else:
        difference = statistics.mean(two - one)
    low, high = difference.low, difference.high
    return Effect(of.name, of.unit, float(one.mean()), float(two.mean()), difference.value, low, high, len(one))


def _sentence(effects: list[Effect]) -> str:
    by_name = {effect.name: effect for effect in effects}
    settled, hours = by_name["settled_in_7_days"], by_name["hours_to_settle"]
    chance = _more(settled.difference, "points", "more likely", "less likely", "just as likely", 0)
    when = _more(hours.difference, "hours", "later", "sooner", "at the same time", 1)
    doubtful = [what for what, effect in (("chance", settled), ("time", hours)) if effect.low < 0.0 < effect.high]
    doubt = f" The difference in {' and in '.join(doubtful)} cannot be told from none." if doubtful else ""
    return (
        f"With the change, a settlement within 7 days is {chance} ({_range(settled, 0)}), and it comes {when}"
        f" ({_range(hours, 1)}); {settled.n} paired runs, same shocks, 95 % intervals.{doubt}"
    )


def _more(value: float, unit: str, up: str, down: str, same: str, digits: int) -> str:
    if round(abs(value), digits) == 0:
        return same
    return f"{abs(value):.{digits}f} {unit} {up if value > 0 else down}"


def _range(effect: Effect, digits: int) -> str:
    return f"{effect.low:+.{digits}f} to {effect.high:+.{digits}f}"
