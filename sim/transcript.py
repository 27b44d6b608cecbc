"""A run as a page of plain text that a student can read: who demanded what, what happened, why, and what came of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from textwrap import fill

from sim.chronicle import Event, events
from sim.columns import CLAUSE, GOV, SIDE, TARGET, VIEW
from sim.history import History
from sim.outcome import ENDINGS
from sim.say import listing, number, say
from sim.scenario.fields import Text
from sim.why import explain

WIDTH = 100
TABLE_ROUNDS = 7


def transcript(history: History, language: str = "en") -> str:
    """The page of a run, in a language; crisis by crisis."""
    page = _Page(history, language)
    return "\n".join(page.lines()) + "\n"


class _Page:
    def __init__(self, history: History, language: str) -> None:
        self.history, self.language = history, language
        self.world = history.prepared.world
        self.scenario = self.world.scenario
        self.found = events(history)

    def lines(self) -> Iterator[str]:
        yield self._text(self.scenario.title)
        yield "=" * len(self._text(self.scenario.title))
        yield self._wrap(self._text(self.scenario.summary))
        yield from self._accounts()
        for crisis, name in enumerate(self.world.names.crises):
            yield from self._crisis(crisis, name)
        yield ""
        yield self._wrap(self._made())

    def _say(self, identity: str, **values: object) -> str:
        return say(identity, self.language, **values)

    def _text(self, text: Text) -> str:
        return text.es if self.language == "es" else text.en

    def _name(self, code: str) -> str:
        return self._text(self.scenario.governments[code].name)

    def _wrap(self, text: str, indent: str = "") -> str:
        return fill(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))

    def _heading(self, text: str) -> list[str]:
        return ["", text, "-" * len(text)]

    def _accounts(self) -> Iterator[str]:
        if self.scenario.accounts:
            yield from self._heading(self._say("transcript.accounts"))
            for code, account in self.scenario.accounts.items():
                yield self._wrap(self._text(account), f"{self._name(code)}: ")

    def _crisis(self, crisis: int, name: str) -> Iterator[str]:
        part = self.scenario.crises[name]
        yield from self._heading(self._text(part.title))
        yield self._wrap(self._text(part.opening))
        yield from self._heading(self._say("transcript.demanded"))
        for owner, identity in (("target", "transcript.gives"), ("sender", "transcript.receives")):
            who = part.target
            labels = [self._clause(crisis, code) for code, clause in part.clauses.items() if clause.owner == owner]
            yield self._wrap(listing(labels, self.language) + ".", self._say(identity, who=self._name(who)) + ": ")
        yield from self._heading(self._say("transcript.course"))
        yield from self._course(crisis)
        yield from self._figures(crisis, part.target)
        yield from self._why(crisis, part.target)
        yield from self._outcome(crisis, part.sender, part.target)

    def _course(self, crisis: int) -> Iterator[str]:
        last = -1.0
        for event in (event for event in self.found if event.crisis == crisis):
            stamp = self._stamp(event.time) if event.time != last else ""
            last = event.time
            yield self._wrap(self._sentence(event), f"{stamp:<24}")

    def _stamp(self, time: float) -> str:
        return f"{self._moment(time)} {self._say('hour', hours=f'{time * 24:.0f}'):>7}"

    def _moment(self, time: float) -> str:
        moment = datetime.fromisoformat(self.scenario.clock.start) + timedelta(days=time)
        month = self._say("months").split()[moment.month - 1]
        return self._say("moment", day=moment.day, month=month, time=f"{moment:%H:%M}")

    def _sentence(self, event: Event) -> str:
        part = self.scenario.crises[self.world.names.crises[event.crisis]]
        values: dict[str, object] = {
            "sender": self._name(part.sender),
            "target": self._name(part.target),
            "who": self._name(event.who) if event.who else "",
            **event.values,
        }
        if event.kind in ("offers", "concedes"):
            values["clauses"] = listing([self._clause(event.crisis, code) for code in event.codes], self.language)
        else:
            measures = [self._text(part.measures[code].label) for code in event.codes]
            values["measures"] = values["measure"] = listing(measures, self.language)
        for key in ("before", "now"):
            if key in event.values:
                values[key] = number(event.values[key] * 100, self.language)
        sentence = self._say(f"event.{event.kind}", **values)
        return sentence[0].upper() + sentence[1:]

    def _clause(self, crisis: int, code: str) -> str:
        clause = self.scenario.crises[self.world.names.crises[crisis]].clauses[code]
        quiet = f" ({self._say('transcript.unstated')})" if clause.unstated else ""
        return self._text(clause.label) + quiet

    def _figures(self, crisis: int, target: str) -> Iterator[str]:
        columns = ("time", "strain", "in_force", "threatened", "support", "elite", "willing")
        yield from self._heading(self._say("transcript.figures", who=self._name(target)))
        titles = [self._say(f"transcript.column.{column}") for column in columns]
        yield "  ".join(f"{title:>{max(len(title), 8)}}" for title in titles)
        for step in self._rounds(crisis):
            cells = self._row(crisis, target, step)
            yield "  ".join(f"{cell:>{max(len(title), 8)}}" for cell, title in zip(cells, titles, strict=True))
        yield self._wrap(self._say("transcript.figures_note"))

    def _rounds(self, crisis: int) -> list[int]:
        """A few rounds that tell the story: spread over the time until it was settled, or over the whole run."""
        settled = [event.round for event in self.found if event.kind == "settled" and event.crisis == crisis]
        end = settled[0] if settled else self.history.rounds
        steps = {round((end - 1) * place / (TABLE_ROUNDS - 1)) for place in range(TABLE_ROUNDS)}
        return sorted(steps)

    def _row(self, crisis: int, target: str, step: int) -> list[str]:
        state = self.history.state(step + 1)
        view = {name: state.sides[crisis, TARGET, getattr(VIEW, name)] for name in VIEW._fields}
        return [
            self._say("hour", hours=f"{self.history.time(step) * 24:.0f}"),
            number(view["strain"], self.language, 2),
            number(view["pressure"] * 100, self.language, 2),
            number(view["threat"] * 100, self.language, 2),
            number(view["support"] * 100, self.language, 1),
            number(view["elite"] * 100, self.language, 1),
            number(state.sides[crisis, TARGET, SIDE.willingness], self.language, 2),
        ]

    def _why(self, crisis: int, target: str) -> Iterator[str]:
        step = self._rounds(crisis)[-1]
        explained = explain(self.history, step, target, crisis)
        if explained.margin is None:
            return
        time = self._say("hour", hours=f"{explained.time * 24:.0f}")
        yield from self._heading(self._say("transcript.why", who=self._name(target), time=time))
        for name, value in explained.terms.items():
            if value != 0.0:
                yield f"{number(value * 100, self.language, 2):>8}  {self._term(name)}"
        kind = "transcript.why_gives" if explained.margin > 0.0 else "transcript.why_holds"
        willing = number(explained.willingness * 100, self.language)
        yield self._wrap(self._say(kind, margin=number(explained.margin * 100, self.language, 2), willing=willing))

    def _term(self, name: str) -> str:
        """The words for a term of a rule; a student's own terms speak for themselves."""
        try:
            return self._say(f"term.{name}")
        except KeyError:
            return name.replace("_", " ")

    def _outcome(self, crisis: int, sender: str, target: str) -> Iterator[str]:
        out = self.history.outcome(crisis)
        who = {"sender": self._name(sender), "target": self._name(target)}
        yield from self._heading(self._say("transcript.outcome"))
        hours = number(out["settled_at"] * 24, self.language)
        sentences = [self._say(f"ending.{ENDINGS[int(out['ending'])]}", hours=hours, **who)]
        if out["settled"]:
            sentences += self._terms_of(crisis, who)
        sentences.append(self._say("outcome.tariff" if out["tariff_in_force"] else "outcome.no_tariff"))
        row = self.world.names.governments.index(target)
        start = self.history.state(0).governments[row, GOV.support]
        change = number((out["target_support"] - start) * 100, self.language, 1)
        change = change if change.startswith("-") else f"+{change}"
        support = number(out["target_support"] * 100, self.language, 1)
        sentences.append(self._say("outcome.support", support=support, change=change, who=who["target"]))
        lost = number(out["target_lost"] * 100, self.language, 3)
        sentences.append(self._say("outcome.lost", lost=lost, who=who["target"]))
        yield self._wrap(" ".join(sentences))

    def _terms_of(self, crisis: int, who: dict[str, str]) -> list[str]:
        state = self.history.state(self.history.rounds)
        codes = self.world.names.clauses[self.world.names.crises[crisis]]
        part = self.scenario.crises[self.world.names.crises[crisis]]
        granted = [code for row, code in enumerate(codes) if state.clauses[crisis, row, CLAUSE.granted] == 1.0]
        labels = {code: self._text(part.clauses[code].label) for code in granted}
        given = [labels[code] for code in granted if part.clauses[code].owner == "target"]
        won = [labels[code] for code in granted if part.clauses[code].owner == "sender"]
        quiet = [labels[code] for code in granted if part.clauses[code].unstated]
        nothing = self._say("outcome.nothing")
        told = [
            self._say("outcome.given", clauses=listing(given, self.language) or nothing, **who),
            self._say("outcome.won", clauses=listing(won, self.language) or nothing, **who),
        ]
        return told + ([self._say("outcome.unstated", clauses=listing(quiet, self.language))] if quiet else [])

    def _made(self) -> str:
        spec = self.history.prepared.spec
        numbers = self.scenario.numbers()
        assumed = len(self.scenario.assumptions())
        return self._say(
            "transcript.made", scenario=self.scenario.name, weights=spec.weights, seed=spec.seed, run=spec.run,
            model=spec.model, assumed=assumed, count=len(numbers),
        )  # fmt: skip
