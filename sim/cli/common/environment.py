"""What may be wrong with the machine, found before anything heavy is imported. Runs on any Python 3."""

import importlib.util
import os
import sys

# ruff: noqa: UP032 - an old Python must be able to read this file, to be told that it is old
OLDEST = (3, 11)


def problem() -> str:
    """One sentence, or an empty text."""
    if sys.version_info[:2] < OLDEST:
        return "This is Python {}.{} ({}); Demarche needs Python {}.{} or newer.".format(
            *sys.version_info[:2], sys.executable, *OLDEST
        )
    return _shadowed() or _missing()


def _shadowed() -> str:
    """Another package named `agents`, for instance that of openai-agents, stands before ours."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    found = importlib.util.find_spec("agents")
    place = os.path.abspath((found and found.origin) or "nowhere")  # noqa: PTH100
    if place == os.path.join(root, "agents", "__init__.py"):  # noqa: PTH118
        return ""
    return (
        "Demarche's package `agents` is hidden by another one: {}. Run in a fresh environment: "
        "python3 -m venv .venv, then .venv/bin/python -m pip install -e . in the checkout."
    ).format(place)


def _missing() -> str:
    for name in ("typer", "rich", "pydantic", "yaml", "numpy", "numba", "mesa", "polars"):
        if importlib.util.find_spec(name) is None:
            return (
                "The package `{}` is missing from {}. Install it: python -m pip install -e . in the checkout.".format(
                    name, sys.executable
                )
            )
    return ""
