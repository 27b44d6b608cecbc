"""`demarche numbers`: every weight and trait, with its unit and where it comes from."""

import difflib
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError
from sim.cli.common import output
from sim.cli.common.options import Folders, Json

if TYPE_CHECKING:
    from sim.telling.number_list import Number

Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Parts of names, as rally or two_level.")]
WeightSet = Annotated[str, typer.Option("--weights", help="A set of weights, by name or file.")]


def numbers(names: Names = None, weights: WeightSet = "default", rules: Folders = None, json: Json = False) -> None:
    """List every number that decides: weights and traits, with unit and source or range."""
    from agents.isolation.user_rules import library
    from sim.scenario import read_weights
    from sim.telling.number_list import count_origins, list_numbers

    known = list_numbers(library(rules or []), read_weights(weights)[1])
    found = _pick(known, names or [])
    if json:
        entries = [number._asdict() | {"origin": number.origin} for number in found]
        output.put_json({"numbers": entries, "counts": count_origins(found)})
        return
    rows = [(n.name, f"{n.value:.6g}", n.unit, _origin(n), n.why) for n in found]
    output.put_table("", ("name", "value", "unit", "source or range", "reason"), rows, right=(1,))
    output.put(_count(len(found), count_origins(found)))


def _pick(known: list["Number"], names: list[str]) -> list["Number"]:
    """The numbers whose names contain one of some words; all of them where there is no word."""
    for name in names:
        if not any(name in number.name for number in known):
            raise InputError(f"There is no number `{name}`. {_guess(name, known)}`demarche numbers` lists all of them.")
    return [number for number in known if not names or any(name in number.name for name in names)]


def _guess(wrong: str, known: list["Number"]) -> str:
    """The nearest whole name, or the nearest last word of a name."""
    whole = {word: number.name for number in known for word in (number.name.rpartition(".")[2], number.name)}
    near = difflib.get_close_matches(wrong, whole, n=1)
    return f"Did you mean `{whole[near[0]]}`? " if near else ""


def _origin(number: "Number") -> str:
    if number.source is not None:
        return number.source
    return f"{number.low:g} to {number.high:g}" if number.low is not None else number.origin


def _count(total: int, counts: dict[str, int]) -> str:
    """The last line: how many numbers there are, by origin."""
    parts = [f"{counts['source']} with a source", f"{counts['assumption']} assumptions with a range and a reason"]
    if counts["not stated"]:
        parts.append(f"{counts['not stated']} of unstated origin")
    return f"{total} numbers: {', '.join(parts)}."
