"""A scenario file: what belongs in it. Frozen and strict; every number states its unit and origin."""

import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, model_validator

from agents import units as u
from agents.units import unit_of
from sim.scenario import checks, reader
from sim.scenario.canonical import digest
from sim.scenario.crisis import Channels, Clause, Crisis, Measure, RuleNames, Rules, Sides
from sim.scenario.fields import (
    Count,
    CrisisCode,
    Days,
    FileName,
    Filled,
    GovernmentCode,
    Hours,
    IdealPoint,
    Latitude,
    Longitude,
    Model,
    Money,
    Number,
    Part,
    Score,
    Share,
    Source,
    Text,
    Word,
    units,
    walk,
)
from sim.scenario.quantity import Quantity
from sim.scenario.tree import Tree
from sim.scenario.words import many, problem, short

__all__ = [
    "Account", "Channels", "Clause", "Clock", "Count", "Crisis", "Exports", "Government", "Inject", "Leg", "Measure",
    "RuleNames", "Rules", "Scenario", "Sides", "Text", "units",
]  # fmt: skip


def _moment(text: str) -> str:
    try:
        if datetime.datetime.fromisoformat(text).tzinfo:
            return text
    except ValueError:
        pass
    raise problem(f"{short(text)} is not a moment with its time zone; right is for instance 2025-01-26T13:28-05:00.")


class Account(Text):
    """How a government tells the dispute, in neutral words, and where it did so."""

    source: Source


class Leg(Model):
    """Rounds of `hours` until `until_hours` after the ultimatum."""

    hours: Hours
    until_hours: Hours


class Clock(Model):
    """When round 0 begins, and how long rounds are: short at first, longer later. A choice, not a fact."""

    start: Annotated[str, AfterValidator(_moment)]
    rounds: tuple[Leg, ...]


class Government(Part):
    """A government. A number left out here stands in `common`; `Scenario.government` puts the two together."""

    name: Text
    gdp: Annotated[Money | None, "gross domestic product"] = None
    polity: Annotated[Share | None, "democracy, 0 to 1"] = None
    coalition: Annotated[Share | None, "share of the selectorate it needs"] = None
    leaning: Annotated[Score | None, "the leader's leaning, left -1 to right 1"] = None
    defiance: Annotated[Share | None, "how much the leader values being seen to stand firm"] = None
    ideal_point: Annotated[IdealPoint | None, "position in UN votes"] = None
    support: Annotated[Share | None, "share of the public behind it"] = None
    usual: Annotated[Share | None, "level that support returns to"] = None
    survival: Annotated[Share | None, "support needed to stay in office"] = None
    elite: Annotated[Share | None, "business, banks and officials behind it"] = None
    mood: Annotated[Share | None, "share of the public that wants defiance"] = None
    election: Annotated[Days | None, "time from the ultimatum to the next election"] = None
    record: Annotated[Share | None, "how often it has carried out what it announced"] = None
    latitude: Annotated[Latitude | None, "of the capital, for the map"] = None
    longitude: Annotated[Longitude | None, "of the capital, for the map"] = None


class Common(Government):
    """Numbers of every government that does not state its own."""

    name: None = None  # type: ignore[assignment]


class Exports(Model):
    """A table of exports a year, exporter by importer, in one unit and from one source."""

    unit: str
    source: Source
    flows: dict[GovernmentCode, dict[GovernmentCode, Number]]

    def in_base_unit(self, value: float) -> float:
        """A number of the table in US$ billion a year."""
        unit = unit_of(u.Money)
        assert unit is not None
        return value * unit.words()[self.unit]


class Inject(Model):
    """Something an instructor may let happen: a change of one number, by the path the command line uses too."""

    label: Text
    path: Filled
    op: Literal["=", "+=", "*="]
    value: Number


def _tables(data: Any) -> Any:
    return [data] if isinstance(data, dict) else data


class Scenario(Model):
    """A case: governments, what they trade, their crises and the clock they run on."""

    format: Literal[1]
    name: FileName
    title: Text
    summary: Text
    accounts: dict[GovernmentCode, Account] = Field(default={})
    clock: Clock
    common: Common = Common()
    governments: dict[GovernmentCode, Government]
    exports: Annotated[tuple[Exports, ...], BeforeValidator(_tables)]
    crises: dict[CrisisCode, Crisis]
    injects: dict[Word, Inject] = Field(default={})
    _path: Path | None = PrivateAttr(default=None)

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
        return self.model_dump(mode="python", exclude_none=True, exclude_defaults=True)

    def government(self, code: str) -> Government:
        """A government with the common numbers filled in."""
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
