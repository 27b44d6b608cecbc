"""The manifest of a study: everything needed to repeat it, and the batches it has grown to."""

import platform
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from agents.errors import InputError
from sim.scenario import Scenario
from sim.studies.design.experiment import Experiment
from sim.studies.design.plan import Batch, Plan
from sim.studies.design.study import FORMAT, Study
from sim.studies.store.part_store import MANIFEST, SCENARIO, Store

PACKAGES = ("demarche", "numpy", "numba", "polars", "mesa", "SALib", "scipy")
_NAMES = {"model": "the model or a rule", "scenario_hash": "the scenario", "weights_hash": "the weights"}


def open_or_write(store: Store, made: Study) -> tuple[Study, Plan]:
    """The study and its plan as large as they have grown, from the manifest that is there or a new one.

    Raises:
        InputError: When the manifest is of another study: with what differs and what can be done.
    """
    if not (store.folder / MANIFEST).exists():
        write(store, made, made.plan())
        return made, made.plan()
    found = store.read(MANIFEST)
    _same(store, made, found)
    batches = tuple(Batch(*batch) for batch in found["batches"])
    _large_enough(store, made, batches)
    grown = Experiment.model_validate(found["experiment"])
    made = made.sized(grown.design.n, grown.runs)
    if grown.until is None:  # it never had an end of its own, or was extended beyond it
        made = made.without_end()
    return made, made.plan(batches, int(found["chunk"]))


def as_made(store: Store, made: Study) -> Study:
    """The study with the hashes of the model, scenario and weights it was made with, if these are all that differ."""
    was = store.read(MANIFEST).get("identity", {})
    old = replace(made, hashes={field: str(was.get(field, now)) for field, now in made.hashes.items()})
    return old if old.identity == was else made


def write(store: Store, made: Study, plan: Plan) -> None:
    """Write scenario, weights of one's own and manifest; the manifest last, since it makes the folder a study."""
    store.write(SCENARIO, made.scenario.data())
    weights = Path(made.experiment.weights)
    if weights.suffix and weights.resolve().parent != store.folder.resolve():
        store.keep(weights)
    store.write(MANIFEST, {
        "format": FORMAT,
        "name": made.experiment.name,
        "id": made.id,
        "identity": made.identity,
        "experiment": made.experiment.model_dump(mode="json"),
        "units": {one.path: {"unit": one.word, "factor": one.factor, "ends": one.origin} for one in made.dimensions},
        "variants": [one.name for one in made.variants],
        "batches": [list(batch) for batch in plan.batches],
        "chunk": plan.size,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
    })  # fmt: skip


def _large_enough(store: Store, made: Study, batches: tuple[Batch, ...]) -> None:
    """A file that asks for more than was begun is told how to get it."""
    have, want = _reach(batches), _reach(made.batches())
    if want[0] > have[0] or want[1] > have[1]:
        what = f"--n {made.experiment.design.n}" if want[0] > have[0] else f"--runs {made.experiment.runs}"
        raise InputError(
            f"{store.where}: the experiment asks for more than the study was begun with;"
            f" `demarche sweep extend {store.where} {what}` adds to it and keeps what is done."
        )


def _reach(batches: tuple[Batch, ...]) -> tuple[int, int]:
    return max(batch.end_point for batch in batches), max(batch.end_run for batch in batches)


def experiment_of(store: Store) -> tuple[Experiment, Scenario]:
    """The experiment and the scenario that a study's folder holds.

    Raises:
        InputError: When they are missing or damaged.
    """
    found = store.read(MANIFEST)
    try:
        experiment = Experiment.model_validate(found["experiment"])
    except (KeyError, ValueError) as error:
        raise InputError(f"{store.where}: the manifest is damaged ({type(error).__name__}).") from None
    kept = store.folder / Path(experiment.weights).name
    if Path(experiment.weights).suffix and kept.is_file():
        experiment = experiment.but(weights=str(kept))
    experiment._path = store.folder / MANIFEST
    return experiment, Scenario.from_data(store.read(SCENARIO))


def _same(store: Store, made: Study, found: dict[str, Any]) -> None:
    if found.get("id") == made.id:
        return
    was = found.get("identity", {})
    changed = [
        f"{words} ({was.get(field)}, here {made.identity[field]})"
        for field, words in _NAMES.items()
        if was.get(field) != made.identity[field]
    ] or ["the experiment"]
    raise InputError(
        f"{store.where}: since this study was begun, {' and '.join(changed)} changed; old and new are never mixed."
        f" Either finish with the old: {_old(store, was, made)}. Or start new: give another folder with --out."
    )


def _old(store: Store, was: dict[str, Any], made: Study) -> str:
    if was.get("model") == made.identity["model"] and was.get("weights_hash") == made.identity["weights_hash"]:
        return f"`demarche sweep run {store.where}` uses the experiment and the scenario stored there"
    return (
        "check out the version it was made with (`demarche sweep status` names its hashes) and type the command again"
    )
