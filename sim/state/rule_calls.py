"""Asking a rule: the one place where a phase meets the rules, through their number in the state.

In Mesa a table holds the rules themselves; compiled, it holds the addresses of their compiled bodies, so that the
rule of every government and run is data and a design row never recompiles (see `sim.engines.kernel`).
"""

from typing import Any, NamedTuple

from agents.arithmetic import share
from agents.law import law
from agents.rule import MOST_TRAITS
from agents.views import PressView, StanceView, View
from sim.laws.expression import SIZE
from sim.state.columns import ANSWER_TRAITS, PRESS, PRESS_TRAITS, SIDE, STANCE, STANCE_TRAITS, VIEW, WATCH
from sim.state.tables import State, Table

EXPRESSION = 4
"""What a run's status holds when an expression had no value; 1 to 3 are the families of rules."""


class Tables(NamedTuple):
    """The rules of each family, in the order of their numbers, and what works out a person's expression."""

    answer: Any
    press: Any
    stance: Any
    expression: Any


def ask_answer(rules: Any, rule: int, sides: Table, crisis: int, side: int) -> float:
    """Willingness of one side, by its rule, from its View and its traits."""
    view = View(*[sides[crisis, side, column] for column in range(len(VIEW))])
    traits = [sides[crisis, side, ANSWER_TRAITS + trait] for trait in range(MOST_TRAITS["answer"])]
    return _call(rules[rule], view, traits)


def ask_press(rules: Any, rule: int, measures: Table, measure: int, sides: Table, crisis: int, side: int) -> float:
    """Decision about one measure, by its owner's rule."""
    view = PressView(*[measures[measure, column] for column in range(len(PRESS))])
    traits = [sides[crisis, side, PRESS_TRAITS + trait] for trait in range(MOST_TRAITS["press"])]
    return _call(rules[rule], view, traits)


def ask_stance(rules: Any, rule: int, stances: Table, crisis: int, government: int) -> float:
    """Stance of one third government, by its rule."""
    view = StanceView(*[stances[crisis, government, column] for column in range(len(WATCH))])
    traits = [stances[crisis, government, STANCE_TRAITS + trait] for trait in range(MOST_TRAITS["stance"])]
    return _call(rules[rule], view, traits)


def ask_expression(worker: Any, programs: Table, sides: Table, crisis: int, side: int, answer: float) -> float:
    """What a side's own expression makes of its rule's answer."""
    program = [programs[crisis, side, place] for place in range(SIZE)]
    return float(worker(program, View(*[sides[crisis, side, column] for column in range(len(VIEW))]), answer))


def _call(rule: Any, view: Any, traits: list[float]) -> float:
    return float(rule(view, *traits[: len(rule.traits)]))


@law
def answer_of(now: State, rules: Tables, crisis: int, side: int) -> float:
    """What a side's answer rule says now, and its expression makes of it: willingness from 0 to 1."""
    rule = int(now.sides[crisis, side, SIDE.answer_rule])
    answer = _checked(now, ask_answer(rules.answer, rule, now.sides, crisis, side), 0.0, 1.0, 1, rule)
    if now.programs[crisis, side, 0] == 0.0:
        return answer
    written = ask_expression(rules.expression, now.programs, now.sides, crisis, side, answer)
    return _checked(now, share(written), 0.0, 1.0, EXPRESSION, side)


@law
def press_of(now: State, rules: Tables, measure: int, crisis: int, side: int) -> float:
    """What the owner's press rule says about a measure now: -1 lift, 0 leave, 1 carry out."""
    rule = int(now.sides[crisis, side, SIDE.press_rule])
    answer = ask_press(rules.press, rule, now.measures, measure, now.sides, crisis, side)
    return _checked(now, answer, -1.0, 1.0, 2, rule)


@law
def stance_of(now: State, rules: Tables, crisis: int, government: int) -> float:
    """What a third government's stance rule says now: -1 with the sender to 2 with the target and with credit."""
    rule = int(now.stances[crisis, government, STANCE.rule])
    answer = ask_stance(rules.stance, rule, now.stances, crisis, government)
    return _checked(now, answer, -1.0, 2.0, 3, rule)


@law
def _checked(now: State, answer: float, low: float, high: float, family: int, rule: int) -> float:
    """The answer, or a mark that ends this run alone when a rule left its range (a compiled rule cannot raise)."""
    if low <= answer <= high:
        return answer
    now.status[0] = family
    now.status[1] = rule
    now.status[2] = answer
    return 0.0
