"""Rules in the state: which government follows which, with which traits and which expression on top."""

from collections.abc import Mapping, Sequence
from typing import Any

from agents.errors import InputError, names_there_are
from agents.library import Library
from agents.rule import MOST_TRAITS, Rule
from sim.run.expressions import Expression
from sim.scenario.crisis_file import Crisis
from sim.scenario.files.quantity import Quantity
from sim.state.columns import ANSWER_TRAITS, PRESS_TRAITS, SENDER, SIDE, STANCE, STANCE_TRAITS, TARGET
from sim.state.tables import State

SIDES = {"sender": SENDER, "target": TARGET}


def put_rules(
    state: State, crisis: Crisis, at: tuple[int, str], governments: Sequence[str], library: Library, file: str
) -> None:
    """Give every government the rules that a scenario names, with the traits it states.

    Args:
        state: Where to put them.
        crisis: The crisis as its file says.
        at: Row and name of the crisis.
        governments: Codes of all governments, in the order of their rows.
        library: The rules there are.
        file: The scenario's file, for sentences.

    Raises:
        InputError: When there is no such rule or trait, or a trait is out of bounds.
    """
    row, crisis_name = at
    where = f"{file}: crises.{crisis_name}"

    traits: Mapping[Any, Mapping[Any, Mapping[str, Quantity]]] = crisis.traits

    def put(family: str, who: str, name: str, place: int) -> None:
        try:
            rule = library.find(family, name)
        except InputError as error:
            raise InputError(f"{where}.rules.{family}.{who}: {error}") from error
        put_rule(state, rule, library, row, place)
        _traits(state, rule, traits.get(family, {}).get(who, {}), (row, place), f"{where}.traits.{family}.{who}")

    for side, place in SIDES.items():
        put("answer", side, getattr(crisis.rules.answer, side), place)
        put("press", side, getattr(crisis.rules.press, side), place)
    for place, code in enumerate(governments):
        who = code if code in crisis.rules.stance else "default"
        put("stance", who, crisis.rules.stance[who], place)


def _traits(state: State, rule: Rule, traits: Mapping[str, Quantity], at: tuple[int, int], where: str) -> None:
    known = {trait.name: place for place, trait in enumerate(rule.traits)}
    table, _, first = table_of(state, rule.family.name)
    for name, quantity in traits.items():
        if name not in known:
            raise InputError(f"{where}: rule `{rule.name}` has no trait `{name}`. {names_there_are(name, known)}")
        unit = rule.traits[known[name]].unit
        value = quantity.to(unit).value
        if not unit.low <= value <= unit.high:
            raise InputError(f"{where}.{name}: {value:g} is out of bounds; expected {unit.low:g} to {unit.high:g}.")
        table[*at, first + known[name]] = value


def table_of(state: State, family: str) -> tuple[Any, int, int]:
    """Where a family's rules lie: the table, the column of the rule's number and the first column of its traits."""
    return {
        "answer": (state.sides, SIDE.answer_rule, ANSWER_TRAITS),
        "press": (state.sides, SIDE.press_rule, PRESS_TRAITS),
        "stance": (state.stances, STANCE.rule, STANCE_TRAITS),
    }[family]


def put_expression(state: State, expression: Expression, crisis: int, side: int) -> None:
    """Put a side's own expression on top of its answer rule."""
    for place, number in enumerate(expression.program):
        state.programs[crisis, side, place] = number


def put_rule(state: State, rule: Rule, library: Library, crisis: int, who: int) -> None:
    """Give a side (answer, press) or a third government (stance) a rule, with the rule's default traits."""
    table, number, first = table_of(state, rule.family.name)
    table[crisis, who, number] = library.index(rule)
    for place in range(MOST_TRAITS[rule.family.name]):
        table[crisis, who, first + place] = rule.defaults[place] if place < len(rule.defaults) else 0.0
