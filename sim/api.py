"""What a script or a notebook needs, by name: `from sim.api import CoercionModel, RunSpec, Scenario, ensemble`."""

from agents.library import library
from sim.engines.ensemble import ensemble
from sim.engines.explain import explain
from sim.engines.history import play
from sim.engines.mesa_model import CoercionModel
from sim.metrics.compare import compare
from sim.metrics.summary import summary
from sim.run.changes import Change, Intervention
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.studies.analysis.sensitivity import estimate_convergence, estimate_indices
from sim.studies.design.experiment import Experiment
from sim.studies.running.run_study import run_study
from sim.studies.running.runner import RunOptions
from sim.studies.store.results import Results
from sim.telling.crisis_page import transcript

__all__ = [
    "Change", "CoercionModel", "Experiment", "Intervention", "Results", "RunOptions", "RunSpec", "Scenario", "compare",
    "ensemble", "estimate_convergence", "estimate_indices", "explain", "library", "play", "prepare", "run_study",
    "summary", "transcript",
]  # fmt: skip
