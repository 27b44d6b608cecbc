"""The state both engines share: one run of 64-bit floats, cut into tables with named columns.

One flat buffer makes a run a thing one can copy, compare and patch: a rewind is a copy, two engines agree when two
buffers are equal, and every number a user may change (a fact, a trait, a weight, a switch) is one address in it.
Mesa reads the tables through memoryviews (plain floats), the ensemble as arrays; the laws see no difference.
"""

from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import numpy as np

from agents.arithmetic import clip
from agents.law import law
from agents.rule import MOST_TRAITS
from sim.laws.expression import SIZE
from sim.state.columns import CLAUSE, CRISIS, DYAD, GOV, MEASURE, PRESS_TRAITS, STANCE_TRAITS, STEP
from sim.state.mechanisms import MECHANISMS
from sim.state.weights import Weights


class Cells(Protocol):
    """A row of numbers."""

    def __getitem__(self, at: Any) -> float: ...
    def __setitem__(self, at: Any, value: float) -> None: ...
    def __len__(self) -> int: ...


class Table(Protocol):
    """A table of numbers of two or three dimensions."""

    def __getitem__(self, at: Any) -> float: ...
    def __setitem__(self, at: Any, value: float) -> None: ...
    def __len__(self) -> int: ...


class Spans(NamedTuple):
    """Where the parts of the buffer that a phase may write begin."""

    sides: int
    measures: int
    stances: int
    governments: int
    dyads: int
    end: int


class State(NamedTuple):
    """Every table, a window on the one buffer `cells`. G governments, C crises, K clauses, M measures, R rounds."""

    cells: Any
    spans: Spans
    weights: Cells
    on: Cells
    status: Cells
    programs: Table
    sides: Table
    crises: Table
    clauses: Table
    ladder: Table
    measures: Table
    stances: Table
    governments: Table
    dyads: Table


class Shape(NamedTuple):
    """How large a world is: what a buffer's tables are cut from."""

    governments: int
    crises: int
    clauses: int
    measures: int

    def tables(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of every table, in the order they lie in the buffer."""
        g, c, k, m = self
        return {
            "weights": (len(Weights._fields),),
            "on": (len(MECHANISMS),),
            "status": (3,),
            "programs": (c, 2, SIZE),
            "sides": (c, 2, PRESS_TRAITS + MOST_TRAITS["press"]),
            "crises": (c, len(CRISIS)),
            "clauses": (c, k, len(CLAUSE)),
            "ladder": (c, k + 1, len(STEP)),
            "measures": (m, MEASURE[-1] + 1),
            "stances": (c, g, STANCE_TRAITS + MOST_TRAITS["stance"]),
            "governments": (g, len(GOV)),
            "dyads": (g, g, len(DYAD)),
        }

    def offsets(self) -> dict[str, int]:
        """Where each table begins in the buffer, and `end`."""
        at, found = 0, {}
        for name, shape in self.tables().items():
            found[name] = at
            at += int(np.prod(shape))
        return {**found, "end": at}


def empty(shape: Shape) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A buffer of zeros of the right size."""
    return np.zeros(shape.offsets()["end"])


@lru_cache(maxsize=64)
def _layout(shape: Shape) -> tuple[tuple[str, slice, tuple[int, ...]], ...]:
    """Name, place in the buffer and size of every table: asked for every round that a screen shows."""
    offsets = shape.offsets()
    return tuple(
        (name, slice(offsets[name], offsets[name] + int(np.prod(size))), size) for name, size in shape.tables().items()
    )


@lru_cache(maxsize=64)
def _spans(shape: Shape) -> Spans:
    offsets = shape.offsets()
    return Spans(*(offsets[name] for name in Spans._fields))


def windows(cells: np.ndarray[Any, np.dtype[np.float64]], shape: Shape, *, plain: bool) -> State:
    """The tables over a buffer: memoryviews of plain floats for Mesa (`plain`), arrays for the ensemble."""
    tables = {name: cells[span].reshape(size) for name, span, size in _layout(shape)}
    spans = _spans(shape)
    if plain:
        plainly: dict[str, Any] = {name: memoryview(table.data) for name, table in tables.items()}
        return State(memoryview(cells.data), spans, **plainly)
    return State(cells, spans, **tables)


OPERATIONS = ("=", "+=", "*=")
"""What an intervention does to a number of the state: set it, add to it, multiply it."""


@law
def intervene(now: State, new: State, at: Table, step: int) -> None:
    """Apply the interventions of this round, within the bounds of each number's unit.

    `at` has a row each: round, address in the buffer, operation, value, lowest and highest value.
    """
    for row in range(len(at)):
        if int(at[row, 0]) == step:
            cell, kind, value = int(at[row, 1]), int(at[row, 2]), at[row, 3]
            changed = value if kind == 0 else now.cells[cell] + value if kind == 1 else now.cells[cell] * value
            changed = clip(changed, at[row, 4], at[row, 5])
            now.cells[cell] = changed
            new.cells[cell] = changed
