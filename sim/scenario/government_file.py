"""What a crisis in a scenario file plays in: governments, what they trade, the clock, what may be injected."""

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator

from agents import units as u
from agents.units import unit_of
from sim.scenario.files.fields import (
    Count,
    Days,
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
    PerDay,
    Score,
    Share,
    Source,
    Tariff,
    Text,
)
from sim.scenario.files.words import problem, short


def _moment(text: str) -> str:
    try:
        if datetime.datetime.fromisoformat(text).tzinfo:
            return text
    except ValueError:
        pass
    raise problem(f"{short(text)} is not a moment with its time zone; expected for instance 2025-01-26T13:28-05:00.")


class Telling(Text):
    """How somebody tells the dispute, in neutral words, and where."""

    source: Source


class Account(Telling):
    """How a government tells the dispute as it begins; `after`, how it tells the ending."""

    after: Telling | None = None


class Voice(Telling):
    """How an audience tells the dispute, such as a party's press: a voice, not a fact. `after` is as in an account."""

    name: Text
    after: Telling | None = None


class Leg(Model):
    """Rounds of `hours` until `until_hours` after the ultimatum."""

    hours: Hours
    until_hours: Hours


class Clock(Model):
    """When round 0 begins, and how long rounds are: short at first, longer later. A choice, not a fact.

    `played: by_message` (the default) plays an open crisis as finely as its fastest channel needs. `played: by_round`
    plays it in its shortest round, in which as many messages arrive as that lasts: for cases coded by the month.
    """

    start: Annotated[str, AfterValidator(_moment)]
    rounds: tuple[Leg, ...]
    played: Literal["by_message", "by_round"] = "by_message"


class Common(Part):
    """Numbers of a government; under `common`, those of every government that does not state its own."""

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
    invoiced: Annotated[Share | None, "share of its trade that is invoiced in the currency of the sender"] = None
    joined: Annotated[Share | None, "1 where it is in a rival's institutions already; 0 where left out"] = None
    term_limit: Annotated[Share | None, "1 where the leader may not stand again; 0 where left out"] = None
    latitude: Annotated[Latitude | None, "of the capital, for the map"] = None
    longitude: Annotated[Longitude | None, "of the capital, for the map"] = None


class Government(Common):
    """A government. A number left out here stands in `common`; `Scenario.government` puts the two together."""

    name: Text


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


class Agenda(Part):
    """How a sender takes up its latent demands."""

    attention: Annotated[Count, "demands it can press at the same time"]
    pace: Annotated[PerDay, "chance a day that it takes up the next one, before anything is known of success"]
    success: Annotated[Share, "how often coercion works, as it believes at the start"]


class LegalBasis(Part):
    """A law that tariffs rest on, and what a court may do to it: they all come back on another law, so high at most."""

    label: Text
    struck_down: Annotated[PerDay, "chance a day, while a measure on it is in force, that a court strikes it down"]
    judgment: Annotated[Days | None, "when it was struck down, counted from the ultimatum, where that is known"] = None
    reissued: Annotated[Tariff, "the highest tariff that comes back on another law"]


class Inject(Model):
    """Something an instructor may let happen: a change of one number, by the path the command line uses too."""

    label: Text
    path: Filled
    op: Literal["=", "+=", "*="]
    value: Number
