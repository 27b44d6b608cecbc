"""What must hold in an experiment beyond its form: no number set twice, not too much of it, no files from elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.run.prepare import Prepared
from sim.scenario.files.locate import CONFIGS
from sim.scenario.files.words import printable
from sim.studies.design import points
from sim.studies.design.dimensions import Dimension
from sim.studies.design.experiment import MOST_RUNS, Experiment, refuse
from sim.studies.design.variants import Variant

if TYPE_CHECKING:
    from sim.studies.design.study import Study

MOST_REPETITIONS = 2**31 // points.FAR - 1
"""Run numbers are below 2**31, and those of two repetitions are `design.FAR` apart."""


def stays_inside(experiment: Experiment, name: str, key: str) -> None:
    """A file that somebody hands in names no files elsewhere on this computer."""
    if not any(sign in name for sign in ("/", "\\", ".")):
        return
    homes = [Path.cwd(), CONFIGS.parent, *([experiment.path.resolve().parent] if experiment.path else [])]
    if not any(Path(name).resolve().is_relative_to(home) for home in homes):
        raise refuse(
            experiment, f"`{printable(name)}` lies outside of this folder; right is a name, or a file in it.", key
        )


def varied_once(experiment: Experiment, world: Variant, first: Prepared, dimensions: tuple[Dimension, ...]) -> None:
    """No number is varied twice, or varied and set: one would silently overrule the other."""
    seen = {one.path: first.paths.find(one.path, "vary").address for one in dimensions}
    for path, address in seen.items():
        twin = next((other for other, at in seen.items() if at == address and other != path), None)
        if twin:
            raise refuse(experiment, f"this is the same number as {twin}; right is one of them.", "vary", path)
    said = [
        *(change.path for change in world.spec.changes),
        *world.spec.traits,
        *(f"on.{off}" for off in world.spec.without),
    ]
    for path in (path for path in said if path in first.paths):
        found = next((one for one, at in seen.items() if first.paths.find(path, "vary").address == at), None)
        if found:
            what = f"world `{world.name}` sets {path}, which is varied; right is to vary it or to set it."
            raise refuse(experiment, what, "vary", found)


def limits(made: "Study") -> None:
    """Refuse what is too much, before any point is made."""
    points = _count(made)
    rows = points * made.experiment.runs * len(made.variants)
    if rows > MOST_RUNS:
        raise refuse(made.experiment, f"{rows} runs are too many; right is at most {MOST_RUNS}.")
    said, runs = made.experiment.design, made.experiment.runs
    if said.kind == "grid":
        return
    if runs > MOST_REPETITIONS:
        raise refuse(
            made.experiment, f"{runs} of each point are too many; right is at most {MOST_REPETITIONS}.", "runs"
        )
    most = points.FAR // 2 if said.kind == "sobol" else points.FAR  # a Sobol base sample has two lucks
    if (said.n or 0) > most:
        raise refuse(made.experiment, f"{said.n} is too long a design; right is at most {most}.", "design", "n")


def _count(made: "Study") -> int:
    """How many points there will be, before any is made."""
    said, width = made.experiment.design, len(made.dimensions)
    if said.kind == "grid":
        count = 1
        for one in made.dimensions:
            count *= len(one.values) or made.experiment.vary[one.path].levels or said.levels
        return count
    wide = {"sobol": 2 * width + 2 if said.second_order else width + 2, "morris": width + 1}
    return (said.n or 0) * wide.get(said.kind, 1)
