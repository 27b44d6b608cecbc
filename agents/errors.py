"""What a person sees when something is wrong: where, what, what would be right, which names exist."""

import difflib
from collections.abc import Iterable
from pathlib import Path


class DemarcheError(Exception):
    """One clear sentence for the person at the keyboard; never shown with a traceback."""

    exit_code = 1


class InputError(DemarcheError):
    """Something a person wrote is wrong: a file, a path, an option. Exit code 2."""

    exit_code = 2


class RunError(DemarcheError):
    """The input was fine and the run failed. Exit code 1."""


def names_there_are(wrong: str, names: Iterable[str]) -> str:
    """'Did you mean `support`? There are: elite, mood, support.'"""
    known = sorted(names)
    near = difflib.get_close_matches(wrong, known, n=1)
    guess = f"Did you mean `{near[0]}`? " if near else ""
    return f"{guess}There are: {', '.join(known)}." if known else f"{guess}There are none."


def shown(path: Path) -> str:
    """A path as a person would write it: relative to where they are, if it lies there."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
