"""What a rule promises, tried out one by one: a sentence for each promise kept, an error for the first broken one."""

import contextlib
import ctypes
import doctest
import io
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from agents.errors import InputError, RunError, shown
from agents.isolation import watchdog
from agents.isolation.sample_views import sampled, within
from agents.isolation.user_rules import read_watched
from agents.library import Library
from agents.rule import MOST_TRAITS, Rule
from sim.scenario.files.bibliography import cite

VIEWS = 500
_DOUBLES = ctypes.POINTER(ctypes.c_double)


class Question(NamedTuple):
    """A View, with traits."""

    view: Any
    traits: tuple[float, ...]


def checks(path: Path) -> Iterator[str]:
    """Try a rule's promises, in order."""
    rule = read_watched(path)
    yield f"`{rule.name}` is a rule of the family {rule.family.name}: {rule.summary}"
    yield f"source: {_source(rule)}"
    questions = list(_questions(rule))
    answers = _answers(rule, questions)
    yield f"{len(questions)} invented Views, each answered with {rule.family.answer}"
    _pure(rule, questions, answers)
    yield "asked again, in another order, it answers the same"
    yield _examples(rule)
    with watchdog.call(f"{shown(path)}: compiling it", watchdog.CHUNK):
        sentence = _compiled(rule, questions, answers)
    yield sentence


def _source(rule: Rule) -> str:
    try:
        return cite(rule.source)
    except InputError as error:
        raise InputError(f"{shown(rule.path)}: {error} What is your own begins with `own:`.") from None


def _questions(rule: Rule) -> Iterator[Question]:
    """Usual traits for most Views; for the last fifth any traits inside their bounds."""
    luck = random.Random(20250126)
    for place, view in enumerate(sampled(rule.family.view, VIEWS, luck)):
        usual = place < VIEWS * 4 // 5
        traits = rule.defaults if usual else tuple(within(trait.unit, luck) for trait in rule.traits)
        yield Question(view, traits)


def _answers(rule: Rule, questions: Sequence[Question]) -> list[float]:
    told = io.StringIO()
    with contextlib.redirect_stderr(told):
        answers = [rule(question.view, *question.traits) for question in questions]
    if told.getvalue():
        raise RunError(f"{shown(rule.path)}: rule `{rule.name}` prints; a rule only answers, take the print out.")
    return answers


def _pure(rule: Rule, questions: Sequence[Question], answers: Sequence[float]) -> None:
    for question, answer in reversed(list(zip(questions, answers, strict=True))):
        again = rule(question.view, *question.traits)
        if again != answer:
            raise RunError(
                f"{shown(rule.path)}: rule `{rule.name}` answered {answer} and then {again} to the same View; "
                f"a rule is a function of its View and traits alone, chance is view.luck. It was {_told(question)}."
            )


def _told(question: Question) -> str:
    """A View in the words one would type to ask it again: what differs from the usual one."""
    usual = type(question.view)()
    changed = {name: value for name, value in question.view._asdict().items() if value != getattr(usual, name)}
    shown_fields = ", ".join(f"{name}={value!r}" for name, value in list(changed.items())[:6])
    return f"{type(usual).__name__}({shown_fields}{', ...' if len(changed) > 6 else ''})"


def _examples(rule: Rule) -> str:
    """Run the examples of its docstring, as a test would."""
    names = vars(sys.modules[rule.function.__module__])
    test = doctest.DocTestParser().get_doctest(rule.function.__doc__ or "", dict(names), rule.name, str(rule.path), 0)
    if not test.examples:
        return "no example in its docstring; a line such as `>>> " + rule.name + "(View())` would be a test"
    told = io.StringIO()
    with watchdog.call(f"{shown(rule.path)}: an example of rule `{rule.name}`"), contextlib.redirect_stdout(sys.stderr):
        failed = doctest.DocTestRunner(verbose=False).run(test, out=told.write).failed
    if failed:
        lines = [line.strip() for line in told.getvalue().splitlines() if line.strip()]
        raise RunError(f"{shown(rule.path)}: an example of rule `{rule.name}` is not so. {' '.join(lines[2:])[:400]}")
    return f"{len(test.examples)} examples of its docstring are so"


def _compiled(rule: Rule, questions: Sequence[Question], answers: Sequence[float]) -> str:
    """Ask the compiled rule too: an ensemble must give what a single run gives, to the last bit."""
    from sim.engines.kernel import tables_for

    try:
        address = getattr(tables_for(Library([rule]), {rule.family.name: {0}}), rule.family.name)[0]
    except Exception:  # whatever numba says fills a page and names nothing of the rule
        return "the compiler cannot take it: it runs in Mesa only, slower"
    ask = ctypes.CFUNCTYPE(ctypes.c_double, _DOUBLES, _DOUBLES)(int(address))
    for question, answer in zip(questions, answers, strict=True):
        found = ask(_doubles(question.view), _doubles((*question.traits, *[0.0] * MOST_TRAITS[rule.family.name])))
        if found != answer:
            raise RunError(
                f"{shown(rule.path)}: rule `{rule.name}` answers {answer} in plain Python and {found} compiled; "
                f"use agents.arithmetic for powers, exp and log. It was {_told(question)}."
            )
    return f"compiled for ensembles, it answers the same to the last bit on {len(questions)} Views"


def _doubles(values: Sequence[float]) -> Any:
    return (ctypes.c_double * len(values))(*values)
