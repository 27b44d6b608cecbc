"""How a rule is declared, found and described. One idea, one paper, one file.

A rule is a pure function of a View and of its traits (the numbers a user may turn). It returns a share, or a
NamedTuple of named terms in support points whose sum is the margin; then `how` turns the margin into the answer.
"""

import inspect
import math
import typing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from typing import Any, NamedTuple

from agents import combine
from agents.errors import InputError, RunError, names_there_are
from agents.law import law
from agents.numbers import Origin, assumed, describe_misfit, find_origin, sourced
from agents.units import (
    Count,
    Days,
    LossRate,
    Pain,
    PerDay,
    Points,
    Ratio,
    Score,
    Share,
    SignedPoints,
    Unit,
    help_of,
    unit_of,
)
from agents.views import PAIN, PAIN_RANGE, PressView, StanceView, View

__all__ = [
    "PAIN", "PAIN_RANGE", "Count", "Days", "LossRate", "Pain", "PerDay", "Points", "PressView", "Ratio", "Rule",
    "Score", "Share", "SignedPoints", "StanceView", "View", "assumed", "rule", "sourced",
]  # fmt: skip

MOST_TRAITS = {"answer": 16, "press": 8, "stance": 12}
"""Traits that a rule of each family may have: so many columns of the state are kept for them."""


class Family(NamedTuple):
    """A kind of decision: the View it reads and the range of its answer."""

    name: str
    view: Any
    low: float
    high: float
    answer: str


FAMILIES = {
    "answer": Family("answer", View, 0.0, 1.0, "willingness from 0 (hold) to 1 (give all it could)"),
    "press": Family("press", PressView, -1.0, 1.0, "-1 (lift), 0 (leave as it is) or 1 (carry out)"),
    "stance": Family(
        "stance",
        StanceView,
        -1.0,
        2.0,
        "-1 with the sender, 0 out, 0.5 for the target in words, 1 standing with it, 2 with credit",
    ),
}


@dataclass(frozen=True)
class Trait:
    """A number of a rule that a user may turn: slider, sweep dimension and reference row come from it."""

    name: str
    default: float
    unit: Unit
    help: str
    origin: Origin | None = None


@dataclass(frozen=True)
class Rule:
    """A rule with what there is to know about it. Call it with a View and, by name, its traits."""

    name: str
    family: Family
    function: Callable[..., Any]
    how: Callable[..., float] | None
    source: str
    traits: tuple[Trait, ...]
    terms: tuple[str, ...]
    es: str = ""

    def __call__(self, view: Any, *values: float, **traits: float) -> float:
        """The answer; a sentence if it is not a number in the family's range."""
        given = self._called(view, *values, **traits)
        answer = self.how(combine.total(given), view) if self.how and isinstance(given, tuple) else given
        return self._checked(answer)

    def reasons(self, view: Any, **traits: float) -> dict[str, float]:
        """The named terms that sum to the margin, in support points; empty for a rule that gives none."""
        given = self._called(view, **traits)
        return dict(given._asdict()) if self.terms else {}

    def _called(self, view: Any, *values: float, **traits: float) -> Any:
        """What the function gives; a name the View does not have is answered with the names it has."""
        try:
            return self.function(view, *values, **traits)
        except AttributeError as error:
            wrong = str(error.name)
            if error.obj is not view:
                raise
            names = names_there_are(wrong, self.family.view._fields)
            sentence = f"rule `{self.name}` reads `{wrong}`, which a View does not hold. {names}"
            raise RunError(f"{self.path}{self._line(error)}: {sentence}") from error

    @property
    def path(self) -> Path:
        """The file the rule is written in."""
        return Path(self.function.__code__.co_filename)

    @property
    def summary(self) -> str:
        """The rule in one sentence: the first line of its docstring."""
        return (inspect.getdoc(self.function) or "").split("\n")[0]

    def summary_in(self, language: str) -> str:
        """The rule in one sentence of a language; in English where it has no Spanish one."""
        return self.es if language == "es" and self.es else self.summary

    @property
    def defaults(self) -> tuple[float, ...]:
        """The traits' default values, in order."""
        return tuple(trait.default for trait in self.traits)

    def _checked(self, answer: Any) -> float:
        low, high = self.family.low, self.family.high
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            raise RunError(f"{self._place()} answered {answer!r}; a rule answers a number, {self.family.answer}.")
        if math.isnan(answer) or not low <= answer <= high:
            raise RunError(f"{self._place()} answered {answer}; expected {self.family.answer}.")
        return float(answer)

    def _line(self, error: Exception) -> str:
        """The last line of the rule's own file that an error came through."""
        lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == str(self.path)]
        return f", line {lines[-1]}" if lines else ""

    def _place(self) -> str:
        return f"{self.path.name}: rule `{self.name}`"


def rule(*, source: str, how: Callable[..., float] | None = None, es: str = "") -> Callable[[Callable[..., Any]], Rule]:
    """Declare a rule.

    Args:
        source: Key of the paper in `configs/sources.bib`, or `own: ...` with a reason in a few words.
        how: For a rule that returns named terms: how their sum becomes the answer (see `agents.combine`).
        es: The rule in one Spanish sentence, beside the English one that begins the docstring. A rule of your own may
            leave it out.

    Raises:
        InputError: When the signature cannot be a rule, with what would be right.
    """

    def declare(function: Callable[..., Any]) -> Rule:
        hints = _hints(function)
        family = _family(function, hints)
        terms = _terms(function, hints.pop("return", None), how)
        if not source.strip():
            raise InputError(f"{_where(function)} has an empty source; name a paper of configs/sources.bib.")
        declared = Rule(
            function.__name__, family, law(function), how, source, _traits(function, hints, family), terms, es
        )
        # what doctest and help() look for, so that a rule's example is a test like any function's
        declared.__dict__.update(__wrapped__=function, __doc__=function.__doc__, __module__=function.__module__)
        return declared

    return declare


def _where(function: Callable[..., Any]) -> str:
    code = function.__code__
    return f"{Path(code.co_filename).name}, line {code.co_firstlineno}: `{function.__name__}`"


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function, include_extras=True)
    except NameError as error:
        raise InputError(f"{_where(function)} uses a name it does not import: {error}.") from error


def _family(function: Callable[..., Any], hints: dict[str, Any]) -> Family:
    first = next(iter(inspect.signature(function).parameters), "")
    for family in FAMILIES.values():
        if hints.get(first) is family.view:
            return family
    views = ", ".join(family.view.__name__ for family in FAMILIES.values())
    raise InputError(f"{_where(function)} must take a View first, annotated with one of: {views}.")


def _terms(function: Callable[..., Any], returns: Any, how: Callable[..., float] | None) -> tuple[str, ...]:
    if returns is float:
        return ()
    if isinstance(returns, type) and issubclass(returns, tuple) and hasattr(returns, "_fields"):
        if how is None:
            raise InputError(f"{_where(function)} returns named terms: say how they combine, as in @rule(how=...).")
        return tuple(returns._fields)
    raise InputError(f"{_where(function)} must return float or a NamedTuple of floats, and say so (-> float).")


def _traits(function: Callable[..., Any], hints: dict[str, Any], family: Family) -> tuple[Trait, ...]:
    parameters, most = list(inspect.signature(function).parameters.values())[1:], MOST_TRAITS[family.name]
    if len(parameters) > most:
        raise InputError(f"{_where(function)} has {len(parameters)} traits; at most {most} fit.")
    return tuple(_trait(function, parameter, hints.get(parameter.name)) for parameter in parameters)


def _trait(function: Callable[..., Any], parameter: inspect.Parameter, hint: Any) -> Trait:
    unit = unit_of(hint)
    if unit is None:
        raise InputError(f"{_where(function)}: trait `{parameter.name}` needs a unit, for instance Share or Points.")
    default = parameter.default
    if isinstance(default, bool) or not isinstance(default, int | float):
        raise InputError(f"{_where(function)}: trait `{parameter.name}` needs a number as its default.")
    if not unit.low <= default <= unit.high:
        raise InputError(
            f"{_where(function)}: trait `{parameter.name}` = {default} is out of bounds;"
            f" expected {unit.low:g} to {unit.high:g} {unit.name}."
        )
    origin = find_origin(hint)
    if misfit := describe_misfit(origin, float(default), unit.low, unit.high):
        raise InputError(f"{_where(function)}: trait `{parameter.name}`: {misfit}")
    return Trait(parameter.name, float(default), unit, help_of(hint), origin)
