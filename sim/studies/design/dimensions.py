"""From `vary` to dimensions: each path with its ends in base units, checked against units and assumptions."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from agents.units import Unit
from sim.run.prepare import Prepared
from sim.scenario import Scenario, read_weights
from sim.scenario.files.quantity import Assumed
from sim.studies.design.experiment import Experiment, Span, known_where, refuse

WIDEST = 1000.0
"""Bounds of a unit that are further out than this say nothing; the range has to be narrowed by hand."""
Column = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Dimension:
    """One number that is varied: evenly from `low` to `high`, or over `values`; all in the base unit.

    `word` and `factor`: the unit it is shown in, and what turns that into the base unit. `origin`: who set the ends.
    """

    path: str
    low: float
    high: float
    values: tuple[float, ...]
    word: str
    factor: float
    origin: str

    def at(self, shares: Column) -> Column:
        """Values for shares in [0, 1): the design's numbers on this dimension's scale."""
        if self.values:
            last = len(self.values) - 1
            return np.array(self.values)[np.minimum((shares * len(self.values)).astype(np.int64), last)]
        return self.low + shares * (self.high - self.low)

    def steps(self, levels: int) -> Column:
        """The values of a grid."""
        return np.array(self.values) if self.values else np.linspace(self.low, self.high, levels)


def find_dimensions(experiment: Experiment, prepared: Prepared) -> tuple[Dimension, ...]:
    """The dimensions of an experiment, in the file's order.

    Raises:
        InputError: For a path that leads nowhere, a unit that does not fit, a range out of bounds.
    """
    make = partial(_dimension, experiment, prepared)
    return tuple(make(path, span) for path, span in experiment.vary.items())


def _dimension(experiment: Experiment, prepared: Prepared, path: str, span: Span) -> Dimension:
    where = known_where(experiment, ("vary", path))
    unit = prepared.addresses.find(path, where).unit
    word, factor = _word(experiment, path, unit, span)
    values = tuple(value * factor for value in span.values or ())
    low, high, origin = _ends(experiment, prepared, path, span, unit, factor)
    for value in values or (low, high):
        prepared.addresses.check(path, value, where)
    return Dimension(path, low, high, values, word, factor, origin)


def _word(experiment: Experiment, path: str, unit: Unit, span: Span) -> tuple[str, float]:
    if span.unit is None:
        return unit.name, 1.0
    if span.unit not in unit.words():
        right = ", ".join(unit.words())
        raise refuse(experiment, f"`{span.unit}` is not a unit of this number. Expected one of: {right}.", "vary", path)
    return span.unit, unit.words()[span.unit]


def _ends(
    experiment: Experiment, prepared: Prepared, path: str, span: Span, unit: Unit, factor: float
) -> tuple[float, float, str]:
    if span.values:
        return min(span.values) * factor, max(span.values) * factor, "values"
    if span.range:
        return span.range[0] * factor, span.range[1] * factor, "range"
    if assumed := assumption(prepared, path):
        return assumed.low, assumed.high, "assumption"
    if unit.high - unit.low > WIDEST:
        raise refuse(
            experiment,
            f"nothing says how far it may go ({unit.low:g} to {unit.high:g} {unit.name}); give a range,"
            f" as in {{range: [1, 30], unit: {unit.name}}}.",
            "vary",
            path,
        )
    return unit.low, unit.high, "bounds"


def assumption(prepared: Prepared, path: str) -> Assumed | None:
    """The range that the scenario or the weights declare for a number nobody knows."""
    declared = declared_assumptions(prepared.template.scenario, prepared.spec.weights)
    address = prepared.addresses.find(path, "vary").address
    for known, assumed in declared.items():
        if known in prepared.addresses and prepared.addresses.find(known, "vary").address == address:
            return assumed
    return None


def declared_assumptions(scenario: Scenario, weights: str) -> dict[str, Assumed]:
    """Every declared assumption by the path it has in a run."""
    found = {
        f"{code}.{name}": number.assumed
        for code in scenario.governments
        for name, number in scenario.government(code).numbers().items()
        if number.assumed
    }
    for long, number in scenario.assumptions():
        words = long.split(".")
        if number.assumed and words[0] == "crises":
            if words[2] in ("stand", "belief"):
                words = ["crises", words[1], getattr(scenario.crises[words[1]], words[3]), words[2]]
            elif words[2] == "traits":
                role = words[4]
                words = ["crises", words[1], getattr(scenario.crises[words[1]], role), words[5]]
            found[".".join(words[1:])] = number.assumed
    _, values = read_weights(weights)
    return found | {f"weights.{name}": number.assumed for name, number in values.items() if number.assumed}


__all__ = ["Dimension", "assumption", "declared_assumptions", "find_dimensions"]
