"""The governments of a user's file: who they are, what is known of them, and by which names other files call them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from agents.errors import InputError
from sim.scenario.files.codes import government_code
from sim.scenario.files.words import printable
from sim.scenario.from_tables import read_tables
from sim.scenario.from_tables.read_tables import Row, Table

CODE = ("iso3", "code", "stateabb", "iso3c")
NAME = ("name", "country", "statenme")
NUMBER = ("ccode",)
GDP = {"gdp_usd_bn": 1.0, "gdp_usd_mn": 1e-3, "gdp_usd": 1e-9}
"""Columns of gross domestic product a year, with the factor to US$ billion."""
IDEAL_POINT = ("un_ideal_point", "ideal_point", "idealpointfp", "idealpoint")
OTHERS: dict[str, tuple[read_tables.Names, str, float, float]] = {
    "polity": (("polyarchy", "v2x_polyarchy"), "share", 0.0, 1.0),
    "ideal_point": (IDEAL_POINT, "UN ideal point", -5.0, 5.0),
    "latitude": (("capital_lat", "latitude"), "degrees", -90.0, 90.0),
    "longitude": (("capital_lon", "longitude"), "degrees", -180.0, 180.0),
}
"""Numbers that a file may state: names of the column, unit, bounds. An empty cell is filled from `common`."""
WORLD = ("WLD", "W00", "WORLD")
"""How trade tables call the world as a whole."""
TINY, LARGEST_GDP = 1e-12, 1e6


@dataclass(frozen=True)
class Number:
    """A number of a file, in a unit of the scenario's schema, and where it stands there."""

    value: float
    unit: str
    note: str


@dataclass(frozen=True)
class Facts:
    """What a file says about a government."""

    code: str
    name: str
    number: str
    known: dict[str, Number]

    @property
    def names(self) -> tuple[str, ...]:
        """What other files may call it."""
        return tuple(name for name in (self.code, self.name, self.number) if name)


@dataclass(frozen=True)
class Keep:
    """Whom to keep: `only` these codes (all, if empty); `skip` leaves out what is unknown instead of refusing it."""

    only: frozenset[str] = frozenset()
    skip: bool = False


class Governments:
    """The governments that are kept, in the order of their codes."""

    def __init__(self, facts: dict[str, Facts], file: str, keep: Keep) -> None:
        self.facts, self.file, self.keep = dict(sorted(facts.items())), file, keep
        self._names = {name.upper(): one.code for one in facts.values() for name in one.names}

    def find(self, row: Row, column: str) -> str | None:
        """The code of who stands in a column; None for one that is left out.

        Raises:
            InputError: For one that is unknown, with the nearest there is and how to leave it out.
        """
        said = row.text(column)
        code = self._names.get(said.upper().removesuffix(".0"))
        if code or self.keep.only or self.keep.skip:
            return code
        near = get_close_matches(said.upper(), self.facts, n=1)
        guess = f" Did you mean `{near[0]}`?" if near else ""
        if said.isdigit() and not any(one.number for one in self.facts.values()):
            guess = f" {self.file} has no column `{NUMBER[0]}` to tell numbers by."
        raise row.wrong(
            f"there is no government `{printable(said)}` among the {len(self.facts)} of {self.file}.{guess}"
            " Leave such lines out with --skip-unknown, or name those you want with --only."
        )

    def code(self, said: str, option: str) -> str:
        """The code of whom a person typed, by code, name or number.

        Raises:
            InputError: When there is none, with the nearest.
        """
        if said.upper() in self._names:
            return self._names[said.upper()]
        near = get_close_matches(said.upper(), self.facts, n=3, cutoff=0.5)
        hint = f"Near: {', '.join(near)}." if near else f"There are {len(self.facts)}, none of them near."
        raise InputError(f"{option} {printable(said)}: there is no such government in {self.file}. {hint}")


def read_governments(path: Path, keep: Keep) -> Governments:
    """The governments of a file.

    Raises:
        InputError: For every line that cannot be read, and for names in `keep` that the file lacks.
    """
    table = read_tables.read(path, "governments")
    found: dict[str, Facts] = {}
    lines: dict[str, int] = {}
    called: dict[str, Facts] = {}
    everyone: set[str] = set()
    for row in table.lines:
        code = _code(row, table.need(CODE))
        if code in lines:
            raise row.wrong(f"{code} stands twice, first on line {lines[code]}; expected one line a government.")
        lines[code] = row.line
        everyone.add(code)
        if not keep.only or code in keep.only:
            for one in _facts(table, row, code, keep):
                _only_one(row, one, called, lines)
                found[code] = one
    lost = sorted(keep.only - everyone)
    if lost:
        Governments({code: Facts(code, code, "", {}) for code in everyone}, table.file, keep).code(lost[0], "--only")
    if len(found) < 2:
        raise InputError(
            f"{table.file}: {', '.join(found) or 'nobody'} alone is kept; expected at least two governments."
        )
    return Governments(found, table.file, keep)


def _only_one(row: Row, one: Facts, called: dict[str, Facts], lines: dict[str, int]) -> None:
    """Refuse a name or number that means another government already."""
    for name in one.names:
        other = called.setdefault(name.upper(), one)
        if other.code != one.code:
            what = f"{one.code} is called {printable(name)!r}, as {other.code} is on line {lines[other.code]}"
            raise row.wrong(f"{what}; expected a name of its own.")


def _code(row: Row, column: str) -> str:
    code = row.text(column)
    try:
        return government_code(code)
    except ValueError:
        right = "two to six capital letters, as COL"
        raise row.wrong(f"{printable(code)!r} cannot be a government's code; expected {right}.") from None


def _facts(table: Table, row: Row, code: str, keep: Keep) -> Iterator[Facts]:
    """The facts of one line; none for a government without a GDP, if what is unknown is left out."""
    column = table.need(tuple(GDP))
    if not row.cells[column] and keep.skip:
        return
    if not row.cells[column]:
        raise row.wrong(f"`{column}` of {code} is empty; expected a number above 0, or leave it out: --skip-unknown.")
    name, number = table.column(NAME), table.column(NUMBER)
    gdp = row.number(column, TINY) * GDP[column]
    if gdp > LARGEST_GDP:
        raise row.wrong(
            f"`{column}` of {code} is {gdp:g} US$ billion; expected at most {LARGEST_GDP:g}: look at the unit."
        )
    known = {"gdp": Number(plain(gdp), "US$ billion a year", f"{Path(table.file).name}, {column}")}
    for field, (names, unit, low, high) in OTHERS.items():
        at = table.column(names)
        if at and row.cells[at]:
            known[field] = Number(
                plain(row.number(at, low, high, needed=False)), unit, f"{Path(table.file).name}, {at}"
            )
    yield Facts(code, (row.cells[name] if name else "") or code, _whole(row, number), known)


def _whole(row: Row, column: str | None) -> str:
    """A COW number as other files write it: 100, though a spreadsheet made it 100.0."""
    return row.cells[column].removesuffix(".0") if column else ""


def plain(value: float) -> float:
    """Ten digits: what a file said, without what a factor added."""
    return float(f"{value:.10g}")


def with_votes(governments: Governments, path: Path, year: int | None) -> Governments:
    """The same governments with the ideal points of a file of votes; they go before those of the governments' file.

    Raises:
        InputError: For a government that stands twice or is unknown, and for every line that cannot be read.
    """
    table = read_tables.read(path, "votes").of_year(year)
    who, column = table.need((*CODE, *NUMBER, *NAME)), table.need(IDEAL_POINT)
    found, lines = dict(governments.facts), dict[str, int]()
    for row in table.lines:
        code = governments.find(row, who)
        if code is None:
            continue
        if code in lines:
            what = f"{code} stands twice, first on line {lines[code]}"
            raise row.wrong(f"{what}; expected one line a government{table.hint}.")
        lines[code] = row.line
        vote = Number(plain(row.number(column, -5.0, 5.0)), "UN ideal point", f"{Path(table.file).name}, {column}")
        found[code] = replace(found[code], known={**found[code].known, "ideal_point": vote})
    return Governments(found, governments.file, governments.keep)
