"""A table of words, as a terminal, a page or a file shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.scenario.text.texts import say


@dataclass(frozen=True)
class Table:
    """A table: its `kind` (the same in every language), title, columns, rows, and the places of numbers."""

    kind: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]

    @classmethod
    def of(
        cls,
        kind: str,
        title: str,
        columns: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        right: tuple[int, ...],
        language: str,
    ) -> "Table":
        """A table whose columns are named by id (`study.*`)."""
        return cls(kind, title, cls.heads(columns, language), tuple(rows), right)

    @staticmethod
    def heads(columns: Sequence[str], language: str) -> tuple[str, ...]:
        """Names of columns in a language."""
        return tuple(say(f"study.{column}", language) for column in columns)
