"""What a script or a notebook needs, by name: `from sim.api import Crisis, RunSpec, Scenario, ensemble`."""

from sim.compare import compare
from sim.ensemble import ensemble
from sim.history import play
from sim.model import Crisis
from sim.prepare import library, prepare
from sim.scenario import Scenario
from sim.spec import Change, Intervention, RunSpec
from sim.studies.experiment import Experiment
from sim.studies.results import Results
from sim.summary import summary
from sim.transcript import transcript
from sim.why import explain

__all__ = [
    "Change", "Crisis", "Experiment", "Intervention", "Results", "RunSpec", "Scenario", "compare", "ensemble",
    "explain", "library", "play", "prepare", "summary", "transcript",
]  # fmt: skip
