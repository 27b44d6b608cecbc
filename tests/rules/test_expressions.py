"""Expressions: what is accepted and refused, that both engines agree, and that no text is ever executed."""

import ast
import builtins
import dataclasses
import math
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kit import bits, difference, ready, run_of

from agents.arithmetic import share
from agents.errors import InputError
from agents.views import View
from dashboards.lab.expression_words import in_words, names
from dashboards.lab.rule_lab import lint
from sim.engines.ensemble import ensemble, trace
from sim.engines.explain import explain
from sim.engines.history import play
from sim.metrics.compare import compare
from sim.run.changes import follow_expression
from sim.run.expression_errors import ExpressionError, UndefinedError
from sim.run.expressions import MOST_CHARACTERS, NAMES, read
from sim.run.spec import RunSpec

SITUATION = View(strain=0.5, support=0.4, given=0.0, backing=0.2)
ESCAPES = [
    "().__class__.__bases__[0].__subclasses__()", "support.__class__", "answer.real",
    "__import__('os').system('x')", "eval('1')", "exec('1')", "open('/etc/passwd')", "globals()",
    "getattr(answer, 'real')", "'{0.__class__}'.format(1)", "f'{support.__class__}'", "'%s' % support",
    "9**9**9**9", "10**10**10",
    "[0]*10**10", "'a'*10**10", "1<<10**9", "while True: pass", "for i in support: pass", "import os",
    "from os import system", "def f(): return f()", "lambda: 1", "(lambda: 1)()", "[x for x in (1,)]", "{1: 2}",
    "{1, 2}", "(1, 2)", "support[0]", "support[::2]", "(x := 1)", "x = 1", "del support", "yield 1",
    "await support", "print(1)", "min(*support)", "max(**support)", "min(1, key=abs)", "abs", "min", "min.__self__",
    "abs(1).real", "None", "...", "1j", "b'x'", "'x'", "1e999", "nan", "inf", "__builtins__", "_", "support if",
    "if support", "1 if 2", "not", "()", "(", ")", "1 +", "+", "@", "$", "`", "\\", "\x00", "\ufeff1", "ｓｕｐｐｏｒｔ",
    "día", "−1", "1 ≤ 2", "support; support", "#", "1 # x", "-" * 290 + "1", "(" * 140 + "1" + ")" * 140,
    "not " * 70 + "1", "1+" * 140 + "1", "0x", "1__0", "support is answer", "support in answer", "support // 2",
    "support % 2", "support @ 2", "support & 1", "~1", "support | 1", "support ^ 1", "support << 1", "assert 1",
    "raise 1", "with support: pass", "try: pass", "global support", "async", "match support:", "type(1)", "vars()",
    "breakpoint()", "exit()", "help()", "input()", "memoryview(1)", "object()", "x" * 400, "",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("answer", 0.3),
        ("strain > support", 1.0),
        ("strain > support + 0.1*backing", 1.0),
        ("0 < strain < 0.5 or not support", 0.0),
        ("min(1, answer + 0.2, 2) - max(-1, 0) / abs(-2)", 0.5),
        ("1 if given > 0 and 1 / given > 2 else 0.25", 0.25),
        ("0.25 if given == 0 or 1 / given > 2 else 1", 0.25),
        ("answer if True else 1 / 0", 0.3),
        ("-1 - -2 * 3 / 4 != 0.5", 0.0),
    ],
)
def test_an_expression_is_worked_out_as_python_would(text: str, value: float) -> None:
    assert read(text)(SITUATION, 0.3) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["1 / given", "given / given > 1", "not 1 / given", "1 / given and 1", "abs(1 / given)"]
)
def test_a_division_by_zero_has_no_value_and_a_place(text: str) -> None:
    expression = read(text)
    assert math.isnan(expression(SITUATION, 0.3))
    assert str(expression.failure(SITUATION, 0.3, "COL")).startswith(
        f"The expression of COL, column {text.index('/') + 1}"
    )


@pytest.mark.parametrize(
    ("text", "column", "said", "dicho"),
    [
        ("strain > suport", 9, "Did you mean `support`?", "¿Quiso decir `support`?"),
        ("while True: pass", 0, "`while` is not available", "`while` no está disponible"),
        ("[0]*10**10", 6, "`**` is not available", "`**` no está disponible"),
        ("[0]*10", 0, "`[0]` cannot stand", "`[0]` no puede estar"),
        ("().__class__", 0, "`.__class__` is not available", "`.__class__` no está disponible"),
        ("support = 1", 8, "write `==`", "escriba `==`"),
        ("support ≤ 1", 8, "write `<=`", "escriba `<=`"),
        ("1 + print(2)", 4, "`print` cannot be called", "`print` no se puede llamar"),
        ("(strain > 1", 0, "a bracket", "un paréntesis"),
    ],
)
def test_a_mistake_is_named_with_its_place_in_both_languages(text: str, column: int, said: str, dicho: str) -> None:
    with pytest.raises(ExpressionError) as found:
        read(text)
    assert found.value.column == column and said in str(found.value) and dicho in found.value.sentence("es")
    assert str(found.value).endswith(f"  {text}\n  {' ' * column}{'^' * found.value.length}")


@pytest.mark.parametrize("text", ESCAPES)
def test_no_known_escape_is_accepted(text: str) -> None:
    with pytest.raises(ExpressionError) as found:
        read(text)
    assert found.value.sentence("es") and not lint(text)["ok"]


_atoms = st.sampled_from([*NAMES, *ESCAPES, "min", "max", "abs", "if", "else", "and", "or", "not", "True"]) | st.floats(
    allow_nan=False
).map(repr)
_signs = st.sampled_from(["+", "-", "*", "/", "<", "<=", "==", "!=", "(", ")", ",", ".", " ", "**", "=", "[", "]", ":"])
_texts = (
    st.text(max_size=400)
    | st.lists(_atoms | _signs, max_size=30).map(" ".join)
    | st.lists(_signs | _atoms).map("".join)
)


@settings(max_examples=10_000, deadline=None)
@given(_texts)
@example("1 if given > 0 and 1/given > 2 else 0.25")
def test_no_text_is_executed_and_none_crashes(text: str) -> None:
    """Ten thousand texts: each is a sentence or a program of known steps whose value is a number."""
    try:
        expression = read(text)
    except ExpressionError as error:
        assert str(error) and error.sentence("es")
        return
    assert {type(node) for node in ast.walk(expression.tree)} <= _ALLOWED
    assert isinstance(expression(SITUATION, 0.3), float) and len(expression.text) <= MOST_CHARACTERS
    assert all(in_words(expression, language) for language in ("en", "es"))


_ALLOWED = {
    ast.Constant, ast.Name, ast.Load, ast.UnaryOp, ast.UAdd, ast.USub, ast.Not, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Div, ast.BoolOp, ast.And, ast.Or, ast.Compare, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.IfExp,
    ast.Call,
}  # fmt: skip

_numbers = st.integers(0, 9).map(str) | st.sampled_from(NAMES)
_joints = st.sampled_from(["+", "-", "*", "/", "<", ">", "==", "and", "or"])
_expressions = st.recursive(
    _numbers,
    lambda inner: (
        st.tuples(inner, _joints, inner).map("({0[0]} {0[1]} {0[2]})".format)
        | st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} else {0[2]})".format)
        | st.tuples(st.sampled_from(["min", "max"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format)
        | inner.map("(not {})".format)
        | inner.map("abs(-{})".format)
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=1_000, deadline=None)
@given(_expressions, st.floats(0, 1))
def test_the_interpreter_agrees_with_python(text: str, answer: float) -> None:
    """Against Python's own evaluation, where Python has a value and logic is not about numbers."""
    try:
        expression = read(text)
    except ExpressionError:
        return
    known = {**SITUATION._asdict(), "answer": answer, "min": min, "max": max, "abs": abs, "__builtins__": {}}
    try:
        right = float(builtins.eval(text, known))  # a test's own text, never anybody else's
    except ZeroDivisionError:
        return
    found = expression(SITUATION, answer)
    if "and" not in text and "or" not in text:
        assert found == right or (math.isnan(found) and math.isnan(right))
    else:  # `and` and `or` give a truth here, an operand in Python
        assert not math.isnan(found)


@pytest.mark.parametrize("scenario", ["two_countries", "colombia_2025"])
@pytest.mark.parametrize(
    "text",
    [
        "answer",
        "strain > support - 0.1",
        "answer if support > 0.3 and 1 / (given + 0.1) > 2 else min(1, answer + 0.2 * backing)",
        "max(answer, luck - 0.9)",
        "-1 if strain else 3",
    ],
)
def test_both_engines_agree_bit_for_bit(scenario: str, text: str) -> None:
    for run in range(3):
        prepared = run_of(ready(scenario, seed=5, expressions={"target": text, "sender": "0.5 * answer"}), run)
        assert not difference(prepared, play(prepared).cells, trace(prepared))


def test_the_identity_changes_nothing() -> None:
    plain, same = ready("colombia_2025", seed=7), ready("colombia_2025", seed=7, expressions={"target": "answer"})
    programs = slice(*(plain.template.shape.offsets()[name] for name in ("programs", "sides")))
    one, two = play(plain).cells.copy(), play(same).cells.copy()
    one[:, programs] = two[:, programs] = 0.0
    assert (bits(one) == bits(two)).all()


def test_what_a_side_does_is_what_its_expression_says() -> None:
    history = play(ready("colombia_2025", seed=7, expressions={"COL": "answer * 0.5"}))
    for played in range(6):
        found = explain(history, played, "COL")
        assert found.willingness == share(found.by_rule * 0.5) and found.expression == "answer * 0.5"


def test_an_undefined_run_is_one_marked_row_and_a_sentence_with_its_place() -> None:
    spec = RunSpec(scenario="two_countries", expressions={"target": "answer if luck > 0.05 else 1 / given"})
    failed = ensemble(spec, 40).filter(pytest.importorskip("polars").col("failed"))["run"].to_list()
    assert failed
    with pytest.raises(UndefinedError, match=r"column 30, at \+\d+ h") as found:
        play(
            dataclasses.replace(
                ready("two_countries", expressions={"target": "answer if luck > 0.05 else 1 / given"}),
                spec=spec.but(run=failed[0]),
            )
        )
    assert "no tiene valor" in found.value.sentence("es")


@pytest.mark.parametrize(
    ("expressions", "said"),
    [
        ({"target": "suport"}, "Did you mean `support`"),
        ({"targt": "support"}, "there is no side `targt`. Did you mean `target`"),
        ({"target": ""}, "no expression yet"),
    ],
)
def test_a_spec_with_a_wrong_expression_is_one_sentence(expressions: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ready("two_countries", expressions=expressions)


def test_luck_in_an_expression_leaves_every_other_draw_as_it_was() -> None:
    spec = RunSpec(scenario="colombia_2025", seed=7)
    found = compare(spec, spec.changed(follow_expression("target", "answer if luck > 0.5 else 0")), 30)
    assert found.effect("hours_to_settle").n == 30 and found.pairs["differs"].any()


def test_every_name_is_explained_in_both_languages() -> None:
    assert [one["name"] for one in names()] == ["answer", *View._fields]
    for one in names():
        assert all(one[part][language] for part in ("words", "help") for language in ("en", "es")), one
