"""An experiment file: uncertain inputs (`vary`), options to compare (`compare`) and outputs (`metrics`)."""

import logging
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, model_validator

from agents.errors import InputError, names_there_are, shown
from sim.metrics.metric import METRICS
from sim.run.counterfactual import Counterfactual
from sim.scenario.files.fields import FileName, Model, Number, Text, Word
from sim.scenario.files.fields import Hours as Above0
from sim.scenario.files.locate import text_of
from sim.scenario.files.reader import read_named
from sim.scenario.files.tree import parse
from sim.scenario.files.words import problem

MOST_RUNS = 50_000_000
RENAMED = "Experiment {name}: `measure:` is now called `metrics:`. This version still reads it; please rename it."
SAMPLED = ("random", "latin_hypercube", "sobol", "morris")
PREFIXED = ("random", "sobol", "morris")
"""Designs whose first points stay when there are more of them."""


USABLE = tuple(metric.name for metric in METRICS.values() if metric.every_run)
"""Metrics that every run has, so that a study can take means and pairs of them."""


def _metric(name: str) -> str:
    if name not in USABLE:
        raise problem(f"there is no metric `{name}`. {names_there_are(name, USABLE)}")
    return name


def _whole(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        raise problem(f"{value!r} stands here; expected a whole number.")
    return value


def _count(value: int) -> int:
    if not 1 <= value <= MOST_RUNS:
        raise problem(f"{value} is out of bounds; expected a whole number from 1 to {MOST_RUNS}.")
    return value


def _some(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise problem(f"there is no metric. There are: {', '.join(USABLE)}.")
    return names


MetricName = Annotated[str, AfterValidator(_metric)]
Count = Annotated[int, BeforeValidator(_whole), AfterValidator(_count)]


def _seed(value: int) -> int:
    if not 0 <= value < 2**63:
        raise problem(f"{value} is out of bounds; expected a whole number from 0 to {2**63 - 1}.")
    return value


Seed = Annotated[int, BeforeValidator(_whole), AfterValidator(_seed)]


class Span(Model):
    """How far a number is varied, in `unit`. Nothing said: the range its assumption declares, or its unit's bounds."""

    range: tuple[Number, Number] | None = None
    values: tuple[Number, ...] | None = None
    unit: str | None = None
    levels: Count | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.range and self.values:
            raise problem("there are both `range` and `values`; expected one of them.")
        if (self.range or self.values) and self.unit is None:
            raise problem("`unit` is missing: a range is in a unit, as in {range: [10, 50], unit: percent}.")
        if self.range and not self.range[0] < self.range[1]:
            raise problem(
                f"the range goes from {self.range[0]:g} to {self.range[1]:g}; expected low before high.", "range"
            )
        if self.values is not None and len(set(self.values)) < 2:
            raise problem("there is nothing to vary; expected two values or more.", "values")
        return self


class Compare(Model):
    """What somebody chooses; every combination is a world, the first one is what the others are compared with."""

    worlds: dict[Word, Counterfactual] = Field(default={})
    rules: dict[str, Literal["all"] | tuple[str, ...]] = Field(default={})
    mechanisms: Literal["all"] | tuple[str, ...] = ()


class Design(Model):
    """How points are chosen. `n`: points; base samples of `sobol`; trajectories of `morris`. `levels`: of a grid."""

    kind: Literal["grid", "random", "latin_hypercube", "sobol", "morris"] = "grid"
    n: Count | None = None
    levels: Count = 5
    second_order: bool = True

    @model_validator(mode="after")
    def _sized(self) -> Self:
        if self.kind in SAMPLED and self.n is None:
            raise problem(f"`n` is missing: how many points (or trajectories) has the {self.kind} design?")
        if self.kind == "grid" and self.n is not None:
            raise problem("a grid has no `n`; expected `levels`, or `values` of each number.", "n")
        if self.kind == "sobol" and self.n and self.n & (self.n - 1):
            raise problem(f"{self.n} is no power of 2, and a Sobol sequence is even only there.", "n")
        return self


class Until(Model):
    """Stop early: when every 95 % interval of a metric is narrower than this. Judged when the runs have doubled."""

    metric: MetricName
    narrower_than: Above0
    of: Literal["effect", "level"] = "effect"


class Experiment(Model):
    """An experiment, read strictly."""

    format: Literal[1]
    name: FileName
    title: Text
    says: Text | None = None
    scenario: str
    weights: str = "default"
    base: Counterfactual = Counterfactual()
    vary: dict[str, Span] = Field(default={})
    compare: Compare = Compare()
    metrics: Annotated[tuple[MetricName, ...], AfterValidator(_some)]
    design: Design = Design()
    runs: Count = 1
    seed: Seed = 1
    until: Until | None = None
    _path: Path | None = PrivateAttr(default=None)

    @classmethod
    def read(cls, name_or_path: str | Path) -> Self:
        """The experiment of a name (in `configs/experiments`) or of a path.

        Raises:
            InputError: Up to five sentences, one a line: file, line, path, what is wrong and what is right.
        """
        found, path = read_named(cls, name_or_path, "experiments", "experiment")
        found._path = path
        return found

    @model_validator(mode="before")
    @classmethod
    def _read_old_names(cls, data: Any) -> Any:
        """`measure:` was renamed to `metrics:`, since a measure is what a government does; read for one version."""
        if not isinstance(data, dict):
            return data
        data, until = dict(data), data.get("until")
        if "measure" in data and "metrics" not in data:
            data["metrics"] = data.pop("measure")
            logging.getLogger("demarche").warning("%s", RENAMED.format(name=data.get("name", "experiment")))
        if isinstance(until, dict) and "measure" in until and "metric" not in until:
            data["until"] = {"metric" if key == "measure" else key: value for key, value in until.items()}
        return data

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.design.kind in SAMPLED and not self.vary:
            raise problem(
                f"a {self.design.kind} design varies something; expected `vary`, or a grid of one point.", "design"
            )
        stepped = next((path for path, span in self.vary.items() if span.values), None)
        if self.design.kind == "morris" and stepped:
            what = "a Morris design moves a number along a range; expected `range`, or another design."
            raise problem(what, "vary", stepped)
        if self.until and self.until.metric not in self.metrics:
            raise problem(f"`{self.until.metric}` is not among `metrics`.", "until", "metric")
        return self

    @property
    def path(self) -> Path | None:
        """The file it was read from, if any."""
        return self._path

    def but(self, **changes: Any) -> Self:
        """The same experiment with some fields changed (checked again)."""
        made = type(self).model_validate(self.model_dump() | changes)
        made._path = self._path
        return made


def known_where(experiment: Experiment, at: tuple[str, ...] = ()) -> str:
    """Where in its file a part of an experiment stands: file, line and path."""
    path = experiment.path
    place = ".".join(at)
    if path is None:
        return place or "experiment"
    try:
        line = parse(text_of(path, "experiment file"), shown(path)).line(at)
    except InputError:
        line = None  # it has changed since it was read
    return shown(path) + (f", line {line}" if line and at else "") + (f", {place}" if place else "")


def refuse(experiment: Experiment, what: str, *at: str) -> InputError:
    """An input error about a part of an experiment."""
    return InputError(f"{known_where(experiment, at)}: {what}")
