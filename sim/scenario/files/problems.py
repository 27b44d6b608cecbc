"""Pydantic's findings in our own sentences: file, line, path, what is wrong, what is right, which names there are."""

import difflib
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from agents.errors import names_there_are
from sim.scenario.files.tree import Path, Tree
from sim.scenario.files.words import kind, printable, short

MOST = 5

_RIGHT = {
    "model_type": "a mapping", "dict_type": "a mapping", "tuple_type": "a list", "list_type": "a list",
    "string_type": "text", "bool_type": "true or false", "bool_parsing": "true or false",
}  # fmt: skip


def sentences(error: ValidationError, model: type[BaseModel], tree: Tree, where: str) -> str:
    """At most five sentences, one a line, in the order of the file."""
    found = {(_cleaned(path, tree.data), what) for path, what in _all(error, model)}
    lines = sorted((tree.line(path) or 0, _dotted(path), what) for path, what in found)
    shown = [f"{where}{f', line {line}' if line else ''}{path}: {what}" for line, path, what in lines[:MOST]]
    rest = len(lines) - len(shown)
    return "\n".join([*shown, f"{where}: and {rest} more."] if rest else shown)


def _all(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Path, str]]:
    found = error.errors(include_url=False)
    misspelt = {_meant(details["loc"], model) for details in found if details["type"] == "extra_forbidden"}
    for details in found:
        context = details.get("ctx", {})
        if details["type"] == "demarche_many":
            yield from context["problems"]
        elif details["type"] != "missing" or details["loc"] not in misspelt:
            yield (*details["loc"], *context.get("at", ())), _sentence(details, model)


def _meant(path: Path, model: type[BaseModel]) -> Path:
    """The key that a misspelt one was meant to be: it is not reported as missing as well."""
    near = difflib.get_close_matches(str(path[-1])[:60], _fields(model, path[:-1]), n=1)
    return (*path[:-1], *near)


def _sentence(details: Any, model: type[BaseModel]) -> str:
    name, loc, given = details["type"], details["loc"], details["input"]
    if name == "demarche":
        return str(details["ctx"]["what"])
    if name == "missing":
        return f"`{loc[-1]}` is missing. Right here are: {', '.join(_fields(model, loc[:-1]))}."
    if name == "extra_forbidden":
        key = printable(loc[-1])
        return f"there is no `{key}` here. {names_there_are(key, _fields(model, loc[:-1]))}"
    if name == "literal_error":
        words = re.findall(r"'([^']+)'", details["ctx"]["expected"])
        return f"{short(given)} cannot stand here. {names_there_are(printable(given), words)}"
    if name in _RIGHT:
        fields = _fields(model, loc)
        keys = f" with the keys {', '.join(fields)}" if fields else ""
        return f"{kind(given)} stands here; expected {_RIGHT[name]}{keys}."
    return f"{kind(given)} cannot stand here."


def _fields(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the part of a file at this path may have."""
    at: Any = model
    for part in path:
        at = _below(at, part)
    found = _model_of(at)
    return list(found.model_fields) if found else []


def _below(annotation: Any, part: str | int) -> Any:
    """What an annotation says about one of its parts: a field, or the value of a mapping or list."""
    model = _model_of(annotation)
    if model:
        return model.model_fields[part].annotation if part in model.model_fields else None
    inner = [argument for argument in get_args(annotation) if argument is not Ellipsis]
    return inner[-1] if inner else None


def _model_of(annotation: Any) -> type[BaseModel] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _cleaned(path: Path, data: Any) -> Path:
    """The path as the file has it: without the steps that validation added (a lone table made a list, a key's mark)."""
    found: list[str | int] = []
    for part in path:
        if part == "[key]" or (isinstance(part, int) and not isinstance(data, list)):
            continue
        found.append(part)
        data = _at(data, part)
    return tuple(found)


def _at(data: Any, part: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(part)
    return data[part] if isinstance(data, list) and isinstance(part, int) and part < len(data) else None


def _dotted(path: Path) -> str:
    return ", " + ".".join(printable(part) for part in path) if path else ""
