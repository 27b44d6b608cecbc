"""Reading a study back: its rows, and what they say.

Rows that share their luck are no independent evidence: intervals count lucks, not rows (`n`).
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from agents.errors import InputError, RunError
from sim import statistics
from sim.compare import Effect, effect
from sim.measures import MEASURES, POINT, measure
from sim.statistics import Interval
from sim.studies import manifest, table
from sim.studies.plan import Plan
from sim.studies.store import MANIFEST, Store, key_of
from sim.studies.study import Study, study

if TYPE_CHECKING:
    from sim.studies.sensitivity import Indices, Step


@dataclass(frozen=True)
class Level:
    """The mean of a measure in one variant, with its 95 % interval over n independent lucks, in `unit`."""

    variant: str
    measure: str
    unit: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class StudyEffect:
    """What a variant differs by from the first one, pair by pair, with its 95 % interval over n independent pairs."""

    variant: str
    measure: str
    unit: str
    base: float
    value: float
    difference: float
    low: float
    high: float
    n: int


class Results:
    """The results of a study: a table with a row a run, and what can be asked of it.

    Attributes:
        made: The study. store: Its folder. plan: What it is to hold.
    """

    def __init__(self, made: Study, store: Store, plan: Plan) -> None:
        self.made, self.store, self.plan = made, store, plan

    @classmethod
    def read(cls, folder: str | Path, *, library: Any = None) -> "Results":
        """The results in a study's folder, with the experiment and the scenario stored there.

        Raises:
            InputError: When there is no study, or it was made with another model.
        """
        store = Store(Path(folder))
        experiment, scenario = manifest.experiment_of(store)
        made = study(experiment, scenario, library)
        batches, size = manifest.open_or_write(store, made)
        return cls(made, store, made.plan(batches, size))

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of what is measured."""
        return self.made.experiment.measure

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All rows there are, by number: inputs in base units, outcomes, errors.

        Raises:
            RunError: When nothing has been computed yet.
        """
        whole, _ = self.store.parts()
        wanted = {key_of(self.made.id, chunk): chunk for _, chunk in self.plan.chunks()}
        paths = [whole[key] for key in wanted if key in whole]
        if not paths:
            raise RunError(f"{self.store.where}: nothing has been computed yet; `demarche sweep run` does.")
        return pl.concat([pl.read_parquet(path) for path in paths]).sort("row")

    @property
    def done(self) -> int:
        """Rows on disk."""
        whole, _ = self.store.parts()
        return sum(chunk.rows for _, chunk in self.plan.chunks() if key_of(self.made.id, chunk) in whole)

    @property
    def hash(self) -> str:
        """One SHA-256 over all values there are."""
        return table.content_hash(self.frame)

    def every_row(self, variant: int) -> pl.DataFrame:
        """The rows of one variant, those that failed too, by point and repetition."""
        name = self.made.variants[variant].name
        return self.frame.filter(pl.col("variant") == name).sort("point", "repetition")

    def rows(self, variant: int) -> pl.DataFrame:
        """The rows of one variant that did not fail, by point and repetition."""
        return self.every_row(variant).filter(pl.col("error").is_null())

    def levels(self, name: str) -> list[Level]:
        """The mean of a measure in each variant."""
        found = []
        for place, variant in enumerate(self.made.variants):
            rows = self.rows(place)
            interval = level(name, measure(name).values(rows), rows["run"].to_numpy())
            found.append(Level(variant.name, name, measure(name).unit, *interval))
        return found

    def effects(self, name: str | None = None) -> list[StudyEffect]:
        """What each variant changes, against the first, in pairs of runs with the same numbers and the same luck."""
        names = [name] if name else list(self.measures)
        return [
            self._effect(name, place) for place in range(1, len(self.made.variants)) for name in names
        ]  # fmt: skip

    def _effect(self, name: str, place: int) -> StudyEffect:
        one, two = self.rows(0), self.rows(place)
        keys = ["point", "repetition"]
        one, two = one.join(two, on=keys, how="semi").sort(keys), two.join(one, on=keys, how="semi").sort(keys)
        variant = self.made.variants[place].name
        if len(one) == 0:
            raise RunError(
                f"{self.store.where}: there is no pair yet of `{self.made.variants[0].name}` and `{variant}`."
            )
        found = _paired(name, one, two)
        return StudyEffect(
            variant, name, found.unit, found.a, found.b, found.difference, found.low, found.high, found.n
        )  # fmt: skip

    def inputs(self, variant: int = 0) -> pl.DataFrame:
        """The varied numbers of a variant's rows, in base units."""
        return self.rows(variant).select([one.path for one in self.made.dimensions])

    def points(self, name: str, variant: int = 0) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The mean of a measure over the repetitions of each point, (P,); NaN where nothing is there yet."""
        rows = self.rows(variant)
        found = np.full(len(self.made.points), np.nan)
        means = pl.DataFrame({"point": rows["point"], "value": measure(name).values(rows)}).group_by("point").mean()
        found[means["point"].to_numpy()] = means["value"].to_numpy()
        return found

    def indices(self, name: str | None = None, variant: int = 0) -> "Indices":
        """Sobol or Morris indices of a measure (the first one unless said otherwise) in one variant.

        Raises:
            InputError: When the design has none.
        """
        from sim.studies import sensitivity

        return sensitivity.of(self, name or self.measures[0], variant)

    def convergence(self, name: str | None = None, variant: int = 0) -> "list[Step]":
        """The same indices from a sixteenth, an eighth, ... and all of the base samples."""
        from sim.studies import sensitivity

        return sensitivity.convergence(self, name or self.measures[0], variant)

    def ema(self) -> tuple[Any, dict[str, Any]]:
        """`experiments, outcomes` in the shape of the EMA workbench: a pandas frame, and an array a measure."""
        rows = self.frame.filter(pl.col("error").is_null())
        inputs = [one.path for one in self.made.dimensions]
        experiments = rows.select([*inputs, pl.col("variant").alias("policy"), "run"]).to_pandas(
            use_pyarrow_extension_array=False
        )
        return experiments, {name: MEASURES[name].values(rows) for name in self.measures}


def level(name: str, values: np.ndarray[Any, np.dtype[np.float64]], lucks: Any) -> Interval:
    """The mean of a measure over rows, and its interval over their lucks (the run numbers)."""
    count = len(np.unique(lucks))
    if not MEASURES[name].share or (count < len(values) and np.ptp(values) > 0.0):
        return statistics.clustered_mean(values, lucks)
    found = statistics.share(int((values > 0.0).sum()) * count // max(len(values), 1), count)
    return Interval(found.value * POINT, found.low * POINT, found.high * POINT, found.n)


def _paired(name: str, one: pl.DataFrame, two: pl.DataFrame) -> Effect:
    """The paired difference: as `sim.compare` where each pair has its own luck, else over the lucks."""
    lucks = one["run"].to_numpy()
    count = len(np.unique(lucks))
    found = effect(measure(name), one, two)
    if count == len(lucks):
        return found
    differences = measure(name).values(two) - measure(name).values(one)
    across = statistics.clustered_mean(differences, lucks)
    if measure(name).share and not differences.any():
        across = statistics.paired_share(np.zeros(count))
        across = Interval(0.0, across.low * POINT, across.high * POINT, count)
    return replace(found, low=across.low, high=across.high, n=count)


__all__ = ["MANIFEST", "InputError", "Level", "Results", "StudyEffect"]
