"""The documentation does what it says: commands and code run, links lead somewhere, reference pages are up to date."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Demarche, demarche

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "docs" / "tools"))
import make_reference  # noqa: E402 - it lies in docs, which is no package
from blocks import DOCS, Block, blocks, kept, pages  # noqa: E402
from make_outputs import refreshed  # noqa: E402
from reference_science import functions, law_modules  # noqa: E402

from sim.run.prepare import shipped  # noqa: E402
from sim.scenario import scenario_names  # noqa: E402
from sim.state.mechanisms import MECHANISMS  # noqa: E402

__all__ = ["demarche"]
PAGES = [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in pages()]
RUNNABLE = [page for page in PAGES if "reference" not in page.id]
LINK = re.compile(r"\]\(([^)\s]+)\)")
OPTION = re.compile(r"`[^`\n]*--(?P<option>without|rule|base-rule) (?P<value>[^\s`]+)[^`\n]*`")


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


@pytest.mark.parametrize("page", RUNNABLE)
def test_commands_and_code_run(page: Path, demarche: Demarche, capfd: pytest.CaptureFixture[str]) -> None:
    """In one folder a page, top to bottom, as a reader would."""
    for block in blocks(_text(page)):
        where = f"{page.relative_to(ROOT)}, line {block.line}"
        for command in block.commands() if block.kind == "sh" else []:
            answer = demarche(*command.words)
            assert (answer.code != 0) == command.fails, f"{where}: demarche {' '.join(command.words)}\n{answer.err}"
            assert "Traceback" not in answer.err, where
        if block.kind == "python":
            _write_or_run(block, where)
    capfd.readouterr()


def _write_or_run(block: Block, where: str) -> None:
    if block.file():
        path = Path(block.file())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")
    else:
        exec(compile(block.body, where, "exec"), {"__name__": "docs"})


@pytest.mark.long
@pytest.mark.parametrize("page", RUNNABLE)
def test_outputs_are_what_the_commands_print(page: Path, tmp_path: Path) -> None:
    text = _text(page)
    assert refreshed(text, str(tmp_path)) == text, "python docs/tools/make_outputs.py puts the present outputs in"


@pytest.mark.parametrize("name", make_reference.pages())
def test_reference_pages_are_up_to_date(name: str) -> None:
    path = make_reference.REFERENCE / name
    now = make_reference.text_of(make_reference.pages()[name])
    assert path.is_file() and _text(path) == now, (
        f"docs/reference/{name} is not what the code says: python docs/tools/make_reference.py"
    )


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in _links(page) if not _leads(page, link)]
    assert not broken, f"{page.relative_to(ROOT)}: {broken}"


def _links(page: Path) -> Iterator[str]:
    for link in LINK.findall(_without_code(_text(page))):
        if not link.startswith(("http://", "https://", "mailto:")):
            yield link


def _leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in _anchors(_text(target))


def _anchors(text: str) -> set[str]:
    """Headings as GitHub names them, and anchors set by hand."""
    headings = re.findall(r"^#+ (.*)$", _without_code(text), re.M)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES)
def test_names_exist(page: Path) -> None:
    """Rules and mechanisms that a page gives to an option in passing; the commands in its blocks are run."""
    mechanisms, rules = {mechanism.name for mechanism in MECHANISMS}, set(shipped())
    for found in OPTION.finditer(_without_code(_text(page))):
        value = found["value"].rstrip(".,")
        if value.isupper() or ":WHO=" in value:
            continue
        if found["option"] == "without":
            assert value in mechanisms, f"{page.name}: there is no mechanism {value}"
        else:
            family, name = value.partition(":")[0], value.partition("=")[2]
            assert (family, name) in rules, f"{page.name}: there is no {family} rule {name}"


def test_the_model_page_speaks_of_everything() -> None:
    text = _text(DOCS / "model.md")
    laws = [function.__name__ for module in law_modules() for function in functions(module)]
    names = [*laws, *(mechanism.name for mechanism in MECHANISMS), *scenario_names(), *(name for _, name in shipped())]
    missing = sorted({name for name in names if f"`{name}`" not in text})
    assert not missing, f"docs/model.md does not mention: {', '.join(missing)}"


def test_every_page_is_on_the_map() -> None:
    found, new = set(), {DOCS / "index.md"}
    while new:
        found |= new
        linked = {(page.parent / link.partition("#")[0]).resolve() for page in new for link in _links(page)}
        new = {page for page in linked if page.suffix == ".md"} - found
    lost = [page.relative_to(ROOT).as_posix() for page in DOCS.rglob("*.md") if page not in found]
    assert not lost, f"no way leads from docs/index.md to: {lost}"


def test_the_readme_tests_what_ci_tests() -> None:
    """The README's second line is what `.ci/run` does: the same install, the same tests."""
    readme, ci = _text(ROOT / "README.md"), _text(ROOT / ".ci" / "run")
    first = "python3 -m venv .venv && .venv/bin/python -m pip install -e . && .venv/bin/demarche dashboard"
    second = "python3 -m venv .venv && .venv/bin/python -m pip install -e '.[test]' && .venv/bin/python -m pytest"
    assert f"\n{first}\n" in readme and f"\n{second}\n" in readme
    for words in ("-m venv ", "-e '.[test]'", "-m pytest"):
        assert words in ci, words
    assert r".venv\Scripts\demarche dashboard" in readme
    assert r".venv\Scripts\python -m pytest" in readme


def test_pieces_of_an_output() -> None:
    output = "one\ntwo\n\nthree\nfour\n"
    assert kept(output, "") == output
    assert kept(output, "two ... three | four ...") == "[...]\ntwo\n[...]\nfour\n"
