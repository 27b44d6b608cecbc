"""Small checks of plain values, each with the sentence for what is wrong."""

import math
from typing import Any

from pydantic_core import PydanticCustomError

from agents.errors import names_there_are


def problem(what: str, *at: str | int) -> PydanticCustomError:
    """A sentence, and where in the value it applies; `sim.scenario.files.problems` adds file, line and path."""
    return PydanticCustomError("demarche", "{what}", {"what": what, "at": at})


def printable(name: object) -> str:
    """A name that a file or a person gave, safe to print: short, one line, nothing a terminal would obey."""
    shown = str(name)[:60]
    return shown if shown.isprintable() else repr(shown)[1:-1]


def short(value: Any) -> str:
    """A value as an error message shows it: never longer than a line."""
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def plain_number(data: Any, *at: str | int) -> float:
    """A finite number, or the sentence that says why it is none."""
    if isinstance(data, bool):
        raise problem(f"{str(data).lower()} stands where a number belongs.", *at)
    if isinstance(data, str):
        hint = "; write the number without quotes" if _looks_like_a_number(data) else ""
        raise problem(f"{short(data)} is text where a number belongs{hint}.", *at)
    if not isinstance(data, int | float):
        raise problem(f"{kind(data)} stands where a number belongs.", *at)
    try:
        number = float(data)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise problem(f"{number} is not a finite number.", *at)
    return number


def text(data: dict[str, Any], key: str, *above: str) -> str:
    found = data[key]
    if not isinstance(found, str) or not found.strip():
        raise problem(f"`{key}` holds {kind(found)}; expected text.", *above, key)
    return found


def known_keys(data: dict[str, Any], keys: tuple[str, ...], *above: str) -> None:
    for key in data:
        if key not in keys:
            name = printable(key)
            raise problem(f"there is no `{name}` here. {names_there_are(name, keys)}", *above, str(key))


def _looks_like_a_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def kind(data: Any) -> str:
    if isinstance(data, str):
        return f"the text {short(data)}" if data.strip() else "an empty text"
    if data is None:
        return "nothing"
    if isinstance(data, bool):
        return str(data).lower()
    names = {dict: "a mapping", list: "a list", int: "a number", float: "a number"}
    return next((name for type_, name in names.items() if isinstance(data, type_)), "something else")


def many(problems: list[tuple[tuple[str | int, ...], str]]) -> PydanticCustomError:
    """Several problems at once, each with its place, found when the parts are compared."""
    return PydanticCustomError("demarche_many", "{count} problems", {"count": len(problems), "problems": problems})
