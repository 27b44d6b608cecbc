"""Who exports to whom and who is allied with whom, from a user's files: Comtrade-like or COW-like."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from agents.errors import InputError
from sim.scenario import Scenario
from sim.scenario.from_tables import read_tables
from sim.scenario.from_tables.governments import WORLD, Facts, Governments, Keep, plain
from sim.scenario.from_tables.read_tables import Row, Table

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
MOST_OF_GDP = 3.0
"""Exports to one buyer as a multiple of GDP, at most (Hong Kong's to China: 1.1): more is a unit taken for another."""
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

    files: tuple[str, ...]
    flows: dict[str, dict[str, float]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def file(self) -> str:
        """The files, for a sentence."""
        return ", ".join(self.files)

    def said(self) -> str:
        """What was left out, and why."""
        return "; ".join(f"{count:,} {'line' if count == 1 else 'lines'} {why}" for why, count in self.left_out.items())


def read_exports(paths: Sequence[Path], governments: Governments, year: int | None) -> Trade:
    """The exports of one file or several: of reporters, say, and of those that do not report.

    Raises:
        InputError: For a pair that stands twice, a negative flow, an unknown code, a missing partner or number.
    """
    read = [read_tables.read(path, "exports").of_year(year) for path in paths]
    found, first = Trade(tuple(table.file for table in read)), dict[tuple[str, str], Row]()
    for table in read:
        forms = _forms(table)
        for row in table.lines:
            if table.column((FLOW,)) and row.cells[FLOW].upper() not in ("X", "EXPORT"):
                found.left_out["that are not exports"] += 1
                continue
            for form in forms:
                pair = _pair(row, form, governments, found)
                if pair:
                    _once(row, pair, first, table.hint)
                    found.flows.setdefault(pair[0], {})[pair[1]] = _value(row, form, pair, governments)
    if not any(value for flows in found.flows.values() for value in flows.values()):
        out = f" Left out: {found.said()}." if found.left_out else ""
        raise InputError(f"{found.file}: no trade between two of the governments; expected one flow above 0.{out}")
    return found


def _once(row: Row, pair: tuple[str, str], first: dict[tuple[str, str], Row], hint: str) -> None:
    """Refuse a pair that stands twice."""
    before = first.setdefault(pair, row)
    if before is not row:
        where = f"line {before.line}" + (f" of {before.file}" if before.file != row.file else "")
        raise row.wrong(f"{pair[0]} to {pair[1]} stands twice, first on {where}; expected one flow for a pair{hint}.")


def _forms(table: Table) -> list[Flow]:
    """How the file tells flows: one a line, or COW's two."""
    if table.column(("flow1", "smoothflow1")):
        return [
            Flow(table.need(exporter), table.need(importer), table.need(value), 1.0, True)
            for value, exporter, importer in COW
        ]
    value = table.need((*VALUE, "flow1"))
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


def _value(row: Row, form: Flow, pair: tuple[str, str], governments: Governments) -> float:
    """Exports of a line, US$ million a year."""
    value, who = row.number(form.value, float("-inf")), f"{pair[0]} to {pair[1]}"
    if value < 0.0:
        raise row.wrong(f"{who} is {value:g}; expected 0 or more: exports are never negative.")
    gdp = governments.facts[pair[0]].known["gdp"].value * 1000.0
    if value * form.factor > MOST_OF_GDP * gdp:
        many = f"{value * form.factor / gdp:,.0f} times the GDP of {pair[0]}"
        raise row.wrong(f"{who} is {value:g}, {many}; expected at most {MOST_OF_GDP:g} times: look at the units.")
    return plain(value * form.factor)


def read_alliances(path: Path, governments: Governments, year: int | None) -> list[tuple[str, str]]:
    """The pairs of a file of alliances, each once, in alphabetical order.

    Raises:
        InputError: For a line that stands twice, an unknown code or a missing partner.
    """
    table = read_tables.read(path, "alliances").of_year(year)
    one, two = (table.need(names) for names in ALLIES)
    return sorted(set(_allied(table, one, two, governments)))


def allies_of_world(path: Path, scenario: Scenario, year: int | None) -> list[tuple[str, str]]:
    """The alliances of a file among the governments of a scenario; all others are left out."""
    facts = {code: Facts(code, one.name.en, "", {}) for code, one in scenario.governments.items()}
    return read_alliances(path, Governments(facts, scenario.name, Keep(skip=True)), year)


def _allied(table: Table, one: str, two: str, governments: Governments) -> Iterator[tuple[str, str]]:
    lines: dict[tuple[str, str], int] = {}
    for row in table.lines:
        a, b = governments.find(row, one), governments.find(row, two)
        if a is None or b is None:
            continue
        if a == b:
            raise row.wrong(f"{a} stands on both sides; expected two governments.")
        if (a, b) in lines:
            what = f"{a} and {b} stand twice, first on line {lines[a, b]}"
            raise row.wrong(f"{what}; expected one line for each pair{table.hint}.")
        lines[a, b] = row.line
        yield min(a, b), max(a, b)
