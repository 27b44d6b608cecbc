"""Every path there is, with the address its number has in the state."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from agents.rule import Rule
from agents.units import Days, LossRate, Money, PerDay, Score, Share, Tariff, Unit, unit_of
from sim.run.put_rules import SIDES
from sim.run.template import Template
from sim.scenario import scenario_file
from sim.state.columns import ANSWER_TRAITS, CLAUSE, CRISIS, DYAD, GOV, MEASURE, PRESS_TRAITS, SIDE, STANCE
from sim.state.measure_kinds import size_unit
from sim.state.mechanisms import MECHANISMS
from sim.state.weights import Weights


class Cell(NamedTuple):
    """An address in the buffer and the unit (with bounds) of the number that lies there."""

    address: int
    unit: Unit


_SIDE_UNITS: dict[str, tuple[str, Any]] = {
    "stand": ("stand", Share),
    "belief": ("belief", Share),
    "relief": ("relief", LossRate),
    "answer": ("forced", Share),
}
_SWITCHES: dict[str, Any] = {"in_force": Share, "lifted": Share}
_BASIS: dict[str, Any] = {"struck_down": PerDay, "judgment": Days, "reissued": Tariff}
STANCE_UNIT = Unit("-1 with the sender, 0 out, 1 with the target, 2 with credit", -1.0, 2.0)


class AddressList:
    """The paths of a template, table by table."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._offsets = template.shape.offsets()
        self._tables = template.shape.tables()

    def at(self, table: str, *place: int) -> int:
        """The address of a place in a table."""
        return self._offsets[table] + int(np.ravel_multi_index(place, self._tables[table]))

    def all(self) -> Iterator[tuple[str, Cell]]:
        """Every path with its cell."""
        yield from self._governments()
        yield from self._dyads()
        for row, name in enumerate(self._template.names.crises):
            yield from self._crisis(row, name)
        yield from self._measures()
        for column, (name, unit) in enumerate(Weights.__annotations__.items()):
            yield f"weights.{name}", Cell(self.at("weights", column), _unit(unit))
        for column, mechanism in enumerate(MECHANISMS):
            yield f"on.{mechanism.name}", Cell(self.at("on", column), _unit(Share))

    def _governments(self) -> Iterator[tuple[str, Cell]]:
        for row, code in enumerate(self._template.names.governments):
            for name, unit in scenario_file.units(scenario_file.Government).items():
                if name in GOV._fields and name != "ideal_point":  # it has become alignments by now
                    yield f"{code}.{name}", Cell(self.at("governments", row, getattr(GOV, name)), unit)
            for name, unit in (
                scenario_file.units(scenario_file.Agenda).items() if code in self._template.scenario.agenda else ()
            ):
                yield f"{code}.{name}", Cell(self.at("governments", row, getattr(GOV, name)), unit)

    def _dyads(self) -> Iterator[tuple[str, Cell]]:
        codes = self._template.names.governments
        units = {"exports": _unit(Money), "alignment": _unit(Score), "sentiment": _unit(Score)}
        for i, exporter in enumerate(codes):
            for j, importer in enumerate(codes):
                for name, unit in units.items():
                    if i != j:
                        address = self.at("dyads", i, j, getattr(DYAD, name))
                        yield f"{name}.{exporter}.{importer}", Cell(address, unit)

    def _crisis(self, row: int, name: str) -> Iterator[tuple[str, Cell]]:
        for field, unit in scenario_file.units(scenario_file.Crisis).items():
            if field in CRISIS._fields:
                yield f"{name}.{field}", Cell(self.at("crises", row, getattr(CRISIS, field)), unit)
        yield f"{name}.latent", Cell(self.at("crises", row, CRISIS.latent), _unit(Share))
        yield f"{name}.settled", Cell(self.at("crises", row, CRISIS.settled), _unit(Share))
        for watcher, code in enumerate(self._template.names.governments):
            yield f"{name}.stances.{code}", Cell(self.at("stances", row, watcher, STANCE.forced), STANCE_UNIT)
        for place, clause in enumerate(self._template.names.clauses[name]):
            for field, unit in scenario_file.units(scenario_file.Clause).items():
                address = self.at("clauses", row, place, getattr(CLAUSE, field))
                yield f"{name}.clauses.{clause}.{field}", Cell(address, unit)
            unstated = self.at("clauses", row, place, CLAUSE.unstated)
            yield f"{name}.clauses.{clause}.unstated", Cell(unstated, _unit(Share))
        crisis = self._template.scenario.crises[name]
        for role, side in SIDES.items():
            code = getattr(crisis, role)
            for field, (column, annotation) in _SIDE_UNITS.items():
                address = self.at("sides", row, side, getattr(SIDE, column))
                yield from self._twice(name, code, field, Cell(address, _unit(annotation)), row)
            answers = dict(self._traits("answer", row, side))
            for trait, cell in answers.items():
                yield from self._twice(name, code, trait, cell, row)
            for trait, cell in self._traits("press", row, side):
                yield from self._twice(name, code, f"press_{trait}" if trait in answers else trait, cell, row)

    def _twice(self, crisis: str, code: str, field: str, cell: Cell, row: int) -> Iterator[tuple[str, Cell]]:
        """A side's number under its crisis, and under its government alone where that is the first crisis."""
        yield f"{crisis}.{code}.{field}", cell
        if row == 0:
            yield f"{code}.{field}", cell

    def _traits(self, family: str, row: int, side: int) -> Iterator[tuple[str, Cell]]:
        for place, trait in enumerate(self.rule(family, row, side).traits):
            first = ANSWER_TRAITS if family == "answer" else PRESS_TRAITS
            yield trait.name, Cell(self.at("sides", row, side, first + place), trait.unit)

    def rule(self, family: str, row: int, who: int) -> Rule:
        """The rule that a side (or a third government) of a crisis follows in the template."""
        table = "stances" if family == "stance" else "sides"
        column = {"answer": SIDE.answer_rule, "press": SIDE.press_rule, "stance": STANCE.rule}[family]
        number = int(self._template.cells[self.at(table, row, who, column)])
        return self._template.library.family(family)[number]

    def _measures(self) -> Iterator[tuple[str, Cell]]:
        for row, (crisis, name) in enumerate(self._template.names.measures):
            measure = self._template.scenario.crises[crisis].measures[name]
            units = {**scenario_file.units(scenario_file.Measure), "size": size_unit(measure.kind)}
            known = {**_SWITCHES, **(_BASIS if measure.legal_basis else {})}
            units |= {field: _unit(annotation) for field, annotation in known.items()}
            for field, unit in units.items():
                if field in MEASURE._fields:
                    address = self.at("measures", row, getattr(MEASURE, field))
                    yield f"{crisis}.measures.{name}.{field}", Cell(address, unit)


def _unit(annotation: Any) -> Unit:
    unit = unit_of(annotation)
    assert unit is not None
    return unit
