"""The equations of the model page, from the code: `python docs/tools/model_equations.py` writes section 3.6."""

import ast
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "model.md"
BEGIN, END = "<!-- equations: written from the code -->", "<!-- end of equations -->"
SIGNS = ((r" \*\* ", "^"), (r" \* ", " · "), (r"\b(\d+)\.0\b", r"\1"))
"""How an expression of Python is written on the page."""
sys.path[:0] = [str(ROOT)]


def equations() -> str:
    """A table for each file of laws: each law with what it returns, line by line, as the engines compute it."""
    parts = [BEGIN]
    for module in _modules():
        rows = [f"| `{name}` | {'<br>'.join(lines)} |" for name, lines in _laws(module)]
        title = (inspect.getdoc(module) or "").partition("\n")[0]
        parts += [f"**{title}** (`{module.__name__.replace('.', '/')}.py`)", "\n".join(_HEAD + tuple(rows))]
    return "\n\n".join([*parts, END])


_HEAD = ("| Law | Equation |", "|---|---|")


def _modules() -> list[ModuleType]:
    laws = import_module("sim.laws")
    names = sorted(found.name for found in pkgutil.iter_modules(laws.__path__))
    return [import_module(f"sim.laws.{name}") for name in names if name != "expression"]


def _laws(module: ModuleType) -> Iterator[tuple[str, list[str]]]:
    for name, law in vars(module).items():
        if inspect.isfunction(law) and law.__module__ == module.__name__ and not name.startswith("_"):
            tree: Any = ast.parse(dedent(inspect.getsource(law))).body[0]
            yield f"{name}({', '.join(argument.arg for argument in tree.args.args)})", list(_lines(tree.body, ""))


def _lines(body: list[Any], given: str) -> Iterator[str]:
    """What a body computes: assignments and returns, with the condition under which they hold."""
    for node in body:
        if isinstance(node, ast.Return) and node.value is not None:
            yield _written(node.value) + given
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            yield _written(node) + given
        elif isinstance(node, ast.If | ast.While | ast.For):
            test = node.target if isinstance(node, ast.For) else node.test
            word = {"If": "if", "While": "while", "For": "for"}[type(node).__name__]
            yield from _lines(node.body, f"{given}, {word} {_written(test)}")
            yield from _lines(node.orelse, f"{given}, else")


def _written(node: ast.AST) -> str:
    text = ast.unparse(node)
    for sign, instead in SIGNS:
        text = re.sub(sign, instead, text)
    return text.replace("|", "∣")


def refreshed(page: str) -> str:
    """The model page with the equations of today."""
    before, _, rest = page.partition(BEGIN)
    return before + equations() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
