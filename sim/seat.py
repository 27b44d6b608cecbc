"""A seat for a person: decide for one government, round by round. What comes out is a RunSpec like any other."""

from dataclasses import dataclass

from agents.errors import InputError, RunError, names_there_are
from agents.terms import View
from sim.build import SIDES
from sim.columns import CLAUSE, CRISIS, SIDE, STEP, TARGET
from sim.model import Crisis
from sim.phases.account import account
from sim.phases.lines import cost_of
from sim.phases.perceive import perceive
from sim.prepare import Prepared
from sim.spec import Intervention, RunSpec
from sim.state import State, windows
from sim.why import view_of


@dataclass(frozen=True)
class Option:
    """Something the person may choose: its id, the willingness it stands for, and the clauses it is about."""

    id: str
    willingness: float
    clauses: tuple[str, ...] = ()


class Seat:
    """One government of the first crisis, decided by a person.

    Attributes:
        model: The running crisis. side: 0 sender, 1 target. chosen: The choices so far, as interventions.
    """

    def __init__(self, prepared: Prepared, who: str, every: float = 3 / 24) -> None:
        """Take a seat.

        Args:
            prepared: The run. who: Code of the government, or sender, or target.
            every: Days after which the person is asked again although nothing moved.

        Raises:
            InputError: When the government is not a side of the crisis.
        """
        self.model = Crisis(prepared)
        names = prepared.world.names
        crisis = prepared.world.scenario.crises[names.crises[0]]
        codes = {crisis.sender: "sender", crisis.target: "target"}
        if who not in codes and who not in SIDES:
            raise InputError(f"--as {who}: is not a side of this crisis. {names_there_are(who, [*codes, *SIDES])}")
        self.side = SIDES[codes.get(who, who)]
        self.who = next(code for code, role in codes.items() if SIDES[role] == self.side)
        self.clauses = names.clauses[names.crises[0]]
        self.chosen: list[Intervention] = []
        self._every, self._asked = every, -1e9
        self._seen: tuple[float, ...] = ()
        self._cell = prepared.paths.find(f"{self.who}.answer", "seat").address

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
            seen = self._situation()
            if seen != self._seen or self.model.days - self._asked >= self._every - 1e-9:
                self._seen, self._asked = seen, self.model.days
                return True
            self.model.step()
        return False

    def options(self) -> list[Option]:
        """Hold; offer the next clause; accept what is asked."""
        now = self._ahead()
        mine, asked = int(now.sides[0, self.side, SIDE.line]), int(now.sides[0, 1 - self.side, SIDE.line])
        step = 1 if self.side == TARGET else -1
        full = self._cost(now, int(now.crises[0, CRISIS.clauses]) if self.side == TARGET else 0)
        found = [Option("hold", 0.0)]
        if full > 0.0 and (asked - mine) * step > 1:
            found.append(Option("offer", self._cost(now, mine + step) / full, self._between(now, mine, mine + step)))
        if full > 0.0:
            found.append(Option("accept", self._cost(now, asked) / full, self._between(now, mine, asked)))
        return found

    def choose(self, willingness: float) -> None:
        """Take a decision and play the round.

        Raises:
            RunError: When willingness is not a share.
        """
        if not 0.0 <= willingness <= 1.0:
            raise RunError(f"A willingness of {willingness} is out of bounds; right is 0 (hold) to 1 (give all).")
        path = f"{self.who}.answer"
        if not self.chosen or self.chosen[-1].value != willingness:
            self.chosen.append(Intervention(round=self.model.round, path=path, op="=", value=willingness))
            self.model.force(self._cell, willingness)
        self.model.step()

    def advice(self) -> dict[str, float]:
        """What each answer rule would say now, with its default traits."""
        view = self.view()
        return {rule.name: rule(view) for rule in self.model.world.library.family("answer")}

    def spec(self) -> RunSpec:
        """The name of the run so far: play it again with `demarche run --spec`."""
        base = self.model.spec
        return base.but(at=(*base.at, *self.chosen))

    def _ahead(self) -> State:
        """A copy of the state in which this round's losses and View are worked out; the run itself stays untouched."""
        ahead = windows(self.model.cells.copy(), self.model.world.shape, plain=True)
        account(ahead, ahead, self.model.clock, 0)
        perceive(ahead, ahead, self.model.clock, 0, self.side)
        return ahead

    def _cost(self, now: State, line: int) -> float:
        return cost_of(now, self.model.clock, 0, self.side, line)

    def _between(self, now: State, mine: int, other: int) -> tuple[str, ...]:
        """The clauses of one's own that lie between two steps of the ladder."""
        rows = [int(now.ladder[0, place, STEP.clause]) for place in range(min(mine, other) + 1, max(mine, other) + 1)]
        return tuple(self.clauses[row] for row in rows if int(now.clauses[0, row, CLAUSE.owner]) == self.side)

    def _situation(self) -> tuple[float, ...]:
        """What makes a new question worth asking: the lines, and who has measures in force."""
        now = self.model.now
        sides = [now.sides[0, side, column] for side in range(2) for column in (SIDE.line, SIDE.raised_before)]
        return (*sides, float(self.model.days >= now.crises[0, CRISIS.private_opens]))
