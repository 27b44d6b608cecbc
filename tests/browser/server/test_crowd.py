"""A scenario with 24 governments and six crises fits on every screen."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from screen import until

from sim.scenario.files.locate import CONFIGS

PLACES = {
    "Antigua and Barbuda": (17.1, -61.8),
    "Bolivia": (-16.5, -68.1),
    "Chile": (-33.5, -70.7),
    "Costa Rica": (9.9, -84.1),
    "Dominican Republic": (18.5, -69.9),
    "El Salvador": (13.7, -89.2),
    "Jamaica": (18.0, -76.8),
    "Nicaragua": (12.1, -86.3),
    "Paraguay": (-25.3, -57.6),
    "Peru": (-12.0, -77.0),
    "Trinidad and Tobago": (10.7, -61.5),
    "Uruguay": (-34.9, -56.2),
}
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.map .name')].map(e => [e.textContent.trim(), e.getBoundingClientRect()])
  const meet = (p, q) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 2 && q.top < p.bottom - 2
  return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([, q]) => meet(p, q)).map(([b]) => a + ' / ' + b)) }"""


def written(folder: Path) -> Path:
    """The flagship with twelve more governments and five more crises."""
    scenario = yaml.safe_load((CONFIGS / "scenarios" / "colombia_2025.yaml").read_text(encoding="utf-8"))
    governments, crises = scenario["governments"], scenario["crises"]
    for place, (name, (latitude, longitude)) in enumerate(PLACES.items()):
        one = copy.deepcopy(governments["ECU"]) | {"name": {"en": name, "es": name}}
        one["latitude"]["value"], one["longitude"]["value"] = latitude, longitude
        governments[f"X{place:02}".translate(str.maketrans("0123456789", "ABCDEFGHIJ"))] = one
    for number in range(2, 7):
        crises[f"crisis_{number}"] = copy.deepcopy(crises["flights"]) | {
            "title": {"en": f"Crisis {number}: flights and tariffs", "es": f"Crisis {number}: vuelos y aranceles"}
        }
    file = folder / "crowd.yaml"
    file.write_text(
        yaml.safe_dump({**scenario, "name": "crowd"}, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return file


@pytest.fixture(scope="module")
def crowded(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("crowd")
    with serve(folder, str(written(folder))) as address:
        yield address


@pytest.mark.parametrize(("size", "language"), [((1366, 768), "en"), ((1024, 768), "es"), ((1920, 1080), "es")])
def test_twenty_four_governments_and_six_crises_fit(chromium: Any, crowded: str, size: Any, language: str) -> None:
    page = chromium.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(f"{crowded}#l={language}&t=9")
    page.wait_for_selector(".series .save")
    until(page, "round", "9")
    assert page.locator(".government").count() == 24 and page.locator(".crises button").count() == 6
    page.locator(".crises button").nth(5).click()
    for wall in (False, True):
        assert page.locator(".shell.wall").count() == wall
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not page.evaluate(OVERLAPS)
        page.keyboard.press("p")
    page.context.close()
