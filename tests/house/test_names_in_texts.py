"""Modules and files that pages and docstrings mention exist: a moved file takes its mentions along."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "docs" / "tools"))
from blocks import pages  # noqa: E402 - docs/tools is not a package

CODE = ("agents", "sim", "dashboards", "benchmarks", "docs", "tests")
DOTTED = re.compile(r"(?<![\w./-])(?:agents|sim|dashboards)(?:\.\w+)+")
FILE = re.compile(r"(?<![\w./-])(?:agents|sim|dashboards|benchmarks|configs|docs|tests)(?:/[\w.*-]+)+")
MADE = ("docs/reference", "docs/pictures-all")
"""What commands write outside git."""


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def texts() -> Iterator[tuple[str, str]]:
    """Every text with its place: a page, or the docstring of a module, class or function."""
    for page in pages():
        yield page.relative_to(ROOT).as_posix(), _text(page)
    for path in sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(_text(path))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (said := ast.get_docstring(node)):
                yield f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}", said


def missing(text: str) -> list[str]:
    """The modules, names in modules, and files that a text mentions and that do not exist."""
    dotted = [name for name in DOTTED.findall(text) if not name.endswith(".py") and not _exists(name.split("."))]
    files = [name.rstrip(".") for name in FILE.findall(text) if not name.startswith(MADE)]
    return dotted + [name for name in files if not any(ROOT.glob(name))]


def _exists(parts: list[str]) -> bool:
    """Whether the folders and the file of a dotted name exist, and the file has the name that follows."""
    place = ROOT
    for number, part in enumerate(parts):
        if (place / part).is_dir():
            place = place / part
            continue
        module = place / f"{part}.py"
        rest = parts[number + 1 :] if module.is_file() else parts[number:]
        source = module if module.is_file() else place / "__init__.py"
        return not rest or rest[0] in _names(source)
    return True


@cache
def _names(source: Path) -> set[str]:
    """What a module defines, imports or lists, and what its classes and functions define."""
    fields = ("name", "asname", "id", "attr", "arg", "value")
    found = {getattr(node, field, None) for node in ast.walk(ast.parse(_text(source))) for field in fields}
    return {name for name in found if isinstance(name, str)}


def test_what_texts_mention_exists() -> None:
    lost = {where: names for where, text in texts() if (names := missing(text))}
    assert not lost, "\n".join(f"{where}: {', '.join(names)}" for where, names in lost.items())


@pytest.mark.parametrize("name", ["sim.model", "sim.state.chnace", "sim.api.nothing", "sim/cli/nothing.py"])
def test_a_name_that_does_not_exist_is_found(name: str) -> None:
    assert missing(f"See `{name}`.") == [name]


@pytest.mark.parametrize("name", ["sim.api.RunSpec", "agents.rules.answer", "sim/api.py", "sim.metrics.compare."])
def test_a_name_that_exists_is_not(name: str) -> None:
    assert not missing(f"See `{name}`.")
