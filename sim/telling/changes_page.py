"""What a run changes of its scenario, in words: the foot of every transcript, page, replay and export.

What is on a page is what was run: a counterfactual is never mistaken for the case.
"""

from collections.abc import Iterator

from sim.run.apply_changes import Applied
from sim.run.changes import EXPRESSION, RULE, SWITCH, Intervention
from sim.run.prepare import Prepared
from sim.run.put_rules import SIDES
from sim.scenario.text.texts import listing, say, texts
from sim.telling.labels import measure_label, text_in, value_in_words

MOST_NAMES = 4
"""Governments that a sentence names; of more it gives the number."""


def changes_in_words(prepared: Prepared, language: str) -> list[str]:
    """A sentence for each change, in a fixed order; none for the scenario as its file says."""
    found = dict.fromkeys(_Words(prepared, language).sentences())
    return [f"{text[0].upper()}{text[1:]}" for text in found]


def changed_line(prepared: Prepared, language: str) -> str:
    """All changes in one paragraph, with its heading; empty where there are none."""
    found = changes_in_words(prepared, language)
    return f"{say('change.title', language)}: {' '.join(found)}" if found else ""


def intervention_in_words(prepared: Prepared, one: Intervention, language: str) -> str:
    """An intervention as an event of the run."""
    kind, values = _Words(prepared, language).intervention(one)
    return say(f"event.changed.{kind}", language, **values)


class _Words:
    def __init__(self, prepared: Prepared, language: str) -> None:
        self.prepared, self.language = prepared, language
        self.template, self.scenario = prepared.template, prepared.template.scenario

    def say(self, identity: str, **values: object) -> str:
        return say(f"change.{identity}", self.language, **values)

    def sentences(self) -> Iterator[str]:
        spec = self.prepared.spec
        if spec.weights != "default":
            yield self.say("weights", name=spec.weights)
        if spec.horizon is not None:
            yield self.say("horizon", days=f"{spec.horizon:g}")
        if spec.round_hours is not None:
            yield self.say("rounds", hours=f"{spec.round_hours:g}")
        yield from self._rules([one for one in self.prepared.applied if one.change.path.startswith(RULE)])
        for one in self.prepared.applied:
            if not one.change.path.startswith(RULE):
                yield self._start(one)
        for later in spec.at:
            yield self._later(later)

    def _start(self, one: Applied) -> str:
        path = one.change.path
        if path.startswith(EXPRESSION):
            return self.say("expression", who=self._side(path.removeprefix(EXPRESSION)), text=one.change.value)
        if path.startswith(SWITCH):
            return self.say("on" if one.change.value else "off", name=path.removeprefix(SWITCH))
        old = self._value(path, float(one.old))
        crisis, _, code = path.removesuffix(".size").partition(".measures.")
        if (
            ".measures." in path
            and path.endswith(".size")
            and "{size}" in self.scenario.crises[crisis].measures[code].label.en
        ):
            return self.say("size", what=measure_label(self.template, crisis, code, self.language), old=old)
        return self.say("number", what=self._what(path), new=self._value(path, one.change.number), old=old)

    def _rules(self, applied: list[Applied]) -> Iterator[str]:
        """A sentence for each pair of an old and a new rule, with all who changed from one to the other."""
        groups: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for one in applied:
            family, _, who = one.change.path.removeprefix(RULE).partition(".")
            groups.setdefault((family, str(one.change.value), str(one.old)), []).append(self._seat(who))
        for (family, new, old), seats in groups.items():
            crises, codes = ({seat[place] for seat in seats} for place in range(2))
            names = [self._name(code) for code in sorted(codes)]
            who = listing(names, self.language) if len(names) <= MOST_NAMES else self.say("many", count=len(names))
            if len(crises) == 1:
                who = self._in_crisis(who, next(iter(crises)))
            elif len(crises) > 1:
                who = self.say("crises", what=who, count=len(crises))
            yield self.say(f"rule.{family}", who=who, new=new, old=old)

    def _later(self, one: Intervention) -> str:
        kind, values = self.intervention(one)
        hours = f"{self.template.times[one.round] * 24.0:.0f}"
        return self.say(f"later.{kind}", round=one.round, hours=hours, **values)

    def intervention(self, one: Intervention) -> tuple[str, dict[str, str]]:
        """The kind of an intervention and the values of its sentence."""
        if one.path.startswith(SWITCH):
            return "on" if one.value else "off", {"name": one.path.removeprefix(SWITCH)}
        if one.path.endswith(".answer") and one.op == "=":
            who, value = self._name(one.path.split(".")[-2]), self._value(one.path, one.value)
            return "answer", {"who": who, "value": value}
        value = self._value(one.path, one.value) if one.op != "*=" else f"{one.value:g}"
        return {"=": "set", "+=": "add", "*=": "times"}[one.op], {"what": self._what(one.path), "value": value}

    def _value(self, path: str, value: float) -> str:
        return value_in_words(value, self.prepared.addresses.find(path, path).unit, self.language)

    def _seat(self, who: str) -> tuple[str, str]:
        """The crisis and the government that `target`, `BRA` or `crisis.target` names."""
        crisis, dot, place = who.rpartition(".")
        crisis = crisis if dot else self.template.names.crises[0]
        return crisis, getattr(self.scenario.crises[crisis], place) if place in SIDES else place

    def _side(self, who: str) -> str:
        """A government's name, with its crisis where there are several."""
        crisis, code = self._seat(who)
        return self._in_crisis(self._name(code), crisis)

    def _in_crisis(self, what: str, crisis: str) -> str:
        """With the crisis it is about, where there are several."""
        if crisis not in self.scenario.crises or len(self.template.names.crises) == 1:
            return what
        return f"{what} ({text_in(self.scenario.crises[crisis].title, self.language)})"

    def _name(self, code: str) -> str:
        known = self.scenario.governments
        return text_in(known[code].name, self.language) if code in known else code

    def _what(self, path: str) -> str:
        """A number in words: what it is of, and which of its numbers."""
        *before, field = path.split(".")
        if before and before[0] in ("exports", "alignment", "sentiment"):
            return self.say(before[0], one=self._name(before[1]), other=self._name(field))
        what = self._field(field)
        if len(before) > 1 and before[1] == "measures":
            what = f"{measure_label(self.template, before[0], before[2], self.language)}: {what}"
        elif len(before) > 1 and before[1] == "clauses":
            what = f"{text_in(self.scenario.crises[before[0]].clauses[before[2]].label, self.language)}: {what}"
        elif len(before) > 1 and before[1] == "stances":
            what = self.say("stance", who=self._name(field))
        elif before and before[-1] in self.scenario.governments:
            what = f"{what}, {self._name(before[-1])}"
        return self._in_crisis(what, before[0]) if before else what

    def _field(self, field: str) -> str:
        """The words for a number, a trait or a weight; a name of a user's own speaks for itself."""
        known = texts(self.language)
        return known.get(f"field.{field}") or known.get(f"trait.{field}") or f"`{field}`"
