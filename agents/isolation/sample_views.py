"""Views that nobody would think of: the corners of every field's bounds, and random ones."""

import itertools
import random
import typing
from collections.abc import Iterator
from typing import Any

from agents.units import Unit, unit_of

USUAL = 0.5
"""Share of fields that a random View leaves at their usual value."""


def sampled(kind: type, count: int, luck: random.Random) -> Iterator[Any]:
    """So many Views of a kind: the usual one, its corners, then random ones."""
    yield from itertools.islice(_endless(kind, luck), count)


def units_of(kind: type) -> dict[str, Unit]:
    """Unit and bounds of each field."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return {name: unit for name, hint in hints.items() if (unit := unit_of(hint))}


def _endless(kind: Any, luck: random.Random) -> Iterator[Any]:
    units = units_of(kind)
    yield kind()
    yield kind(**{name: unit.low for name, unit in units.items()})
    yield kind(**{name: unit.high for name, unit in units.items()})
    for name, unit in units.items():
        yield kind(**{name: unit.low})
        yield kind(**{name: unit.high})
    while True:
        yield kind(**{name: within(unit, luck) for name, unit in units.items() if luck.random() > USUAL})


def within(unit: Unit, luck: random.Random) -> float:
    """A value inside the bounds: often near zero where the bounds are wide, sometimes on a bound."""
    place = luck.random()
    if place < 0.1:
        return luck.choice((unit.low, unit.high))
    if place < 0.55:
        return luck.uniform(unit.low, unit.high)
    return luck.uniform(max(unit.low, -1.0), min(unit.high, 1.0))
