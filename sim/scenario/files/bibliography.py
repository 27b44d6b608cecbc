"""The one bibliography: `configs/sources.bib`, read by forty lines because entries are kept simple.

An entry is `@type{key,` and then `field = {text},` lines; braces may nest inside a text, strings are not expanded.
"""

import difflib
import re
from collections import ChainMap
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from agents.errors import InputError, shown
from sim.scenario.files.locate import CONFIGS, config_folders, text_of
from sim.scenario.files.words import printable

BIBLIOGRAPHY = CONFIGS / "sources.bib"
_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^,\s]+)\s*,")
_FIELD = re.compile(r"(\w+)\s*=\s*\{")

Entry = Mapping[str, str]
"""Fields of an entry; `type` is its kind (article, book, misc)."""


def parse(text: str, file: str = "sources.bib") -> dict[str, Entry]:
    """Every entry by its key.

    Raises:
        InputError: With the line of a key that stands twice or a brace that is never closed.
    """
    found: dict[str, Entry] = {}
    for match in _ENTRY.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        kind, key = match.groups()
        if key in found:
            raise InputError(f"{file}, line {line}: the key `{key}` stands twice; keep one.")
        body, _ = _braced(text, text.index("{", match.start()), f"{file}, line {line}")
        found[key] = {"type": kind.lower(), **_fields(body, f"{file}, line {line}")}
    return found


def _fields(body: str, where: str) -> dict[str, str]:
    found, at = {}, 0
    while match := _FIELD.search(body, at):
        value, at = _braced(body, match.end() - 1, where)
        found[match.group(1).lower()] = " ".join(value.split())
    return found


def _braced(text: str, at: int, where: str) -> tuple[str, int]:
    """What stands between the brace at `at` and its partner, and the place after it."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return text[at + 1 : place], place + 1
    raise InputError(f"{where}: a brace is opened and never closed.")


@lru_cache(maxsize=8)
def read(path: Path = BIBLIOGRAPHY) -> Mapping[str, Entry]:
    """The bibliography, read once."""
    return parse(text_of(path, "bibliography file"), shown(path))


def _entries() -> Mapping[str, Entry]:
    """Those of all configuration folders; ours first, so that a key of ours means the same everywhere."""
    files = [BIBLIOGRAPHY, *(folder / "sources.bib" for folder in config_folders()[:-1])]
    return ChainMap(*(dict(read(path)) for path in files if path.is_file()))


def resolve(key: str) -> Entry:
    """The entry of a key.

    Raises:
        InputError: With the nearest keys there are.
    """
    entries = _entries()
    if key in entries:
        return entries[key]
    near = difflib.get_close_matches(key[:80], entries, n=3, cutoff=0.5)
    hint = f"Near: {', '.join(near)}." if near else f"It has {len(entries)} keys, none of them near."
    raise InputError(f"there is no source `{printable(key)}` in sources.bib. {hint}")


def reference(key: str) -> str:
    """The entry of a key in one line, as it stands at the end of a report."""
    entry = resolve(key)
    volume = entry.get("volume", "") + (f"({entry['number']})" if "number" in entry else "")
    where = " ".join(filter(None, (entry.get("journal"), volume)))
    tail = ", ".join(filter(None, (where or entry.get("publisher"), entry.get("pages"))))
    parts = [f"{entry['author'].replace(' and ', '; ')} ({entry['year']})", entry["title"], tail, entry.get("note")]
    return re.sub("[{}]", "", ". ".join(part for part in parts if part)).replace("--", "–") + "."


def cite(source: str) -> str:
    """A source as one would cite it; what is `own:` stays as it is."""
    if source.startswith("own:"):
        return f"none, {source}"
    entry = resolve(source)
    who = entry.get("author", entry.get("institution", entry.get("publisher", "")))
    where = entry.get("journal", entry.get("booktitle", entry.get("publisher", entry.get("url", ""))))
    parts = [
        f"{who} ({entry.get('year', 'n.d.')})" if who else "",
        entry.get("title", ""),
        where if where != who else "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + f" [{source}]"
