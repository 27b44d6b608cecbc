"""From a scenario and a weight set to the first state of a run: the template that every run starts from."""

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.library import Library
from sim.laws.contagion import alignment
from sim.phases.decide import NOT_FORCED
from sim.run.expressions import Expression
from sim.run.put_rules import SIDES, put_rules
from sim.scenario.scenario_file import Crisis as CrisisFile
from sim.scenario.scenario_file import Scenario
from sim.state.columns import (
    CLAUSE,
    CRISIS,
    DYAD,
    GOV,
    MEASURE,
    SENDER,
    SIDE,
    STANCE,
)
from sim.state.measure_kinds import KIND
from sim.state.mechanisms import MECHANISMS
from sim.state.tables import Shape, State, empty, windows
from sim.state.weights import Weights

NEVER = 1e9
"""Day of a judgment that is not on record."""


@dataclass(frozen=True)
class Names:
    """What the rows of the tables are called, in order. Governments are sorted by code: the file's order is free."""

    governments: tuple[str, ...]
    crises: tuple[str, ...]
    clauses: Mapping[str, tuple[str, ...]]
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Template:
    """A scenario ready to run: its names, the shape of its state, the cells every run starts from, and its rules.

    `expressions` holds what persons put on top of a side's answer rule, by (crisis, side).
    """

    scenario: Scenario
    names: Names
    shape: Shape
    times: np.ndarray[Any, np.dtype[np.float64]]
    cells: np.ndarray[Any, np.dtype[np.float64]]
    library: Library
    expressions: dict[tuple[int, int], Expression] = dataclasses.field(default_factory=dict)

    @property
    def rounds(self) -> int:
        """Rounds to the horizon."""
        return len(self.times) - 1

    def with_values(self, addresses: Any, values: Any) -> "Template":
        """The same template with other numbers at some addresses."""
        cells = self.cells.copy()
        cells[addresses] = values
        return dataclasses.replace(self, cells=cells)


def own_step(scenario: Scenario) -> float:
    """Days of a step of a scenario that is played by the round; 0 where the channels of its crises decide."""
    if scenario.clock.played == "by_message":
        return 0.0
    return min(leg.hours for leg in scenario.clock.rounds) / 24.0


def code_of(text: str) -> int:
    """A stable number for a name, below 2**48 so that a float holds it exactly."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest(), "big")


def names_of(scenario: Scenario) -> Names:
    """The rows' names."""
    crises = tuple(scenario.crises)
    return Names(
        governments=tuple(sorted(scenario.governments)),
        crises=crises,
        clauses={name: tuple(scenario.crises[name].clauses) for name in crises},
        measures=tuple((name, measure) for name in crises for measure in scenario.crises[name].measures),
    )


def build(scenario: Scenario, weights: Mapping[str, float], library: Library, times: list[float]) -> Template:
    """The template of a scenario: every number of the file, the weights and the rules in its place.

    Args:
        scenario: A checked scenario. weights: One value a field of `Weights`, in base units.
        library: The rules there are. times: Start of every round and the end of the last, in days.
    """
    names = names_of(scenario)
    shape = Shape(
        len(names.governments),
        len(names.crises),
        max(len(clauses) for clauses in names.clauses.values()),
        len(names.measures),
    )
    cells = empty(shape)
    state = windows(cells, shape, plain=False)
    for column, name in enumerate(Weights._fields):
        state.weights[column] = weights[name]
    for column in range(len(MECHANISMS)):
        state.on[column] = 1.0
    _governments(state, scenario, names, weights["nothing_known"])
    _dyads(state, scenario, names)
    for row, name in enumerate(names.crises):
        _crisis(state, scenario.crises[name], name, row, names)
        state.crises[row, CRISIS.step] = own_step(scenario)
        _sides(state, scenario.crises[name], row)
        put_rules(
            state, scenario.crises[name], (row, name), names.governments, library, str(scenario.path or scenario.name)
        )
    _measures(state, scenario, names)
    return Template(scenario, names, shape, np.array(times), cells, library)


def _governments(state: State, scenario: Scenario, names: Names, nothing_known: float) -> None:
    for row, code in enumerate(names.governments):
        government = scenario.government(code)
        for name, quantity in government.numbers().items():
            if name in GOV._fields:
                state.governments[row, GOV._fields.index(name)] = quantity.value
        state.governments[row, GOV.code] = float(code_of(code))
        state.governments[row, GOV.elite_usual] = state.governments[row, GOV.elite]
        state.governments[row, GOV.before] = state.governments[row, GOV.support]
        state.governments[row, GOV.mood_usual] = state.governments[row, GOV.mood]
        state.governments[row, GOV.held] = nothing_known
        state.governments[row, GOV.success] = nothing_known
        state.governments[row, GOV.capital] = 1.0
        for name, quantity in scenario.agenda[code].numbers().items() if code in scenario.agenda else ():
            state.governments[row, GOV._fields.index(name)] = quantity.value
            if name == "pace":
                state.governments[row, GOV.pace_low], state.governments[row, GOV.pace_high] = quantity.factors


def _dyads(state: State, scenario: Scenario, names: Names) -> None:
    for table in scenario.exports:
        for exporter, flows in table.flows.items():
            for importer, value in flows.items():
                i, j = names.governments.index(exporter), names.governments.index(importer)
                state.dyads[i, j, DYAD.exports] = table.in_base_unit(value)
                state.dyads[i, j, DYAD.before] = table.in_base_unit(value)
    ideal = GOV.ideal_point
    for i in range(len(names.governments)):
        for j in range(len(names.governments)):
            state.dyads[i, j, DYAD.alignment] = alignment(state.governments[i, ideal], state.governments[j, ideal])


def _crisis(state: State, crisis: CrisisFile, name: str, row: int, names: Names) -> None:
    for field, quantity in crisis.numbers().items():
        if field in CRISIS._fields:
            state.crises[row, CRISIS._fields.index(field)] = quantity.value
    state.crises[row, CRISIS.code] = float(code_of(name))
    state.crises[row, CRISIS.sender] = names.governments.index(crisis.sender)
    state.crises[row, CRISIS.target] = names.governments.index(crisis.target)
    state.crises[row, CRISIS.clauses] = len(crisis.clauses)
    state.crises[row, CRISIS.latent] = float(crisis.latent)
    for place, (own_name, clause) in enumerate(crisis.clauses.items()):
        # the parts of one clause have one luck: what it is worth is drawn once
        state.clauses[row, place, CLAUSE.code] = float(code_of(f"{name}.{clause.whole or own_name}"))
        state.clauses[row, place, CLAUSE.owner] = SIDES[clause.owner]
        state.clauses[row, place, CLAUSE.value] = clause.value.value
        state.clauses[row, place, CLAUSE.cost] = clause.cost.value
        state.clauses[row, place, CLAUSE.value_low], state.clauses[row, place, CLAUSE.value_high] = clause.value.factors
        state.clauses[row, place, CLAUSE.cost_low], state.clauses[row, place, CLAUSE.cost_high] = clause.cost.factors
        state.clauses[row, place, CLAUSE.unstated] = float(clause.unstated)
        state.clauses[row, place, CLAUSE.forbidden] = clause.forbidden.value if clause.forbidden else 0.0
    for government in range(len(names.governments)):
        state.stances[row, government, STANCE.forced] = NOT_FORCED
    for code in crisis.bloc:
        state.stances[row, names.governments.index(code), STANCE.in_bloc] = 1.0


def _sides(state: State, crisis: CrisisFile, row: int) -> None:
    for name, side in SIDES.items():
        state.sides[row, side, SIDE.forced] = -1.0
        state.sides[row, side, SIDE.first_answer] = -1.0
        state.sides[row, side, SIDE.stand] = getattr(crisis.stand, name).value
        state.sides[row, side, SIDE.belief] = getattr(crisis.belief, name).value
        line = len(crisis.clauses) if side == SENDER else 0
        state.sides[row, side, SIDE.line] = state.sides[row, side, SIDE.line_before] = line


def _measures(state: State, scenario: Scenario, names: Names) -> None:
    for row, (crisis, name) in enumerate(names.measures):
        owner = names.crises.index(crisis)
        if state.crises[owner, CRISIS.measures] == 0.0:
            state.crises[owner, CRISIS.first_measure] = row
        state.crises[owner, CRISIS.measures] += 1.0
        measure = scenario.crises[crisis].measures[name]
        values = {
            "code": code_of(f"{crisis}.{name}"),
            "crisis": owner,
            "by": SIDES[measure.by],
            "kind": KIND._fields.index(measure.kind),
            "size": measure.size.value,
            "announced": measure.announced.value,
            "due": measure.due.value,
            "raises": names.measures.index((crisis, measure.raises)) if measure.raises else -1,
            "trade": measure.channels.trade.value,
            "elite": measure.channels.elite.value,
            "public": measure.channels.public.value,
            "own_loss": measure.own_loss.value,
            "own_elite": measure.own_elite.value if measure.own_elite else 0.0,
            "stated": measure.size.value,
            "humiliating": measure.humiliating.value,
            "judgment": NEVER,
            **_basis(scenario, measure.legal_basis),
        }
        for column, value in values.items():
            state.measures[row, getattr(MEASURE, column)] = value


def _basis(scenario: Scenario, name: str | None) -> dict[str, float]:
    """What the law that a measure rests on means for it; nothing where it names none."""
    if name is None:
        return {}
    basis = scenario.legal_bases[name]
    return {
        "basis": float(code_of(name)),
        "struck_down": basis.struck_down.value,
        "judgment": basis.judgment.value if basis.judgment else NEVER,
        "reissued": basis.reissued.value,
    }
