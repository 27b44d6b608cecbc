"""The scenarios a browser may open, and what each offers to let happen."""

import os
from functools import cache
from typing import Any

from dashboards.session.read_link import FIRST_SCENARIO
from dashboards.text.screen_texts import BilingualError
from dashboards.views.crisis_view import both
from sim.run.changes import Change
from sim.scenario import Scenario, scenario_names
from sim.scenario.text.texts import LANGUAGES
from sim.telling.labels import inject_label


def named(name: str) -> str:
    """What a spec calls a scenario that comes with Demarche, or the one it was started with.

    Raises:
        BilingualError: When it is none of these; a browser may not name files.
    """
    first = os.environ.get(FIRST_SCENARIO, "")
    if name in scenario_names():
        return name
    if first and Scenario.read(first).name == name:
        return first
    raise BilingualError("link.scenario", name=name[:40])


def titles(present: Scenario) -> list[dict[str, Any]]:
    """Name and title of every scenario that comes with Demarche, and of the one on the screen."""
    return [*_shipped(), *([] if present.name in scenario_names() else [_titled(present)])]


@cache
def _shipped() -> list[dict[str, Any]]:
    return [_titled(Scenario.read(name)) for name in scenario_names()]


def _titled(scenario: Scenario) -> dict[str, Any]:
    return {"name": scenario.name, "title": both(scenario.title)}


def injects(scenario: Scenario) -> list[dict[str, Any]]:
    """What a scenario offers to let happen."""
    return [
        {"name": name, "label": {key: inject_label(inject, key) for key in LANGUAGES}}
        for name, inject in scenario.injects.items()
    ]


def inject(scenario: Scenario, name: str) -> Change:
    """One of these as a change.

    Raises:
        BilingualError: With the names there are.
    """
    if name not in scenario.injects:
        raise BilingualError("inject.unknown", name=name[:40], known=", ".join(scenario.injects))
    found = scenario.injects[name]
    return Change(path=found.path, op=found.op, value=found.value)
