"""The model hash: which science a run was made with. Taken from syntax trees, so that a comment breaks nothing."""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from agents.library import Library

ROOT = Path(__file__).resolve().parents[2]
SCIENCE_OF_A_RUN = ("address_list", "addresses", "apply_changes", "expressions", "prepare", "put_rules", "template")
_SCIENCE = (
    "agents/arithmetic.py",
    "agents/combine.py",
    "agents/views.py",
    "sim/engines/outcome.py",
    "sim/laws",
    "sim/phases",
    *(f"sim/run/{name}.py" for name in SCIENCE_OF_A_RUN),
    "sim/state",
)
_IGNORED = {"ctx", "kind", "type_comment", "type_params", "type_ignores"}


def model_hash(library: Library) -> str:
    """Twelve hexadecimal digits over laws, phases, state, dice and all rules there are."""
    rules = sorted((rule.family.name, rule.name, _tree_hash(rule.path)) for rule in library.values())
    return _digest([_science_hash(), *("/".join(rule) for rule in rules)])


def text_hash(text: str) -> str:
    """Twelve hexadecimal digits of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@cache
def _science_hash() -> str:
    """Once a program: what was imported stays, whatever is edited meanwhile."""
    return _digest(_tree_hash(path) for path in sorted(_files()))


def _files() -> Iterator[Path]:
    for name in _SCIENCE:
        path = ROOT / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _digest(parts: Iterable[str]) -> str:
    return text_hash("\n".join(parts))


def _tree_hash(path: Path) -> str:
    """Of a file as it is now: a rule may be edited in a notebook's life."""
    stat = path.stat()
    return _hash_of(path, stat.st_mtime_ns, stat.st_size)


@cache
def _hash_of(path: Path, changed: int, size: int) -> str:
    return text_hash("".join(_leaves(ast.parse(path.read_text(encoding="utf-8")))))


def _leaves(node: object) -> Iterator[str]:
    """A syntax tree as text, without docstrings, Spanish summaries and fields that differ between Python versions."""
    if isinstance(node, ast.AST):
        yield f"({type(node).__name__}"
        for name, value in ast.iter_fields(node):
            if name not in _IGNORED and value not in (None, []):
                yield f" {name}="
                yield from _leaves(_without_words(node, name, value))
        yield ")"
    elif isinstance(node, list):
        for item in node:
            yield from _leaves(item)
    else:
        yield repr(node)


def _without_words(node: ast.AST, name: str, value: object) -> object:
    """A field without what is written for readers alone: a docstring, and `es` of `@rule(source=..., es=...)`."""
    documented = ast.Module | ast.FunctionDef | ast.ClassDef
    if name == "body" and isinstance(node, documented) and ast.get_docstring(node) is not None:
        return node.body[1:]
    if name == "keywords" and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "rule":
        return [keyword for keyword in node.keywords if keyword.arg != "es"]
    return value
