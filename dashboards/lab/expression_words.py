"""An expression read aloud in a language, and the names it may use with their ranges and sentences."""

import ast
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from agents.isolation.sample_views import units_of
from agents.units import help_of
from agents.views import View
from dashboards.text.screen_texts import wording
from sim.run.expressions import ANSWER, Expression
from sim.scenario.text.texts import LANGUAGES

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide", ast.Lt: "less",
    ast.LtE: "less_equal", ast.Gt: "greater", ast.GtE: "greater_equal", ast.Eq: "equal", ast.NotEq: "unequal",
    ast.And: "and", ast.Or: "or",
}  # fmt: skip


class Part(NamedTuple):
    """A piece of the sentence: words, or a number one may change, with its place in the expression."""

    text: str
    column: int = -1
    length: int = 0


def in_words(expression: Expression, language: str) -> list[Part]:
    """The expression as a sentence; numbers keep their place, so that they can be changed where they are read."""
    reader = _Aloud(expression.text, language)
    parts: list[Part] = []
    for part in reader.read(expression.tree):
        if parts and part.column < 0 and parts[-1].column < 0:
            parts[-1] = Part(parts[-1].text + part.text)
        else:
            parts.append(part)
    return parts


def is_condition(expression: Expression) -> bool:
    """Whether it is true or false rather than a number."""
    tree = expression.tree
    negated = isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not)
    return negated or isinstance(tree, ast.Compare | ast.BoolOp)


@cache
def names() -> list[dict[str, Any]]:
    """Every name of an expression: id, words, sentence and unit in both languages, and its range."""
    units = units_of(View)
    found = []
    for name in (ANSWER, *View._fields):
        said = _told()[name]
        sentence = {"en": said.get("help_en") or help_of(View.__annotations__[name]), "es": said["help_es"]}
        low, high = (units[name].low, units[name].high) if name in units else (0.0, 1.0)
        unit = units[name].name if name in units else "share"
        found.append(
            {
                "name": name,
                "words": {key: said[key] for key in LANGUAGES},
                "help": sentence,
                "low": low,
                "high": high,
                "unit": {key: wording(f"view.unit.{unit}", key) for key in LANGUAGES},
            }
        )
    return found


@cache
def _told() -> dict[str, dict[str, str]]:
    path = Path(__file__).parents[1] / "text" / "names.yaml"
    told: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return told


class _Aloud:
    """Reads a syntax tree that has passed `sim.run.expressions.read`."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language

    def read(self, node: ast.expr, above: int = 0) -> list[Part]:
        """The words of a part of the tree, in brackets where it binds less than what it stands in."""
        match node:
            case ast.Constant(value=bool() as value):
                return [Part(self._say("true" if value else "false"))]
            case ast.Constant():
                return [Part(ast.get_source_segment(self.text, node) or "", node.col_offset, self._length(node))]
            case ast.Name(id=name):
                return [Part(_told()[name][self.language])]
            case ast.Call(func=ast.Name(id=name), args=args):
                return [Part(self._say(name) + " ("), *self._joined(args, "; ", 0), Part(")")]
        found = self._compound(node, _binding(node))
        return [Part("("), *found, Part(")")] if _binding(node) < above else found

    def _compound(self, node: ast.expr, binding: int) -> list[Part]:
        match node:
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, binding)
            case ast.UnaryOp(op=sign, operand=operand):
                return [
                    Part(self._say("not" if isinstance(sign, ast.Not) else "negative") + " "),
                    *self.read(operand, binding),
                ]
            case ast.BinOp(left=left, op=sign, right=right):
                return [*self.read(left, binding), self._sign(sign), *self.read(right, binding + 1)]
            case ast.BoolOp(op=sign, values=values):
                return self._joined(values, self._sign(sign).text, binding)
            case ast.Compare(left=left, ops=signs, comparators=others):
                parts = self.read(left, binding + 1)
                for compared, other in zip(signs, others, strict=True):
                    parts += [self._sign(compared), *self.read(other, binding + 1)]
                return parts
            case ast.IfExp(test=test, body=yes, orelse=no):
                condition, otherwise = Part(f" {self._say('if')} "), Part(self._say("otherwise") + " ")
                return [*self.read(yes, 1), condition, *self.read(test, 1), otherwise, *self.read(no)]
        raise AssertionError(f"{type(node).__name__} has passed the grammar and has no words")

    def _joined(self, nodes: list[ast.expr], between: str, above: int) -> list[Part]:
        parts: list[Part] = []
        for place, node in enumerate(nodes):
            parts += [*([Part(between)] if place else []), *self.read(node, above)]
        return parts

    def _sign(self, sign: ast.AST) -> Part:
        return Part(f" {self._say(_SIGNS[type(sign)])} ")

    def _length(self, node: ast.expr) -> int:
        return (node.end_col_offset or 0) - node.col_offset

    def _say(self, identity: str) -> str:
        return wording(f"aloud.{identity}", self.language)


def _binding(node: ast.expr) -> int:
    """How strongly an operation holds its parts together, as in Python."""
    match node:
        case ast.IfExp():
            return 0
        case ast.BoolOp(op=sign):
            return 1 if isinstance(sign, ast.Or) else 2
        case ast.UnaryOp(op=sign):
            return 3 if isinstance(sign, ast.Not) else 7
        case ast.Compare():
            return 4
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return 5
    return 6
