"""What a browser may ask of a session: names and numbers in, what to draw out. Here or in a worker process."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agents.errors import InputError
from agents.library import Library
from dashboards.export import named
from dashboards.session import Session
from sim import guard
from sim.spec import Change

Request = dict[str, Any]
Shown = dict[str, str]
"""What changes on the screen, by the name of the property."""
Answer = Callable[[Session, Request], tuple[Session, Shown]]
PAIRS = 200

_changes = TypeAdapter(list[Change])


def answerer(rules: Library) -> Answer:
    """Answer with these rules, in this process."""
    return lambda session, request: answer(replace(session, rules=rules), request)


def answer(session: Session, request: Request) -> tuple[Session, Shown]:
    """The session after a request, and what changes on the screen; the session given stays as it was.

    Raises:
        DemarcheError: When it cannot be done.
    """
    after = replace(session)
    try:
        shown = _requests(after)[request["what"]](request)
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        raise InputError("This page asked for something that does not exist. Reload it.") from error
    return after, shown


def _requests(session: Session) -> dict[str, Callable[[Request], Shown]]:
    def showing(change: Callable[[Request], None]) -> Callable[[Request], Shown]:
        return lambda r: _changed(session, lambda: change(r))

    return {
        "begin": showing(lambda r: None),
        "open": showing(lambda r: session.open(str(r["scenario"]))),
        "restart": showing(lambda r: session.restart(_changes.validate_python(r["changes"]), r["seed"])),
        "apply": showing(lambda r: session.apply(int(r["round"]), _changes.validate_python(r["changes"]))),
        "inject": showing(lambda r: session.inject(int(r["round"]), str(r["name"]))),
        "undo": showing(lambda r: session.undo()),
        "restore": showing(lambda r: session.restore(str(r["link"]), str(r.get("seat", "")))),
        "sit": showing(lambda r: session.sit(str(r["who"]))),
        "decide": showing(lambda r: session.decide(int(r["round"]), float(r["willingness"]))),
        "take_back": showing(lambda r: session.take_back()),
        "stand_up": showing(lambda r: session.stand_up()),
        "advise": lambda r: {"advice": session.advice()},
        "branch": lambda r: _divided(session, r),
        "unbranch": lambda r: _undivided(session),
        "pairs": lambda r: _paired(session, int(r["runs"])),
        "table": lambda r: dict(zip(("table", "name"), named(str(r["link"]), session.rules), strict=True)),
    }


def _changed(session: Session, change: Callable[[], None]) -> Shown:
    change()
    session.branch = None
    return {"world": session.world(), "other": "", "paired": "", "advice": ""}


def _divided(session: Session, request: Request) -> Shown:
    session.divide(int(request["round"]), _changes.validate_python(request["changes"]))
    return {"other": session.other_world(), "paired": ""}


def _undivided(session: Session) -> Shown:
    session.branch = None
    return {"other": "", "paired": ""}


def _paired(session: Session, runs: int) -> Shown:
    with guard.call("The compiled rules", guard.COMPILE):
        found = session.pairs(runs)
    effects = [
        {**vars(effect), "difference": effect.difference, "low": effect.low, "high": effect.high}
        for effect in found.effects
    ]
    return {"paired": json.dumps({"effects": effects, "runs": runs, "of": PAIRS})}
