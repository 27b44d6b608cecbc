"""Reading a study back: its rows, and what they say."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from agents.errors import RunError
from sim.metrics.metric import METRICS, find_metric
from sim.studies.design.plan import Plan
from sim.studies.design.study import Study, study
from sim.studies.store import manifest, rows
from sim.studies.store.clusters import difference, level
from sim.studies.store.part_store import Store, key_of
from sim.studies.store.same_design import same_design


@dataclass(frozen=True)
class Level:
    """The mean of a metric in one variant, with its 95 % interval over n runs, in `unit`."""

    variant: str
    metric: str
    unit: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class StudyEffect:
    """What a variant differs by from the first one, pair by pair, with its 95 % interval over n pairs."""

    variant: str
    metric: str
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
        self._kept: dict[tuple[str, str, int], Any] = {}

    @classmethod
    def read(cls, folder: str | Path, *, library: Any = None, to_run: bool = False) -> "Results":
        """The results in a study's folder, with the experiment and the scenario stored there.

        Args:
            folder: The study.
            library: As in `sim.run.prepare.prepare`.
            to_run: Refuse a study that was made with another model, before more rows are computed.

        Raises:
            InputError: When there is no study, it is damaged, or it cannot be run on.
        """
        store = Store(Path(folder))
        experiment, scenario = manifest.experiment_of(store)
        made = study(experiment, scenario, library)
        if not to_run:
            made = manifest.as_made(store, made)
        made, plan = manifest.open_or_write(store, made)
        same_design(made, store, plan)
        return cls(made, store, plan)

    @property
    def metrics(self) -> tuple[str, ...]:
        """Names of what is measured."""
        return self.made.experiment.metrics

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
        return rows.content_hash(self.frame)

    def every_row(self, variant: int) -> pl.DataFrame:
        """The rows of one variant, those that failed too, by point and repetition."""
        name = self.made.variants[variant].name
        return self.frame.filter(pl.col("variant") == name).sort("point", "repetition")

    def rows(self, variant: int) -> pl.DataFrame:
        """The rows of one variant that did not fail, by point and repetition."""
        return self.every_row(variant).filter(pl.col("error").is_null())

    def levels(self, name: str) -> list[Level]:
        """The mean of a metric in each variant."""
        found = []
        for place, variant in enumerate(self.made.variants):
            interval = level(self.made, find_metric(name), self.rows(place))
            found.append(Level(variant.name, name, find_metric(name).unit, *interval))
        return found

    def effects(self, name: str | None = None) -> list[StudyEffect]:
        """What each variant changes, against the first, in pairs of runs with the same numbers and the same luck."""
        names = [name] if name else list(self.metrics)
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
        of = find_metric(name)
        found = difference(self.made, of, one, two)
        before, after = (float(of.values(rows).mean()) for rows in (one, two))
        return StudyEffect(variant, name, of.unit, before, after, found.value, found.low, found.high, found.n)

    def inputs(self, variant: int = 0) -> pl.DataFrame:
        """The varied numbers of a variant's rows, in base units."""
        return self.rows(variant).select([one.path for one in self.made.dimensions])

    def points(self, name: str, variant: int = 0) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The mean of a metric over the repetitions of each point, (P,); NaN where nothing is there yet."""
        rows = self.rows(variant)
        found = np.full(len(self.made.points), np.nan)
        means = pl.DataFrame({"point": rows["point"], "value": find_metric(name).values(rows)}).group_by("point").mean()
        found[means["point"].to_numpy()] = means["value"].to_numpy()
        return found

    def once(self, what: str, name: str | None, variant: int, ask: Any) -> Any:
        """What was worked out is kept: a report asks for the same indices several times."""
        key = (what, name or self.metrics[0], variant)
        if key not in self._kept:
            self._kept[key] = ask(self, key[1], variant)
        return self._kept[key]

    def ema(self) -> tuple[Any, dict[str, Any]]:
        """`experiments, outcomes` in the shape of the EMA workbench: a pandas frame, and an array a metric."""
        import pandas  # SALib brings it; Polars' own way there needs pyarrow as well

        rows = self.frame.filter(pl.col("error").is_null())
        inputs = [one.path for one in self.made.dimensions]
        columns = {name: rows[name].to_numpy() for name in (*inputs, "run")}
        experiments = pandas.DataFrame(columns | {"policy": rows["variant"].to_list()})
        return experiments, {name: METRICS[name].values(rows) for name in self.metrics}
