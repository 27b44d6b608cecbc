"""A run as a page of plain text that a student can read: who demanded what, what happened, why, and what came of it."""

from collections.abc import Iterator
from textwrap import fill

from sim.engines.endings import Endings
from sim.engines.explain import explain
from sim.engines.history import History
from sim.scenario.files.locate import named
from sim.scenario.government_file import Account, Voice
from sim.scenario.text.texts import listing, number
from sim.state.columns import SIDE, TARGET, VIEW
from sim.telling.changes_page import changed_line
from sim.telling.events import events
from sim.telling.how_often import how_often, when
from sim.telling.narrator import Narrator

WIDTH = 100
TABLE_ROUNDS = 7


def transcript(history: History, language: str = "en", found: Endings | None = None) -> str:
    """The page of a run, in a language, crisis by crisis; with how often it ends so, where that was counted."""
    page = _Page(history, language, found)
    return "\n".join(page.lines()) + "\n"


class _Page(Narrator):
    def __init__(self, history: History, language: str, endings: Endings | None) -> None:
        super().__init__(history, language)
        self.found, self.endings = events(history), endings

    def lines(self) -> Iterator[str]:
        yield self.text(self.scenario.title)
        yield "=" * len(self.text(self.scenario.title))
        yield self._wrap(self.text(self.scenario.summary))
        yield from self._accounts()
        for crisis, name in enumerate(self.template.names.crises):
            yield from self._crisis(crisis, name)
        yield from self._endings()
        yield ""
        yield self._wrap(self._made())
        if changed := changed_line(self.history.prepared, self.language):
            yield from ("", self._wrap(changed))

    def _wrap(self, text: str, indent: str = "") -> str:
        return fill(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))

    def _heading(self, text: str) -> list[str]:
        return ["", text, "-" * len(text)]

    def _accounts(self) -> Iterator[str]:
        if self.scenario.accounts:
            yield from self._heading(self.say("transcript.accounts"))
            for who, telling in self._tellers():
                yield self._wrap(self.text(telling), f"{who}: ")

    def _tellers(self) -> Iterator[tuple[str, Account | Voice]]:
        """Who tells it: both governments, and voices, named as such."""
        for code, account in self.scenario.accounts.items():
            yield self.name(code), account
        for voice in self.scenario.voices.values():
            yield self.say("transcript.voice", name=self.text(voice.name)), voice

    def _endings(self) -> Iterator[str]:
        """How each side tells the ending on record; in a run it may have gone otherwise."""
        told = [(who, telling.after) for who, telling in self._tellers() if telling.after]
        if told:
            yield from self._heading(self.say("transcript.endings", when=when(self)))
            for who, telling in told:
                yield self._wrap(self.text(telling), f"{who}: ")

    def _crisis(self, crisis: int, name: str) -> Iterator[str]:
        part = self.scenario.crises[name]
        yield from self._heading(self.text(part.title))
        yield self._wrap(self.text(part.opening))
        yield from self._heading(self.say("transcript.demanded"))
        for owner, identity in (("target", "transcript.gives"), ("sender", "transcript.receives")):
            who = part.target
            codes = [code for code, clause in part.clauses.items() if clause.owner == owner]
            labels = self.clauses(crisis, codes, quiet=True)
            yield self._wrap(listing(labels, self.language) + ".", self.say(identity, who=self.name(who)) + ": ")
        yield from self._heading(self.say("transcript.course"))
        yield from self._course(crisis)
        yield from self._figures(crisis, part.target)
        yield from self._why(crisis, part.target)
        yield from self._heading(self.say("transcript.outcome"))
        yield self._wrap(self.outcome(crisis))
        if self.endings and crisis == 0:
            yield from self._heading(self.say("transcript.how_often"))
            yield from (self._wrap(sentence) for sentence in how_often(self, self.endings, self.ending()))
        if part.record:
            yield from self._heading(self.say("transcript.recorded", when=when(self)))
            yield self._wrap(self.text(part.record.text))

    def _course(self, crisis: int) -> Iterator[str]:
        last = -1.0
        for event in (event for event in self.found if event.crisis == crisis):
            stamp = self._stamp(event.time) if event.time != last else ""
            last = event.time
            yield self._wrap(self.sentence(event), f"{stamp:<24}")

    def _stamp(self, time: float) -> str:
        return f"{self.moment(time)} {self.say('hour', hours=f'{time * 24:.0f}'):>7}"

    def _figures(self, crisis: int, target: str) -> Iterator[str]:
        columns = ("time", "strain", "in_force", "threatened", "support", "elite", "willing")
        yield from self._heading(self.say("transcript.figures", who=self.name(target)))
        titles = [self.say(f"transcript.column.{column}") for column in columns]
        yield "  ".join(f"{title:>{max(len(title), 8)}}" for title in titles)
        for step in self._rounds(crisis):
            cells = self._row(crisis, target, step)
            yield "  ".join(f"{cell:>{max(len(title), 8)}}" for cell, title in zip(cells, titles, strict=True))
        yield self._wrap(self.say("transcript.figures_note"))

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
            self.say("hour", hours=f"{self.history.time(step) * 24:.0f}"),
            number(view["strain"], self.language, 2),
            number(view["pressure"] * 100, self.language, 2),
            number(view["threat"] * 100, self.language, 2),
            number(view["support"] * 100, self.language, 1),
            number((view["elite_usual"] - view["elite"]) * 100, self.language, 1),
            number(state.sides[crisis, TARGET, SIDE.willingness], self.language, 2),
        ]

    def _why(self, crisis: int, target: str) -> Iterator[str]:
        step = self._rounds(crisis)[-1]
        explained = explain(self.history, step, target, crisis)
        if explained.margin is None:
            return
        time = self.say("hour", hours=f"{explained.time * 24:.0f}")
        yield from self._heading(self.say("transcript.why", who=self.name(target), time=time))
        for name, value in explained.terms.items():
            if value != 0.0:
                yield f"{number(value * 100, self.language, 2):>8}  {self.term(name)}"
        if explained.expression:
            by_rule = number(explained.by_rule * 100, self.language)
            yield self._wrap(self.say("transcript.why_expression", by_rule=by_rule, expression=explained.expression))
        if explained.forced:
            yield self._wrap(self.say("transcript.why_forced"))
            return
        kind = "transcript.why_gives" if explained.margin > 0.0 else "transcript.why_holds"
        willing = number(explained.willingness * 100, self.language)
        yield self._wrap(self.say(kind, margin=number(explained.margin * 100, self.language, 2), willing=willing))

    def _made(self) -> str:
        spec = self.history.prepared.spec
        numbers = self.scenario.numbers()
        assumed = len(self.scenario.assumptions())
        return self.say(
            "transcript.made", scenario=self.scenario.name, file=named(self.scenario.name, self.scenario.path),
            weights=spec.weights, seed=spec.seed, run=spec.run,
            model=spec.model, assumed=assumed, count=len(numbers),
        )  # fmt: skip
