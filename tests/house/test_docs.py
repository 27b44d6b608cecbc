"""The documentation is true: commands and code run, links lead somewhere, one command writes the reference."""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from command import Demarche, demarche

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "docs" / "tools"), str(Path(__file__).parent)]
import model_equations  # noqa: E402 - docs/tools is not a package
import posterior_table  # noqa: E402
from blocks import DOCS, REFERENCE, Block, blocks, kept, pages  # noqa: E402 - docs/tools is not a package
from make_outputs import refreshed  # noqa: E402
from make_reference import write_reference  # noqa: E402
from picture import floors, imports, rooms  # noqa: E402
from reference_science import functions, law_modules  # noqa: E402

from agents.library import shipped  # noqa: E402
from sim.phases.schedule import SCHEDULE  # noqa: E402
from sim.scenario import scenario_names  # noqa: E402
from sim.state.mechanisms import MECHANISMS  # noqa: E402

__all__ = ["demarche"]
PAGES = [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in pages()]
LARGEST_PICTURE = 150_000
"""Bytes."""
LINK = re.compile(r"\]\(([^)\s]+)\)")
OPTION = re.compile(r"`[^`\n]*--(?P<option>without|rule|base-rule) (?P<value>[^\s`]+)[^`\n]*`")


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


@pytest.mark.parametrize("page", PAGES)
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
@pytest.mark.parametrize("page", PAGES)
def test_outputs_are_what_the_commands_print(page: Path, tmp_path: Path) -> None:
    text = _text(page)
    assert refreshed(text, str(tmp_path)) == text, "python docs/tools/make_outputs.py puts the present outputs in"


def test_one_command_writes_the_reference(tmp_path: Path) -> None:
    """A page for each rule and mechanism; links that lead to a page or a file; nothing left of a rule that is gone."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "answer-gone.md").write_text("# gone\n", encoding="utf-8")
    made = {path.relative_to(tmp_path).as_posix(): _text(path) for path in write_reference(tmp_path)}
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")} == set(made)
    entries = {f"rules/{family}-{name}.md" for family, name in shipped()}
    entries |= {f"mechanisms/{mechanism.name}.md" for mechanism in MECHANISMS}
    named = set(re.findall(r"`(\w+\.md)`", _text(DOCS / "reference.md")))
    assert set(made) == entries | named
    in_place = {REFERENCE / name: text for name, text in made.items()}
    broken = [(page.name, link) for page, text in in_place.items() for link in _links(text)
              if not _leads(page, link, in_place)]  # fmt: skip
    assert not broken


def test_the_equations_of_the_model_page_are_those_of_the_laws() -> None:
    page = _text(DOCS / "model.md")
    assert model_equations.refreshed(page) == page, "python docs/tools/model_equations.py writes those of today"


def test_the_table_of_the_posterior_is_that_of_the_draws_that_are_kept() -> None:
    page = _text(posterior_table.PAGE)
    assert posterior_table.refreshed(page) == page, "python docs/tools/posterior_table.py writes it"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: Path) -> None:
    """In a fresh checkout, where the generated pages do not exist."""
    broken = [link for link in _links(_text(page)) if not _leads(page, link)]
    assert not broken, f"{page.relative_to(ROOT)}: {broken}"


def _links(text: str) -> Iterator[str]:
    for link in LINK.findall(_without_code(text)):
        if not link.startswith(("http://", "https://", "mailto:")):
            yield link


def _leads(page: Path, link: str, made: Mapping[Path, str] = MappingProxyType({})) -> bool:
    """Whether a link of a page leads to a file of the checkout, or to one of the pages just made."""
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if target not in made and (REFERENCE in target.parents or not target.exists()):
        return False
    if not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in _anchors(made[target] if target in made else _text(target))


def test_pictures_are_few_small_and_shown() -> None:
    kept = {path for path in (DOCS / "pictures").iterdir() if path.is_file()}
    shown = {(page.parent / link).resolve() for page in pages() for link in _links(_text(page))}
    assert not kept - shown, "each picture is on a page; other pictures stay out of git"
    large = [path.name for path in kept if path.stat().st_size >= LARGEST_PICTURE]
    assert not large, f"{large}: save as lossless WebP, below {LARGEST_PICTURE} bytes"


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
    """Of laws, mechanisms and scenarios; `demarche rules` lists the rules."""
    text = _text(DOCS / "model.md")
    laws = [function.__name__ for module in law_modules() for function in functions(module)]
    names = [*laws, *(mechanism.name for mechanism in MECHANISMS), *scenario_names()]
    missing = sorted({name for name in names if f"`{name}`" not in text})
    assert not missing, f"docs/model.md does not mention: {', '.join(missing)}"


def test_the_model_page_has_the_schedule() -> None:
    """Row by row what both engines read."""
    rows = [
        f"| {one.name} | {one.each} | `{act.function.__name__}` | {act.does} |" for one in SCHEDULE for act in one.acts
    ]
    assert "\n".join(rows) in _text(DOCS / "model.md")


def test_every_page_is_on_the_map() -> None:
    found, new = set(), {DOCS / "index.md"}
    while new:
        found |= new
        linked = {(page.parent / link.partition("#")[0]).resolve() for page in new for link in _links(_text(page))}
        new = {page for page in linked if page.suffix == ".md"} - found
    lost = [page.relative_to(ROOT).as_posix() for page in pages() if page not in found]
    assert not lost, f"no way leads from docs/index.md to: {lost}"


def test_contributing_shows_the_floors_of_sim() -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", _text(ROOT / "CONTRIBUTING.md"), re.M)
    shown = {int(floor): re.findall(r"`(\w+)(?:\.py)?`:", names) for floor, names in rows}
    now = enumerate(floors(rooms(imports(ROOT), 2), "sim"), start=1)
    assert shown == {floor: [name.removeprefix("sim.") for name in names] for floor, names in now}


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
