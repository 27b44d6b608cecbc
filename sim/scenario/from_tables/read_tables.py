"""A user's CSV: columns under any of their documented names, and a sentence with file and line for what is wrong."""

import csv
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from agents.errors import InputError, names_there_are, shown
from sim.scenario.files.locate import text_of
from sim.scenario.files.words import printable, short

LARGEST = 20_000_000
"""Bytes of a table: some 800,000 rows."""

PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
"""A number as every program reads it: 1234.5 or 1.2345e3."""
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
"""What other programs put where commas belong."""

YEAR = ("year", "refyear", "period")
"""Where a table says which year a line is of; the last two are Comtrade's."""
Names = tuple[str, ...]
"""The names a column may have in a user's file, ours first."""


@dataclass(frozen=True)
class Row:
    """A line of a table: cells by the column names of the file, small letters."""

    file: str
    line: int
    cells: Mapping[str, str]

    def wrong(self, what: str) -> InputError:
        """The error for this line."""
        return InputError(f"{self.file}, line {self.line}: {what}")

    def text(self, column: str) -> str:
        """What stands in a column.

        Raises:
            InputError: When nothing does.
        """
        if not self.cells[column]:
            raise self.wrong(f"`{column}` is empty; expected the code or the name of a government.")
        return self.cells[column]

    def number(self, column: str, low: float = 0.0, high: float = math.inf, *, needed: bool = True) -> float:
        """The number in a column; where it is not `needed`, an empty cell would have been right too.

        Raises:
            InputError: For an empty cell, text, or a number out of bounds.
        """
        cell, right = self.cells[column], f"expected a number {_bounds(low, high)}{'' if needed else ', or nothing'}"
        if not cell:
            raise self.wrong(f"`{column}` is empty; {right}.")
        if re.fullmatch(PLAIN, cell) is None:
            hint = ", with a point and nothing between its digits, as 1234.5" if re.match(r"[+-]?\d", cell) else ""
            raise self.wrong(f"{short(cell)} is no number, in `{column}`; {right}{hint}.")
        value = float(cell)
        if not math.isfinite(value) or not low <= value <= high:
            raise self.wrong(f"`{column}` holds {value:g}; {right}.")
        return value


def _bounds(low: float, high: float) -> str:
    if high < math.inf:
        return f"from {low:g} to {high:g}"
    return "above 0" if low > 0.0 else "of 0 or more"


@dataclass(frozen=True)
class Table:
    """The lines of a CSV file under its header."""

    file: str
    header: tuple[str, ...]
    lines: tuple[Row, ...]

    def column(self, names: Names) -> str | None:
        """The column that has one of these names, if there is one."""
        return next((name for name in names if name in self.header), None)

    def need(self, names: Names) -> str:
        """The column that has one of these names.

        Raises:
            InputError: When there is none.
        """
        found = self.column(names)
        if found is None:
            others = f" (or {', '.join(names[1:])})" if len(names) > 1 else ""
            free = [printable(name) for name in self.header if name]
            raise InputError(
                f"{self.file}, line 1: there is no column `{names[0]}`{others}. {names_there_are(names[0], free)}"
            )
        return found

    @property
    def hint(self) -> str:
        """What to do about lines that stand twice, said at the end of a sentence."""
        return ": take one year with --year" if self.column(YEAR) else ""

    def of_year(self, year: int | None) -> "Table":
        """The lines of one year, where the file tells years.

        Raises:
            InputError: When it has no such year.
        """
        column = self.column(YEAR)
        if year is None or column is None:
            return self
        kept = tuple(row for row in self.lines if row.cells[column].removesuffix(".0") == str(year))
        if not kept:
            years = sorted({row.cells[column] for row in self.lines})
            there = f"{years[0]} to {years[-1]}" if len(years) > 1 else years[0]
            raise InputError(f"--year {year}: {self.file} has no such year; expected one it has, {printable(there)}.")
        return Table(self.file, self.header, kept)


def read(path: Path, what: str) -> Table:
    """The table in a file; what it is a `table of` is said in sentences.

    Raises:
        InputError: Absent, a directory, too large, binary, empty, no header, no lines, or lines of another length.
    """
    text, file = _text(path, f"table of {what}"), shown(path)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = tuple(cell.strip().lower() for cell in next(reader))
        _header(header, file)
        lines = tuple(_lines(reader, header, file))
    except csv.Error as error:
        raise InputError(f"{file}, line {reader.line_num}: this is no CSV ({error}); look for a quote.") from None
    if not lines:
        raise InputError(f"{file}: there is nothing below the header; expected a line for each entry.")
    return Table(file, header, lines)


def _text(path: Path, what: str) -> str:
    if path.suffix.lower() in (".xls", ".xlsx", ".ods"):
        raise InputError(f"{shown(path)}: this is a workbook; expected a {what} in CSV: save the sheet as CSV UTF-8.")
    return text_of(path, what, ".csv", LARGEST)


def _header(header: tuple[str, ...], file: str) -> None:
    if len(header) < 2:
        used = next((name for sign, name in SEPARATORS.items() if sign in header[0]), "nothing")
        raise InputError(f"{file}, line 1: {used} where commas belong; expected a header as `iso3,name,gdp_usd_bn`.")
    for place, name in enumerate(header):
        if name and name in header[:place]:
            raise InputError(f"{file}, line 1: the column `{printable(name)}` stands twice; keep one.")


def _lines(reader: Iterator[list[str]], header: tuple[str, ...], file: str) -> Iterator[Row]:
    for cells in reader:
        line = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue  # an empty line
        if len(cells) != len(header):
            raise InputError(f"{file}, line {line}: {len(cells)} cells; expected {len(header)}, as in the header.")
        yield Row(file, line, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
