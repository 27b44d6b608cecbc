"""What several tests share: runs made ready, two histories compared bit by bit, a compiled rule one can call."""

import ctypes
import dataclasses
from typing import Any

import numpy as np

from agents.library import Library
from agents.rule import FAMILIES, MOST_TRAITS, Rule
from sim.engines.ensemble import trace
from sim.engines.history import play
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.state import columns

COLUMNS = {
    "sides": (columns.VIEW, columns.SIDE),
    "measures": (columns.PRESS, columns.MEASURE),
    "stances": (columns.WATCH, columns.STANCE),
    "crises": (columns.CRISIS,),
    "clauses": (columns.CLAUSE,),
    "ladder": (columns.STEP,),
    "governments": (columns.GOV,),
    "dyads": (columns.DYAD,),
    "weights": (columns.WEIGHT,),
}

SHAPES = ("colombia_2025", "two_countries")
"""A crisis with all it can have, and the smallest world. Other single crises differ from them in numbers only."""


def ready(scenario: Any = "two_countries", **fields: Any) -> Prepared:
    """A run of a scenario (a name, or one made from data), prepared."""
    rules = fields.pop("library", None)
    if isinstance(scenario, str):
        return prepare(RunSpec(scenario=scenario, **fields), rules=rules)
    return prepare(RunSpec(scenario=scenario.name, **fields), scenario, rules)


def run_of(prepared: Prepared, run: int) -> Prepared:
    """Another run of the same spec."""
    return dataclasses.replace(prepared, spec=prepared.spec.but(run=run))


def bits(numbers: Any) -> Any:
    """Floats as the integers that have the same bits: NaN equals itself, and 0.0 is not -0.0."""
    return np.ascontiguousarray(numbers).view(np.uint64)


def name_of(shape: Any, address: int) -> str:
    """The table, the row and the column that lie at an address of the buffer."""
    offsets, tables = shape.offsets(), shape.tables()
    table = next(name for name in tables if offsets[name] <= address < offsets[name] + np.prod(tables[name]))
    *row, column = np.unravel_index(address - offsets[table], tables[table])
    names = [name for fields in COLUMNS.get(table, ()) for name in fields._fields]
    return f"{table}{[int(place) for place in row]}.{names[column] if column < len(names) else f'column {column}'}"


def difference(prepared: Prepared, one: Any, other: Any) -> str:
    """The first round and cells in which two histories differ; empty where every bit is the same."""
    unequal = bits(one) != bits(other)
    if not unequal.any():
        return ""
    played = int(np.flatnonzero(unequal.any(axis=1))[0])
    cells = np.flatnonzero(unequal[played])
    words = [f"{name_of(prepared.template.shape, c)}: {one[played, c]!r}, {other[played, c]!r}" for c in cells[:4]]
    return f"run {prepared.spec.run}, after {played} rounds, {len(cells)} cells: " + "; ".join(words)


def engines_agree(prepared: Prepared, runs: int) -> None:
    """Compiled and Mesa, the whole state after each round, bit for bit, in the first runs of a spec."""
    for run in range(runs):
        one = run_of(prepared, run)
        found = difference(one, trace(one), play(one).cells)
        assert not found, f"compiled, Mesa: {found} ({one.spec.to_json()})"


def compiled(rule: Rule, library: Library) -> Any:
    """The rule as the ensemble calls it: a function of a View and a list of all its traits."""
    from sim.engines.kernel import tables_for

    used = {family: {library.index(rule)} if family == rule.family.name else set() for family in FAMILIES}
    address = getattr(tables_for(library, used), rule.family.name)[library.index(rule)]
    call = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_void_p, ctypes.c_void_p)(int(address))

    def answer(view: Any, traits: Any) -> float:
        row, given = np.array(view, dtype=np.float64), np.zeros(MOST_TRAITS[rule.family.name])
        given[: len(traits)] = traits
        return float(call(row.ctypes.data, given.ctypes.data))

    return answer
