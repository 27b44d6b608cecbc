"""A region on the screen: months, who stands with whom, layers, the four consequences and their switches."""

from typing import Any

import pytest
from screen import until

from dashboards import link
from sim.prepare import prepare
from sim.spec import RunSpec

PATIENT = 60_000
SIZES = "all => new Set(all.map(one => one.getAttribute('r'))).size"
INSIDE = """all => all.every(one =>
  one.getBoundingClientRect().right <= one.closest('.consequences').getBoundingClientRect().right)"""
REGION = link.encode(prepare(RunSpec(scenario="hemisphere_2025", seed=7)).spec)


def opened(visit: Any, round: int, language: str = "en", **options: Any) -> Any:
    page = visit(f"#r={REGION}&l={language}&t={round}", **options)
    page.wait_for_selector(".consequences", timeout=PATIENT)
    until(page, "round", str(round))
    return page


def test_a_month_is_a_heading_and_demands_come_when_they_are_made(visit: Any) -> None:
    page = opened(visit, 3)
    options = page.locator("#crisis option")
    assert options.count() == 11 and page.locator("#crisis option:not([disabled])").count() == 1
    assert "not made yet" in options.nth(1).inner_text() and "1 of 11 demands made" in page.inner_text(".region-bar")
    assert page.locator(".events h3.month").all_inner_texts() == ["Jan 2025"]
    page.keyboard.press("End")
    page.wait_for_function("document.querySelectorAll('#crisis option:not([disabled])').length > 8")
    months = page.locator(".events h3.month").all_inner_texts()
    assert months[-1] == "Jan 2025" and len(set(months)) == len(months) > 8
    page.locator("#crisis").select_option("3")
    assert "With Panama" in page.inner_text(".who-stands") and "quorum 10" in page.inner_text(".who-stands")


def test_a_layer_puts_numbers_sizes_and_a_legend_on_the_picture(visit: Any) -> None:
    page = opened(visit, 60)
    before = page.text_content('.government[data-code="CHL"] .name')
    for layer, unit in (
        ("sentiment", "Sentiment towards the sender"),
        ("mood", "defiance"),
        ("currency", "currencies"),
    ):
        page.locator(".layers select").select_option(layer)
        assert unit in page.inner_text(".legend") and page.locator(".legend .key").count() == 5
        assert page.text_content('.government[data-code="CHL"] .name') != before
        sizes = page.eval_on_selector_all(
            ".government .level", "all => new Set(all.map(one => one.getAttribute('r'))).size"
        )
        assert sizes > 1
    page.locator(".layers select").select_option("stance")
    assert page.locator(".legend").count() == 0


@pytest.mark.parametrize(("language", "named"), [("en", "B: without agenda"), ("es", "B: sin agenda")])
def test_a_switch_opens_a_second_world_and_its_plots(visit: Any, language: str, named: str) -> None:
    page = opened(visit, 60, language)
    assert page.locator(".spark .line.b").count() == 0
    page.locator("[data-mechanism=agenda]").uncheck()
    page.wait_for_selector(".spark .line.b", state="attached", timeout=PATIENT)
    demands = page.locator("[data-consequence=next] .spark .number").first.inner_text().split()
    assert int(demands[0]) > 5 and demands[1:] == ["B", "0"]
    page.locator("nav .tab").nth(1).click()
    assert named in page.inner_text(".branches") and page.locator(".map").count() == 2
    page.wait_for_selector("#sentence", timeout=120_000)
    effects = page.inner_text(".paired table:last-of-type")
    assert ("Demands after the first" if language == "en" else "Exigencias tras la primera") in effects
    page.locator("[data-mechanism=agenda]").check()
    page.wait_for_selector(".spark .line.b", state="detached")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (683, 384)])
def test_it_fits(visit: Any, size: tuple[int, int]) -> None:
    page = opened(visit, 60, "es", size=size)
    page.locator(".layers select").select_option("sentiment")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.eval_on_selector_all(".spark .number", INSIDE)


def test_a_crisis_has_none_of_it(visit: Any) -> None:
    page = visit("#t=6")
    assert not any(
        page.locator(part).count() for part in (".consequences", ".region-bar", ".layers", ".events h3.month")
    )
