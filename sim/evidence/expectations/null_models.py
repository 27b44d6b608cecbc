"""Null models of the target: what an explanation must beat."""

from typing import NamedTuple

from agents.errors import InputError, names_there_are


class Instead(NamedTuple):
    """Rules and traits that take the place of the scenario's in every world, and mechanisms that are off in all."""

    rules: dict[str, str]
    traits: dict[str, float]
    without: tuple[str, ...] = ()


NULLS = {
    "never": Instead({"answer:target": "never"}, {}),
    "always": Instead({"answer:target": "always"}, {}),
    "coin": Instead({"answer:target": "coin"}, {}),
    "hazard": Instead({"answer:target": "coin"}, {"target.a_day": 0.3}),
}
"""Null models of the target. `hazard` is a constant chance of .3 a day."""


def null_model(name: str | None) -> Instead | None:
    """The null model of a name, or none.

    Raises:
        InputError: When there is none of that name.
    """
    if name is not None and name not in NULLS:
        raise InputError(f"--null {name}: there is no such null model. {names_there_are(name, NULLS)}")
    return NULLS[name] if name else None
