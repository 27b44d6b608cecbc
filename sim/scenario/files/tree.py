"""YAML text into plain data that remembers its lines. One way to write a thing: no anchors, no tags, no duplicates."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from agents.errors import InputError
from sim.scenario.files.words import printable

Path = tuple[str | int, ...]
DEEPEST = 20
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$", re.ASCII)
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "true": True, "false": False,
    ".nan": math.nan, ".inf": math.inf, "-.inf": -math.inf,
}  # fmt: skip


@dataclass(frozen=True)
class Tree:
    """The data of a file, and on which line each part of it begins."""

    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Line of a path, or of the nearest part above it that the file has."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def parse(text: str, file: str) -> Tree:
    """The tree of a YAML text.

    Raises:
        InputError: With file and line, for whatever is not plain YAML.
    """
    try:
        return _Builder(file, text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        raise InputError(f"{file}, line {line + 1}: {_advice(error, _line(text, line))}") from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise InputError(f"{file}, line {line}: a character that YAML does not allow; expected plain text.") from None


def scalar(text: str) -> Any:
    """The value of an unquoted word. Not YAML 1.1: `NO` is Norway and `1e-3` is a number."""
    word = text if text[:1] not in "TFNtfn.-~" else text.lower()
    if word in _WORDS:
        return _WORDS[word]
    if not _NUMBER.match(text):
        return text
    whole = text.lstrip("+-").isdigit() and len(text) < 18
    return int(text) if whole else float(text)


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number] if number < len(lines) else ""


def _advice(error: yaml.MarkedYAMLError, line: str) -> str:
    what = error.problem or "something is out of place"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "the YAML cannot be read: a tab; expected spaces for the indentation."
    return f"the YAML cannot be read ({what}); look for a missing colon, quote or bracket, or a wrong indentation."


class _Builder:
    """Builds a tree from the parser's events: unlike PyYAML's own loader it sees aliases before they multiply."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self._lines: dict[Path, int] = {}

    def document(self) -> Tree:
        """The one document of the text."""
        event = self._next(yaml.StreamStartEvent, yaml.DocumentStartEvent)
        if isinstance(event, yaml.StreamEndEvent):
            return Tree(None)  # nothing but comments
        data = self._value(event, ())
        event = self._next(yaml.DocumentEndEvent)
        if not isinstance(event, yaml.StreamEndEvent):
            self._refuse(event, "a second document begins; expected one document a file")
        return Tree(data, self._lines)

    def _next(self, *passed_over: type) -> Any:
        event = next(self._events)
        while isinstance(event, passed_over):
            event = next(self._events)
        return event

    def _value(self, event: Any, path: Path) -> Any:
        self._lines.setdefault(path, event.start_mark.line + 1)
        self._plain(event)
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else scalar(event.value)
        if len(path) > DEEPEST:
            self._refuse(event, f"the brackets or indentations are more than {DEEPEST} deep")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._plain(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "a key is a list or a mapping; expected a word")
            key = event.value
            if key in found:
                first = self._lines[(*path, key)]
                self._refuse(event, f"`{printable(key)}` stands twice here, first on line {first}; keep one")
            self._lines[(*path, key)] = event.start_mark.line + 1
            found[key] = self._value(next(self._events), (*path, key))
        return found

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found

    def _plain(self, event: Any) -> None:
        plainly = "there are none here, write the value itself"
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"the alias `*{printable(event.anchor)}`; {plainly}")
        if getattr(event, "anchor", None):
            self._refuse(event, f"the anchor `&{printable(event.anchor)}`; {plainly}")
        if getattr(event, "tag", None):
            self._refuse(event, f"the tag `{printable(event.tag)}`; {plainly}")

    def _refuse(self, event: Any, what: str) -> None:
        raise InputError(f"{self._file}, line {event.start_mark.line + 1}: {what}.")
