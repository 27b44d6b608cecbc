"""Expressions: a line of a person's own on top of a rule, `answer if support > 0.3 else 1`. Data, never code.

The text is read with `ast`, every node is held against a list, and what passes becomes a program (numbers only) that
`sim.laws.expression` works out in both engines. Nothing of the text is ever executed.
"""

import ast
import keyword
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import accumulate

from agents.views import View
from sim.laws.expression import DEEPEST, DO, MOST_STEPS, SIZE, evaluate
from sim.run.expression_errors import ExpressionError, UndefinedError

MOST_CHARACTERS = 300
ANSWER = "answer"
"""What the rule itself says: the one name that is not a field of the View."""
NAMES = (*View._fields, ANSWER)
FUNCTIONS = {"min": DO.min, "max": DO.max, "abs": DO.abs}
_ARITHMETIC: dict[type[ast.AST], int] = {
    ast.Add: DO.add, ast.Sub: DO.subtract, ast.Mult: DO.multiply, ast.Div: DO.divide,
}  # fmt: skip
_COMPARISONS: dict[type[ast.AST], int] = {
    ast.Lt: DO.less, ast.LtE: DO.less_equal, ast.Gt: DO.greater, ast.GtE: DO.greater_equal, ast.Eq: DO.equal,
    ast.NotEq: DO.unequal,
}  # fmt: skip
_LOGIC: dict[type[ast.AST], int] = {ast.And: DO.both, ast.Or: DO.either}
_SIGNS = {"**": "power", "//": "power", "%": "power", "=": "equals"}
_WORDS = set(keyword.kwlist) - {"and", "or", "not", "if", "else", "True", "False"}
_USUAL = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=", ",": ","}


@dataclass(frozen=True)
class Expression:
    """An expression that can be worked out.

    Attributes:
        text: As it was written. tree: Its syntax. program: SIZE numbers. columns: Of each step, its place in the text.
    """

    text: str
    tree: ast.expr
    program: tuple[float, ...]
    columns: tuple[int, ...]

    def __call__(self, view: View, answer: float) -> float:
        """Its value; NaN where something undefined decided it."""
        return evaluate(self.program, view, answer, [0.0] * DEEPEST)

    def holds(self, program: Sequence[float]) -> bool:
        """Whether a program in the state is this one."""
        return tuple(program) == self.program

    def failure(self, view: View, answer: float, who: str) -> "UndefinedError":
        """What to say when it had no value for a View of `who`."""
        return UndefinedError(who=who, column=self._undefined(view, answer) + 1, hours=f"{view.elapsed * 24:.0f}")

    def _undefined(self, view: View, answer: float) -> int:
        """The column of the first division by zero."""
        for end in range(1, len(self.columns) + 1):
            if int(self.program[2 * end - 1]) == DO.divide:
                stack = [0.0] * DEEPEST
                evaluate((float(end), *self.program[1:]), view, answer, stack)
                if any(math.isnan(value) for value in stack):
                    return self.columns[end - 1]
        return 0


def read(text: str) -> Expression:
    """The expression in a text.

    Raises:
        ExpressionError: With the place, what is wrong and what would be right.
    """
    text = " ".join(text.split())
    if not text:
        raise ExpressionError(text, "empty", 0)
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(text[:MOST_CHARACTERS], "long", 0, count=len(text), most=MOST_CHARACTERS)
    _check_words(text)
    tree = _parsed(text)
    steps = list(_Reader(text).steps(tree, 0))
    if len(steps) > MOST_STEPS or _deepest(steps) > DEEPEST:
        raise ExpressionError(text, "large", 0, len(text), count=len(steps), most=MOST_STEPS)
    numbers = [float(part) for code, value, _ in steps for part in (code, value)]
    program = (float(len(steps)), *numbers, *[0.0] * (SIZE - 1 - len(numbers)))
    return Expression(text, tree, program, tuple(column for _, _, column in steps))


def _check_words(text: str) -> None:
    """Statements and signs of other alphabets, before Python's own words about them."""
    for place, sign in enumerate(text):
        if not sign.isascii() or not sign.isprintable() or sign in "#\\":
            instead = _USUAL.get(sign)
            raise ExpressionError(text, "sign" if instead else "alphabet", place, sign=sign, instead=instead)
    if max(accumulate((sign == "(") - (sign == ")") for sign in text)) > DEEPEST:
        raise ExpressionError(text, "large", 0, len(text), count="?", most=MOST_STEPS)
    for word in re.finditer(r"[A-Za-z_]\w*", text):
        if word.group() in _WORDS:
            raise ExpressionError(text, "keyword", word.start(), len(word.group()), word=word.group())
    for found in re.finditer(r"\*\*|//|%|(?<![<>=!])=(?!=)", text):
        raise ExpressionError(text, _SIGNS[found.group()], found.start(), len(found.group()), sign=found.group())


def _parsed(text: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of `1 is 2`; we refuse it with a sentence
            return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        column = error.offset - 1 if error.offset else len(text)  # no place: something is missing at the end
        raise ExpressionError(text, "syntax", column) from None
    except (ValueError, MemoryError, RecursionError):
        raise ExpressionError(text, "large", 0, len(text), count="?", most=MOST_STEPS) from None


def _deepest(steps: list[tuple[int, float, int]]) -> int:
    """The numbers a program holds at once."""
    held = deepest = 0
    for code, _, _ in steps:
        held += 1 if code <= DO.answer else -2 if code >= DO.choose else 0 if code >= DO.negative else -1
        deepest = max(deepest, held)
    return deepest


class _Reader:
    """Turns a syntax tree into steps (operation, number, column); whatever is not on the list is refused."""

    def __init__(self, text: str) -> None:
        self.text = text

    def steps(self, node: ast.expr, depth: int) -> Iterator[tuple[int, float, int]]:
        """The steps of a part of the tree, in postfix order."""
        if depth > MOST_STEPS:
            raise ExpressionError(self.text, "large", 0, len(self.text), count=f"> {MOST_STEPS}", most=MOST_STEPS)
        column = node.col_offset
        match node:
            case ast.Constant(value=bool() | int() | float() as value):
                yield DO.number, self._number(node, value), column
            case ast.Name(id=name):
                yield self._name(node, name)
            case ast.UnaryOp(op=ast.UAdd(), operand=inner):
                yield from self.steps(inner, depth + 1)
            case ast.UnaryOp(op=ast.USub() | ast.Not() as sign, operand=inner):
                yield from self.steps(inner, depth + 1)
                yield DO.negative if isinstance(sign, ast.USub) else DO.opposite, 0.0, column
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
                yield from self.steps(left, depth + 1)
                yield from self.steps(right, depth + 1)
                yield _ARITHMETIC[type(sign)], 0.0, self._sign_between(left, right)
            case ast.BoolOp(op=sign, values=parts):
                yield from self._joined(parts, _LOGIC[type(sign)], depth)
            case ast.Compare():
                yield from self._compared(node, depth)
            case ast.IfExp(test=test, body=yes, orelse=no):
                for part in (yes, test, no):
                    yield from self.steps(part, depth + 1)
                yield DO.choose, 0.0, column
            case ast.Call():
                yield from self._called(node, depth)
            case ast.Attribute(attr=attr):
                raise self._wrong(node, "attribute", name=attr)
            case _:
                raise self._wrong(node, "not_available", what=self._said(node))

    def _number(self, node: ast.expr, value: float) -> float:
        if not math.isfinite(float(value)):
            raise self._wrong(node, "not_available", what=self._said(node))
        return float(value)

    def _name(self, node: ast.expr, name: str) -> tuple[int, float, int]:
        if name == ANSWER:
            return DO.answer, 0.0, node.col_offset
        if name in View._fields:
            return DO.name, float(View._fields.index(name)), node.col_offset
        if name in FUNCTIONS:
            raise self._wrong(node, f"call_{name}")
        near = get_close_matches(name, (*NAMES, *FUNCTIONS), n=1)
        if near:
            raise self._wrong(node, "unknown_near", name=name, near=near[0])
        raise self._wrong(node, "unknown", name=name)

    def _joined(self, parts: list[ast.expr], code: int, depth: int) -> Iterator[tuple[int, float, int]]:
        for place, part in enumerate(parts):
            yield from self.steps(part, depth + 1)
            if place:
                yield code, 0.0, part.col_offset

    def _compared(self, node: ast.Compare, depth: int) -> Iterator[tuple[int, float, int]]:
        """`0 < x < 1` holds where both comparisons do."""
        sides = [node.left, *node.comparators]
        for place, sign in enumerate(node.ops):
            if type(sign) not in _COMPARISONS:
                raise self._wrong(node, "not_available", what=self._said(node))
            yield from self.steps(sides[place], depth + 1)
            yield from self.steps(sides[place + 1], depth + 1)
            yield _COMPARISONS[type(sign)], 0.0, node.col_offset
            if place:
                yield DO.both, 0.0, node.col_offset

    def _called(self, node: ast.Call, depth: int) -> Iterator[tuple[int, float, int]]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS:
            raise self._wrong(node, "call", what=self._said(node.func))
        wanted = 1 if name == "abs" else 2
        if node.keywords or len(node.args) < wanted or (name == "abs" and len(node.args) > 1):
            raise self._wrong(node, f"call_{name}")
        yield from self._joined(node.args, FUNCTIONS[name], depth)
        if name == "abs":
            yield DO.abs, 0.0, node.col_offset

    def _sign_between(self, left: ast.expr, right: ast.expr) -> int:
        """Where the sign of an operation stands."""
        start = left.end_col_offset or 0
        between = self.text[start : right.col_offset]
        found = re.search(r"[-+*/]", between)
        return start + (found.start() if found else 0)

    def _said(self, node: ast.AST) -> str:
        return (ast.get_source_segment(self.text, node) or "?")[:30]

    def _wrong(self, node: ast.expr, identity: str, **values: object) -> ExpressionError:
        length = (node.end_col_offset or node.col_offset + 1) - node.col_offset
        return ExpressionError(self.text, identity, node.col_offset, length, **values)
