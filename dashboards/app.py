"""The page: a session's state, and what the browser asks of it. Everything drawn lies in `widgets/`."""

import contextlib
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara

from agents.errors import DemarcheError
from agents.library import shipped
from dashboards import compile_ahead
from dashboards.lab.expression_words import names
from dashboards.session.read_link import FIRST_SCENARIO
from dashboards.session.requests import PAIRS, Answer, answerer, linted
from dashboards.session.session import Session
from dashboards.text.screen_texts import BilingualError, told
from dashboards.widgets import widget_files
from dashboards.workers.pool import service
from sim.engines.endings import default_seed
from sim.run.spec import RunSpec

NAMES = json.dumps(names(), ensure_ascii=False)
FIRST_PAIRS = 30


@solara.component_vue("widgets/Demarche.vue", vuetify=False)
def Demarche(
    components: dict[str, str],
    words: str,
    world: str,
    other: str,
    paired: str,
    advice: str,
    rarity: str,
    message: str,
    lint: str,
    names: str,
    replay: bool = False,
    event_ask: Callable[[dict[str, Any]], None] = lambda _: None,
) -> None: ...


def begin() -> "Screen":
    """A screen on the scenario the command named."""
    folders = tuple(Path(folder) for folder in os.environ.get("DEMARCHE_RULES", "").split(os.pathsep) if folder)
    scenario = os.environ.get(FIRST_SCENARIO, "colombia_2025")
    session = Session(RunSpec(scenario=scenario, seed=default_seed(scenario)))
    return Screen(session, service(folders))


@solara.component
def Layout(children: list[Any]) -> None:
    """Nothing around the page: the shell is ours."""
    solara.Column(children=children, gap="0px", margin=0)


@solara.component
def Page() -> None:
    """One browser's session."""
    screen = solara.use_memo(begin, [])
    solara.use_effect(compile_ahead.soon, [])
    components = solara.use_memo(widget_files.children, [])
    Demarche(components=components, words=widget_files.WORDS, names=NAMES, event_ask=screen.ask, **screen.use())


class Screen:
    """What the browser shows of a session, and the requests it may make: names and numbers, nothing else."""

    def __init__(self, session: Session, answer: Answer) -> None:
        self.session, self._answer = session, answer
        self.shown = {
            name: solara.reactive("") for name in ("world", "other", "paired", "advice", "rarity", "message", "lint")
        }
        self._serial = self._cards = self._worlds = 0
        try:
            self._do({"what": "begin"})
        except DemarcheError as error:  # a rule from outside broke after the start: open with ours, and say so
            self._answer = answerer(shipped())
            self._do({"what": "begin"})
            self._answer = answer
            self._say(error)

    def use(self) -> dict[str, str]:
        """The present values by name; the page follows them."""
        return {name: value.value for name, value in self.shown.items()}

    def ask(self, request: dict[str, Any]) -> None:
        """Do what the browser asks, or say in a card why not; what was on the screen stays."""
        try:
            self._do(request)
        except DemarcheError as error:
            self._say(error)

    def _do(self, request: dict[str, Any]) -> None:
        if not isinstance(request, dict):
            raise BilingualError("app.unknown")
        if request.get("what") == "dismiss":
            self.shown["message"].set("")
            return
        if request.get("what") == "lint":  # asks no rule, so it waits for none
            self.shown["lint"].set(linted(request))
            return
        self.session, shown = self._answer(self.session, request)
        note = shown.pop("note", "")
        if "other" in shown:  # whatever pairs are still running are of another branch
            self._serial += 1
            self.shown["message"].set("")
        for name, value in shown.items():
            self.shown[name].set(value)
        if note:
            self._say(DemarcheError(note))
        if "world" in shown:
            self._worlds += 1
            world = json.loads(shown["world"])
            if not world["rarity"] and (not world["seat"] or world["seat"]["over"]):  # at the table it is a secret
                threading.Thread(target=self._count, args=(self.session, self._worlds), daemon=True).start()
        if self.session.branch and "other" in shown:
            threading.Thread(target=self._pair, args=(self.session, self._serial), daemon=True).start()

    def _count(self, session: Session, serial: int) -> None:
        """How often such a run ends so, counted in the background; a newer run makes it pointless."""
        compile_ahead.ready()
        if serial != self._worlds:
            return
        with contextlib.suppress(DemarcheError):  # a run that fails has said so already
            _, shown = self._answer(session, {"what": "rarity"})
            if serial == self._worlds:
                self.shown["rarity"].set(shown["rarity"])

    def _pair(self, session: Session, serial: int) -> None:
        """Paired worlds in the background: thirty at once, then all; a newer branch makes them pointless."""
        if not compile_ahead.is_ready():
            self.shown["paired"].set(json.dumps({"warming": True}))
            compile_ahead.ready()
        for runs in (FIRST_PAIRS, PAIRS):
            try:
                _, shown = self._answer(session, {"what": "pairs", "runs": runs})
            except DemarcheError as error:
                self._say(error)
                return
            if serial != self._serial:
                return
            self.shown["paired"].set(shown["paired"])

    def _say(self, error: DemarcheError) -> None:
        """Put what went wrong into a card, in both languages where it is said in both."""
        self._cards += 1
        self.shown["message"].set(json.dumps({"text": told(error), "serial": self._cards}))
