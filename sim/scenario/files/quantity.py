"""A number as a file states it: with a unit, and with a source or the admission that it is an assumption."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from agents.errors import InputError
from agents.units import Unit
from sim.scenario.files import bibliography
from sim.scenario.files.words import kind, known_keys, plain_number, problem, short, text

FORM = "{value, unit, source}, or {assume: {value, range, why}, unit} where nobody knows it"
KEYS = ("value", "assume", "unit", "source", "note")
ASSUME_KEYS = ("value", "range", "why")


class Assumed(NamedTuple):
    """The range an assumption may lie in (base unit), and why it was made."""

    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Quantity:
    """A number with its origin.

    Attributes:
        value: In the base unit of its field. unit: Name of that base unit.
        source: Key of the bibliography, or None. assumed: Range and reason, or None; one of the two is there.
        note: A remark. written: What the file says, word for word.
    """

    value: float
    unit: str
    source: str | None = None
    assumed: Assumed | None = None
    note: str = ""
    written: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def factors(self) -> tuple[float, float]:
        """Lowest and highest of its range as factors of the value; 1 and 1 where it has a source, or is zero."""
        if self.assumed is None or self.value == 0.0:
            return 1.0, 1.0
        return self.assumed.low / self.value, self.assumed.high / self.value

    def part(self, of: int, unit: Unit) -> "Quantity":
        """One of so many equal parts of it: a part of the number and of its range, with the same source or reason."""
        written = copy.deepcopy(dict(self.written))
        inside = written.get("assume", written)
        inside["value"] = inside["value"] / of
        if "range" in inside:
            inside["range"] = [end / of for end in inside["range"]]
        return read(written, unit)

    def to(self, unit: Unit) -> "Quantity":
        """The same quantity in a unit known only later, as for a rule's traits.

        Raises:
            InputError: When the word is not one of the unit's, or the number is out of its bounds.
        """
        try:
            return read(self.written, unit)
        except PydanticCustomError as error:
            raise InputError(error.message()) from None


def read(data: Any, unit: Unit | None) -> Quantity:
    """A quantity from what a file says.

    Args:
        data: The mapping as written. unit: The unit of the field; None keeps number and word as they are.
    """
    if not isinstance(data, dict):
        _not_a_mapping(data)
    known_keys(data, KEYS)
    if "assume" in data and "value" in data:
        raise problem("there are both `value` and `assume`; expected one of them.")
    if "assume" not in data and "value" not in data:
        raise problem(f"there is no number; expected {FORM}.")
    word, factor = _word(data, unit)
    data = copy.deepcopy(data)  # what is written here stays as it is, whatever becomes of the caller's mapping
    note = text(data, "note") if "note" in data else ""
    if "assume" in data:
        value, assumed = _assumption(data, word, factor, unit)
        return Quantity(value, unit.name if unit else word, None, assumed, note, data)
    value = _bounded(plain_number(data["value"], "value"), word, factor, unit, "value")
    return Quantity(value, unit.name if unit else word, _source(data), None, note, data)


def _assumption(data: dict[str, Any], word: str, factor: float, unit: Unit | None) -> tuple[float, Assumed]:
    assume = data["assume"]
    if "source" in data:
        raise problem("there are both `assume` and `source`; a number with a source is no assumption.", "source")
    if not isinstance(assume, dict):
        raise problem("`assume` holds no range; expected {value, range: [low, high], why}.", "assume")
    known_keys(assume, ASSUME_KEYS, "assume")
    for key in ASSUME_KEYS:
        if key not in assume:
            raise problem(f"`{key}` is missing in `assume`; expected {{value, range: [low, high], why}}.", "assume")
    ends = assume["range"]
    if not isinstance(ends, list) or len(ends) != 2:
        raise problem("the range is not a pair; expected [low, high].", "assume", "range")
    low, high = (plain_number(end, "assume", "range") for end in ends)
    value = plain_number(assume["value"], "assume", "value")
    if not low <= value <= high:
        raise problem(f"{value:g} lies outside its own range, {low:g} to {high:g} {word}.", "assume")
    numbers = [_bounded(number, word, factor, unit, "assume") for number in (value, low, high)]
    return numbers[0], Assumed(numbers[1], numbers[2], text(assume, "why", "assume"))


def _word(data: dict[str, Any], unit: Unit | None) -> tuple[str, float]:
    """The unit's word in the file, and its factor to the base unit."""
    accepted = f" Expected one of: {', '.join(unit.words())}." if unit else ""
    if "unit" not in data:
        raise problem(f"`unit` is missing.{accepted}")
    word = text(data, "unit")
    if unit is None:
        return word, 1.0
    if word not in unit.words():
        raise problem(f"{short(word)} is not a unit of this number.{accepted}", "unit")
    return word, unit.words()[word]


def _bounded(number: float, word: str, factor: float, unit: Unit | None, *at: str) -> float:
    value = number * factor
    if unit and not unit.low <= value <= unit.high:
        low, high = unit.low / factor, unit.high / factor
        raise problem(f"{number:g} {word} is out of bounds; expected {low:g} to {high:g} {word}.", *at)
    return value


def _source(data: dict[str, Any]) -> str:
    if "source" not in data:
        raise problem("`source` is missing; name a key of configs/sources.bib, or write `assume: {value, range, why}`.")
    return known_source(text(data, "source"), "source")


def known_source(key: str, *at: str | int) -> str:
    """A key that the bibliography has."""
    try:
        bibliography.resolve(key)
    except InputError as error:
        raise problem(str(error), *at) from None
    return key


def _not_a_mapping(data: Any) -> None:
    if isinstance(data, int | float) and not isinstance(data, bool):
        raise problem(f"{short(data)} is a bare number; expected {FORM}.")
    raise problem(f"{kind(data)} stands here; expected {FORM}.")
