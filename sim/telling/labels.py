"""Labels of measures and injects: the number in them is the one that was run."""

from sim.run.template import Template
from sim.scenario.files.fields import Text
from sim.scenario.government_file import Inject
from sim.state.columns import MEASURE
from sim.state.measure_kinds import size_unit
from sim.state.tables import State, windows
from sim.telling.values import number_as, value_in_words


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


def inject_label(inject: Inject, language: str) -> str:
    """What an instructor may let happen, in words."""
    return text_in(inject.label, language).replace("{value}", number_as(f"{inject.value:g}", language))
