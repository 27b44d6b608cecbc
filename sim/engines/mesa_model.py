"""The Mesa engine: one `mesa.Agent` per government, one round a step. Its runs equal the ensemble's, bit for bit."""

import math
from typing import Any

import mesa
import numpy as np

from agents.errors import InputError
from agents.government import Government
from agents.library import Library
from agents.rule import FAMILIES
from agents.views import View
from sim.engines.outcome import OUT, write_outcome
from sim.laws.expression import DEEPEST, evaluate
from sim.phases.schedule import SCHEDULE, Act, Stage, commit, commit_crises
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.state.chance import draw_types
from sim.state.clock import Clock, clock_at, steps_in
from sim.state.columns import CRISIS, GOV
from sim.state.ladder import is_open, is_watching, owner_of
from sim.state.mechanisms import ON
from sim.state.pace import longest_step
from sim.state.rule_calls import Tables
from sim.state.tables import State, intervene, windows

VIEWS = ("now", "_new", "_rules", "_at")
"""Attributes that are views into a model's buffers."""


class CoercionModel(mesa.Model):
    """A run that one can watch, stop and change.

    >>> model = CoercionModel(RunSpec(scenario="two_countries"))
    >>> model.step()
    >>> model.running, model.round, sorted(agent.code for agent in model.agents)
    (True, 1, ['AUR', 'BOR'])
    """

    def __init__(
        self, spec: RunSpec | Prepared, scenario: Scenario | None = None, rules: Library | None = None
    ) -> None:
        """Prepare a run.

        Args:
            spec: What names the run. scenario, rules: As in `sim.run.prepare.prepare`.

        Raises:
            InputError: One sentence for whatever in the spec does not exist or does not fit.
        """
        prepared = spec if isinstance(spec, Prepared) else prepare(spec, scenario, rules)
        super().__init__(rng=prepared.spec.seed)
        self.prepared, self.spec, self.template = prepared, prepared.spec, prepared.template
        self.cells = self.template.cells.copy()
        self._new_cells = self.cells.copy()
        self._look_at_cells()
        draw_types(self.now, self._new, self.spec.seed, self.spec.run)
        self.running: bool = True
        self.round = 0
        self._clock = self.clock
        Government.create_agents(
            self, len(self.template.names.governments), list(range(self.template.shape.governments))
        )
        # Mesa 3.3 counts agents by model in a class attribute and so keeps every model there ever was (mesa #3179)
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the views into the state, which are made anew: for pickles and copies."""
        return {name: value for name, value in self.__dict__.items() if name not in VIEWS}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._look_at_cells()

    def _look_at_cells(self) -> None:
        """Make the views into the two buffers of the state, and what asks the rules."""
        template = self.template
        self.now: State = windows(self.cells, template.shape, plain=True)
        self._new: State = windows(self._new_cells, template.shape, plain=True)
        families = {name: template.library.family(name) for name in FAMILIES}
        self._rules = Tables(**families, expression=self._worked_out)
        self._at: Any = memoryview(self.prepared.at.data) if len(self.prepared.at) else ()

    def step(self) -> None:
        """Play one round, if there is one left."""
        if not self.running:
            self.steps = self.round  # Mesa has counted this call already
            return
        intervene(self.now, self._new, self._at, self.round)
        start, end = float(self.template.times[self.round]), float(self.template.times[self.round + 1])
        while start < end:
            self._clock = self._next_clock(start, end)
            self._play_step()
            start = self._clock.time + self._clock.dt if self._clock.dt < end - start else end
        self.round += 1
        self.running = self.round < self.template.rounds

    def _play_step(self) -> None:
        """The stages of one step, in order: those of governments by its agents, those of crises here."""
        at, now, new = self.now.spans, self.now, self._new
        done = ""
        for stage in SCHEDULE:
            if stage.each == "crisis":
                for act in stage.acts:
                    for crisis in range(self.template.shape.crises):
                        self.play(act, crisis)
            elif stage.name != done:  # a method of the agents plays all stages of its name
                self.agents.do(stage.name)
            done = stage.name
            if stage.known is not None:
                commit(now, new, getattr(at, stage.known[0]), getattr(at, stage.known[1]))
        commit_crises(now, new)

    @property
    def clock(self) -> Clock:
        """The clock of the first step of the round to come."""
        step = min(self.round, self.template.rounds - 1)
        start, end = float(self.template.times[step]), float(self.template.times[step + 1])
        return self._next_clock(start, end)

    def force(self, cell: int, value: float) -> None:
        """Change one number of the state from outside; the caller logs it as an intervention."""
        self.cells[cell] = value
        self._new_cells[cell] = value

    def play(self, act: Act, *row: int) -> None:
        """Let an act of a phase happen to one row; seeing what goes on ends with the crisis."""
        if act.open_only and not is_open(self.now, row[0]):
            return
        rules = (self._rules,) if act.asks else ()
        act.function(self.now, self._new, self._clock, *rules, *row)

    def stages(self, name: str) -> list[Stage]:
        """The stages of the schedule that have a name."""
        return [stage for stage in SCHEDULE if stage.name == name]

    def _worked_out(self, program: list[float], view: View, answer: float) -> float:
        """The value of a person's expression; where it has none, the run stops with a sentence."""
        value = evaluate(program, view, answer, [0.0] * DEEPEST)
        if math.isnan(value):
            (crisis, side), said = next(item for item in self.template.expressions.items() if item[1].holds(program))
            part = self.template.scenario.crises[self.template.names.crises[crisis]]
            raise said.failure(view, answer, (part.sender, part.target)[side])
        return value

    def run(self) -> "CoercionModel":
        """Play to the horizon."""
        while self.running:
            self.step()
        return self

    @property
    def days(self) -> float:
        """Days since the ultimatum."""
        return float(self.template.times[self.round])

    def outcome(self, crisis: int = 0) -> dict[str, float]:
        """What came of a crisis so far, by the names of `sim.engines.outcome.Outcome`."""
        row = np.zeros(len(OUT))
        write_outcome(self.now, crisis, row)
        return dict(zip(OUT._fields, map(float, row), strict=True))

    def government_number(self, row: int, name: str) -> float:
        """A number of a government by the name of its column."""
        if name not in GOV._fields:
            raise InputError(f"A government has no `{name}`; there are: {', '.join(GOV._fields)}.")
        return self.now.governments[row, GOV._fields.index(name)]

    def parts_of(self, row: int) -> list[tuple[int, int]]:
        """(crisis, side) of each crisis a government is in."""
        crises = range(self.template.shape.crises)
        return [(c, side) for c in crises for side in range(2) if self.now.crises[c, CRISIS.sender + side] == row]

    def watched_by(self, row: int) -> list[int]:
        """Crises a government is a third party to."""
        return [c for c in range(self.template.shape.crises) if is_watching(self.now, c, row)]

    def measures_of(self, row: int) -> list[int]:
        """Rows of the measures a government has announced."""
        return [m for m in range(self.template.shape.measures) if owner_of(self.now, m) == row]

    def without(self, mechanism: str) -> bool:
        """Whether a mechanism is switched off."""
        return self.now.on[ON._fields.index(mechanism)] == 0.0

    def _next_clock(self, time: float, end: float) -> Clock:
        """The clock of the step that begins now, in a round that ends then."""
        steps = steps_in(end - time, longest_step(self.now, time))
        return clock_at(self.now.weights, self.spec.seed, self.spec.run, time, (end - time) / steps)
