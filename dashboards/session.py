"""One person's session: the run on the screen, the branch beside it, and what can be undone. No interface in here."""

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any

from agents.errors import InputError
from agents.library import Library
from dashboards import link
from dashboards.frames import frames
from dashboards.lab import draws, first_change
from dashboards.parameters import parameters
from dashboards.words import BilingualError
from sim.compare import Comparison, compare
from sim.history import play
from sim.prepare import Prepared, prepare
from sim.say import LANGUAGES
from sim.scenario import Scenario, scenario_names
from sim.spec import Change, Intervention, RunSpec

MOST_UNDONE = 20


@dataclass
class Session:
    """What one browser shows. Every change makes a new spec; the old ones can be had back.

    Attributes:
        spec: Of the run on the screen. branch: Of the world beside it, if there is one. rules: The rules there are.
    """

    spec: RunSpec
    rules: Library | None = None
    branch: RunSpec | None = None
    _past: list[RunSpec] = field(default_factory=list)

    def open(self, scenario: str) -> None:
        """Begin another scenario."""
        self._go(RunSpec(scenario=scenario, seed=self.spec.seed))

    def restart(self, changes: list[Change], seed: int | None = None) -> None:
        """The same scenario from the start, with changes, and with another seed where one is given."""
        paths = {change.path for change in changes}
        kept = tuple(change for change in self.spec.changes if change.path not in paths)
        seed = self.spec.seed if seed is None else seed
        self._go(self.spec.but(changes=(*kept, *changes), at=(), seed=seed, model="", scenario_hash=""))

    def apply(self, round: int, changes: list[Change]) -> None:
        """Change numbers at the start of a round of the run: logged interventions."""
        self._go(self.spec.but(at=(*self.spec.at, *_interventions(round, changes))))

    def inject(self, round: int, name: str) -> None:
        """Let something happen that the scenario offers."""
        self.apply(round, [self._inject(name)])

    def undo(self) -> None:
        """Take the last step back, if there was one."""
        if self._past:
            self.spec, self.branch = self._past.pop(), None

    def restore(self, text: str) -> None:
        """The run of a link.

        Raises:
            InputError: When the link is damaged, or made with another model than the one here.
        """
        self._go(link.decode(text))
        self._past.clear()

    def divide(self, round: int, changes: list[Change]) -> None:
        """Begin a second world that differs from the first by changes at the start of a round."""
        branch = self.spec.but(at=(*self.spec.at, *_interventions(round, changes)))
        self._prepared(branch)
        self.branch = branch

    def rewrite(self, who: str, expression: str) -> None:
        """Begin a second world in which a side follows an expression on top of its rule, from the start."""
        others = {side: text for side, text in self.spec.expressions.items() if side != who}
        branch = self.spec.but(expressions={**others, who: expression})
        self._prepared(branch)
        self.branch = branch

    def keep(self) -> None:
        """Make the second world the one on the screen."""
        if self.branch is None:
            raise BilingualError("app.no_branch")
        self._go(self.branch)

    def first_change(self, found: Comparison) -> dict[str, Any]:
        """What changed first: in the run on the screen, or in the first pair in which anything did."""
        differing = found.pairs.filter(found.pairs["differs"])["run"].to_list()
        told: dict[str, Any] = {}
        for run in [self.spec.run, *differing[:1]]:
            a, b = (play(self._prepared(spec.but(run=run))) for spec in (self.spec, self.branch or self.spec))
            told = {"first": first_change(a, b), "draws": draws(a, b)}
            if told["first"]:
                break
        return told

    def pairs(self, runs: int) -> Comparison:
        """Both worlds, many times, under the same shocks."""
        if self.branch is None:
            raise BilingualError("app.no_branch")
        return compare(self.spec, self.branch, runs, rules=self.rules)

    def world(self) -> str:
        """Everything the screen draws of the run, as JSON."""
        prepared = self._prepared(self.spec)
        return _json(
            {
                **frames(play(prepared)),
                "parameters": parameters(prepared),
                "injects": self._injects(prepared.world.scenario),
                "scenarios": _scenarios(),
                "link": link.encode(prepared.spec),
                "spec": prepared.spec.to_json(),
                "version": version("demarche"),
                "undo": len(self._past),
            }
        )

    def other_world(self) -> str:
        """The same of the branch; nothing where there is none."""
        if not self.branch:
            return ""
        prepared = self._prepared(self.branch)
        return _json({**frames(play(prepared)), "link": link.encode(prepared.spec)})

    def _go(self, spec: RunSpec) -> None:
        """Make a spec the one on the screen, once it is known that it can be played."""
        self._prepared(spec)
        self._past = [*self._past, self.spec][-MOST_UNDONE:]
        self.spec, self.branch = spec, None

    def _prepared(self, spec: RunSpec) -> Prepared:
        return prepare(spec, rules=self.rules)

    def _inject(self, name: str) -> Change:
        injects = Scenario.read(self.spec.scenario).injects
        if name not in injects:
            raise InputError(f"There is no inject `{name[:40]}`; there are: {', '.join(injects)}.")
        return Change(path=injects[name].path, op=injects[name].op, value=injects[name].value)

    @staticmethod
    def _injects(scenario: Scenario) -> list[dict[str, Any]]:
        return [
            {"name": name, "label": {key: getattr(inject.label, key) for key in LANGUAGES}}
            for name, inject in scenario.injects.items()
        ]


def _interventions(round: int, changes: list[Change]) -> tuple[Intervention, ...]:
    return tuple(Intervention(round=round, path=c.path, op=c.op, value=c.value) for c in changes)


@cache
def _scenarios() -> list[dict[str, Any]]:
    """Names and titles of what comes with Demarche, read once."""
    found = (Scenario.read(name) for name in scenario_names())
    return [{"name": s.name, "title": {key: getattr(s.title, key) for key in LANGUAGES}} for s in found]


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)
