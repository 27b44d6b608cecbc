"""The simulation: the science (laws, phases), the two engines that run it, and everything a study needs.

What a script or a notebook needs is here by name: `from sim import Crisis, RunSpec, Scenario, ensemble`.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Crisis": "sim.model",
    "RunSpec": "sim.spec",
    "Scenario": "sim.scenario",
    "compare": "sim.compare",
    "ensemble": "sim.ensemble",
    "explain": "sim.why",
    "play": "sim.history",
    "prepare": "sim.prepare",
    "summary": "sim.summary",
    "transcript": "sim.transcript",
}
__all__ = list(_HOMES)  # noqa: PLE0605 - names are looked up when asked for, so that the command line starts fast


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"`sim` has no `{name}`; there are: {', '.join(sorted(_HOMES))}.")
