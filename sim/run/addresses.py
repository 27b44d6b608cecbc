"""Addresses in the state: `target.support`, `measures.tariff_25.size`, `weights.anticipation`, one path each.

What a scenario says, what a rule is given and what the laws weigh can all be changed by the same words, on the command
line, in an experiment and while a run goes on.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from agents.errors import InputError, names_there_are
from agents.rule import Rule
from agents.units import LossRate, Money, Score, Share, Unit, unit_of
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
STANCE_UNIT = Unit("-1 with the sender, 0 out, 1 with the target, 2 with credit", -1.0, 2.0)


class Addresses:
    """Every path of a template; worked out when first asked for, since a rule brings its traits."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._offsets = template.shape.offsets()
        self._tables = template.shape.tables()

    @cached_property
    def _cells(self) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        for path, cell in self._all():
            if path in found:
                name = path.rpartition(".")[2]
                raise InputError(
                    f"A rule's trait is called `{name}`, as a number of the scenario is: rename the trait."
                )
            found[path] = cell
        return found

    def name(self, address: int) -> str:
        """The shortest path that leads to an address: one number, one name."""
        return self._names[address]

    @cached_property
    def _names(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for path, cell in self._cells.items():
            if cell.address not in found or len(path) < len(found[cell.address]):
                found[cell.address] = path
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def find(self, path: str, where: str) -> Cell:
        """The cell of a path.

        Raises:
            InputError: With the names there are at the first word that is wrong.
        """
        tidy = self._tidy(path)
        if tidy in self._cells:
            return self._cells[tidy]
        raise InputError(f"{where}: there is no `{path}`. {self._hint(tidy)}")

    def check(self, path: str, value: float, where: str) -> Cell:
        """The cell of a path, after checking that a value fits its unit."""
        cell = self.find(path, where)
        if self._tidy(path).startswith("on.") and value not in (0.0, 1.0):
            raise InputError(f"{where}: {path} = {value:g} is no position of a switch; right is 0 (off) or 1 (on).")
        if not cell.unit.low <= value <= cell.unit.high:
            raise InputError(
                f"{where}: {path} = {value:g} is out of bounds; right is {cell.unit.low:g} to {cell.unit.high:g}"
                f" ({cell.unit.name})."
            )
        return cell

    def twins(self, path: str, cell: Cell) -> list[int]:
        """Addresses that start with the same value: the level before a crisis, the level one returns to."""
        if self._tidy(path) == "weights.nothing_known":
            return list(self._records_that_no_scenario_states())
        twins = {
            "support": (GOV.support, GOV.before),
            "elite": (GOV.elite, GOV.elite_usual),
            "mood": (GOV.mood, GOV.mood_usual),
        }
        if path.partition(".")[0] == "exports":
            return [cell.address + DYAD.before - DYAD.exports]
        found = twins.get(path.rpartition(".")[2])
        return [cell.address + found[1] - found[0]] if found else []

    def _records_that_no_scenario_states(self) -> Iterator[int]:
        for row, code in enumerate(self._template.names.governments):
            yield self._at("governments", row, GOV.held)
            if code not in self._template.scenario.agenda:
                yield self._at("governments", row, GOV.success)

    def __contains__(self, path: str) -> bool:
        return self._tidy(path) in self._cells

    def _tidy(self, path: str) -> str:
        """The one form of a path: plural tables, government codes for sender and target of the first crisis."""
        words = path.split(".")
        first = self._template.scenario.crises[self._template.names.crises[0]]
        aliases = {
            "sender": first.sender,
            "target": first.target,
            "crisis": self._template.names.crises[0],
            "clause": "clauses",
            "measure": "measures",
            "weight": "weights",
            "mechanism": "on",
            "stance": "stances",
        }
        words = [aliases.get(words[0], words[0]), *words[1:]]
        if words[0] in ("clauses", "measures", "stances"):
            words = [self._template.names.crises[0], *words]
        return ".".join(words)

    def _hint(self, tidy: str) -> str:
        """The names there are at the first word that leads nowhere."""
        words = tidy.split(".")
        for depth in range(len(words)):
            prefix = ".".join(words[:depth])
            below = {path.split(".")[depth] for path in self._cells if self._under(path, prefix, depth)}
            if words[depth] not in below:
                known = below | ({"sender", "target", "crisis"} if depth == 0 else set())
                return names_there_are(words[depth], known)
        return names_there_are("", {path.split(".")[len(words)] for path in self._cells if path.startswith(tidy + ".")})

    @staticmethod
    def _under(path: str, prefix: str, depth: int) -> bool:
        return len(path.split(".")) > depth and (not prefix or path.startswith(prefix + "."))

    def _at(self, table: str, *place: int) -> int:
        return self._offsets[table] + int(np.ravel_multi_index(place, self._tables[table]))

    def _all(self) -> Iterator[tuple[str, Cell]]:
        yield from self._governments()
        yield from self._dyads()
        for row, name in enumerate(self._template.names.crises):
            yield from self._crisis(row, name)
        yield from self._measures()
        for column, (name, unit) in enumerate(Weights.__annotations__.items()):
            yield f"weights.{name}", Cell(self._at("weights", column), _unit(unit))
        for column, mechanism in enumerate(MECHANISMS):
            yield f"on.{mechanism.name}", Cell(self._at("on", column), _unit(Share))

    def _governments(self) -> Iterator[tuple[str, Cell]]:
        for row, code in enumerate(self._template.names.governments):
            for name, unit in scenario_file.units(scenario_file.Government).items():
                if name in GOV._fields and name != "ideal_point":  # it has become alignments by now
                    yield f"{code}.{name}", Cell(self._at("governments", row, getattr(GOV, name)), unit)
            for name, unit in (
                scenario_file.units(scenario_file.Agenda).items() if code in self._template.scenario.agenda else ()
            ):
                yield f"{code}.{name}", Cell(self._at("governments", row, getattr(GOV, name)), unit)

    def _dyads(self) -> Iterator[tuple[str, Cell]]:
        codes = self._template.names.governments
        units = {"exports": _unit(Money), "alignment": _unit(Score), "sentiment": _unit(Score)}
        for i, exporter in enumerate(codes):
            for j, importer in enumerate(codes):
                for name, unit in units.items():
                    if i != j:
                        address = self._at("dyads", i, j, getattr(DYAD, name))
                        yield f"{name}.{exporter}.{importer}", Cell(address, unit)

    def _crisis(self, row: int, name: str) -> Iterator[tuple[str, Cell]]:
        for field, unit in scenario_file.units(scenario_file.Crisis).items():
            if field in CRISIS._fields:
                yield f"{name}.{field}", Cell(self._at("crises", row, getattr(CRISIS, field)), unit)
        yield f"{name}.latent", Cell(self._at("crises", row, CRISIS.latent), _unit(Share))
        yield f"{name}.settled", Cell(self._at("crises", row, CRISIS.settled), _unit(Share))
        for watcher, code in enumerate(self._template.names.governments):
            yield f"{name}.stances.{code}", Cell(self._at("stances", row, watcher, STANCE.forced), STANCE_UNIT)
        for place, clause in enumerate(self._template.names.clauses[name]):
            for field, unit in scenario_file.units(scenario_file.Clause).items():
                address = self._at("clauses", row, place, getattr(CLAUSE, field))
                yield f"{name}.clauses.{clause}.{field}", Cell(address, unit)
            unstated = self._at("clauses", row, place, CLAUSE.unstated)
            yield f"{name}.clauses.{clause}.unstated", Cell(unstated, _unit(Share))
        crisis = self._template.scenario.crises[name]
        for role, side in SIDES.items():
            code = getattr(crisis, role)
            for field, (column, annotation) in _SIDE_UNITS.items():
                address = self._at("sides", row, side, getattr(SIDE, column))
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
            yield trait.name, Cell(self._at("sides", row, side, first + place), trait.unit)

    def rule(self, family: str, row: int, who: int) -> Rule:
        """The rule that a side (or a third government) of a crisis follows in the template."""
        table = "stances" if family == "stance" else "sides"
        column = {"answer": SIDE.answer_rule, "press": SIDE.press_rule, "stance": STANCE.rule}[family]
        number = int(self._template.cells[self._at(table, row, who, column)])
        return self._template.library.family(family)[number]

    def _measures(self) -> Iterator[tuple[str, Cell]]:
        for row, (crisis, name) in enumerate(self._template.names.measures):
            measure = self._template.scenario.crises[crisis].measures[name]
            units = {**scenario_file.units(scenario_file.Measure), "size": size_unit(measure.kind)}
            units |= {field: _unit(annotation) for field, annotation in _SWITCHES.items()}
            for field, unit in units.items():
                if field in MEASURE._fields:
                    address = self._at("measures", row, getattr(MEASURE, field))
                    yield f"{crisis}.measures.{name}.{field}", Cell(address, unit)


def _unit(annotation: Any) -> Unit:
    unit = unit_of(annotation)
    assert unit is not None
    return unit
