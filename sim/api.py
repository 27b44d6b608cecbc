"""What a script or a notebook needs, by name: `from sim.api import Crisis, RunSpec, Scenario, ensemble`."""

from sim.engines.ensemble import ensemble
from sim.engines.explain import explain
from sim.engines.history import play
from sim.engines.mesa_model import Crisis
from sim.metrics.compare import compare
from sim.metrics.summary import summary
from sim.run.prepare import library, prepare
from sim.run.spec import Change, Intervention, RunSpec
from sim.scenario import Scenario
from sim.studies.design.experiment import Experiment
from sim.studies.store.results import Results
from sim.telling.crisis_page import transcript

__all__ = [
    "Change", "Crisis", "Experiment", "Intervention", "Results", "RunSpec", "Scenario", "compare", "ensemble",
    "explain", "library", "play", "prepare", "summary", "transcript",
]  # fmt: skip
