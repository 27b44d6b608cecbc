"""One person's session: the run on the screen, the branch beside it, and what can be undone. No interface in here."""

import json
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from agents.library import Library
from dashboards import compile_ahead
from dashboards.lab.rule_lab import draws, first_change
from dashboards.session import read_link, scenario_list
from dashboards.text.screen_texts import BilingualError
from dashboards.views import seat_view
from dashboards.views.run_view import frames, frames_of, rarity_of
from dashboards.views.sliders import parameters
from sim.engines.endings import default_seed, endings
from sim.engines.history import play
from sim.engines.seat import Seat, resume
from sim.metrics.compare import Comparison, compare
from sim.run.changes import Change, Intervention, expressions_in, follow_expression, switch_off, switched_off
from sim.run.expressions import read
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario

MOST_UNDONE = 20


@dataclass
class Session:
    """What one browser shows. Every change makes a new spec; the old ones can be had back.

    Attributes:
        spec: Of the run on the screen. branch: Of the world beside it, if there is one. rules: The rules there are.
        seat: Code of the government a person decides for; empty where nobody does.
    """

    spec: RunSpec
    rules: Library | None = None
    branch: RunSpec | None = None
    seat: str = ""
    _past: list[RunSpec] = field(default_factory=list)

    def state(self) -> dict[str, Any]:
        """All of it but the rules, as data."""
        specs = {"spec": self.spec, "branch": self.branch}
        data = {name: spec and spec.model_dump(mode="json") for name, spec in specs.items()}
        return {**data, "seat": self.seat, "past": [spec.model_dump(mode="json") for spec in self._past]}

    @classmethod
    def of(cls, state: dict[str, Any]) -> "Session":
        """The session of such data."""
        branch = RunSpec.model_validate(state["branch"]) if state["branch"] else None
        past = [RunSpec.model_validate(spec) for spec in state["past"]]
        return cls(RunSpec.model_validate(state["spec"]), branch=branch, seat=state["seat"], _past=past)

    def open(self, scenario: str) -> None:
        """Begin another scenario: one that comes with Demarche, or the one it was started with.

        Raises:
            InputError: When it is none of these; a browser may not name files.
        """
        self._go(RunSpec(scenario=scenario_list.named(scenario), seed=default_seed(scenario)))

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
        self.apply(round, [scenario_list.inject(Scenario.read(self.spec.scenario), name)])

    def undo(self) -> None:
        """Take the last step back, if there was one."""
        if self._past:
            *self._past, self.spec = self._past
            self.branch, self.seat = None, ""

    def restore(self, text: str, seat: str = "") -> None:
        """The run of a link, and the seat a person had in it.

        Raises:
            InputError: When the link is damaged, made with another model than the one here, or has no such seat.
        """
        spec = read_link.decode(text, self.rules)
        who = resume(spec, seat, self.rules).who if seat else ""
        self._go(spec)
        self.seat = who
        self._past = []

    def sit(self, who: str) -> None:
        """Begin the run again with a person who decides for a government.

        Raises:
            InputError: When it is not a side of the crisis.
        """
        spec = self.spec.but(at=())
        seat = resume(spec, who, self.rules)
        self._go(spec)
        self.seat = seat.who

    def seated(self) -> Seat | None:
        """The seat at the present decision, if somebody has one."""
        if not self.seat:
            return None
        seat = resume(self.spec, self.seat, self.rules)
        seat.advance()
        return seat

    def decide(self, round: int, willingness: float) -> None:
        """Take the decision that is asked for, which is that of this round."""
        seat = self._at_the_table()
        if seat.over or seat.model.round != round:
            raise BilingualError("seat.not_asked")
        seat.choose(willingness)
        self.spec = seat.spec()

    def take_back(self) -> None:
        """Take the last decision back."""
        chosen = self._at_the_table().chosen
        if chosen:
            self.spec = self.spec.but(at=tuple(one for one in self.spec.at if one != chosen[-1]))

    def stand_up(self) -> None:
        """Leave the seat; what was chosen stays in the run."""
        self.seat = ""

    def _at_the_table(self) -> Seat:
        seat = self.seated()
        if seat is None:
            raise BilingualError("seat.nobody")
        return seat

    def divide(self, round: int, changes: list[Change]) -> None:
        """Begin a second world that differs from the first by changes at the start of a round."""
        branch = self.spec.but(at=(*self.spec.at, *_interventions(round, changes)))
        self._prepared(branch)
        self.branch = branch

    def rewrite(self, who: str, expression: str) -> None:
        """Begin a second world in which a side follows an expression on top of its rule, from the start."""
        read(expression)  # its own sentence, in both languages, before any other
        branch = self.spec.changed(follow_expression(who, expression))
        self._prepared(branch)
        self.branch = branch

    def switch_off(self, mechanisms: list[str]) -> None:
        """Begin a second world without some mechanisms, from the start."""
        branch = self.spec.changed(*(switch_off(name) for name in mechanisms))
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
        """Everything the screen draws of the run, as JSON; with a seat, only up to the present decision."""
        seat = self.seated()
        if seat:
            history = seat.whole() if seat.over else seat.history()
            prepared, shown = history.prepared, frames(history)
        else:
            prepared = self._prepared(self.spec)
            shown = frames_of(prepared)
        scenario = prepared.template.scenario
        return _json(
            {
                **shown,
                "parameters": parameters(prepared),
                "injects": scenario_list.injects(scenario),
                "scenarios": scenario_list.titles(scenario),
                "link": read_link.encode(prepared.spec),
                "spec": prepared.spec.to_json(),
                "version": version("demarche"),
                "undo": len(self._past),
                "seat": seat_view.shown(seat) if seat else None,
            }
        )

    def rarity(self) -> str:
        """How often a run as the one on the screen ends so, as JSON by its link; counted where it is not on file."""
        prepared = self._prepared(self.spec)
        found = endings(prepared)
        told = rarity_of(compile_ahead.history(prepared), found) if found else None
        return _json({read_link.encode(prepared.spec): told})

    def advice(self) -> str:
        """What each answer rule would do at the present decision, as JSON."""
        return _json({"advice": seat_view.advice(self._at_the_table())})

    def other_world(self) -> str:
        """The same of the branch; nothing where there is none."""
        if not self.branch:
            return ""
        prepared = self._prepared(self.branch)
        return _json({**frames_of(prepared), "link": read_link.encode(prepared.spec), "branch": self.branched()})

    def branched(self) -> dict[str, Any]:
        """What the second world is: the link of the first, the line that differs, where it is one, and what is off."""
        first = self._prepared(self.spec).spec
        second = self._prepared(self.branch).spec if self.branch else first
        new = [change for change in second.changes if change not in first.changes]
        who, text = next(iter(expressions_in(new).items()), ("", ""))
        return {"base": read_link.encode(first), "who": who, "text": text, "without": list(switched_off(new))}

    def _go(self, spec: RunSpec) -> None:
        """Make a spec the one on the screen, once it is known that it is one and can be played."""
        spec = RunSpec.model_validate(spec.model_dump(warnings=False))
        self._prepared(spec)
        self._past = [*self._past, self.spec][-MOST_UNDONE:]
        self.spec, self.branch, self.seat = spec, None, ""

    def _prepared(self, spec: RunSpec) -> Prepared:
        return prepare(spec, rules=self.rules)


def _interventions(round: int, changes: list[Change]) -> tuple[Intervention, ...]:
    return tuple(Intervention(round=round, path=c.path, op=c.op, value=c.number) for c in changes)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)
