"""A scenario file: what belongs in it. Frozen and strict; every number states its unit and origin."""

from pathlib import Path
from typing import Any, Self

from pydantic import model_validator

from agents.errors import InputError, names_there_are
from sim.scenario import checks
from sim.scenario.canonical import digest
from sim.scenario.crisis_file import Channels, Clause, Crisis, Measure, Record, RuleNames, Rules, Sides
from sim.scenario.files import reader
from sim.scenario.files.fields import Text, units, walk
from sim.scenario.files.quantity import Quantity
from sim.scenario.files.tree import Tree
from sim.scenario.files.words import many, printable
from sim.scenario.government_file import (
    Account,
    Agenda,
    Clock,
    Common,
    Exports,
    Government,
    Inject,
    Leg,
    LegalBasis,
    Telling,
    Voice,
)
from sim.scenario.scenario_parts import ScenarioParts

__all__ = [
    "Account", "Agenda", "Channels", "Clause", "Clock", "Common", "Crisis", "Exports", "Government", "Inject", "Leg",
    "LegalBasis", "Measure", "Record", "RuleNames", "Rules", "Scenario", "Sides", "Telling", "Text", "Voice", "units",
]  # fmt: skip


class Scenario(ScenarioParts):
    """A case: governments, what they trade, their crises and the clock they run on."""

    @classmethod
    def read(cls, name_or_path: str | Path) -> Self:
        """The scenario of a name (in `configs/scenarios`) or of a path.

        Raises:
            InputError: Up to five sentences, one a line: file, line, path, what is wrong and what is right.
        """
        scenario, path = reader.read_named(cls, name_or_path, "scenarios", "scenario")
        scenario._path = path
        return scenario

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """The scenario of plain data in the form of a file: for tests and for generated worlds."""
        return reader.checked(cls, Tree(data), "scenario")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if problems := list(checks.problems(self)):
            raise many(problems)
        return self

    @property
    def path(self) -> Path | None:
        """The file it was read from, if any."""
        return self._path

    @property
    def content_hash(self) -> str:
        """SHA-256 of what the file says; comments, spaces and the order of governments do not matter."""
        return digest(self.data())

    def data(self) -> dict[str, Any]:
        """The plain data of the scenario, in the form of a file."""
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)

    def government(self, code: str) -> Government:
        """A government with the common numbers filled in.

        Raises:
            InputError: When there is none of that code.
        """
        if code not in self.governments:
            raise InputError(f"There is no government `{printable(code)}`. {names_there_are(code, self.governments)}")
        own = self.governments[code]
        return own.model_copy(update={**self.common.numbers(), **own.numbers()})

    def numbers(self) -> list[tuple[str, Quantity]]:
        """Every number with the dotted path it has in the file; those under `common` once."""
        return [*walk(self), *self._flows()]

    def assumptions(self) -> list[tuple[str, Quantity]]:
        """The numbers nobody knows, each with range and reason."""
        return [(path, number) for path, number in self.numbers() if number.assumed]

    def _flows(self) -> list[tuple[str, Quantity]]:
        return [
            (f"exports.{i}.{j}", Quantity(table.in_base_unit(value), "US$ billion a year", table.source))
            for table in self.exports
            for i, flows in table.flows.items()
            for j, value in flows.items()
        ]
