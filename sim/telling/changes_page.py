"""What a run changes of its scenario, in words: the foot of every transcript, page, replay and export.

What is on a page is what was run: a counterfactual is never mistaken for the case.
"""

from collections.abc import Iterator

from sim.run.apply_changes import Applied
from sim.run.changes import EXPRESSION, RULE, SWITCH, Intervention
from sim.run.prepare import Prepared
from sim.run.put_rules import SIDES
from sim.scenario.text.texts import say, texts
from sim.telling.labels import measure_label, text_in
from sim.telling.values import value_in_words


def changes_in_words(prepared: Prepared, language: str) -> list[str]:
    """A sentence for each change, in a fixed order; none for the scenario as its file says."""
    return [f"{text[0].upper()}{text[1:]}" for text in _Words(prepared, language).sentences()]


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
        for one in self.prepared.applied:
            yield self._start(one)
        for later in spec.at:
            yield self._later(later)

    def _start(self, one: Applied) -> str:
        path = one.change.path
        if path.startswith(RULE):
            family, _, who = path.removeprefix(RULE).partition(".")
            return self.say(f"rule.{family}", who=self._side(who), new=one.change.value, old=one.old)
        if path.startswith(EXPRESSION):
            return self.say("expression", who=self._side(path.removeprefix(EXPRESSION)), text=one.change.value)
        if path.startswith(SWITCH):
            return self.say("on" if one.change.value else "off", name=path.removeprefix(SWITCH))
        old = self._value(path, float(one.old))
        crisis, _, code = path.removesuffix(".size").partition(".measures.")
        if path.endswith(".size") and "{size}" in self.scenario.crises[crisis].measures[code].label.en:
            return self.say("size", what=measure_label(self.template, crisis, code, self.language), old=old)
        return self.say("number", what=self._what(path), new=self._value(path, one.change.number), old=old)

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

    def _side(self, who: str) -> str:
        """A government's name: of a side, of a code, or of all."""
        crisis_name, dot, place = who.rpartition(".")
        if place in SIDES:
            crisis = self.scenario.crises[crisis_name if dot else self.template.names.crises[0]]
            place = getattr(crisis, place)
        return self._name(place)

    def _name(self, code: str) -> str:
        known = self.scenario.governments
        return text_in(known[code].name, self.language) if code in known else self.say("all")

    def _what(self, path: str) -> str:
        """A number in words: what it is of, and which of its numbers."""
        *before, field = path.split(".")
        if before and before[0] in ("exports", "alignment", "sentiment"):
            return self.say(before[0], one=self._name(before[1]), other=self._name(field))
        name = self._field(field)
        if len(before) > 1 and before[1] == "measures":
            return f"{measure_label(self.template, before[0], before[2], self.language)}: {name}"
        if len(before) > 1 and before[1] == "clauses":
            return f"{text_in(self.scenario.crises[before[0]].clauses[before[2]].label, self.language)}: {name}"
        if len(before) > 1 and before[1] == "stances":
            return self.say("stance", who=self._name(field))
        if before and before[-1] in self.scenario.governments:
            return f"{name}, {self._name(before[-1])}"
        if before and before[0] in self.scenario.crises and len(self.template.names.crises) > 1:
            return f"{text_in(self.scenario.crises[before[0]].title, self.language)}: {name}"
        return name

    def _field(self, field: str) -> str:
        """The words for a number, a trait or a weight; a name of a user's own speaks for itself."""
        known = texts(self.language)
        return known.get(f"field.{field}") or known.get(f"trait.{field}") or f"`{field}`"
