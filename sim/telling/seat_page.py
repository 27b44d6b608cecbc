"""What a person at the seat reads: the View in words, the choices, the advice of the rules, the end."""

from textwrap import fill

from sim.engines.history import History
from sim.engines.outcome import ENDINGS
from sim.engines.seat import Option, Seat
from sim.scenario.files.fields import Text
from sim.scenario.text.texts import listing, number, say
from sim.telling.labels import clause_labels

WIDTH = 100


class SeatText:
    """The words around a `Seat`, in one language."""

    def __init__(self, seat: Seat, language: str) -> None:
        self.seat, self.language = seat, language
        template = seat.model.template
        self._scenario = template.scenario
        self._crisis = template.scenario.crises[template.names.crises[0]]

    def opening(self) -> str:
        """Who you are and what this is about."""
        you = [self._say("seat.you", who=self.name), self._say("seat.how")]
        parts = [self._text(self._scenario.title), self.begin(), " ".join(you)]
        return "\n".join(fill(part, WIDTH) for part in parts)

    def begin(self) -> str:
        """How the crisis opens."""
        return self._text(self._crisis.opening)

    @property
    def name(self) -> str:
        """The government's name."""
        return self._text(self._scenario.governments[self.seat.who].name)

    def situation(self) -> str:
        """The View in a few sentences."""
        view = self.seat.view()
        values = {
            "hours": number(view.elapsed * 24, self.language),
            "in_force": number(view.pressure * 100, self.language, 2),
            "threatened": number(view.threat * 100, self.language, 2),
            "belief": number(view.belief * 100, self.language),
            "left": number(view.days_left, self.language, 1),
            "support": number(view.support * 100, self.language, 1),
            "elite": number(view.elite * 100, self.language),
            "usual": number(view.elite_usual * 100, self.language),
            "cost": number(view.give_cost * 100, self.language, 1),
            "gives": number(view.other_given * 100, self.language),
        }
        channel = self._say("seat.private" if view.private else "seat.public")
        return self._say("seat.situation", **values) + " " + channel

    def option(self, option: Option) -> str:
        """A choice in words, with the clauses it is about."""
        told = self._say(f"seat.{option.id}", clauses=self._clauses(option.clauses) or self._say("outcome.nothing"))
        return told + (self._say("seat.in_return", clauses=self._clauses(option.asks)) if option.asks else "")

    def page(self) -> str:
        """The situation and the choices, as a terminal shows them."""
        lines = ["", fill(self.situation(), WIDTH)]
        lines += [f"  {place}  {self.option(option)}" for place, option in enumerate(self.seat.options(), 1)]
        return "\n".join(lines)

    def question(self) -> str:
        """What the person is asked."""
        return self._say("seat.question")

    def understood(self, word: str) -> float | None:
        """The willingness a word stands for: the number of a choice, or a percentage; None for neither."""
        options = self.seat.options()
        if word.isdigit() and 1 <= int(word) <= len(options):
            return options[int(word) - 1].willingness
        if word.endswith("%"):
            try:
                share = float(word[:-1].replace(",", ".")) / 100
            except ValueError:
                return None
            return share if 0.0 <= share <= 1.0 else None
        return None

    def not_understood(self, word: str) -> str:
        """What would be right."""
        return self._say("seat.not_understood", word=word, count=len(self.seat.options()))

    def advice(self) -> str:
        """What each rule would say now."""
        rules = sorted(self.seat.advice().items(), key=lambda item: (-item[1], item[0]))
        return "\n".join(f"  {number(value, self.language, 2):>5}  {name}" for name, value in rules)

    def ending(self) -> str:
        """How it ended."""
        return self._ended(self.seat.whole())

    def otherwise(self) -> str:
        """How it would have ended under the same luck, had the government's own rule decided."""
        ending = self._ended(self.seat.whole(own=True))
        return self._say("seat.otherwise", rule=self.seat.own_rule(), ending=ending)

    def closing(self) -> str:
        """How it ended, how it would have ended otherwise, and the name of the run."""
        again = f"demarche run --spec '{self.seat.spec().to_json()}'"
        told = [self.ending(), *([self.otherwise()] if self.seat.chosen else [])]
        return "\n".join(["", *(fill(sentence, WIDTH) for sentence in told), self._say("seat.again"), again])

    def _ended(self, history: History) -> str:
        out = history.outcome()
        codes = {"sender": self._crisis.sender, "target": self._crisis.target}
        who = {side: self._text(self._scenario.governments[code].name) for side, code in codes.items()}
        hours = number(out["settled_at"] * 24, self.language)
        return self._say(f"ending.{ENDINGS[int(out['ending'])]}", hours=hours, **who)

    def _clauses(self, codes: tuple[str, ...]) -> str:
        return listing(clause_labels(self._crisis.clauses, codes, self.language), self.language)

    def _say(self, identity: str, **values: object) -> str:
        return say(identity, self.language, **values)

    def _text(self, text: Text) -> str:
        return text.es if self.language == "es" else text.en
