"""A metric is one number a run. `@metric` registers one; ensembles, comparisons, studies and expectations ask for it.

To add a metric, write a function of a table with a row a run and mark it:

    @metric("support points", en="the target's support", es="el apoyo del destinatario", factor=100.0)
    def target_support(table):
        return table["target_support"].to_numpy()
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import polars as pl

from agents.errors import InputError, names_there_are
from sim.metrics import statistics
from sim.metrics.statistics import Interval

POINT = 100.0
RUNS = "percent of runs"
SETTLED = "percent of settled runs"
UNITS = {
    RUNS: "por ciento de las corridas",
    SETTLED: "por ciento de las corridas con acuerdo",
    "hours": "horas",
    "hours, at most 168": "horas, 168 como máximo",
    "percent of the demand's worth": "por ciento del valor de la demanda",
    "clauses": "cláusulas",
    "support points": "puntos de apoyo",
    "percent of a year's GDP": "por ciento del PIB de un año",
    "percent": "por ciento",
    "percent of those at the start": "por ciento del inicio",
    "a run": "por corrida",
}
"""Units of metrics, in English and in Spanish."""

Values = np.ndarray[Any, np.dtype[np.float64]]
Kind = Literal["mean", "share", "median"]
Place = Literal["summary", "comparison", "claims"]


@dataclass(frozen=True)
class Metric:
    """One number a run.

    Attributes:
        name: Its name, in files and options.
        unit: One of `UNITS`.
        labels: What it is, in a few words, by language.
        raw: From a table with a row a run to a number a run, (runs,); NaN where a run has none. The table has the
            first crisis' columns by their names and those of the others as `crisis.column` (see `wide`).
        factor: From the raw number to the unit.
        kind: How runs are put together: a mean, a share of the runs (0 or 1 each), or a median.
        shown: Where it is shown without being asked for.
        region: Whether it is of all crises together instead of the first one.
    """

    name: str
    unit: str
    labels: dict[str, str]
    raw: Callable[[pl.DataFrame], Values]
    factor: float
    kind: Kind
    shown: frozenset[str]
    region: bool

    @property
    def share(self) -> bool:
        """Whether it is 0 or 100 for each run: a share of runs."""
        return self.unit == RUNS

    @property
    def every_run(self) -> bool:
        """Whether each run of an ensemble has it, so that studies can take its mean over any runs."""
        return "claims" not in self.shown and self.kind != "median" and self.unit != SETTLED

    def values(self, table: pl.DataFrame) -> Values:
        """A number a run, (runs,), in the metric's unit."""
        return np.asarray(self.raw(table) * self.factor, dtype=np.float64)

    def level(self, table: pl.DataFrame, scaled: bool = True) -> Interval:
        """What an ensemble says of it, with its 95 % interval; runs that have none are left out."""
        raw = np.asarray(self.raw(table), dtype=np.float64)
        raw = raw[~np.isnan(raw)]
        if self.kind == "share":
            found = statistics.share(int(raw.sum()), len(raw))
            return scale(found, self.factor) if scaled else found
        values = raw * self.factor if scaled else raw
        return statistics.median(values) if self.kind == "median" else statistics.mean(values)

    def unit_label(self, language: str) -> str:
        """The unit in a language."""
        return UNITS[self.unit] if language == "es" else self.unit


METRICS: dict[str, Metric] = {}
"""Every metric by its name, in the order in which they were defined."""


def metric(
    unit: str,
    *,
    en: str,
    es: str,
    factor: float = 1.0,
    kind: Kind = "mean",
    shown: tuple[Place, ...] = (),
    region: bool = False,
) -> Callable[[Callable[[pl.DataFrame], Any]], Callable[[pl.DataFrame], Any]]:
    """Register a function of a table as the metric of its name; see `Metric` for the arguments.

    Raises:
        ValueError: When the unit has no Spanish in `UNITS`, or the name is taken.
    """
    if unit not in UNITS:
        raise ValueError(f"`{unit}` is not in UNITS: add it there with its Spanish.")

    def register(raw: Callable[[pl.DataFrame], Any]) -> Callable[[pl.DataFrame], Any]:
        if raw.__name__ in METRICS:
            raise ValueError(f"There is a metric `{raw.__name__}` already.")
        labels = {"en": en, "es": es}
        METRICS[raw.__name__] = Metric(raw.__name__, unit, labels, raw, factor, kind, frozenset(shown), region)
        return raw

    return register


def find_metric(name: str, where: str = "metric") -> Metric:
    """A metric by name.

    Raises:
        InputError: With the names there are.
    """
    if name not in METRICS:
        raise InputError(f"{where}: there is no metric `{name}`. {names_there_are(name, METRICS)}")
    return METRICS[name]


def shown_in(place: Place, region: bool = False) -> list[Metric]:
    """The metrics that a page shows without being asked, in order."""
    return [one for one in METRICS.values() if place in one.shown and one.region == region]


def scale(interval: Interval, by: float) -> Interval:
    """An interval in another unit."""
    return Interval(interval.value * by, interval.low * by, interval.high * by, interval.n)
