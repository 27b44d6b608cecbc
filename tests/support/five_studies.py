"""Five small studies, one of each kind, for tests of what a study says."""

from pathlib import Path
from typing import Any

from sim.studies.design.experiment import Experiment
from sim.studies.running.runner import RunOptions, run
from sim.studies.store.results import Results

BASE = {
    "format": 1,
    "title": {"en": "A small study of <tariffs> & bridges", "es": "Un estudio pequeño"},
    "scenario": "two_countries",
    "seed": 3,
}
VARY = {
    "measures.tariff_20.size": {"range": [5, 50], "unit": "percent"},
    "target.support": {"range": [20, 70], "unit": "percent"},
    "target.defiance": {},
}
METRICS = ["hours_to_settle", "settled_in_7_days", "disputed_again"]
FIVE: dict[str, dict[str, Any]] = {
    "worlds": {
        "compare": {"worlds": {"plain": {}, "firm": {"trait": {"target.climb_down": 0.4}},
                               "loud": {"without": ["private_channel"]}}},
        "metrics": METRICS, "runs": 60,
    },
    "tournament": {
        "compare": {"rules": {"answer:target": ["two_level", "never"], "press:sender": ["as_announced", "bluff"]}},
        "metrics": METRICS[:1], "runs": 5,
    },
    "map": {"vary": {path: VARY[path] for path in list(VARY)[:2]}, "metrics": METRICS, "runs": 8,
            "design": {"kind": "grid", "levels": 3}},
    "sobol": {"vary": VARY, "metrics": METRICS, "design": {"kind": "sobol", "n": 64}},
    "screen": {"vary": VARY, "metrics": METRICS[:1], "design": {"kind": "morris", "n": 12}},
}  # fmt: skip


def experiment(name: str) -> Experiment:
    """One of the small experiments."""
    return Experiment.model_validate(BASE | {"name": name} | FIVE[name])


def made(name: str, folder: Path) -> Results:
    """Its results, run into a folder; the tournament in Mesa, so that no rule is compiled for a few runs."""
    options = RunOptions(engine="mesa" if name == "tournament" else "compiled")
    return run(experiment(name), folder / name, options=options)
