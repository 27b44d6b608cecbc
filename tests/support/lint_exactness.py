"""What a law, a phase or a rule may not use, because plain Python and the compiled engine would differ in the last bit.

Reads syntax trees only: nothing is imported or run. `problems(path)` gives sentences ready to be shown.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("agents/rules/**/*.py", "sim/laws/**/*.py", "sim/phases/**/*.py",
           *(f"sim/state/{name}.py" for name in ("clock", "intervene", "ladder", "losses", "rule_calls")))  # fmt: skip

# Correctly rounded, or no arithmetic at all: the same everywhere.
SAFE_MATH = {"sqrt", "floor", "ceil", "isnan", "isinf", "inf", "nan"}
OPERATORS = {
    ast.Pow: ("**", "write x * x, or `power` from agents.arithmetic"),
    ast.MatMult: ("@", "write the loop out"),
}
BUILTINS = {
    "pow": "write x * x, or `power` from agents.arithmetic",
    "sum": "add up in a loop, in a fixed order",
    "round": "use math.floor(x + 0.5), or leave rounding to whoever shows the number",
}
MODULES = {
    "numpy": "numbers come in one by one; write the loop out",
    "scipy": "write the formula out",
    "numba": "mark the function with `law` from agents.law",
    "llvmlite": "mark the function with `law` from agents.law",
    "random": "take the luck as an argument (`luck`, `temper`)",
    "secrets": "take the luck as an argument (`luck`, `temper`)",
    "cmath": "use agents.arithmetic",
    "statistics": "add up in a loop, in a fixed order",
}


class Problem(NamedTuple):
    """One place that breaks exactness."""

    line: int
    what: str
    instead: str


def files(root: Path = ROOT) -> list[Path]:
    """The files both engines run, as far as they exist."""
    return sorted({path for pattern in FOLDERS for path in root.glob(pattern)})


def problems(path: Path, root: Path = ROOT) -> list[str]:
    """Sentences 'file:line: what; what instead' for one file."""
    where = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    found = sorted(lint(path.read_text(encoding="utf-8")))
    return [f"{where}:{line}: {what} differs between the engines; {instead}." for line, what, instead in found]


def lint(source: str) -> Iterator[Problem]:
    """Every problem of one source text."""
    tree = ast.parse(source)
    math_names = _names_of_math(tree)
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in OPERATORS:
                sign, instead = OPERATORS[type(op)]
                yield Problem(node.lineno, f"`{sign}`", instead)
            case ast.Name(id=name, ctx=ast.Load()) if name in BUILTINS:
                yield Problem(node.lineno, f"`{name}`", BUILTINS[name])
            case ast.Call(func=ast.Attribute(attr="sum")):
                yield Problem(node.lineno, "`.sum()`", BUILTINS["sum"])
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in math_names and attr not in SAFE_MATH:
                yield _math(node.lineno, attr)
            case ast.Import(names=names):
                for alias in names:
                    yield from _imported(node.lineno, alias.name)
            case ast.ImportFrom(module="math", names=names):
                yield from (_math(node.lineno, alias.name) for alias in names if alias.name not in SAFE_MATH)
            case ast.ImportFrom(module=str(module), level=0):
                yield from _imported(node.lineno, module)


def arithmetic_names(root: Path = ROOT) -> list[str]:
    """The functions agents.arithmetic offers, read from its source; none while it does not exist."""
    path = root / "agents" / "arithmetic.py"
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    return sorted(n.name for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


def _imported(line: int, module: str) -> Iterator[Problem]:
    package = module.partition(".")[0]
    if package in MODULES:
        yield Problem(line, f"importing `{package}`", MODULES[package])


def _math(line: int, name: str) -> Problem:
    """A name of `math` that is not on the safe list."""
    guarded = arithmetic_names()
    same = {"pow": "power"}.get(name, name)
    if same in guarded:
        return Problem(line, f"`math.{name}`", f"use `{same}` from agents.arithmetic")
    there_are = f"; agents.arithmetic has {', '.join(guarded)}" if guarded else ""
    return Problem(line, f"`math.{name}`", f"of math only {', '.join(sorted(SAFE_MATH))} are safe{there_are}")


def _names_of_math(tree: ast.AST) -> set[str]:
    """The names under which a file knows the module `math`."""
    imports = (alias for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names)
    return {alias.asname or alias.name for alias in imports if alias.name == "math"}
