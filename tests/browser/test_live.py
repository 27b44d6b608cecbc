"""What a person does on the screen Live, and sees: acceptance checks 1 to 5, reload, sessions, Spanish."""

import re
import time
from typing import Any

import pytest
from screen import shown, until

from dashboards.text.screen_texts import words

ID = re.compile(r"\b(app|play|parameters|inject|world|series|why|events|compare|keys|parameter|trait)\.[a-z_]+\b")


@pytest.mark.parametrize("language", ["en", "es"])
def test_check_1_it_opens_on_colombia_paused_with_play_in_sight(visit: Any, language: str) -> None:
    page = visit(f"#l={language}")
    assert (shown(page, "round"), shown(page, "playing")) == ("0", "false")
    assert page.get_attribute("html", "lang") == language
    page.wait_for_function("document.title.includes('Colombia')")
    assert page.locator("h1").count() == 1
    play = page.locator("#play")
    assert words(language)["play.play"] in play.inner_text() and play.bounding_box()["y"] < 700
    assert "user-scalable=no" not in page.content()


def test_check_2_space_plays_smoothly_and_space_stops(visit: Any) -> None:
    page = visit()
    page.keyboard.press("Space")
    until(page, "playing", "true")
    frames = page.evaluate(
        """() => new Promise(done => { const seen = new Set(), end = performance.now() + 2000
             const look = () => { seen.add(document.querySelector('.line.support').getAttribute('d'))
               performance.now() < end ? requestAnimationFrame(look) : done(seen.size) }
             look() })"""
    )
    assert frames >= 20, f"{frames} frames in two seconds"  # 20 a second in the benchmark
    page.keyboard.press("Space")
    until(page, "playing", "false")
    stopped = shown(page, "round")
    assert int(stopped) >= 4
    time.sleep(0.5)
    assert shown(page, "round") == stopped


def test_check_3_a_scrubbed_run_is_the_same_run(visit: Any) -> None:
    page = visit()
    page.keyboard.press("End")
    seen = {}
    for place in (60, 6, 60, 6):
        page.locator("#scrubber").fill(str(place))
        until(page, "round", str(place))
        picture = (shown(page, "hash"), page.inner_html(".map svg"))
        assert seen.setdefault(place, picture) == picture
    page.locator("#step").click()
    until(page, "round", "7")


@pytest.mark.parametrize(("language", "bounds"), [("en", "between 0 and 100"), ("es", "entre 0 y 100")])
def test_check_4_a_number_is_turned_by_button_keys_and_typing(visit: Any, language: str, bounds: str) -> None:
    page = visit(f"#l={language}")
    field = page.locator("[data-path='flights.measures.tariff_25.size']")
    assert field.input_value() == "25" and page.locator("#apply").is_disabled()
    field.locator("xpath=following-sibling::button[1]").click()
    assert field.input_value() == "30" and page.locator("#apply").is_enabled()
    field.press("ArrowDown")
    assert field.input_value() == "25"
    field.fill("140")
    assert bounds in page.inner_text(".what-if") and page.locator("#apply").is_disabled()
    page.keyboard.press("Control+z")
    assert field.input_value() == "25" and bounds not in page.inner_text(".what-if")
    field.fill("50")
    before = shown(page, "link")
    page.locator("#restart-with").click()
    page.wait_for_function(f"document.getElementById('demarche').dataset.link !== '{before}'")
    assert field.input_value() == "50" and re.search(r"50 (percent|por ciento).*\(25 ", page.inner_text(".what-if"))
    page.keyboard.press("Control+z")
    until(page, "link", before)


@pytest.mark.parametrize("language", ["en", "es"])
def test_check_5_the_terms_sum_to_the_margin(visit: Any, language: str) -> None:
    page = visit(f"#l={language}&t=5")
    page.keyboard.press("2")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "why"

    def number(text: str) -> float:
        return float(text.replace("−", "-").replace("+", "").replace(",", "."))

    cells = [number(text) for text in page.locator(".why tr:not(.sum) td.number").all_inner_texts()]
    total = number(page.inner_text("#margin"))
    assert len(cells) == 9 and abs(sum(cells) - total) <= 0.005 * len(cells)
    assert page.inner_text("#margin") in page.inner_text(".why .margin")


def test_an_inject_is_a_logged_intervention_and_can_be_undone(visit: Any) -> None:
    page = visit("#t=8")
    before = shown(page, "link")
    page.locator(".left section:has-text('Let something happen') li button", has_text="Credit").click()
    page.wait_for_function(f"document.getElementById('demarche').dataset.link !== '{before}'")
    assert "round 8" in page.inner_text(".what-if") and shown(page, "round") == "8"
    page.keyboard.press("Control+z")
    until(page, "link", before)


def test_a_reload_and_the_link_in_a_clean_browser_give_the_same_run(visit: Any) -> None:
    page = visit()
    before = shown(page, "link")
    page.locator("button[title='New seed']").click()
    page.wait_for_function(f"document.getElementById('demarche').dataset.link !== '{before}'")
    page.keyboard.press("End")
    said = (shown(page, "link"), shown(page, "hash"))
    fragment = page.evaluate("location.hash")
    page.reload()
    page.wait_for_selector("#why")
    until(page, "link", said[0])
    assert shown(page, "hash") == said[1]
    other = visit(fragment)
    until(other, "link", said[0])
    assert shown(other, "hash") == said[1] and len(fragment) < 2_000


def test_a_damaged_link_is_answered_in_a_card(visit: Any) -> None:
    page = visit("#r=not-a-run")
    page.wait_for_selector(".card")
    assert "damaged" in page.inner_text(".card") and shown(page, "round") == "0"


def test_two_browsers_do_not_touch_each_other(visit: Any) -> None:
    one, two = visit(), visit()
    before = shown(two, "link")
    one.locator("select").first.select_option("two_countries")
    one.wait_for_function("document.querySelector('h1').innerText.includes('bridge')")
    assert shown(two, "link") == before and "Colombia" in two.inner_text("h1")


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (1920, 1080)])
def test_check_15_all_is_spanish_without_a_reload_and_nothing_is_cut_off(visit: Any, size: tuple[int, int]) -> None:
    page = visit("#t=5", size)
    page.keyboard.press("l")
    page.wait_for_function("document.documentElement.lang === 'es'")
    text = page.inner_text("#demarche")
    assert "Reproducir" in text and not ID.search(text), ID.search(text)
    assert shown(page, "round") == "5"
    cut = page.evaluate(
        "[...document.querySelectorAll('button')].filter(b => b.scrollWidth > b.clientWidth + 1).map(b => b.innerText)"
    )
    assert not cut
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("l")
    page.wait_for_function("document.documentElement.lang === 'en'")


def test_the_run_can_be_taken_away_as_a_table(visit: Any) -> None:
    page = visit()
    with page.expect_download() as waiting:
        page.locator("a.button[href^='/run.csv']").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    lines = text.splitlines()
    assert waiting.value.suggested_filename == "colombia_2025-seed3-run0.csv"
    assert '"seed":3' in lines[0] and lines[1].startswith("round,hours,") and len(lines) == 151
