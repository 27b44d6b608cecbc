"""What a command leaves behind: text and JSON on stdout, tables, and files that are whole or not there."""

import contextlib
import json
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from agents.errors import InputError

if TYPE_CHECKING:
    from sim.run.prepare import Prepared

WIDEST = 1000
Writer = Callable[[Path], Any]


def put(text: str) -> None:
    """Text on stdout; a terminal that lacks a letter shows another one instead of failing."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.rstrip("\n").encode(encoding, errors="replace").decode(encoding))


def put_json(data: dict[str, Any]) -> None:
    """One JSON object: the same bytes on any machine."""
    put(as_json(data))


def as_json(data: dict[str, Any]) -> str:
    """Keys in order, plain letters only, `null` for what is not a number."""
    return json.dumps(_plain(data), sort_keys=True, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def put_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """A table as wide as the terminal; `right` holds the columns of numbers."""
    table = Table(title=title or None, title_justify="left", box=SIMPLE, pad_edge=False)
    for place, column in enumerate(columns):
        whole = place == 0 or place in right  # names and numbers are never cut
        widest = max((cell_len(row[place]) for row in rows), default=0) if whole else None
        justify: Any = "right" if place in right else "left"
        table.add_column(column, justify=justify, no_wrap=whole, min_width=widest)
    for row in rows:
        table.add_row(*row)
    console = Console(highlight=False, markup=False, emoji=False)
    room = console.options.update(width=WIDEST, max_width=WIDEST)
    console.width = max(console.width, Measurement.get(console, room, table).minimum)
    console.print(table)


def free_folder(path: Path) -> None:
    """Refuse a folder that cannot be made, before anything is computed."""
    if path.is_dir() and not any(path.iterdir()):
        return
    _refuse_existing(path, "a new or empty folder")


def free_file(path: Path, suffixes: Sequence[str]) -> None:
    """Refuse a file that cannot be made, before anything is computed."""
    if path.suffix not in suffixes:
        raise InputError(f"--out {path}: expected a file that ends in {' or '.join(suffixes)}.")
    _refuse_existing(path, "a new file")


def _refuse_existing(path: Path, right: str) -> None:
    if path.exists() or path.is_symlink():
        raise InputError(f"--out {path}: it is there already, and nothing is overwritten; expected {right}.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"--out {path}: there is no folder {path.parent} to put it in.")
    if not os.access(path.absolute().parent, os.W_OK):
        raise _no_place(path)


def _no_place(path: Path) -> InputError:
    return InputError(f"--out {path}: nothing can be written in {path.parent}; expected a folder of your own.")


def write_folder(folder: Path, writers: dict[str, Writer]) -> None:
    """Files into a new folder: all of them, or no folder."""
    with _beside(folder) as made:
        for name, write in writers.items():
            write(made / name)
            _on_disk(made / name)
        if folder.is_dir():
            folder.rmdir()
        made.rename(folder)


def write_file(path: Path, write: Writer) -> None:
    """A new file, whole or not there."""
    with _beside(path) as made:
        write(made / path.name)
        _on_disk(made / path.name)
        (made / path.name).rename(path)


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards unless it was renamed."""
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.absolute().parent))
    except FileNotFoundError:  # a folder of the system that only looks like one
        raise _no_place(path) from None
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _on_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def text_writer(text: str) -> Writer:
    """Write a text with the same line ends everywhere."""
    return bytes_writer(text.encode())


def bytes_writer(data: bytes) -> Writer:
    """Write bytes."""
    return lambda path: path.write_bytes(data)


def put_changes(prepared: "Prepared", what: str = "Changed from the scenario") -> None:
    """Say what was changed of the scenario, if anything was."""
    from textwrap import fill

    from sim.telling.changes_page import changes_in_words

    found = changes_in_words(prepared, "en")
    if found:
        put(fill(f"{what}: {' '.join(found)}", 100))
