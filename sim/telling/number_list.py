"""Every number that decides, in one list: the weights of the laws and the traits of the rules, each with its origin."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from agents.library import Library
from agents.numbers import AssumedRange, Published
from agents.rule import Rule, Trait
from agents.units import help_of
from sim.scenario.files.quantity import Quantity
from sim.state.weights import Weights


class Number(NamedTuple):
    """One number that decides.

    Attributes:
        name: `weights.NAME`, as `--set` takes it, or `FAMILY.RULE.TRAIT`.
        kind: `weight` or `trait`.
        value: In the unit; for a trait, the default.
        unit: In words.
        meaning: One sentence.
        low: Lower end of the range of an assumption, else None.
        high: Upper end of that range, else None.
        source: Key in `configs/sources.bib`, or None.
        why: The reason of an assumption, or a note on the source.
    """

    name: str
    kind: str
    value: float
    unit: str
    meaning: str
    low: float | None = None
    high: float | None = None
    source: str | None = None
    why: str = ""

    @property
    def origin(self) -> str:
        """`source`, `assumption` or `not stated`."""
        if self.source is not None:
            return "source"
        return "not stated" if self.low is None else "assumption"


def list_numbers(library: Library, weights: Mapping[str, Quantity]) -> list[Number]:
    """List every weight and every trait.

    Args:
        library: The rules there are.
        weights: A set of weights, as `read_weights` gives it.
    """
    found = [_describe_weight(name, weights[name], help_of(unit)) for name, unit in Weights.__annotations__.items()]
    return found + [number for rule in library.values() for number in _describe_traits(rule)]


def count_origins(numbers: Iterable[Number]) -> dict[str, int]:
    """Count the numbers by origin: source, assumption, not stated."""
    found = Counter(number.origin for number in numbers)
    return {origin: found[origin] for origin in ("source", "assumption", "not stated")}


def _describe_weight(name: str, weight: Quantity, meaning: str) -> Number:
    number = Number(f"weights.{name}", "weight", weight.value, weight.unit, meaning)
    if weight.assumed:
        return number._replace(low=weight.assumed.low, high=weight.assumed.high, why=weight.assumed.why)
    return number._replace(source=weight.source, why=weight.note)


def _describe_traits(rule: Rule) -> Iterator[Number]:
    for trait in rule.traits:
        yield _describe_trait(f"{rule.family.name}.{rule.name}.{trait.name}", trait)


def _describe_trait(name: str, trait: Trait) -> Number:
    number = Number(name, "trait", trait.default, trait.unit.name, trait.help)
    match trait.origin:
        case AssumedRange(low, high, why):
            return number._replace(low=low, high=high, why=why)
        case Published(key, note):
            return number._replace(source=key, why=note)
    return number
