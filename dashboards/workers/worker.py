"""One worker of the dashboard: a child process where rules from outside may run. A line of JSON in, a line out."""

import contextlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from agents.errors import DemarcheError, RunError
from agents.isolation import user_rules, watchdog
from dashboards.session.requests import Answer, answerer
from dashboards.session.session import Session
from dashboards.text.screen_texts import told
from sim.run.spec import RunSpec

MOST_MEMORY = 2**31
"""Bytes a worker may hold. It needs half a gigabyte; a rule needs nothing."""


def main(folders: Sequence[str]) -> None:
    """Answer until the dashboard closes the pipe."""
    watchdog.attach()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the dashboard
    asked, told = _pipes()
    _limit_memory()
    try:
        answer = answerer(user_rules.library([Path(folder) for folder in folders]))
    except DemarcheError as error:
        _tell(told, _refusal(error))
        return
    _tell(told, {})
    answer(Session(RunSpec(scenario="two_countries")), {"what": "begin"})  # the first who asks need not wait longer
    for line in asked:
        _tell(told, _answered(answer, json.loads(line)))


def _answered(answer: Answer, said: dict[str, Any]) -> dict[str, Any]:
    user_rules.LOUD.clear()
    try:
        session, shown = answer(Session.of(said["session"]), said["request"])
    except DemarcheError as error:
        return _refusal(error)
    except BaseException as error:
        traceback.print_exc()
        what = f"{type(error).__name__}: {error}"[:200]
        return _refusal(RunError(f"Something unexpected went wrong ({what}). This is our mistake: please report it."))
    note = (
        f"{min(user_rules.LOUD)} prints; what it printed is in the window where demarche runs."
        if user_rules.LOUD
        else ""
    )
    return {"session": session.state(), "shown": shown, "note": note}


def _refusal(error: DemarcheError) -> dict[str, Any]:
    return {"error": told(error), "code": error.exit_code}


def _tell(told: TextIO, answer: dict[str, Any]) -> None:
    told.write(json.dumps(answer) + "\n")
    told.flush()


def _pipes() -> tuple[TextIO, TextIO]:
    """Our own ends of the pipes. A rule that prints or reads meets the terminal's stderr and an empty stdin instead."""
    asked = os.fdopen(os.dup(0), "r", encoding="utf-8")
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return asked, told


def _limit_memory() -> None:
    """What would need more is a MemoryError in the rule that asked for it; where systems know no limits, none."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main(sys.argv[1:])
