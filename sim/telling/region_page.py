"""A run of a region as a chronicle by month: who was threatened, who conceded on what terms, who stood with whom, and
what drifted meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from textwrap import fill
from typing import Any

from sim.engines.endings import Endings
from sim.engines.history import History
from sim.engines.outcome import ENDINGS
from sim.scenario.text.texts import listing, number
from sim.state.columns import CLAUSE, CRISIS, DYAD, GOV
from sim.telling.changes_page import changed_line
from sim.telling.crisis_page import transcript
from sim.telling.events import Event, events
from sim.telling.how_often import how_often
from sim.telling.narrator import Narrator

WIDTH = 100
WEEKS = (0, 26, 52, 104)
"""When the slow things are looked at."""
STANCES = ("stance_stands", "stance_credit")
MEASURE_EVENTS = ("in_force", "missed", "struck")
TOLD = ("demanded", "ultimatum", "settled", "reopened", "joint", "collapsed", "changed", *MEASURE_EVENTS, *STANCES)
"""What a region's page tells; what is said from day to day stays with the pages of single crises."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a region's chronicle: of one event, or of several of a kind in one crisis."""

    kind: str
    crisis: int
    who: tuple[str, ...]
    text: str


def page(history: History, language: str = "en", found: Endings | None = None) -> str:
    """The page of a run: of a region by month where a sender has an agenda, else of a crisis by hour."""
    if not history.prepared.template.scenario.agenda:
        return transcript(history, language, found)
    told = RegionPage(history, language)
    return "\n".join([*told.lines(), *(told.rarity(found) if found else ())]) + "\n"


class RegionPage(Narrator):
    """Tells a region's run in a language."""

    def __init__(self, history: History, language: str) -> None:
        super().__init__(history, language)
        self.found = [event for event in events(history) if event.kind in TOLD]

    def lines(self) -> Iterator[str]:
        """The page, line by line."""
        title = self.text(self.scenario.title)
        yield from (title, "=" * len(title), fill(self.text(self.scenario.summary), WIDTH), "")
        for month, found in groupby(sorted(self.found, key=lambda event: event.time), self.month):
            yield month
            for sentence in self.sentences(list(found)):
                yield fill(sentence.text, WIDTH, initial_indent="- ", subsequent_indent="  ")
        yield from self._demands()
        yield from self._drift()

    def rarity(self, found: Endings) -> Iterator[str]:
        """How often the first crisis ends as it did here."""
        yield from ("", self.say("region.how_often", title=self._title(0)))
        for sentence in how_often(self, found, self.ending()):
            yield fill(sentence, WIDTH, initial_indent="- ", subsequent_indent="  ")

    def month(self, event: Event) -> str:
        """The month of an event, as a heading."""
        moment = datetime.fromisoformat(self.scenario.clock.start) + timedelta(days=event.time)
        return f"{self.say('months').split()[moment.month - 1]} {moment.year}"

    def sentences(self, found: list[Event]) -> Iterator[Sentence]:
        """Events as sentences, in turn; measures of a crisis at once, and last who stood with whom, by crisis."""
        done = set()
        for event in found:
            key = (event.kind, event.crisis)
            if event.kind in MEASURE_EVENTS and key not in done:
                done.add(key)
                yield self._measures([other for other in found if (other.kind, other.crisis) == key])
            elif event.kind not in (*STANCES, *MEASURE_EVENTS):
                yield Sentence(event.kind, event.crisis, (event.who,), self._one(event))
        for crisis, name in enumerate(self.template.names.crises):
            stood = [event for event in found if event.kind in STANCES and event.crisis == crisis]
            if stood:
                codes = tuple(dict.fromkeys(event.who for event in stood))
                who = listing([self.name(code) for code in codes], self.language)
                target = self.name(self.scenario.crises[name].target)
                text = self.say("region.stood", who=who, target=target, title=self._title(crisis))
                yield Sentence(stood[0].kind, crisis, codes, text)

    def _one(self, event: Event) -> str:
        if event.kind == "settled":
            return f"{self._title(event.crisis)}: {self._settlement(event)}"
        if event.kind in ("reopened", "joint", "collapsed"):
            return f"{self._title(event.crisis)}: {self.sentence(event)}"
        if event.kind == "demanded":
            part = self.scenario.crises[self.template.names.crises[event.crisis]]
            return f"{self.text(part.opening)} {self.sentence(event)}"
        return self.sentence(event)

    def _measures(self, found: list[Event]) -> Sentence:
        """What became of the measures of a crisis in a month, in a sentence."""
        crisis, kind = found[0].crisis, found[0].kind
        labels = [self.measure(event, code) for event in found for code in event.codes]
        text = f"{self._title(crisis)}: " + self.say(f"region.{kind}", measures=listing(labels, self.language))
        return Sentence(kind, crisis, tuple(dict.fromkeys(event.who for event in found)), text)

    def _title(self, crisis: int) -> str:
        return self.text(self.scenario.crises[self.template.names.crises[crisis]].title)

    def _settlement(self, event: Event) -> str:
        state = self.history.state(event.round)
        part = self.scenario.crises[self.template.names.crises[event.crisis]]
        row = state.crises
        days = number(row[event.crisis, CRISIS.settled_at] - row[event.crisis, CRISIS.opened_at], self.language)
        kind = ENDINGS[int(row[event.crisis, CRISIS.ending])]
        after = self.say("region.day") if days == "1" else self.say("region.days", days=days)
        who = {"sender": self.name(part.sender), "target": self.name(part.target), "after": after}
        told = self.say(f"region.{kind}", **who)
        given, won = self._granted(state, event.crisis)
        if kind != "BD" and given:
            told += " " + self.say(
                "region.terms", target=who["target"], given=given, won=won or self.say("outcome.nothing")
            )
        return told

    def _granted(self, state: Any, crisis: int) -> tuple[str, str]:
        name = self.template.names.crises[crisis]
        clauses = self.scenario.crises[name].clauses
        granted = [code for place, code in enumerate(self.template.names.clauses[name])
                   if state.clauses[crisis, place, CLAUSE.granted] == 1.0]  # fmt: skip
        sides = [self.clauses(crisis, [code for code in granted if clauses[code].owner == owner])
                 for owner in ("target", "sender")]  # fmt: skip
        return listing(sides[0], self.language), listing(sides[1], self.language)

    def _demands(self) -> Iterator[str]:
        """Every demand in a line: when it was made, how it ended, after how many days, how many stood at most."""
        heading = self.say("region.demands")
        yield from ("", heading, "-" * len(heading))
        columns = [self.say(f"region.column.{name}") for name in ("made", "ended", "days", "stood", "position")]
        yield f"{'':<40}" + "".join(f"{column:>12}" for column in columns)
        for crisis in range(len(self.template.names.crises)):
            yield f"{self._title(crisis)[:39]:<40}" + "".join(f"{cell:>12}" for cell in self._line(crisis))

    def _line(self, crisis: int) -> list[str]:
        out, row = self.history.outcome(crisis), self.history.state(self.history.rounds).crises
        if not out["made"]:
            return [self.say("region.not_made"), "", "", "", ""]
        first = float(self.history.state(0).crises[crisis, CRISIS.opened_at])
        opened = first if not self.scenario.crises[self.template.names.crises[crisis]].latent else self._opened(crisis)
        days = number(out["settled_at"] - opened, self.language) if out["settled"] else "–"
        ending = self.say(f"region.short.{ENDINGS[int(out['ending'])]}")
        stood = f"{int(row[crisis, CRISIS.most])}" + (" *" if out["joint"] else "")
        return [self.day(opened), ending, days, stood, number(out["position"] * 100.0, self.language)]

    def _opened(self, crisis: int) -> float:
        return next(event.time for event in self.found if event.kind == "demanded" and event.crisis == crisis)

    def _drift(self) -> Iterator[str]:
        """What moves slowly, at the start and later: means over all but the first sender."""
        heading = self.say("region.drift")
        yield from ("", heading, "-" * len(heading))
        rounds = self._rounds()
        yield f"{'':<56}" + "".join(f"{self.say('region.week', week=week):>11}" for week, _ in rounds)
        for name in ("sentiment", "trade", "money", "mood", "joined", "success"):
            cells = [self._slow(name, played) for _, played in rounds]
            yield f"{self.say(f'region.{name}'):<56}" + "".join(f"{cell:>11}" for cell in cells)
        spec = self.history.prepared.spec
        yield ""
        yield fill(self.say("region.note", seed=spec.seed, run=spec.run, model=spec.model), WIDTH)
        if changed := changed_line(self.history.prepared, self.language):
            yield from ("", fill(changed, WIDTH))

    def _rounds(self) -> list[tuple[int, int]]:
        times = [self.history.time(played) for played in range(self.history.rounds + 1)]
        last = times[-1]
        return [(week, next(place for place, time in enumerate(times) if time >= week * 7.0 - 1e-9))
                for week in WEEKS if week * 7.0 <= last + 1e-9]  # fmt: skip

    def _slow(self, name: str, played: int) -> str:
        state = self.history.state(played)
        sender = int(state.crises[0, CRISIS.sender])
        others = [row for row in range(len(self.template.names.governments)) if row != sender]
        home, ties = state.governments, state.dyads
        if name == "joined":
            return f"{sum(int(home[row, GOV.joined]) for row in others)}"
        if name == "success":
            return number(home[sender, GOV.success], self.language, 2)
        if name == "sentiment":
            return number(sum(ties[row, sender, DYAD.sentiment] for row in others) / len(others), self.language, 3)
        if name == "trade":
            start = self.history.state(0).dyads
            flows = [sum(table[row, sender, DYAD.exports] for row in others) for table in (ties, start)]
            return number(100.0 * flows[0] / flows[1], self.language, 2)
        column = GOV.invoiced if name == "money" else GOV.mood
        return number(100.0 * sum(home[row, column] for row in others) / len(others), self.language, 1)
