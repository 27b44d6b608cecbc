"""Codes: short names that appear in paths, tables and links, so they are held to a narrow alphabet."""

import re

from sim.scenario.files.words import problem, short


def government_code(code: str) -> str:
    """Two to six capitals, as COL."""
    return _matching(code, r"[A-Z]{2,6}", "a government's code: two to six capital letters, as COL")


def crisis_code(code: str) -> str:
    """Small letters, as flights: it is told from a government's code by its letters."""
    return _matching(code, r"[a-z][a-z0-9_]{0,30}", "a short name in small letters, as deportation_flights")


def word(code: str) -> str:
    """Small letters: the code of a clause, a measure, an inject, a rule."""
    return _matching(code, r"[a-z][a-z0-9_]{0,39}", "a short name in small letters, digits and _, as tariff_25")


def file_name(code: str) -> str:
    """The name of a scenario or a weight set, which is also its file's."""
    return _matching(code, r"[a-z][a-z0-9_]{0,59}", "a short name in small letters, digits and _, as the file's")


def _matching(code: str, pattern: str, right: str) -> str:
    if not re.fullmatch(pattern, code):
        raise problem(f"{short(code)} is not a name that can stand here; expected {right}.")
    return code
