"""Words for a number with its unit, `90 percent`, and for what carries one: a measure, an inject."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agents.units import Unit
from sim.run.template import Template
from sim.scenario.crisis_file import Clause
from sim.scenario.files.fields import Text
from sim.scenario.government_file import Inject
from sim.scenario.text.texts import number, say
from sim.state.columns import MEASURE
from sim.state.measure_kinds import size_unit
from sim.state.tables import State, windows


def text_in(text: Text, language: str) -> str:
    """A text of the scenario in a language."""
    return text.es if language == "es" else text.en


def measure_label(template: Template, crisis: str, code: str, language: str, state: State | None = None) -> str:
    """A measure in words, with the size it has in a state, or at the start of the run."""
    state = state or windows(template.cells, template.shape, plain=False)
    measure = template.scenario.crises[crisis].measures[code]
    row = template.names.measures.index((crisis, code))
    size = value_in_words(float(state.measures[row, MEASURE.size]), size_unit(measure.kind), language)
    return text_in(measure.label, language).replace("{size}", size)


def clause_labels(clauses: Mapping[str, Clause], codes: Sequence[str], language: str, quiet: str = "") -> list[str]:
    """Clauses in words; where all parts of one are there, its whole. `quiet` stands behind what may stay unstated."""
    told: list[str] = []
    for code in codes:
        clause = clauses[code]
        parts = [other for other, one in clauses.items() if clause.whole is not None and one.whole == clause.whole]
        if parts and clause.whole_label and set(parts) <= set(codes):
            label = text_in(clause.whole_label, language)
        else:
            label = text_in(clause.label, language)
        label += quiet if clause.unstated else ""
        if label not in told:
            told.append(label)
    return told


def inject_label(inject: Inject, language: str) -> str:
    """What an instructor may let happen, in words."""
    return text_in(inject.label, language).replace("{value}", number_as(f"{inject.value:g}", language))


class _Shown(NamedTuple):
    """How a unit is written: the factor to what is shown, the id of its words, digits at most."""

    factor: float
    word: str
    digits: int = 2


_UNITS = {
    "share": _Shown(100.0, "percent"),
    "share of the public": _Shown(100.0, "points"),
    "ad valorem rate": _Shown(100.0, "percent"),
    "share of GDP a year": _Shown(100.0, "gdp", 4),
    "days": _Shown(1.0, "days"),
    "US$ billion a year": _Shown(1.0, "money"),
    "per day": _Shown(100.0, "per_day", 4),
}
_PLAIN = _Shown(1.0, "plain", 4)


def value_in_words(value: float, unit: Unit, language: str) -> str:
    """A number in base units with the word for its unit, as a person would say it."""
    shown = _UNITS.get(unit.name, _PLAIN)
    exact = f"{value * shown.factor:.10g}"
    text = exact if "e" not in exact else f"{value * shown.factor:.{shown.digits}f}".rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    one = ".one" if shown.word in ("days", "points") and text == "1" else ""
    return say(f"value.{shown.word}{one}", language, value=number_as(text, language))


def number_as(text: str, language: str) -> str:
    """Digits as a language writes them."""
    return text.replace(".", number(0.5, language, 1)[1])
