"""A user's CSV: columns under any of their documented names, and a sentence with file and line for what is wrong."""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from agents.errors import InputError, names_there_are
from sim.scenario.files import shown, text_of
from sim.scenario.words import printable, short

LARGEST = 20_000_000
"""Bytes of a table: some 800,000 rows."""

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
            raise self.wrong(f"`{column}` is empty; right is the code or the name of a government.")
        return self.cells[column]

    def number(self, column: str, low: float = 0.0, high: float = math.inf) -> float:
        """The number in a column.

        Raises:
            InputError: For an empty cell, text, or a number out of bounds.
        """
        cell, right = self.cells[column], f"right is a number {_bounds(low, high)}"
        if not cell:
            raise self.wrong(f"`{column}` is empty; {right}.")
        try:
            value = float(cell)
        except ValueError:
            raise self.wrong(f"{short(cell)} is text where a number belongs, in `{column}`; {right}.") from None
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
            known = names_there_are(names[0], (printable(name) for name in self.header[:30]))
            raise InputError(f"{self.file}, line 1: there is no column `{names[0]}`{others}. {known}")
        return found

    def of_year(self, year: int | None) -> "Table":
        """The lines of one year, where the file has a column `year`.

        Raises:
            InputError: When it has no such year.
        """
        if year is None or "year" not in self.header:
            return self
        kept = tuple(row for row in self.lines if row.cells["year"] == str(year))
        if not kept:
            years = sorted({row.cells["year"] for row in self.lines})
            there = f"{years[0]} to {years[-1]}" if len(years) > 1 else years[0]
            raise InputError(f"--year {year}: {self.file} has no such year; it has {printable(there)}.")
        return Table(self.file, self.header, kept)


def read(path: Path, what: str) -> Table:
    """The table in a file; `what` it holds is said in sentences.

    Raises:
        InputError: Absent, a directory, too large, binary, empty, no header, no lines, or lines of another length.
    """
    text, file = text_of(path, what, ".csv", LARGEST), shown(path)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = tuple(cell.strip().lower() for cell in next(reader))
        _header(header, file)
        lines = tuple(_lines(reader, header, file))
    except csv.Error as error:
        raise InputError(f"{file}, line {reader.line_num}: this is no CSV ({error}); look for a quote.") from None
    if not lines:
        raise InputError(f"{file}: there is nothing below the header; right is a line for each entry.")
    return Table(file, header, lines)


def _header(header: tuple[str, ...], file: str) -> None:
    if len(header) < 2:
        raise InputError(f"{file}, line 1: there is one column; right is a header with commas between its names.")
    for place, name in enumerate(header):
        if name and name in header[:place]:
            raise InputError(f"{file}, line 1: the column `{printable(name)}` stands twice; keep one.")


def _lines(reader: Iterator[list[str]], header: tuple[str, ...], file: str) -> Iterator[Row]:
    for cells in reader:
        line = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue  # an empty line
        if len(cells) != len(header):
            raise InputError(f"{file}, line {line}: {len(cells)} cells; right is {len(header)}, as in the header.")
        yield Row(file, line, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
