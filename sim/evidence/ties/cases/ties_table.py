"""A TIES-shaped table: its columns, what they may hold, and a sentence for whatever is wrong in it.

Columns are those of TIES v4 (Morgan, Bapat and Kobayashi 2014) with covariates joined. What is not listed here is never
read: sanction types, realised costs and settlement scores are known only once it is over.
"""

import csv
import io
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from agents.errors import InputError, shown
from sim.evidence.ties.cases.ties_columns import COLUMNS, DYAD, IDS, INPUTS, OUTCOMES, Column
from sim.evidence.ties.cases.ties_v4 import COLUMNS as ORIGINAL
from sim.evidence.ties.cases.ties_v4 import MARKS, is_original, missing, translated
from sim.scenario.files.locate import text_of

Array = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]
LARGEST = 50_000_000
"""Bytes of a table at most."""


@dataclass(frozen=True)
class Inputs:
    """What is known before it begins: a value a case, shape (n,), NaN where the table is empty."""

    caseid: Whole
    year: Whole
    values: dict[str, Array]

    def __len__(self) -> int:
        return len(self.caseid)

    def at(self, rows: Any) -> "Inputs":
        """Some of the cases."""
        return Inputs(self.caseid[rows], self.year[rows], {name: column[rows] for name, column in self.values.items()})

    def filled(self, name: str, value: float) -> "Inputs":
        """The same with one column the same in all cases."""
        return replace(self, values=self.values | {name: np.full(len(self), value)})

    def without(self, names: tuple[str, ...]) -> "Inputs":
        """The same with columns emptied, as if nobody had coded them."""
        empty = {name: np.full(len(self), math.nan) for name in names}
        return replace(self, values=self.values | empty)


@dataclass(frozen=True)
class Outcomes:
    """How it ended: `ending`, place in `sim.engines.outcome.ENDINGS`; `imposed`, 0 or 1. Both (n,). Never an input."""

    ending: Whole
    imposed: Whole

    @property
    def acquiesce(self) -> Whole:
        """1 where the target conceded."""
        return np.array(self.ending == OUTCOMES["target_concedes"], dtype=np.int64)

    @property
    def deal(self) -> Whole:
        """1 where the target conceded or both negotiated a settlement."""
        return np.array((self.ending == OUTCOMES["negotiated"]) | (self.acquiesce == 1), dtype=np.int64)

    def at(self, rows: Any) -> "Outcomes":
        """Some of the cases."""
        return Outcomes(self.ending[rows], self.imposed[rows])


@dataclass(frozen=True)
class Table:
    """Cases in the file's order; `dyad`, (n,), numbers sender and target (cases without a sender stand alone).

    `left_out`: cases of the original file whose ending is not known.
    """

    name: str
    inputs: Inputs
    outcomes: Outcomes
    dyad: Whole
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.inputs)

    def emptied(self, names: tuple[str, ...]) -> "Table":
        """The same with columns emptied, as if nobody had coded them."""
        return replace(self, inputs=self.inputs.without(names))

    def at(self, rows: Any) -> "Table":
        """Some of the cases."""
        return replace(self, inputs=self.inputs.at(rows), outcomes=self.outcomes.at(rows), dyad=self.dyad[rows])


def read_table(path: Path) -> Table:
    """A table of cases.

    Raises:
        InputError: File, line and column, what is wrong and what would be right.
    """
    where, (lines, called) = shown(path), _rows(path)
    rows = [(line, row) for line, row in lines if row]
    if not rows:
        what = "with an ending that is known" if lines else "below the header"
        raise InputError(f"{where}: there is no case {what}; expected one case a line.")
    columns = {**IDS, **DYAD, **INPUTS, "imposed": Column(codes=(0, 1), needed=True)}
    read = {
        name: np.array(
            [_number(row[name], column, f"{where}, line {line}, {called.get(name, name)}") for line, row in rows]
        )
        for name, column in columns.items()
    }
    ended, right = (MARKS[0], "1 to 10") if called else ("outcome4", ", ".join(OUTCOMES))
    ending = np.array([_outcome(row["outcome4"], f"{where}, line {line}, {ended}", right) for line, row in rows])
    _unique(read["caseid"], [line for line, _ in rows], where)
    outcomes = Outcomes(ending, read["imposed"].astype(np.int64))
    _both_classes(outcomes, where)
    inputs = Inputs(read["caseid"].astype(np.int64), read["year"].astype(np.int64), {n: read[n] for n in INPUTS})
    dyads = _dyads(read["sender_cow"], read["target_cow"])
    return Table(path.name, inputs, outcomes, dyads, len(lines) - len(rows))


Lines = list[tuple[int, dict[str, str]]]


def _rows(path: Path) -> tuple[Lines, dict[str, str]]:
    """Lines with their rows, an empty row where the ending is not known, and the file's own names of our columns."""
    reader = csv.DictReader(io.StringIO(text_of(path, "table of cases", ".csv", LARGEST)))
    header = list(reader.fieldnames or [])
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice:
        raise InputError(f"{shown(path)}, line 1: the column `{twice}` stands twice; expected once.")
    if is_original(header):
        _header(missing(header), "the columns of TIES v4", path)
        return [(reader.line_num, translated(row, COLUMNS) or {}) for row in reader], ORIGINAL
    _header([name for name in COLUMNS if name not in header], ", ".join(COLUMNS), path)
    found = [(reader.line_num, row) for row in reader]
    short = next((line for line, row in found if any(row[name] is None for name in COLUMNS)), None)
    if short:
        raise InputError(f"{shown(path)}, line {short}: the line ends early; expected {len(header)} fields.")
    return found, {}


def _header(absent: list[str], right: str, path: Path) -> None:
    if absent:
        raise InputError(
            f"{shown(path)}, line 1: {len(absent)} columns are missing: {', '.join(absent)}. Expected a header with"
            f" {right}."
        )


def _number(text: str, column: Column, where: str) -> float:
    text = text.strip()
    if text == "":
        if column.needed:
            raise InputError(f"{where}: it is empty; expected {_right(column)}.")
        return math.nan
    try:
        number = float(text)
    except ValueError:
        raise InputError(f"{where}: `{text[:40]}` is no number; expected {_right(column)}.") from None
    if number == -9:
        raise InputError(f"{where}: -9 is TIES's mark for what is not known; expected an empty field.")
    known = number in column.codes if column.codes else column.low <= number <= column.high
    if not known or (column.whole and number != int(number)):
        raise InputError(f"{where}: {text[:40]} is not known here; expected {_right(column)}.")
    return number


def _right(column: Column) -> str:
    if column.codes:
        codes = ", ".join(str(code) for code in column.codes)
        return codes if column.needed else f"{codes}, or an empty field"
    if math.isinf(column.low):
        return "a number"
    return f"{column.low:g} or more" if math.isinf(column.high) else f"{column.low:g} to {column.high:g}"


def _outcome(text: str, where: str, right: str) -> int:
    if text.strip() in OUTCOMES:
        return OUTCOMES[text.strip()]
    if text.strip() == "":
        raise InputError(f"{where}: a case without an outcome cannot be scored; expected {right}, or no such line.")
    raise InputError(f"{where}: `{text[:40]}` is no outcome; expected {right}.")


def _unique(caseid: Array, lines: list[int], where: str) -> None:
    first: dict[float, int] = {}
    for case, line in zip(caseid.tolist(), lines, strict=True):
        if case in first:
            raise InputError(
                f"{where}, line {line}, caseid: {case:.0f} stands in line {first[case]} too; expected once."
            )
        first[case] = line


def _both_classes(outcomes: Outcomes, where: str) -> None:
    for what, hits in (("concedes", outcomes.acquiesce), ("concedes or negotiates", outcomes.deal)):
        if np.min(hits) == np.max(hits):
            say = "every" if hits[0] else "no"
            raise InputError(f"{where}: in {say} case the target {what}; expected a table with cases of both kinds.")


def _dyads(sender: Array, target: Array) -> Whole:
    alone = -1.0 - np.arange(len(sender))
    pairs = np.column_stack([np.where(np.isnan(sender), alone, sender), target])
    return np.unique(pairs, axis=0, return_inverse=True)[1].reshape(-1)
