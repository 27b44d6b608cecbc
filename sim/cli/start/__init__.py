"""Where the command `demarche` begins: what may be wrong with the machine is said before anything heavy is imported.

It is installed as a package of its own name (see setup.py): a folder with its own `sim.py` or `agents.py` may hide our
packages, and only a package of another name can say so. Runs on any Python 3.
"""

import importlib.util
import os
import sys

# ruff: noqa: UP032 - an old Python must be able to read this file, to be told that it is old
OLDEST = (3, 11)
OURS = {"agents": "rules", "sim": "laws", "dashboards": "widgets"}
"""Our packages, and a folder that only ours has."""
NEEDED = ("typer", "rich", "pydantic", "yaml", "numpy", "numba", "mesa", "polars")


def main() -> int:
    """Run one command, or say in a sentence why none can run."""
    sentence = problem()
    if sentence:
        sys.stderr.write(sentence + "\n")
        return 2
    from sim.cli.main import main as run

    return run()


def problem() -> str:
    """One sentence, or an empty text."""
    if sys.version_info[:2] < OLDEST:
        return "This is Python {}.{} ({}); Demarche needs Python {}.{} or newer.".format(
            *sys.version_info[:2], sys.executable, *OLDEST
        )
    return _hidden() or _missing()


def _hidden() -> str:
    """Another module of the same name (a student's `agents.py`, the package openai-agents) stands before ours."""
    for name, mark in OURS.items():
        found = importlib.util.find_spec(name)
        folders = list((found and found.submodule_search_locations) or [])
        place = os.path.abspath((found and found.origin) or (folders or ["nowhere"])[0])  # noqa: PTH100
        if not any(os.path.isdir(os.path.join(folder, mark)) for folder in folders):  # noqa: PTH112, PTH118
            return (
                "{} hides Demarche's package `{}`. Rename it, or start Demarche in another folder or environment."
            ).format(place, name)
    return ""


def _missing() -> str:
    for name in NEEDED:
        if importlib.util.find_spec(name) is None:
            return "The package `{}` is missing from {}. Install Demarche again in this environment.".format(
                name, sys.executable
            )
    return ""
