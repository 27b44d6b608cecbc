"""The page: a session's state, and what the browser asks of it. Everything drawn lies in `widgets/`."""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara
from pydantic import TypeAdapter, ValidationError

from agents.errors import DemarcheError
from dashboards import parts, warm
from dashboards.lab import lint
from dashboards.reading import names
from dashboards.session import Session
from dashboards.words import BilingualError
from sim.compare import Comparison
from sim.prepare import library
from sim.say import LANGUAGES
from sim.spec import Change, RunSpec

NAMES = json.dumps(names(), ensure_ascii=False)
FIRST_PAIRS, PAIRS = 30, 200

_changes = TypeAdapter(list[Change])


@solara.component_vue("widgets/Demarche.vue", vuetify=False)
def Demarche(
    components: dict[str, str],
    words: str,
    world: str,
    other: str,
    paired: str,
    message: str,
    lint: str,
    names: str,
    replay: bool = False,
    event_ask: Callable[[dict[str, Any]], None] = lambda _: None,
) -> None: ...


def begin() -> Session:
    """A session on the scenario the command named."""
    folders = tuple(Path(folder) for folder in os.environ.get("DEMARCHE_RULES", "").split(os.pathsep) if folder)
    return Session(RunSpec(scenario=os.environ.get("DEMARCHE_SCENARIO", "colombia_2025"), seed=7), library(folders))


@solara.component
def Layout(children: list[Any]) -> None:
    """Nothing around the page: the shell is ours."""
    solara.Column(children=children, gap="0px", margin=0)


@solara.component
def Page() -> None:
    """One browser's session."""
    session = solara.use_memo(begin, [])
    screen = solara.use_memo(lambda: Screen(session), [])
    solara.use_effect(warm.soon, [])
    world, other, paired, message, lint = screen.use()
    components = solara.use_memo(parts.children, [])
    Demarche(
        components=components, words=parts.WORDS, world=world, other=other, paired=paired, message=message, lint=lint,
        names=NAMES, event_ask=screen.ask,
    )  # fmt: skip


class Screen:
    """What the browser shows of a session, and the requests it may make: names and numbers, nothing else."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.world = solara.reactive(session.world())
        self.other, self.paired, self.message, self.lint = (solara.reactive("") for _ in range(4))
        self._serial = 0

    def use(self) -> tuple[str, ...]:
        """The present values; the page follows them."""
        return self.world.value, self.other.value, self.paired.value, self.message.value, self.lint.value

    def ask(self, request: dict[str, Any]) -> None:
        """Do what the browser asks, or say in a card why not; what was on the screen stays."""
        try:
            self._requests()[request["what"]](request)
        except DemarcheError as error:
            self._say(error)
        except (ValidationError, KeyError, TypeError, ValueError):
            self._say(BilingualError("app.unknown"))

    def _requests(self) -> dict[str, Callable[[dict[str, Any]], None]]:
        session = self.session
        return {
            "open": lambda r: self._show(lambda: session.open(str(r["scenario"]))),
            "restart": lambda r: self._show(lambda: session.restart(_changes.validate_python(r["changes"]), r["seed"])),
            "apply": lambda r: self._show(
                lambda: session.apply(int(r["round"]), _changes.validate_python(r["changes"]))
            ),
            "inject": lambda r: self._show(lambda: session.inject(int(r["round"]), str(r["name"]))),
            "undo": lambda r: self._show(session.undo),
            "restore": lambda r: self._show(lambda: session.restore(str(r["link"]))),
            "branch": lambda r: self._divide(
                lambda: session.divide(int(r["round"]), _changes.validate_python(r["changes"]))
            ),
            "lint": lambda r: self.lint.set(json.dumps({"serial": int(r["serial"]), **lint(str(r["text"]))})),
            "rewrite": lambda r: self._divide(lambda: session.rewrite(str(r["who"]), str(r["text"]))),
            "keep": lambda r: self._show(session.keep),
            "unbranch": lambda r: self._unbranch(),
            "dismiss": lambda r: self.message.set(""),
        }

    def _show(self, change: Callable[[], None]) -> None:
        change()
        self.message.set("")
        self._unbranch()
        self.world.set(self.session.world())

    def _divide(self, change: Callable[[], None]) -> None:
        """Show a second world beside the first; where it cannot be played, the old one stays."""
        before = self.session.branch
        try:
            change()
            other = self.session.other_world()
        except DemarcheError:
            self.session.branch = before
            raise
        self.message.set("")
        self.paired.set("")
        self.other.set(other)
        self._serial += 1
        threading.Thread(target=self._pair, args=(self._serial,), daemon=True).start()

    def _unbranch(self) -> None:
        self._serial += 1
        self.session.branch = None
        self.other.set("")
        self.paired.set("")

    def _pair(self, serial: int) -> None:
        """Paired worlds in the background: thirty at once, then all; a newer branch makes them pointless."""
        if not warm.is_ready():
            self.paired.set(json.dumps({"warming": True}))
            warm.ready()
        change: dict[str, Any] = {}
        for runs in (FIRST_PAIRS, PAIRS):
            try:
                found = self.session.pairs(runs)
            except DemarcheError as error:
                self._say(error)
                return
            if serial != self._serial:
                return
            self.paired.set(_paired(found, runs, change))
            if not change.get("first"):
                change = self.session.first_change(found)
                self.paired.set(_paired(found, runs, change))

    def _say(self, error: DemarcheError) -> None:
        """Put what went wrong into a card, in both languages where it is said in both."""
        self._serial += 1
        sentence = getattr(error, "sentence", lambda language: str(error))
        text = {language: sentence(language) for language in LANGUAGES}
        self.message.set(json.dumps({"text": text, "serial": self._serial}))


def _paired(found: Comparison, runs: int, change: dict[str, Any]) -> str:
    hours = found.pairs["hours"]
    return json.dumps(
        {
            "effects": [vars(effect) for effect in found.effects],
            "runs": runs,
            "of": PAIRS,
            "n": len(hours),
            "hours": [round(value, 2) for value in hours.to_list()],
            "changed": int(found.pairs["differs"].sum()),
            **change,
        }
    )
