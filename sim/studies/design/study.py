"""A study: an experiment made ready to run. Its identity says with which science and which numbers."""

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from agents.errors import InputError, shown
from agents.library import HERE, Library, shipped
from sim.run.changes import Change
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.studies.design import vary_checks
from sim.studies.design.dimensions import Dimension, find_dimensions
from sim.studies.design.experiment import MOST_RUNS, Experiment, refuse
from sim.studies.design.plan import CHUNK, Batch, Plan, doubling
from sim.studies.design.points import FAR, Points, sample_points
from sim.studies.design.variants import Variant, checked, variants

FORMAT = 1
MOST_REPETITIONS = 2**31 // FAR - 1
"""Run numbers are below 2**31, and those of two repetitions are `FAR` apart."""
FREE = ("title", "says", "scenario", "weights", "metrics", "runs", "until")
"""What of an experiment may change while its study stays the same: scenario and weights count by what they say."""
FIRST_RUNS, FIRST_BASES = 64, 64
"""Where `until` is judged first: runs of a point, or base samples of a sampled design."""


@dataclass(frozen=True)
class Study:
    """An experiment with its scenario, rules, dimensions, variants and points."""

    experiment: Experiment
    scenario: Scenario
    library: Library
    dimensions: tuple[Dimension, ...]
    variants: tuple[Variant, ...]
    hashes: dict[str, str]

    @cached_property
    def points(self) -> Points:
        """The points of the design."""
        return sample_points(self.experiment, self.dimensions)

    @property
    def with_rules(self) -> str:
        """The options a command needs to find the rules from outside; empty where there are none."""
        folders = sorted(
            {shown(rule.path.parent) for rule in self.library.values() if not rule.path.is_relative_to(HERE)}
        )
        return "".join(f" --rules {folder}" for folder in folders)

    @cached_property
    def identity(self) -> dict[str, Any]:
        """What must be equal for two runs to belong to one study: all but how many there are, words and names."""
        said = self.experiment.model_dump(mode="json", exclude=set(FREE))
        if self.experiment.design.kind in ("sobol", "random", "morris"):  # longer designs begin with the shorter ones
            said["design"]["n"] = None
        ends = [[one.path, one.low, one.high, list(one.values)] for one in self.dimensions]
        return {"format": FORMAT, "experiment": said, "dimensions": ends, **self.hashes}

    @cached_property
    def id(self) -> str:
        """Sixteen hexadecimal digits of the identity."""
        text = json.dumps(self.identity, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def sized(self, n: int | None, runs: int) -> "Study":
        """The same study with a longer design or more runs: its identity stays."""
        points = self.experiment.design.model_copy(update={"n": n})
        return replace(self, experiment=self.experiment.model_copy(update={"design": points, "runs": runs}))

    def without_end(self) -> "Study":
        """The same study without `until`: whoever asks for more is not stopped."""
        return replace(self, experiment=self.experiment.model_copy(update={"until": None}))

    def batches(self) -> tuple[Batch, ...]:
        """The batches the experiment's file asks for."""
        count, runs = len(self.points), self.experiment.runs
        if self.experiment.until is None:
            return (Batch(0, count, 0, runs),)
        if self.experiment.design.kind in ("sobol", "morris", "random"):
            width = count // (self.experiment.design.n or 1)
            return doubling(count, runs, FIRST_BASES * width, along_points=True)
        return doubling(count, runs, FIRST_RUNS, along_points=False)

    def plan(self, batches: tuple[Batch, ...] | None = None, size: int = CHUNK) -> Plan:
        """The plan of these batches, or of those the file asks for."""
        return Plan(batches or self.batches(), len(self.variants), size)

    def spec(self, variant: int, point: int, repetition: int) -> RunSpec:
        """The spec of one run: what `demarche run --spec` takes."""
        base = self.variants[variant].spec
        values = self.points.values[point]
        changes = [
            Change(path=one.path, op="=", value=float(values[place])) for place, one in enumerate(self.dimensions)
        ]
        run = int(self.points.luck[point]) + repetition * self.points.stride
        return base.but(changes=(*base.changes, *changes), run=run, **self.hashes)


def study(experiment: Experiment, scenario: Scenario | None = None, library: Library | None = None) -> Study:
    """Make an experiment ready: every world is prepared once, and every end of every range is tried.

    Raises:
        InputError: With the file, the world or the path, and what would be right.
    """
    library = library or shipped()
    scenario = scenario or _scenario(experiment)
    vary_checks.stays_inside(experiment, experiment.weights, "weights")
    worlds = variants(experiment, library)
    first = _prepared(experiment, worlds[0], scenario, library)
    dimensions = find_dimensions(experiment, first)
    for world in worlds:
        vary_checks.varied_once(experiment, world, first, dimensions)
        for corner in _corners(dimensions):
            _prepared(experiment, world, scenario, library, corner)
    hashes = {field: getattr(first.spec, field) for field in ("model", "scenario_hash", "weights_hash")}
    made = Study(experiment, scenario, library, dimensions, worlds, hashes)
    refuse_too_much(made)
    return made


def _scenario(experiment: Experiment) -> Scenario:
    vary_checks.stays_inside(experiment, experiment.scenario, "scenario")
    try:
        return Scenario.read(experiment.scenario)
    except InputError as error:
        raise refuse(experiment, str(error), "scenario") from None


def _prepared(
    experiment: Experiment, world: Variant, scenario: Scenario, library: Library, corner: tuple[Change, ...] = ()
) -> Prepared:
    try:
        return prepare(world.spec.but(changes=(*world.spec.changes, *corner)), scenario, library)
    except InputError as error:
        raise checked(experiment, world, error) from None


def _corners(dimensions: tuple[Dimension, ...]) -> list[tuple[Change, ...]]:
    """All low, all high, and what is due at its earliest while it is announced at its latest."""
    if not dimensions:
        return [()]

    def corner(high: Any) -> tuple[Change, ...]:
        return tuple(Change(path=one.path, op="=", value=one.high if high(one) else one.low) for one in dimensions)

    return [corner(lambda _: False), corner(lambda _: True), corner(lambda one: one.path.endswith(".announced"))]


def refuse_too_much(made: Study) -> None:
    """Refuse what is too much, before any point is made."""
    points = _count(made)
    rows = points * made.experiment.runs * len(made.variants)
    if rows > MOST_RUNS:
        raise refuse(made.experiment, f"{rows} runs are too many; expected at most {MOST_RUNS}.")
    said, runs = made.experiment.design, made.experiment.runs
    if said.kind == "grid":
        return
    if runs > MOST_REPETITIONS:
        raise refuse(
            made.experiment, f"{runs} of each point are too many; expected at most {MOST_REPETITIONS}.", "runs"
        )
    most = FAR // 2 if said.kind == "sobol" else FAR  # a Sobol base sample has two lucks
    if (said.n or 0) > most:
        raise refuse(made.experiment, f"{said.n} is too long a design; expected at most {most}.", "design", "n")


def _count(made: Study) -> int:
    """How many points there will be, before any is made."""
    said, width = made.experiment.design, len(made.dimensions)
    if said.kind == "grid":
        count = 1
        for one in made.dimensions:
            count *= len(one.values) or made.experiment.vary[one.path].levels or said.levels
        return count
    wide = {"sobol": 2 * width + 2 if said.second_order else width + 2, "morris": width + 1}
    return (said.n or 0) * wide.get(said.kind, 1)
