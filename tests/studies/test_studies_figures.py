"""Figures and reports: the same bytes whenever they are made, readable in print, and asking nobody for anything."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command import Demarche, assert_refused, demarche
from five_studies import made

__all__ = ["demarche"]
DRAWN = {
    "worlds": ("effects",),
    "tournament": ("heat",),
    "sobol": ("indices", "convergence", "response"),
    "screen": ("morris", "hist"),
}
AGAIN = """
import sys
from pathlib import Path
from sim.studies.figures.figure_files import files, make
from sim.studies.figures.numbers import Asked
from sim.studies.report.report_page import page
from sim.studies.store.results import Results

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
for pair in sys.argv[3:]:
    name, kind = pair.split(":")
    results = Results.read(folder / name)
    drawn = make(results, Asked(kind, "hours_to_settle"))
    for ending, data in files(drawn, results, "demarche figure", "en").items():
        (out / f"{kind}.{ending}").write_bytes(data)
(out / "report.html").write_text(page(results, "es"), encoding="utf-8")
"""
ENDINGS = ("svg", "pdf", "png", "csv", "txt")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four small studies."""
    found = tmp_path_factory.mktemp("studies")
    for name in DRAWN:
        made(name, found)
    return found


@pytest.fixture(scope="module")
def twice(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every kind, drawn in two processes: with other hash seeds, other years, other settings of Matplotlib."""
    out = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    (out[1] / "matplotlibrc").write_text("font.size: 20\nsavefig.dpi: 50\nlines.linewidth: 9\n", encoding="utf-8")
    pairs = [f"{name}:{kind}" for name, kinds in DRAWN.items() for kind in kinds]
    for number, place in enumerate(out):
        environment = os.environ | {"PYTHONHASHSEED": str(number), "SOURCE_DATE_EPOCH": str(number * 10**9)}
        environment |= {"MATPLOTLIBRC": str(place)} if number else {}
        command = [sys.executable, "-c", AGAIN, str(folder), str(place), *pairs]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("kind", [kind for kinds in DRAWN.values() for kind in kinds])
def test_a_figure_made_again_is_the_same_file(twice: list[Path], kind: str) -> None:
    for ending in ENDINGS:
        one, two = ((place / f"{kind}.{ending}").read_bytes() for place in twice)
        assert one == two, f"{kind}.{ending}"
    assert b"20" + b"26-" not in (twice[0] / f"{kind}.pdf").read_bytes()[:400]
    assert (
        "hours_to_settle" in (twice[0] / f"{kind}.csv").read_text() or "unit" in (twice[0] / f"{kind}.csv").read_text()
    )


@pytest.mark.parametrize("kind", [kind for kinds in DRAWN.values() for kind in kinds])
def test_text_can_be_read_in_print(twice: list[Path], kind: str) -> None:
    text = (twice[0] / f"{kind}.svg").read_text(encoding="utf-8")
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: ?(?:\w+ )*([\d.]+)px", text)]
    assert sizes and min(sizes) >= 7.0
    assert 'width="238.11' in text  # 8.4 cm, in points
    assert not re.search(r"<(image|script)|<dc:date>", text)


def test_a_caption_says_where_the_numbers_come_from(twice: list[Path]) -> None:
    text = (twice[0] / "indices.txt").read_text(encoding="utf-8")
    for words in ("N = 64, D = 3", "512 runs", "seed 3", "model ", "study ", "Demarche ", "Remade by: demarche figure"):
        assert words in text


class _Page(HTMLParser):
    """What a page would load, and whether it needs a script."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("src", "srcset", "href", "xlink:href", "data", "action") and not (value or "").startswith("#"):
                self.loads.append(f"{tag} {name}={value}")


def test_a_report_needs_nothing_else(folder: Path, twice: list[Path], demarche: Demarche, tmp_path: Path) -> None:
    assert (twice[0] / "report.html").read_bytes() == (twice[1] / "report.html").read_bytes()
    for name in DRAWN:
        assert demarche("report", folder / name, "--out", tmp_path / f"{name}.html").code == 0
        text = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        page = _Page()
        page.feed(text)
        assert page.loads == [] and not page.tags & {"script", "link", "img", "iframe", "object"}
        assert len(page.ids) == len(set(page.ids)), "an id stands twice"
        assert "url(http" not in text and "@import" not in text and ">nan" not in text
        assert "&lt;tariffs&gt; &amp; bridges" in text and {"svg", "table", "figure"} <= page.tags
        for words in ("format: 1", "demarche sweep verify", "Declared assumptions", "SHA-256"):
            assert words in text


def test_nothing_is_written_over(folder: Path, demarche: Demarche, tmp_path: Path) -> None:
    words = ("figure", folder / "worlds", "effects", "--out", tmp_path / "drawn")
    first = demarche(*words)
    assert first.code == 0 and len(list((tmp_path / "drawn").iterdir())) == len(ENDINGS)
    assert demarche(*words).out.count("was there, the same") == len(ENDINGS)
    csv = tmp_path / "drawn" / "effects-hours_to_settle.csv"
    csv.write_text("mine", encoding="utf-8")
    assert_refused(demarche(*words), 2, "effects-hours_to_settle.csv", "--replace")
    assert csv.read_text(encoding="utf-8") == "mine"
    assert demarche(*words, "--replace").code == 0 and csv.read_text(encoding="utf-8") != "mine"
