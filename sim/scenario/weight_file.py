"""A file of weights: one quantity for every field of `sim.state.mechanisms.Weights`, and no other."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import create_model

from agents.units import help_of
from sim.scenario.files.fields import FileName, Model, Part, Text
from sim.scenario.files.measured import measured_in
from sim.scenario.files.quantity import Quantity
from sim.scenario.files.reader import read_named
from sim.state.weights import Weights

_FIELDS: dict[str, Any] = {
    name: (Annotated[Quantity, measured_in(unit), help_of(unit)], ...) for name, unit in Weights.__annotations__.items()
}
Values: type[Part] = create_model("Values", __base__=Part, **_FIELDS)


class WeightFile(Model):
    """A named set of weights."""

    format: Literal[1]
    name: FileName
    title: Text
    weights: Values  # type: ignore[valid-type]


def read_weights(name_or_path: str | Path) -> tuple[str, dict[str, Quantity]]:
    """Name and values of a weight set, by name (in `configs/weights`) or path.

    Raises:
        InputError: Up to five sentences, one a line: file, line, path, what is wrong and what is right.
    """
    found, _ = read_named(WeightFile, name_or_path, "weights", "weights")
    weights: Part = found.weights
    return found.name, weights.numbers()
