"""The fenced blocks of a page: which are commands, which are code, which are a file to write, which are output.

    ```sh      a line that begins with `demarche ` is run; `# fails` above it says that it must be refused
    ```python  is run, or written to a file where its first line names one: `# homework/my_rule.py`
    ```text    is what the command above it printed, where `<!-- output -->` stands before it

`<!-- output: What happened ... Outcome | Outcome ... -->` keeps pieces of an output: each from the first line that
holds the first words to just before the next line that holds the second ones.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
CUT = "[...]"
_FENCE = re.compile(r"^(?:<!-- output(?P<pieces>:.*?)? -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Command:
    """A command line of a page, the words after `demarche`, and whether it is meant to be refused."""

    words: tuple[str, ...]
    fails: bool


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, text, line in the page, place in the text, and the pieces an output keeps."""

    kind: str
    body: str
    line: int
    start: int
    end: int
    output: bool
    pieces: str

    def commands(self) -> list[Command]:
        """The lines that call demarche."""
        found, fails = [], False
        for line in self.body.splitlines():
            if line.startswith("demarche "):
                found.append(Command(tuple(shlex.split(line, comments=True)[1:]), fails))
            fails = line.strip() == "# fails"
        return found

    def file(self) -> str:
        """The file a block of code is to be written to, or an empty text."""
        named = re.match(r"# (\S+/\S+\.py)\n", self.body)
        return named[1] if named else ""


def pages() -> list[Path]:
    """Every page that a person writes: README, CONTRIBUTING and all in docs without the generated reference."""
    written = (page for page in sorted(DOCS.rglob("*.md")) if REFERENCE not in page.parents)
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *written]


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start("kind")) + 1
        is_output = found[0].startswith("<!-- output")
        pieces = (found["pieces"] or "").removeprefix(":").strip()
        yield Block(found["kind"], found["body"], line, found.start("body"), found.end("body"), is_output, pieces)


def kept(output: str, pieces: str) -> str:
    """The pieces of an output that a page shows, with a mark where something was left out."""
    lines = [line.rstrip() for line in output.strip("\n").split("\n")]
    if not pieces:
        return "\n".join(lines) + "\n"
    shown: list[str] = []
    for piece in pieces.split(" | "):
        first, _, last = (part.strip() for part in piece.partition("..."))
        start = next((n for n, line in enumerate(lines) if first in line), 0)
        after = (n for n, line in enumerate(lines) if n > start and last and last in line)
        end = next(after, len(lines))
        shown += ([CUT] if start else []) + lines[start:end]
        while shown[-1] == "":
            shown.pop()
    return "\n".join([*shown, CUT] if end < len(lines) else shown) + "\n"
