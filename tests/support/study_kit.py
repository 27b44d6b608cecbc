"""Small studies for tests: an experiment of two governments, changed at will, and a study run from it."""

from pathlib import Path
from typing import Any

from sim.studies.design.experiment import Experiment
from sim.studies.running.runner import RunOptions, run
from sim.studies.store.results import Results

SMALL: dict[str, Any] = {
    "format": 1,
    "name": "small",
    "title": {"en": "Small", "es": "Pequeño"},
    "scenario": "two_countries",
    "vary": {"target.support": {"range": [20.0, 60.0], "unit": "percent"}, "target.defiance": {}},
    "compare": {"worlds": {"as_it_is": {}, "alone": {"without": ["private_channel"]}}},
    "metrics": ["settled_in_7_days", "hours_to_settle"],
    "design": {"kind": "random", "n": 300},
    "runs": 2,
    "seed": 5,
}


def small(**changes: Any) -> Experiment:
    """The small experiment with some parts changed."""
    return Experiment.model_validate(SMALL | changes)


def written(folder: Path, **changes: Any) -> Path:
    """The same as a file."""
    import json

    path = folder / f"{changes.get('name', 'small')}.yaml"
    path.write_text(json.dumps(SMALL | changes), encoding="utf-8")  # JSON is YAML
    return path


def ran(folder: Path, options: RunOptions | None = None, **changes: Any) -> Results:
    """The small experiment, run into a folder."""
    return run(small(**changes), folder, options=options)
