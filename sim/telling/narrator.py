"""What happened in a run, told in plain sentences of a language: events, terms of a rule, the outcome."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sim.engines.endings import Ending, ending_of
from sim.engines.history import History
from sim.engines.outcome import ENDINGS
from sim.scenario.files.fields import Text
from sim.scenario.text.texts import listing, number, say
from sim.state.columns import GOV
from sim.telling.changes_page import intervention_in_words
from sim.telling.events import Event
from sim.telling.labels import clause_labels, measure_label, text_in


class Narrator:
    """Tells one run in one language; transcripts and screens ask it for every sentence."""

    def __init__(self, history: History, language: str) -> None:
        self.history, self.language = history, language
        self.template = history.prepared.template
        self.scenario = self.template.scenario

    def say(self, identity: str, **values: object) -> str:
        """A sentence by its id."""
        return say(identity, self.language, **values)

    def text(self, text: Text) -> str:
        """A text of the scenario in the language."""
        return text_in(text, self.language)

    def name(self, code: str) -> str:
        """The name of a government."""
        return self.text(self.scenario.governments[code].name)

    def moment(self, time: float) -> str:
        """The date and hour so many days after the ultimatum."""
        moment = datetime.fromisoformat(self.scenario.clock.start) + timedelta(days=time)
        month = self.say("months").split()[moment.month - 1]
        return self.say("moment", day=moment.day, month=month, time=f"{moment:%H:%M}")

    def day(self, time: float) -> str:
        """The date so many days after the ultimatum, with its year: where a run goes on for years."""
        moment = datetime.fromisoformat(self.scenario.clock.start) + timedelta(days=time)
        return self.say("day", day=moment.day, month=self.say("months").split()[moment.month - 1], year=moment.year)

    def sentence(self, event: Event) -> str:
        """An event as a plain sentence."""
        if event.kind == "changed":
            return intervention_in_words(self.history.prepared, event.values["intervention"], self.language)
        part = self.scenario.crises[self.template.names.crises[event.crisis]]
        values: dict[str, object] = {
            "sender": self.name(part.sender),
            "target": self.name(part.target),
            "who": self.name(event.who) if event.who else "",
            **event.values,
        }
        if event.kind in ("offers", "concedes"):
            values["clauses"] = listing(self.clauses(event.crisis, event.codes, quiet=True), self.language)
        else:
            measures = [self.measure(event, code) for code in event.codes]
            values["measures"] = values["measure"] = listing(measures, self.language)
        for key in ("before", "now"):
            if key in event.values:
                values[key] = number(event.values[key] * 100, self.language)
        sentence = self.say(f"event.{event.kind}", **values)
        return sentence[0].upper() + sentence[1:]

    def measure(self, event: Event, code: str) -> str:
        """A measure in words, with the size it has when the event happens."""
        told = event.round if event.kind == "struck" else event.round + 1  # what was struck is told with its old size
        state = self.history.state(min(told, self.history.rounds))
        return measure_label(self.template, self.template.names.crises[event.crisis], code, self.language, state)

    def clauses(self, crisis: int, codes: Sequence[str], quiet: bool = False) -> list[str]:
        """Clauses in words; where all parts of one are among them, its whole; `quiet`: with what may stay unstated."""
        note = f" ({self.say('transcript.unstated')})" if quiet else ""
        own = self.scenario.crises[self.template.names.crises[crisis]].clauses
        return clause_labels(own, codes, self.language, note)

    def term(self, name: str) -> str:
        """The words for a term of a rule; a student's own terms speak for themselves."""
        try:
            return self.say(f"term.{name}")
        except KeyError:
            return name.replace("_", " ")

    def outcome(self, crisis: int) -> str:
        """What came of a crisis, in a few sentences."""
        out = self.history.outcome(crisis)
        part = self.scenario.crises[self.template.names.crises[crisis]]
        sender, target = part.sender, part.target
        who = {"sender": self.name(sender), "target": self.name(target)}
        hours = number(out["settled_at"] * 24, self.language)
        sentences = [self.say(f"ending.{ENDINGS[int(out['ending'])]}", hours=hours, **who)]
        if out["settled"]:
            sentences += self._terms(crisis, who)
        if out["second_rounds"]:
            sentences.append(self.say("outcome.again", count=int(out["second_rounds"])))
        sentences.append(self.say("outcome.tariff" if out["tariff_in_force"] else "outcome.no_tariff"))
        row = self.template.names.governments.index(target)
        start = self.history.state(0).governments[row, GOV.support]
        change = number((out["target_support"] - start) * 100, self.language, 1)
        change = change if change.startswith("-") else f"+{change}"
        support = number(out["target_support"] * 100, self.language, 1)
        sentences.append(self.say("outcome.support", support=support, change=change, who=who["target"]))
        lost = number(out["target_lost"] * 100, self.language, 3)
        sentences.append(self.say("outcome.lost", lost=lost, who=who["target"]))
        return " ".join(sentences)

    def ending(self, crisis: int = 0) -> Ending:
        """How a crisis ended, as endings are counted."""
        return ending_of(self.history.prepared, self.history.outcome(crisis), crisis)

    def _terms(self, crisis: int, who: dict[str, str]) -> list[str]:
        bits = int(self.history.outcome(crisis)["granted"])
        codes = self.template.names.clauses[self.template.names.crises[crisis]]
        part = self.scenario.crises[self.template.names.crises[crisis]]
        granted = [code for row, code in enumerate(codes) if bits >> row & 1]
        given = self.clauses(crisis, [code for code in granted if part.clauses[code].owner == "target"])
        won = self.clauses(crisis, [code for code in granted if part.clauses[code].owner == "sender"])
        quiet = self.clauses(crisis, [code for code in granted if part.clauses[code].unstated])
        nothing = self.say("outcome.nothing")
        told = [
            self.say("outcome.given", clauses=listing(given, self.language) or nothing, **who),
            self.say("outcome.won", clauses=listing(won, self.language) or nothing, **who),
        ]
        return told + ([self.say("outcome.unstated", clauses=listing(quiet, self.language))] if quiet else [])
