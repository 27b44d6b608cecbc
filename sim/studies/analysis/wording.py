"""How a study's numbers are written in a sentence, a table or a figure, in English and Spanish alike."""

import math

from sim.metrics.metric import find_metric
from sim.scenario.text.texts import number, say
from sim.studies.design.study import Study

FINE, NOTHING = 0.1, 0.00005
"""Between these a number has four digits after the point, so that a small effect is not a zero."""


def name_of(name: str, language: str) -> str:
    """A metric in words."""
    return find_metric(name).labels[language]


def unit_of(name: str, language: str) -> str:
    """The unit of a metric in words."""
    return find_metric(name).unit_label(language)


def figure(value: float, language: str, sign: bool = False) -> str:
    """A number with as many digits as it needs; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    if abs(value) < NOTHING:
        value = 0.0
    digits = 2 if abs(value) >= FINE or value == 0.0 else 4
    return ("+" if sign and value > 0.0 else "") + number(value, language, digits)


def interval(low: float, high: float, language: str, sign: bool = False) -> str:
    """'1.20 to 3.40'."""
    return say("study.to", language, low=figure(low, language, sign), high=figure(high, language, sign))


def design_words(made: Study, language: str) -> str:
    """The design in a line: 'Sobol design, N = 4096, D = 11, 24 worlds'."""
    experiment, kind = made.experiment, made.experiment.design.kind
    said = {"n": experiment.design.n, "d": len(made.dimensions), "points": len(made.points)}
    parts = [say(f"design.{kind}", language, **said)] if made.dimensions else []
    if len(made.variants) > 1:
        parts.append(say("design.worlds", language, count=len(made.variants)))
    if experiment.runs > 1:
        parts.append(say("design.runs", language, runs=experiment.runs))
    return ", ".join(parts)
