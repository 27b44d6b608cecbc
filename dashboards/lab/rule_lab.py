"""The rule lab without its interface: what is said while somebody types, and what an expression changed first."""

import random
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from math import isnan
from typing import Any

import numpy as np

from agents.arithmetic import share
from agents.isolation.sample_views import sampled
from agents.views import View
from dashboards.lab.expression_words import in_words, is_condition
from sim.engines.explain import explain
from sim.engines.history import History
from sim.run.expression_errors import ExpressionError
from sim.run.expressions import Expression, read
from sim.scenario.text.texts import LANGUAGES
from sim.state.columns import CRISIS, PRESS, SIDE, VIEW, WATCH
from sim.telling.narrator import Narrator

Json = dict[str, Any]
TRIED = 80
ROLES = ("sender", "target")


def lint(text: str) -> Json:
    """What is to be said about an expression while it is typed: a mistake with its place, or the words it means."""
    try:
        expression = read(text)
    except ExpressionError as error:
        said = {language: error.sentence(language) for language in LANGUAGES}
        return {"of": text, "ok": False, "column": error.column, "length": error.length, "said": said}
    words = {language: [part._asdict() for part in in_words(expression, language)] for language in LANGUAGES}
    return {
        "of": text,
        "ok": True,
        "words": words,
        "condition": is_condition(expression),
        "warnings": list(_warnings(expression)),
    }


def _warnings(expression: Expression) -> Iterator[str]:
    """Ids of what a person may not have meant; none of it forbids anything."""
    values = [(view, expression(view, place)) for place, view in _views()]
    said = {share(value) for _, value in values if not isnan(value)}
    if any(isnan(value) for _, value in values):
        yield "undefined"
    if len(said) == 1:
        yield "constant"
    for place, view in _views():
        harder = view._replace(strain=min(view.strain + 0.2, 1.0), pressure=min(view.pressure + 0.1, 1.0))
        if share(expression(harder, place)) < share(expression(view, place)):
            yield "pressure"
            return


@cache
def _views() -> tuple[tuple[float, View], ...]:
    """Situations to try an expression in, each with an answer the rule might have given."""
    luck = random.Random("views of the rule lab")
    return tuple((luck.random(), view) for view in sampled(View, TRIED, luck))


def first_change(a: History, b: History) -> Json | None:
    """The first round in which a side puts something else on the table, with the reasons before and after."""
    for played in range(1, a.rounds + 1):
        one, two = a.state(played), b.state(played)
        for crisis in range(len(one.crises)):
            for side, role in enumerate(ROLES):
                place = (crisis, side, SIDE.line)  # what it puts on the table: a step of the ladder of clauses
                if one.sides[place] != two.sides[place]:
                    return _change(a, b, played - 1, crisis, role)
    return None


def _change(a: History, b: History, round: int, crisis: int, role: str) -> Json:
    world = a.prepared.template
    part = world.scenario.crises[world.names.crises[crisis]]
    tellers = {language: Narrator(a, language) for language in LANGUAGES}
    return {
        "run": a.prepared.spec.run,
        "round": round + 1,
        "crisis": crisis,
        "who": {language: teller.name(getattr(part, role)) for language, teller in tellers.items()},
        "moment": {language: teller.moment(a.time(round + 1)) for language, teller in tellers.items()},
        "before": _why(a, round, role, crisis, tellers),
        "after": _why(b, round, role, crisis, tellers),
    }


def _why(history: History, round: int, role: str, crisis: int, tellers: dict[str, Narrator]) -> Json:
    found = explain(history, round, role, crisis)
    return {
        "willing": round_off(found.willingness),
        "by_rule": round_off(found.by_rule),
        "expression": found.expression,
        "rule": found.rule.name,
        "terms": [
            {"label": {key: teller.term(name) for key, teller in tellers.items()}, "points": round_off(value * 100.0)}
            for name, value in found.terms.items()
        ],
    }


def round_off(value: float) -> float:
    """A number as a screen shows it at most."""
    return round(float(value), 4)


def draws(a: History, b: History) -> Json:
    """The luck and tempers in all Views while both worlds were open: how many, whether all are equal, their hash."""
    compared, equal, digest = 0, True, blake2b(digest_size=6)
    for played in range(1, a.rounds + 1):
        one, two = _lucks(a, played), _lucks(b, played)
        compared += len(one)
        equal = equal and bool(np.array_equal(one, two))
        digest.update(one.tobytes())
        if _any_settled(a, played) or _any_settled(b, played):
            break
    return {"compared": compared, "equal": equal, "hash": digest.hexdigest()}


def _lucks(history: History, played: int) -> "np.ndarray[Any, np.dtype[np.float64]]":
    state = history.state(played)
    columns: tuple[tuple[Any, tuple[Any, ...]], ...] = (
        (state.sides, (VIEW.luck, VIEW.temper)),
        (state.measures, (PRESS.luck, PRESS.temper)),
        (state.stances, (WATCH.luck, WATCH.temper)),
    )
    return np.concatenate([np.asarray(table)[..., list(places)].ravel() for table, places in columns])


def _any_settled(history: History, played: int) -> bool:
    state = history.state(played)
    return any(state.crises[crisis, CRISIS.settled] == 1.0 for crisis in range(len(state.crises)))
