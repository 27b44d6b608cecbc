"""A seat for a person: decide for one government, round by round. What comes out is a RunSpec like any other."""

import itertools
from dataclasses import dataclass

import numpy as np

from agents.errors import InputError, RunError, names_there_are
from agents.library import Library
from agents.rule import Rule
from agents.views import View
from sim.engines.explain import traits_of, view_of
from sim.engines.history import History, play
from sim.engines.mesa_model import CoercionModel
from sim.phases.account import account
from sim.phases.perceive import perceive
from sim.run.changes import Intervention
from sim.run.prepare import Prepared, prepare
from sim.run.put_rules import SIDES
from sim.run.spec import RunSpec
from sim.state.columns import CLAUSE, CRISIS, SIDE, STEP, TARGET
from sim.state.ladder import ROUNDING, cost_of
from sim.state.tables import State, windows


@dataclass(frozen=True)
class Option:
    """Something the person may choose: its id, the willingness it stands for, what it gives, what it still asks."""

    id: str
    willingness: float
    clauses: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


class Seat:
    """One government of the first crisis, decided by a person.

    Attributes:
        model: The running crisis. side: 0 sender, 1 target. who: Code of the government. cell: Where its answer lies.
        chosen: The choices so far, as interventions.
    """

    def __init__(self, prepared: Prepared, who: str, every: float = 3 / 24) -> None:
        """Take a seat.

        Args:
            prepared: The run. who: Code of the government, or sender, or target.
            every: Days after which the person is asked again although nothing moved.

        Raises:
            InputError: When the government is not a side of the crisis.
        """
        self.model = CoercionModel(prepared)
        names = prepared.template.names
        crisis = prepared.template.scenario.crises[names.crises[0]]
        codes = {crisis.sender: "sender", crisis.target: "target"}
        if who not in codes and who not in SIDES:
            raise InputError(f"`{who[:40]}` is not a side of this crisis. {names_there_are(who, [*codes, *SIDES])}")
        self.side = SIDES[codes.get(who, who)]
        self.who = next(code for code, role in codes.items() if SIDES[role] == self.side)
        self.clauses = names.clauses[names.crises[0]]
        self.chosen: list[Intervention] = []
        self._rows = [self.model.cells.copy()]
        self._whole: dict[bool, History] = {}
        self._every, self._asked = every, -1e9
        self._seen: tuple[float, ...] = ()
        self.cell = prepared.addresses.find(f"{self.who}.answer", "seat").address

    @property
    def over(self) -> bool:
        """Whether the crisis is settled or the time is up."""
        return not self.model.running or self.model.now.crises[0, CRISIS.settled] == 1.0

    def view(self) -> View:
        """What the government knows at the start of this round."""
        return view_of(self._ahead(), 0, self.side)

    def advance(self) -> bool:
        """Play on to the next decision worth a question; False when it is over."""
        while not self.over:
            if self._situation() != self._seen or self.model.days - self._asked >= self._every - 1e-9:
                return True
            self.step()
        return False

    def step(self) -> None:
        """Play one round as the last choice says."""
        self._whole.pop(False, None)
        self.model.step()
        self._rows.append(self.model.cells.copy())

    def options(self) -> list[Option]:
        """Hold; offer the next clause; accept what is asked."""
        return [option for option in self.ladder() if option.id != "offer_more"]

    def ladder(self) -> list[Option]:
        """Hold, every step that gives a clause of one's own more, and accept what is asked; the cheapest first."""
        now = self._ahead()
        mine, asked = int(now.sides[0, self.side, SIDE.line]), int(now.sides[0, 1 - self.side, SIDE.line])
        step = 1 if self.side == TARGET else -1
        full = self._cost(now, int(now.crises[0, CRISIS.clauses]) if self.side == TARGET else 0)
        found = [Option("hold", 0.0)]
        if full <= 0.0:
            return found
        for line in range(mine + step, asked, step):
            clauses = self._between(now, mine, line, self.side)
            if clauses != found[-1].clauses:
                name = "offer" if len(found) == 1 else "offer_more"
                asks = self._between(now, line, asked, 1 - self.side)
                found.append(Option(name, self._cost(now, line) / full, clauses, asks))
        return [*found, Option("accept", self._cost(now, asked) / full, self._between(now, mine, asked, self.side))]

    def meaning(self, willingness: float) -> Option:
        """What a willingness comes to now: the last step of the ladder that it pays for."""
        steps = self.ladder()
        paid = itertools.takewhile(lambda option: option.willingness <= willingness + ROUNDING, steps)
        return [steps[0], *paid][-1]

    def choose(self, willingness: float) -> None:
        """Take a decision and play the round.

        Raises:
            RunError: When willingness is not a share.
        """
        if not 0.0 <= willingness <= 1.0:
            raise RunError(f"A willingness of {willingness} is out of bounds; expected 0 (hold) to 1 (give all).")
        path = f"{self.who}.answer"
        # every decision is noted, also one that repeats the last: so a link says how far the person had come
        self.chosen.append(Intervention(round=self.model.round, path=path, op="=", value=willingness))
        self.model.force(self.cell, willingness)
        self._seen, self._asked = self._situation(), self.model.days
        self.step()

    def advice(self) -> dict[str, float]:
        """What each answer rule would say now: one's own with the case's traits, the others with their defaults."""
        now, own = self._ahead(), self.own_rule()
        view = view_of(now, 0, self.side)
        return {
            rule.name: rule(view, **(traits_of(now, rule, 0, self.side) if rule.name == own else {}))
            for rule in self.rules()
        }

    def rules(self) -> list[Rule]:
        """The answer rules there are."""
        return self.model.template.library.family("answer")

    def own_rule(self) -> str:
        """The rule that decides for this government when no person does."""
        return self.model.prepared.addresses.rule("answer", 0, self.side).name

    def spec(self) -> RunSpec:
        """The name of the run so far: play it again with `demarche run --spec`."""
        base = self.model.spec
        return base.but(at=(*base.at, *self.chosen))

    def history(self) -> History:
        """The run up to now, and nothing of what comes after."""
        return History(prepare(self.spec(), rules=self.model.template.library), np.stack(self._rows))

    def whole(self, own: bool = False) -> History:
        """The run to its horizon; with `own`, as it goes when the government's own rule decides."""
        if own not in self._whole:
            spec = self.model.spec if own else self.spec()
            self._whole[own] = play(prepare(spec, rules=self.model.template.library))
        return self._whole[own]

    def _ahead(self) -> State:
        """A copy of the state in which this round's losses and View are worked out; the run itself stays untouched."""
        ahead = windows(self.model.cells.copy(), self.model.template.shape, plain=True)
        account(ahead, ahead, self.model.clock, 0)
        perceive(ahead, ahead, self.model.clock, 0, self.side)
        return ahead

    def _cost(self, now: State, line: int) -> float:
        return cost_of(now, self.model.clock, 0, self.side, line)

    def _between(self, now: State, mine: int, other: int, owner: int) -> tuple[str, ...]:
        """The clauses a side would have to grant that lie between two steps of the ladder."""
        rows = [int(now.ladder[0, place, STEP.clause]) for place in range(min(mine, other) + 1, max(mine, other) + 1)]
        return tuple(self.clauses[row] for row in rows if int(now.clauses[0, row, CLAUSE.owner]) == owner)

    def _situation(self) -> tuple[float, ...]:
        """What makes a new question worth asking: the lines, and who has measures in force."""
        now = self.model.now
        sides = [now.sides[0, side, column] for side in range(2) for column in (SIDE.line, SIDE.raised_before)]
        return (*sides, float(self.model.days >= now.crises[0, CRISIS.private_opens]))


def resume(spec: RunSpec, who: str, rules: Library | None = None) -> Seat:
    """Take a seat again: whatever a person chose there, by the spec, is played; then the next question.

    Raises:
        InputError: When the government is not a side of the crisis, or the spec does not fit.
    """
    prepared = prepare(spec, rules=rules)
    empty = Seat(prepared, who)
    chosen = [one for one in spec.at if one.op == "=" and prepared.addresses.find(one.path, "").address == empty.cell]
    if not chosen:
        return empty
    others = tuple(one for one in spec.at if one not in chosen)
    seat = Seat(prepare(spec.but(at=others), rules=rules), who)
    for choice in sorted(chosen, key=lambda one: one.round):
        while seat.model.round < choice.round and not seat.over:
            seat.step()
        if not seat.over and seat.model.round == choice.round:
            seat.choose(choice.value)
    return seat
