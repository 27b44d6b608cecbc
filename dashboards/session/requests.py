"""What a browser may ask of a session: names and numbers in, what to draw out. Here or in a worker process."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agents.isolation import watchdog
from agents.library import Library
from dashboards.lab.rule_lab import lint
from dashboards.session import csv_file, html_file
from dashboards.session.session import Session
from dashboards.text.screen_texts import BilingualError
from sim.metrics.compare import Effect, NoPairsError
from sim.metrics.metric import METRICS
from sim.run.changes import Change
from sim.scenario.text.texts import LANGUAGES

Request = dict[str, Any]
Shown = dict[str, str]
"""What changes on the screen, by the name of the property."""
Answer = Callable[[Session, Request], tuple[Session, Shown]]
PAIRS, LEAST_PAIRS = 200, 5

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
    except (ValidationError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise BilingualError("app.unknown") from error
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
        "rarity": lambda r: {"rarity": session.rarity()},
        "branch": lambda r: _divided(session, r),
        "rewrite": lambda r: _rewritten(session, str(r["who"]), str(r["text"])),
        "without": lambda r: _without(session, [str(name) for name in r["names"]]),
        "keep": showing(lambda r: session.keep()),
        "unbranch": lambda r: _undivided(session),
        "pairs": lambda r: _paired(session, int(r["runs"])),
        "table": lambda r: _taken_away(csv_file.named, session, str(r["link"])),
        "replay": lambda r: _taken_away(html_file.named, session, str(r["link"])),
    }


def _changed(session: Session, change: Callable[[], None]) -> Shown:
    change()
    session.branch = None
    return {"world": session.world(), "other": "", "paired": "", "advice": ""}


def _divided(session: Session, request: Request) -> Shown:
    session.divide(int(request["round"]), _changes.validate_python(request["changes"]))
    return {"other": session.other_world(), "paired": ""}


def _rewritten(session: Session, who: str, text: str) -> Shown:
    session.rewrite(who, text)
    return {"other": session.other_world(), "paired": ""}


def _without(session: Session, names: list[str]) -> Shown:
    session.switch_off(names)
    return {"other": session.other_world(), "paired": ""}


def _taken_away(written: Callable[..., tuple[str, str]], session: Session, link: str) -> Shown:
    file, name = written(link, session.rules)
    return {"file": file, "name": name}


def linted(request: Request) -> str:
    """What is to be said about an expression while it is typed, as JSON."""
    return json.dumps(lint(str(request.get("text", ""))), ensure_ascii=False)


def _undivided(session: Session) -> Shown:
    session.branch = None
    return {"other": "", "paired": ""}


def _effect(effect: Effect) -> dict[str, Any]:
    """An effect with the words of its metric in both languages."""
    of = METRICS[effect.name]
    return {**vars(effect), "label": of.labels, "unit_label": {key: of.unit_label(key) for key in LANGUAGES}}


def _paired(session: Session, runs: int) -> Shown:
    if not 1 <= runs <= PAIRS:
        raise ValueError(runs)
    with watchdog.call("The compiled rules", watchdog.COMPILE):
        try:
            found = session.pairs(runs)
        except NoPairsError as error:
            raise BilingualError("pairs.failed", failed=runs, runs=runs) from error
    if len(found.pairs) < LEAST_PAIRS:
        raise BilingualError("pairs.failed", failed=runs - len(found.pairs), runs=runs)
    shown = {
        "branch": session.branched(),
        "failed": runs - len(found.pairs),
        "effects": [_effect(effect) for effect in found.effects],
        "region": [_effect(effect) for effect in found.region],
        "runs": runs,
        "of": PAIRS,
        "n": len(found.pairs),
        "hours": [round(value, 2) for value in found.pairs["hours"].to_list()],
        "changed": int(found.pairs["differs"].sum()),
        **session.first_change(found),
    }
    return {"paired": json.dumps(shown, ensure_ascii=False)}
