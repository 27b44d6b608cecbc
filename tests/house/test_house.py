"""The house rules: floors, exact arithmetic, small files, nothing of one machine in the text."""

import ast
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lint_exactness import files, lint, problems

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("agents", "sim", "dashboards")
REQUIRED = (
    *FLOORS,
    *("configs", "tests", "pyproject.toml", ".ci/run", ".editorconfig", ".gitignore"),
    *("README.md", "LICENSE", "NOTICE", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md"),
)
MOST_LINES = 250
MEDIAN_LINES = 150
MOST_LINES_OF_A_FUNCTION = 60

UNSAFE_MODULES = {"pickle", "cloudpickle", "dill", "marshal", "shelve"}
UNSAFE_CALLS = {"eval", "exec"}

MACHINE_PATH = re.compile(r"(?<![A-Za-z0-9_.])/(?:work|root|farm)/")
# Everything comes from pip and from the checkout; a citation may link to a page, nothing may point at a file to fetch.
DOWNLOAD = re.compile(
    r"https?://(?:[\w.-]*(?:cdn|jsdelivr|unpkg|googleapis|gstatic|cloudflare|pythonhosted|raw\.githubusercontent)[\w.-]*"
    r"|\S+\.(?:zip|tar|gz|tgz|bz2|xz|whl|deb|exe|sh|parquet|js|css|woff2?)(?=[\s\"')>\]]|$))"
)


def tracked(*patterns: str) -> list[Path]:
    """The files git knows, which are the ones that leave this machine."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip(f"not a git checkout that git would read: {listed.stderr.strip()}")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_lines() -> Iterator[tuple[str, str]]:
    """('file:line', line) for every tracked text file; a file with a zero byte is no text."""
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            for number, line in enumerate(content.decode("utf-8").split("\n"), start=1):
                yield f"{path.relative_to(ROOT).as_posix()}:{number}", line


def trees(*patterns: str) -> Iterator[tuple[str, ast.Module]]:
    """(file, syntax tree) for every tracked Python file."""
    for path in tracked(*patterns):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", REQUIRED)
def test_the_top_level_is_there(entry: str) -> None:
    assert (ROOT / entry).exists(), f"{entry} is missing from the top of the checkout"


def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK), ".ci/run is not executable: chmod +x .ci/run"


def test_imports_point_down_only() -> None:
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"lint-imports:\n{found.stdout}\n{found.stderr}"


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_laws_phases_and_rules_are_exact(path: Path) -> None:
    found = problems(path)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("y = x ** 2", "`**`"),
        ("x **= 0.5", "`**`"),
        ("y = a @ b", "`@`"),
        ("y = pow(x, 2)", "`pow`"),
        ("f = pow", "`pow`"),
        ("y = sum(xs)", "`sum`"),
        ("y = xs.sum()", "`.sum()`"),
        ("y = round(x, 2)", "`round`"),
        ("import math\ny = math.exp(x)", "`math.exp`"),
        ("import math as m\ny = m.hypot(x, y)", "`math.hypot`"),
        ("from math import log", "`math.log`"),
        ("from math import *", "`math.*`"),
        ("import numpy as np", "importing `numpy`"),
        ("from numpy.random import default_rng", "importing `numpy`"),
        ("import random", "importing `random`"),
        ("from numba import njit", "importing `numba`"),
    ],
)
def test_the_lint_finds(source: str, what: str) -> None:
    assert [problem.what for problem in lint(source)] == [what]


@pytest.mark.parametrize(
    "source",
    [
        '"""x ** 2, sum() and math.exp in a text are only words."""',
        "import math\ny = math.sqrt(x) if not math.isnan(x) else math.inf",
        "from math import floor, ceil\ny = floor(x) + ceil(x)",
        "from agents.arithmetic import exp, power\ny = exp(x) + power(x, 0.5)",
        "from agents.rule import rule\ny = min(x, 1.0) * x % 7.0 + abs(x)",
    ],
)
def test_the_lint_lets_pass(source: str) -> None:
    assert list(lint(source)) == []


def test_the_lint_says_where_and_what_instead(tmp_path: Path) -> None:
    path = tmp_path / "rule.py"
    path.write_text("x = 2.0\ny = x ** 2\n", encoding="utf-8")
    assert problems(path, root=tmp_path) == [
        "rule.py:2: `**` differs between the engines; write x * x, or `power` from agents.arithmetic."
    ]


def test_no_trailing_whitespace() -> None:
    found = [where for where, line in text_lines() if line != line.rstrip()]
    assert not found, f"trailing whitespace: {found}"


def test_no_paths_of_one_machine() -> None:
    found = [f"{where}: {line.strip()}" for where, line in text_lines() if MACHINE_PATH.search(line)]
    assert not found, "paths that exist on one machine only:\n" + "\n".join(found)


def test_nothing_is_fetched() -> None:
    found = [f"{where}: {line.strip()}" for where, line in text_lines() if DOWNLOAD.search(line)]
    assert not found, "addresses of files to download (everything must work offline):\n" + "\n".join(found)


def test_files_are_small() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_bytes().splitlines()) for path in tracked("*.py")}
    long = {name: length for name, length in lengths.items() if length > MOST_LINES}
    assert not long, f"longer than {MOST_LINES} lines; split by idea: {long}"
    assert statistics.median(lengths.values()) <= MEDIAN_LINES, f"half of the files are over {MEDIAN_LINES} lines"


def test_functions_are_small() -> None:
    functions = (
        (f"{name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for name, tree in trees("*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = {where: length for where, length in functions if length > MOST_LINES_OF_A_FUNCTION}
    assert not long, f"longer than {MOST_LINES_OF_A_FUNCTION} lines: {long}"


def test_nothing_a_person_hands_in_is_executed() -> None:
    found = [
        f"{name}:{unsafe}"
        for name, tree in trees(*(f"{floor}/*.py" for floor in FLOORS))
        for node in ast.walk(tree)
        for unsafe in _unsafe(node)
    ]
    assert not found, "files are JSON, YAML or Parquet, expressions go through a whitelist:\n" + "\n".join(found)


def _unsafe(node: ast.AST) -> Iterator[str]:
    """'line: what' for a pickle or an eval."""
    match node:
        case ast.Import(names=names):
            modules = [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            modules = [module]
        case ast.Name(id=name) if name in UNSAFE_CALLS:
            yield f"{node.lineno}: `{name}`"
            return
        case _:
            return
    packages = [module.partition(".")[0] for module in modules]
    yield from (f"{node.lineno}: importing `{package}`" for package in packages if package in UNSAFE_MODULES)
