"""From a file to a checked model, or to sentences that say what is wrong with it."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agents.errors import InputError, shown
from sim.scenario.files.locate import locate, names_in, text_of
from sim.scenario.files.problems import sentences
from sim.scenario.files.tree import Tree, parse
from sim.scenario.files.words import kind, short

FORMAT = 1
AnyModel = TypeVar("AnyModel", bound=BaseModel)


def scenario_names() -> list[str]:
    """The scenarios that come with Demarche."""
    return names_in("scenarios")


def read_named(model: type[AnyModel], name_or_path: str | Path, folder: str, what: str) -> tuple[AnyModel, Path]:
    """The model in a file of a name or path, and that file.

    Args:
        folder: Folder of `configs/` where bare names live. what: What the file is, for the sentences.
    """
    path = locate(name_or_path, folder, what)
    tree = parse(text_of(path, f"{what} file"), shown(path))
    found = checked(model, tree, shown(path))
    name = getattr(found, "name", path.stem)
    if name != path.stem:
        line = tree.line(("name",))
        raise InputError(f"{shown(path)}, line {line}, name: `{name}` is not the file's name; expected `{path.stem}`.")
    return found, path


def checked(model: type[AnyModel], tree: Tree, where: str) -> AnyModel:
    """The model of a tree.

    Raises:
        InputError: At most five sentences, one a line.
    """
    _format(tree, where)
    try:
        return model.model_validate(tree.data)
    except ValidationError as error:
        raise InputError(sentences(error, model, tree, where)) from None


def _format(tree: Tree, where: str) -> None:
    """First of all: a file of another format would be wrong in every line."""
    data: Any = tree.data
    if not isinstance(data, dict):
        raise InputError(f"{where}, line 1: {kind(data)} stands here; expected `format: {FORMAT}` and so on.")
    version = data.get("format")
    if "format" not in data:
        raise InputError(f"{where}: `format` is missing; expected `format: {FORMAT}`.")
    if isinstance(version, bool) or version != FORMAT:
        line = tree.line(("format",)) or 1
        raise InputError(f"{where}, line {line}, format: {short(version)} cannot be read; expected {FORMAT}.")
