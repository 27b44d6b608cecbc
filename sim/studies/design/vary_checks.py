"""What must hold in an experiment beyond its form: no number set twice, no files from elsewhere."""

from pathlib import Path

from sim.run.prepare import Prepared
from sim.scenario.files.locate import config_folders
from sim.scenario.files.words import printable
from sim.studies.design.dimensions import Dimension
from sim.studies.design.experiment import Experiment, refuse
from sim.studies.design.variants import Variant


def stays_inside(experiment: Experiment, name: str, key: str) -> None:
    """A file that somebody hands in names no files elsewhere on this computer."""
    if not any(sign in name for sign in ("/", "\\", ".")):
        return
    homes = [Path.cwd(), *config_folders(), *([experiment.path.resolve().parent] if experiment.path else [])]
    if not any(Path(name).resolve().is_relative_to(home) for home in homes):
        raise refuse(
            experiment, f"`{printable(name)}` lies outside of this folder; expected a name, or a file in it.", key
        )


def varied_once(experiment: Experiment, world: Variant, first: Prepared, dimensions: tuple[Dimension, ...]) -> None:
    """No number is varied twice, or varied and set: one would silently overrule the other."""
    seen = {one.path: first.addresses.find(one.path, "vary").address for one in dimensions}
    for path, address in seen.items():
        twin = next((other for other, at in seen.items() if at == address and other != path), None)
        if twin:
            raise refuse(experiment, f"this is the same number as {twin}; expected one of them.", "vary", path)
    for path in (change.path for change in world.spec.changes if change.path in first.addresses):
        found = next((one for one, at in seen.items() if first.addresses.find(path, "vary").address == at), None)
        if found:
            what = f"world `{world.name}` sets {path}, which is varied; vary it or set it, not both."
            raise refuse(experiment, what, "vary", found)
