"""What a law or a rule may not hold: a number that decides and that nobody can see or change.

Such a number is a weight (`sim/state/weights.py`, passed in by the phase) or a trait (with a unit and an origin). In
the text may stand 0, 1, 2, 0.5 and 365, and the constants of `ALLOWED`, each with a reason. Reads syntax trees only.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
STRICT = ("agents/rules/**/*.py", "sim/laws/**/*.py")
LOOSE = (
    "sim/phases/**/*.py",
    "sim/state/ladder.py",
    "sim/state/losses.py",
    "sim/state/clock.py",
    "sim/state/pace.py",
    "agents/combine.py",
)
BARE = {0.0, 1.0, 2.0, 0.5, 365.0}
INSTEAD = "make it a weight (sim/state/weights.py) or a trait with `assumed` or `sourced`"


class Constant(NamedTuple):
    """A constant that is no assumption: the values it may have, as the source spells them, and the reason."""

    values: str
    why: str


ALLOWED = {
    "YEAR": Constant("365.0", "calendar: losses are rates a year"),
    "QUARTER": Constant("91.25", "calendar: a quarter of 365 days"),
    "WEEK": Constant("7.0", "calendar: weights count some changes a week"),
    "MINUTE": Constant("1.0 / 1440.0", "calendar; keeps a latency of zero from dividing by zero"),
    "SECOND": Constant("1.0 / 86400.0", "calendar: luck is keyed by the second"),
    "SQUARE_OF_EVEN": Constant("3.0", "the square of a share evenly spread from 0 to 1 is 1 / 3 on average"),
    "TENS_OF_POINTS": Constant("10.0", "unit of election_swing: log-odds for each ten points"),
    "HUNDRED_POINTS": Constant("100.0", "unit of precision and sharpness: log-odds for each point"),
    "TINY": Constant("1e-9 or 1e-6", "keeps a zero from dividing by zero"),
    "ROUNDING": Constant("1e-9 or 1e-6", "the last bits of a sum do not decide"),
    "LARGEST_EXPONENT": Constant("700.0", "largest exponent that a double holds (agents.arithmetic)"),
    "FOR_FREE": Constant("1e-12", "a willingness that pays for nothing but what is free"),
    "BACKED_DOWN": Constant("3.0", "number of an ending: a name, no quantity"),
    "MOST_STEPS": Constant("64", "room of the interpreter of expressions"),
    "DEEPEST": Constant("16", "room of the interpreter of expressions"),
    "SIZE": Constant("1 + 2 * MOST_STEPS", "room of the interpreter of expressions"),
    "STEPS_A_MESSAGE": Constant("1.5", "numerics: finer steps give the same settlements (row length_of_a_step)"),
    "LIVELY": Constant("14.0", "numerics: how long after a move messages are played one by one"),
    "QUIET_STEP": Constant("1.0", "numerics: support and attention move by days"),
    "FOREVER": Constant("1e9", "longer than any round: a name, no quantity"),
    "NOT_FORCED": Constant("-9.0", "mark of an empty cell: a name, no quantity"),
    "UNANSWERED": Constant("-1.0", "mark of an empty cell: a name, no quantity"),
}
TABLES = {"DO"}
"""Constants in capitals that hold no number of their own: names of operations."""


def strict_files(root: Path = ROOT) -> list[Path]:
    """Laws and rules: every number in them is in sight."""
    return sorted({path for pattern in STRICT for path in root.glob(pattern)})


def loose_files(root: Path = ROOT) -> list[Path]:
    """Phases, ladder, clock and ways of combining: they read weights by column, which have names in capitals too."""
    return sorted({path for pattern in LOOSE for path in root.glob(pattern)})


def problems(path: Path, root: Path = ROOT) -> list[str]:
    """Sentences 'file:line: what; what instead' for one file."""
    strict = any(path in root.glob(pattern) for pattern in STRICT)
    where = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    found = sorted(lint(path.read_text(encoding="utf-8"), strict=strict))
    return [f"{where}:{line}: {what} decides and nobody can change it; {INSTEAD}." for line, what in found]


def lint(source: str, *, strict: bool = True) -> Iterator[tuple[int, str]]:
    """Line and number of every hidden number of one source text."""
    tree = ast.parse(source)
    exempt = set(_exempt(tree))
    for node in ast.walk(tree):
        if id(node) not in exempt:
            yield from _hidden(node)
    if strict:
        yield from _borrowed(tree, exempt)


def _hidden(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Constant(value=bool()):
            return
        case ast.Constant(value=int() | float() as value) if value not in BARE:
            yield node.lineno, f"`{value!r}`"
        case ast.BinOp(left=left, right=right) if _is_number(left) and _is_number(right):
            yield node.lineno, f"`{ast.unparse(node)}`"
        case ast.Call(func=ast.Name(id="float" | "int"), args=[ast.Constant(value=str())]):
            yield node.lineno, f"`{ast.unparse(node)}`"


def _is_number(node: ast.AST) -> bool:
    match node:
        case ast.UnaryOp(operand=operand):
            return _is_number(operand)
        case ast.BinOp(left=left, right=right):
            return _is_number(left) and _is_number(right)
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _borrowed(tree: ast.Module, exempt: set[int]) -> Iterator[tuple[int, str]]:
    """Constants that a function reads, its own file's or another's, and that are not on the list."""
    known = {*ALLOWED, *TABLES}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
                if name.isupper() and name not in known and id(node) not in exempt:
                    yield node.lineno, f"`{name}`"


def _exempt(tree: ast.Module) -> Iterator[int]:
    """Nodes where a number is in sight: traits of a rule, calls of `assumed`, allowed constants, annotations."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="assumed" | "sourced")):
                yield from _below(node)
            case ast.FunctionDef(args=arguments, decorator_list=marks):
                if any(isinstance(mark, ast.Call) and ast.unparse(mark.func) == "rule" for mark in marks):
                    yield from _below(arguments)
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[target], value=value) if _is_allowed(target, value):
                yield from _below(value)


def _is_allowed(target: ast.expr, value: ast.expr) -> bool:
    """Whether an assignment gives an allowed constant one of the values it may have."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return all(_is_allowed(*pair) for pair in zip(target.elts, value.elts, strict=True))
    if not isinstance(target, ast.Name) or target.id not in ALLOWED:
        return False
    return ast.unparse(value) in {ast.unparse(ast.parse(text)) for text in ALLOWED[target.id].values.split(" or ")}


def _below(node: ast.AST) -> Iterator[int]:
    return (id(child) for child in ast.walk(node))
