"""One contract for every rule there is, whoever wrote it; and what is said of a file that is no rule."""

import doctest
import inspect
import sys
import typing
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import bits, compiled, ready

from agents import combine
from agents.errors import RunError
from agents.library import shipped
from agents.rule import FAMILIES, Family, Rule, View
from agents.rule import rule as declare_rule
from agents.units import Unit, unit_of
from sim.scenario import Scenario
from sim.scenario.files import bibliography

RULES = pytest.mark.parametrize("rule", shipped().values(), ids=[f"{kind}-{name}" for kind, name in shipped()])
UNITS: dict[str, dict[str, Unit]] = {
    name: {field: unit_of(hint) for field, hint in typing.get_type_hints(family.view, include_extras=True).items()}
    for name, family in FAMILIES.items()
}  # type: ignore[misc]


def numbers(unit: Unit) -> st.SearchStrategy[float]:
    """Numbers inside the bounds of a unit, among them its ends and what is likely."""
    likely = st.floats(max(unit.low, -1.0), min(unit.high, 1.0))
    return st.one_of(likely, st.floats(unit.low, unit.high), st.sampled_from([unit.low, unit.high]))


@cache
def views(family: Family) -> st.SearchStrategy[Any]:
    """Every View there can be, as far as its units say."""
    return st.builds(family.view, **{field: numbers(unit) for field, unit in UNITS[family.name].items()})


def random_numbers(units: list[Unit], count: int, dice: np.random.Generator) -> Any:
    """Rows of numbers inside their bounds: half of them anywhere, half of them small, some at the ends."""
    low, high = np.array([unit.low for unit in units]), np.array([unit.high for unit in units])
    shape = (count, len(units))
    anywhere = dice.uniform(low, high, shape)
    small = np.clip(dice.normal(0.0, 1.0, shape) * 10.0 ** dice.uniform(-5, 1, shape), low, high)
    ends = np.where(dice.random(shape) < 0.5, low, high)
    kind = dice.random(shape)
    return np.where(kind < 0.1, ends, np.where(kind < 0.5, anywhere, small))


@RULES
def test_it_has_the_name_of_its_file_and_lies_in_the_folder_of_its_family(rule: Rule) -> None:
    assert rule.path.stem == rule.name
    assert rule.path.parent.name == rule.family.name


@RULES
def test_it_is_sourced(rule: Rule) -> None:
    if rule.source.startswith("own"):
        assert rule.source.startswith("own: "), "expected `own: ` and a reason"
        assert len(rule.source) > 10
    else:
        assert bibliography.reference(rule.source)


@RULES
def test_it_describes_itself_in_both_languages(rule: Rule) -> None:
    assert rule.es.endswith("."), 'write a Spanish sentence: @rule(source=..., es="Ceder cuando ...")'
    assert rule.summary_in("en") == rule.summary != rule.es == rule.summary_in("es")


def test_a_rule_without_spanish_describes_itself_in_english() -> None:
    @declare_rule(source="own: a test of what may be left out")
    def brief(view: View) -> float:
        """Give nothing."""
        return 0.0

    assert brief.summary_in("es") == brief.summary_in("en") == "Give nothing."


@RULES
def test_it_explains_itself_with_an_example_that_holds(rule: Rule) -> None:
    text = inspect.getdoc(rule.function) or ""
    assert rule.summary.endswith("."), "the first line of its docstring is a sentence"
    assert ">>>" in text, "the docstring has an example"
    module = sys.modules[rule.function.__module__]
    example = doctest.DocTestParser().get_doctest(text, vars(module), rule.name, str(rule.path), 0)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0
    assert len(rule.path.read_text(encoding="utf-8").splitlines()) <= 150


@RULES
def test_its_traits_have_units_and_defaults_inside_them(rule: Rule) -> None:
    for trait in rule.traits:
        assert isinstance(trait.unit, Unit)
        assert trait.unit.low <= trait.default <= trait.unit.high
        assert trait.help, trait.name
        assert trait.origin, f"{trait.name}: state `assumed(low, high, why)` or `sourced(key)` in its annotation"
    assert len({trait.name for trait in rule.traits}) == len(rule.traits)


@RULES
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_it_answers_every_view_within_its_range_and_always_the_same(rule: Rule, data: st.DataObject) -> None:
    """A rule that leaves its range raises; so does one that divides by zero."""
    view = data.draw(views(rule.family))
    traits = {trait.name: data.draw(numbers(trait.unit), label=trait.name) for trait in rule.traits}
    for given_traits in ({}, traits):
        answer = rule(view, **given_traits)
        assert rule.family.low <= answer <= rule.family.high
        assert bits(rule(view, **given_traits)) == bits(answer), "the same View, another answer"


@RULES
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_its_terms_sum_to_the_margin_that_decides(rule: Rule, data: st.DataObject) -> None:
    view = data.draw(views(rule.family))
    if not rule.terms:
        assert rule.reasons(view) == {}
        return
    reasons = rule.reasons(view)
    assert tuple(reasons) == rule.terms
    margin = 0.0
    for term in reasons.values():
        margin += term
    assert bits(margin) == bits(combine.total(tuple(reasons.values())))
    assert rule.how is not None
    assert bits(float(rule.how(margin, view))) == bits(rule(view))


@RULES
def test_compiled_it_gives_the_same_bits(rule: Rule) -> None:
    """Compiled, an error is NaN: there is nothing to raise."""
    dice, call = np.random.default_rng(1), compiled(rule, shipped())
    rows = random_numbers(list(UNITS[rule.family.name].values()), 400, dice)
    traits = random_numbers([trait.unit for trait in rule.traits], 400, dice)
    traits[:200] = rule.defaults
    for row, given_traits in zip(rows.tolist(), traits.tolist(), strict=True):
        view = rule.family.view(*row)
        try:
            plain = rule(view, *given_traits)
        except (RunError, ArithmeticError):
            plain = float("nan")
        answer = call(view, given_traits)
        if plain != plain:
            assert not rule.family.low <= answer <= rule.family.high, (view, given_traits)
        else:
            assert bits(plain) == bits(answer), (plain, answer, view, given_traits)


@RULES
def test_its_traits_hide_no_other_number_of_a_government(rule: Rule) -> None:
    """`target.NAME` is one number: a trait must not have the name of another."""
    plain = {
        f"{kind}:target": next(r.name for r in shipped().family(kind) if not r.traits) for kind in ("answer", "press")
    }
    target = Scenario.read("two_countries").crises["bridge"].target
    known = {path.split(".")[1] for path in ready(rules=plain).addresses if path.startswith(f"{target}.")}
    assert not {trait.name for trait in rule.traits} & known


def test_an_answer_rule_and_a_press_rule_of_one_side_share_no_trait_name() -> None:
    """Both follow `target.NAME`; a shared name would set one of them and silently leave the other."""
    answer, press = (
        {(t.name, r.name) for r in shipped().family(kind) for t in r.traits} for kind in ("answer", "press")
    )
    assert not {name for name, _ in answer} & {name for name, _ in press}


@RULES
def test_it_reads_its_view_and_nothing_else(rule: Rule) -> None:
    """A pure function has no defaults to remember things in and keeps no names of the outside but constants."""
    function = rule.function
    assert not function.__closure__
    mutable = {
        name
        for name in function.__code__.co_names
        if isinstance(function.__globals__.get(name), list | dict | set | np.ndarray)
    }
    assert not mutable, f"it could remember in {mutable}"


@pytest.mark.parametrize("seen", [View(threat=0.05), View(threat=0.03, elite=0.2), View(threat=0.1, other_moves=0.3)])
def test_more_hope_never_makes_a_government_give_more(seen: View) -> None:
    """Up to the ends of the range: one that is certain of the other side holds, and does not divide by zero."""
    rule = shipped().find("answer", "two_level")
    traits = {trait.name: trait.default for trait in rule.traits}
    answers = [rule(seen._replace(belief=0.7), **{**traits, "hope": hope}) for hope in (0.0, 0.3, 0.8, 0.99, 1.0)]
    assert answers == sorted(answers, reverse=True)
