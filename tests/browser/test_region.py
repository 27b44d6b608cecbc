"""A region on the screen: its chronicle by month, who stands with whom, layers, and consequences switched off."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from screen import CUT, RULES, until

from dashboards.text.screen_texts import words


@pytest.fixture(scope="module")
def region(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a dashboard listens that opens on the hemisphere."""
    with serve(tmp_path_factory.mktemp("region"), "hemisphere_2025") as address:
        yield address


@pytest.fixture
def look(chromium: Any, region: str) -> Iterator[Any]:
    """Open the region in a browser of its own, on a round; at the end nothing complained."""
    contexts, complaints = [], []

    def go(fragment: str, size: tuple[int, int] = (1366, 768)) -> Any:
        contexts.append(chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-US"))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(region + fragment)
        for part in (".series .save", ".stand dd", ".consequences .strip", "#crisis"):
            page.wait_for_selector(part)
        until(page, "round", fragment.partition("t=")[2].partition("&")[0])
        return page

    yield go
    for context in contexts:
        context.close()
    assert not complaints, complaints


def test_the_chronicle_has_months_and_tells_of_later_demands(look: Any) -> None:
    page = look("#l=en&t=110")
    months = page.locator(".months h3").all_inner_texts()
    assert months[-1] == "Jan 2025" and len(months) >= 8 and len(set(months)) == len(months)
    demands = page.locator(".months li.demanded").all_inner_texts()
    assert len(demands) >= 3 and all("Threatened:" in text for text in demands)
    assert len(page.locator(".months li").all()) < 80  # what matters, no flood
    first = page.locator(".months li.demanded").last  # seen from there, later months have not come
    first.locator("button").click()
    page.wait_for_function(f"document.querySelectorAll('.months h3').length < {len(months)}")


def test_latent_crises_are_not_offered(look: Any) -> None:
    page = look("#l=en&t=0")
    options = page.locator("#crisis option")
    assert options.count() == 12 and page.locator("#crisis option:not([disabled])").count() == 2
    assert "not made yet" in options.nth(2).inner_text() and "1 of 11" in page.inner_text(".crises")
    page.keyboard.press("End")
    until(page, "round", "110")
    assert page.locator("#crisis option:not([disabled])").count() > 5
    page.locator("#crisis").select_option("1")
    assert "Mexico" in page.inner_text("#stand-count")
    page.keyboard.press("Home")  # before that demand: the picture is of the one there is
    page.wait_for_function("document.getElementById('stand-count').innerText.includes('Colombia')")


def test_who_stands_with_whom_is_text_and_picture_against_the_quorum(look: Any) -> None:
    page = look("#l=en&t=40")
    said = page.inner_text("#stand-count")
    named = [len(text.split(",")) for text in page.locator(".stand dd").all_inner_texts()[:2] if text != "nobody"]
    drawn = page.locator(".bond.stands, .bond.credit").count()
    assert sum(named) == drawn > 0 and str(drawn) in said and page.locator(".stand .quorum").count() == 1


def test_a_layer_changes_the_picture_and_its_legend(look: Any) -> None:
    page = look("#l=en&t=40")
    seen = {}
    for layer in ("stance", "mood", "sentiment", "alignment", "money"):
        page.locator("select.layer").select_option(layer)
        page.wait_for_selector(f".map svg[data-layer={layer}]")
        seen[layer] = (page.inner_html(".map svg"), " ".join(page.locator(".legend text").all_text_contents()))
        if layer != "stance":  # a number beside every mark, and the range
            assert page.locator(".government .value").count() == 26 and page.locator(".legend path").count() == 3
    assert len({picture for picture, _ in seen.values()}) == len({legend for _, legend in seen.values()}) == 5
    page.locator("select.layer").select_option("sentiment")
    assert page.locator(".level.below").count() > 10  # below nought it has another shape


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_switch_opens_the_second_world_and_the_plot_shows_both(look: Any, language: str) -> None:
    page = look(f"#l={language}&t=60")
    assert page.locator(".strip .line.b").count() == 0
    page.locator("[data-consequence=agenda] input").focus()
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelectorAll('.map').length === 2")
    plot = page.locator("[data-plot=demands]")
    a, b = (plot.locator(f".line.{name}").get_attribute("d") for name in "ab")
    assert a != b and "B 1" in plot.inner_text() and page.locator(".strip .line.b").count() == 8
    said = words(language)
    assert said["mechanism.agenda"] in page.inner_text(".branches")
    assert page.locator("[data-consequence=agenda] input").is_checked()
    assert not page.evaluate(CUT)
    page.locator("[data-consequence=agenda] input").click()
    page.wait_for_function("document.querySelectorAll('.map').length === 1")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (683, 384)])
def test_it_fits_in_spanish_and_axe_finds_nothing(look: Any, size: tuple[int, int]) -> None:
    page = look("#l=es&t=60", size)
    assert not page.evaluate(CUT) and page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    text = page.inner_text("#demarche")
    assert "Quién está con quién" in text and "Lo que una crisis desata" in text and "0,0 %" in text
    page.locator("select.layer").select_option("money")
    if size[0] == 1366:
        found = Axe().run(page, options=RULES).response["violations"]
        assert not found, [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


def test_colombia_has_none_of_it(look: Any) -> None:
    page = look("#l=en&t=60")
    last = page.locator("#crisis option:not([disabled])").last.get_attribute("value")
    page.locator("#crisis").select_option(last)
    page.locator("select.layer").select_option("money")
    page.locator("header select").select_option("colombia_2025")
    page.wait_for_function("document.querySelector('h1').innerText.includes('Colombia')")
    page.wait_for_selector(".events:not(.months)")
    for part in (".consequences", ".stand", ".months", "#crisis", ".layer", ".legend"):
        assert page.locator(part).count() == 0, part
