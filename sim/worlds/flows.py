"""Who exports to whom and who is allied with whom, from a user's files: Comtrade-like or COW-like."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from agents.errors import InputError
from sim.scenario import Scenario
from sim.worlds import tables
from sim.worlds.governments import WORLD, Facts, Governments, Keep, plain
from sim.worlds.tables import Row, Table

EXPORTER = ("exporter", "reporteriso")
IMPORTER = ("importer", "partneriso")
VALUE = {"usd_mn": 1.0, "value": 1e-6, "primaryvalue": 1e-6}
"""Columns of a value a year, with the factor to US$ million; Comtrade's primaryValue is in US$."""
FLOW = "flowcode"
"""Comtrade's column for the direction: X is exports; other lines are left out."""
ONE, TWO = ("ccode1", "importer1", "stateabb1"), ("ccode2", "importer2", "stateabb2")
COW = ((("flow1", "smoothflow1"), TWO, ONE), (("flow2", "smoothflow2"), ONE, TWO))
"""COW dyads, US$ million: flow1 is what importer1 imports from importer2, so importer2's exports."""
MISSING = -9.0
"""How COW writes that a flow is not known."""
ALLIES = (("a", *ONE, "state_name1"), ("b", *TWO, "state_name2"))


class Flow(NamedTuple):
    """A line's flow: who exports to whom (columns) and what (column, with the factor to US$ million)."""

    exporter: str
    importer: str
    value: str
    factor: float
    missing: bool


@dataclass
class Trade:
    """Exports by exporter and importer (US$ million a year), and how many lines were left out, by reason."""

    file: str
    flows: dict[str, dict[str, float]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def largest(self) -> tuple[str, str]:
        """(exporter, importer) of the largest flow; the first by code among equals."""
        pairs = [(-value, one, other) for one, flows in self.flows.items() for other, value in flows.items()]
        return min(pairs)[1:]


def read_exports(path: Path, governments: Governments, year: int | None) -> Trade:
    """The exports of a file.

    Raises:
        InputError: For a pair that stands twice, a negative flow, an unknown code, a missing partner or number.
    """
    table = tables.read(path, "exports").of_year(year)
    forms, found, lines = _forms(table), Trade(table.file), dict[tuple[str, str], int]()
    for row in table.lines:
        if table.column((FLOW,)) and row.cells[FLOW].upper() not in ("X", "EXPORT"):
            found.left_out["that are not exports"] += 1
            continue
        for form in forms:
            pair = _pair(row, form, governments, found)
            if pair is None:
                continue
            if pair in lines:
                hint = ", as --year takes" if "year" in table.header else ""
                what = f"{pair[0]} to {pair[1]} stands twice, first on line {lines[pair]}"
                raise row.wrong(f"{what}; right is one number for each pair{hint}.")
            lines[pair] = row.line
            found.flows.setdefault(pair[0], {})[pair[1]] = _value(row, form, pair)
    if not lines:
        raise InputError(
            f"{table.file}: no flow between two of the governments is left; see --only and --skip-unknown."
        )
    return found


def _forms(table: Table) -> list[Flow]:
    """How the file tells flows: one a line, or COW's two."""
    if table.column(("flow1", "smoothflow1")):
        return [
            Flow(table.need(exporter), table.need(importer), table.need(value), 1.0, True)
            for value, exporter, importer in COW
        ]
    value = table.need(tuple(VALUE))
    return [Flow(table.need(EXPORTER), table.need(IMPORTER), value, VALUE[value], False)]


def _pair(row: Row, form: Flow, governments: Governments, found: Trade) -> tuple[str, str] | None:
    """Exporter and importer of a line, or None for one that is left out."""
    if row.text(form.importer).upper() in WORLD or row.text(form.exporter).upper() in WORLD:
        found.left_out["for the world as a whole"] += 1
        return None
    one, other = governments.find(row, form.exporter), governments.find(row, form.importer)
    if one is None or other is None:
        found.left_out["of governments that are not among those kept"] += 1
        return None
    if one == other:
        found.left_out["of a government with itself (imported again)"] += 1
        return None
    if form.missing and row.cells[form.value] in ("-9", "-9.0"):
        found.left_out["that the file marks as missing (-9)"] += 1
        return None
    return one, other


def _value(row: Row, form: Flow, pair: tuple[str, str]) -> float:
    value = row.number(form.value, float("-inf"))
    if value < 0.0:
        raise row.wrong(f"{pair[0]} to {pair[1]} is {value:g}; right is 0 or more: exports are never negative.")
    return plain(value * form.factor)


def read_alliances(path: Path, governments: Governments, year: int | None) -> list[tuple[str, str]]:
    """The pairs of a file of alliances, each once, in alphabetical order.

    Raises:
        InputError: For a line that stands twice, an unknown code or a missing partner.
    """
    table = tables.read(path, "alliances").of_year(year)
    one, two = (table.need(names) for names in ALLIES)
    return sorted({pair for pair in _allied(table, one, two, governments) if pair[0] != pair[1]})


def allies_of_world(path: Path, scenario: Scenario) -> list[tuple[str, str]]:
    """The alliances of a file among the governments of a scenario; all others are left out."""
    facts = {code: Facts(code, one.name.en, "", {}) for code, one in scenario.governments.items()}
    return read_alliances(path, Governments(facts, scenario.name, Keep(skip=True)), None)


def _allied(table: Table, one: str, two: str, governments: Governments) -> Iterator[tuple[str, str]]:
    lines: dict[tuple[str, str], int] = {}
    for row in table.lines:
        a, b = governments.find(row, one), governments.find(row, two)
        if a is None or b is None:
            continue
        if (a, b) in lines:
            raise row.wrong(f"{a} and {b} stand twice, first on line {lines[a, b]}; right is one line for each pair.")
        lines[a, b] = row.line
        yield min(a, b), max(a, b)
