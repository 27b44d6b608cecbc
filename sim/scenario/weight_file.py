"""A file of weights: one quantity for every field of `sim.state.weights.Weights`, and no other."""

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import create_model

from agents.errors import InputError, shown
from agents.units import help_of
from sim.scenario.files.fields import FileName, Model, Part, Text
from sim.scenario.files.locate import CONFIGS
from sim.scenario.files.measured import measured_in
from sim.scenario.files.quantity import Quantity
from sim.scenario.files.reader import read_named
from sim.state.weights import Weights

_FIELDS: dict[str, Any] = {
    name: (Annotated[Quantity, measured_in(unit), help_of(unit)], ...) for name, unit in Weights.__annotations__.items()
}
Values: type[Part] = create_model("Values", __base__=Part, **_FIELDS)


POSTERIOR = "posterior"
"""The name of the set that is not one point but many: run n takes draw n, and after the last the first again."""


class Draws(NamedTuple):
    """Joint draws of assumed numbers under which the case goes as it went: a path a name, a row a draw."""

    names: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]
    text: str


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


def posterior_file() -> Path:
    """Where `demarche explore --save` puts the draws it kept, and `--weights posterior` takes them from."""
    return CONFIGS / "weights" / f"{POSTERIOR}.json"


@cache
def read_draws() -> Draws:
    """The draws of the posterior.

    Raises:
        InputError: When there are none.
    """
    path = posterior_file()
    if not path.is_file():
        raise InputError(f"--weights {POSTERIOR}: no draws are kept; `demarche explore SCENARIO --save` keeps them.")
    text = path.read_text(encoding="utf-8")
    try:
        read = json.loads(text)
        names, points = tuple(read["names"]), tuple(tuple(map(float, point)) for point in read["points"])
    except (ValueError, KeyError, TypeError):
        points, names = (), ()
    if not points or any(len(point) != len(names) for point in points):
        raise InputError(f"{shown(path)}: no draws can be read; `demarche explore SCENARIO --save` writes them anew.")
    return Draws(names, points, text)
