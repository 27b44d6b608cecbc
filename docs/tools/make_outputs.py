"""Run the commands of every page again and put what they print into the page: `python docs/tools/make_outputs.py`.

With names of pages, only those: `python docs/tools/make_outputs.py README.md docs/tutorial/1-run-a-crisis.md`.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from blocks import ROOT, Block, blocks, kept, pages

PROGRESS = re.compile(r"[\d,]+ of [\d,]+ \w+")
"""How far a command has come; how often it says so differs from machine to machine."""


def main(names: list[str]) -> None:
    """Refresh the outputs of some pages, or of all."""
    for page in [Path(name).resolve() for name in names] or pages():
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            fresh = refreshed(text, folder)
        if fresh != text:
            page.write_text(fresh, encoding="utf-8")
            print(f"changed {page.relative_to(ROOT)}")


def refreshed(text: str, folder: str) -> str:
    """A page with the outputs its commands give now."""
    changes: list[tuple[Block, str]] = []
    last = ""
    for block in blocks(text):
        if block.output:
            changes.append((block, kept(last, block.pieces)))
        elif block.kind == "sh" and block.commands():
            last = "".join(
                said("-m", "sim.cli.main", *command.words, folder=folder, fails=command.fails)
                for command in block.commands()
            )
        elif block.kind == "python":
            last = written_or_run(block, folder)
    for block, output in reversed(changes):
        text = text[: block.start] + output + text[block.end :]
    return text


def written_or_run(block: Block, folder: str) -> str:
    """Write a block to its file, or run it and give what it printed."""
    if not block.file():
        return said("-c", block.body, folder=folder)
    path = Path(folder, block.file())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.body, encoding="utf-8")
    return ""


def said(*words: str, folder: str, fails: bool = False) -> str:
    """What Python printed, and what it complained about, with paths as they are in the checkout."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if (done.returncode != 0) != fails:
        sys.exit(f"{' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
    complaints = [
        line for line in done.stderr.splitlines() if not line.endswith("...") and not PROGRESS.fullmatch(line)
    ]
    return (done.stdout + "".join(f"{line}\n" for line in complaints)).replace(f"{ROOT}{os.sep}", "")


if __name__ == "__main__":
    main(sys.argv[1:])
