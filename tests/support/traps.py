"""A folder whose Python files say that they were run, as a stranger's study may hold."""

import os
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("json", "random", "sim", "numba", "sitecustomize", "socket", "struct", "pickle", "tempfile", "multiprocessing")
PACKAGES = ("dashboards", "agents", "concurrent")


def folder_of_traps(place: Path) -> tuple[Path, Callable[[], list[str]]]:
    """The folder, and what of it was run until now."""
    folder, note = place / "strangers", place / "ran"
    folder.mkdir()
    trap = f"with open({str(note)!r}, 'a') as file:\n    file.write(__name__ + chr(10))\n"
    for name in NAMES:
        (folder / f"{name}.py").write_text(trap, encoding="utf-8")
    for name in PACKAGES:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(trap, encoding="utf-8")
    return folder, lambda: note.read_text(encoding="utf-8").split() if note.exists() else []


def environment(place: Path) -> dict[str, str]:
    """A person without anything kept from before, who uses this checkout."""
    home = place / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    kept.pop("PYTHONSAFEPATH", None)
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
