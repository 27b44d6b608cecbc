"""Acceptance check 15 on every screen, and what a screen offers to notice and to try, in both languages."""

import re
from typing import Any

import pytest

from dashboards.text.screen_texts import words

LEAK = re.compile(r"\b(" + "|".join(sorted({key.split(".")[0] for key in words("en")})) + r")\.[a-z][a-z_.]+\b")
LINE = "strain > support - 0.1"
POINT = re.compile(r"\d\.\d")
PARTS = ".map, .series, .why, .paired, .branches, .events"
SAID = f"[...document.querySelectorAll('{PARTS}')].map(e => e.innerText).join('\\n')"
CUT = """() => [...document.querySelectorAll('button, a.button, select, h1, h2, td, th, .chip')]
  .filter(e => e.checkVisibility() && e.clientWidth && e.scrollWidth > e.clientWidth + 1 && e.tagName !== 'SELECT'
    || e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120))"""


def spanish(page: Any) -> None:
    """Not an id, not an English decimal point, nothing cut off."""
    assert page.get_attribute("html", "lang") == "es"
    text = page.inner_text("#demarche")
    leaks = {found[0] for found in LEAK.finditer(text)} - {
        found[0] for found in re.finditer(r"\w+\.elite|\w+\.py", text)
    }
    said = page.evaluate(SAID).replace(LINE, "")  # code keeps its point
    assert not leaks and not POINT.search(said), (leaks, POINT.findall(said))
    assert not page.evaluate(CUT) and page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (1920, 1080)])
def test_check_15_compare_and_lab_are_spanish_and_whole(visit: Any, size: tuple[int, int]) -> None:
    page = visit("#l=en&t=9", size)
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sentence", timeout=90_000)
    page.locator("h1").click()
    page.keyboard.press("l")
    page.wait_for_function("document.documentElement.lang === 'es'")
    spanish(page)
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.map text')].map(e => e.getBoundingClientRect().height))"
    )
    assert smallest >= 9.0  # letters of two maps side by side can be read
    page.locator("nav button", has_text=words("es")["app.lab"]).click()
    page.fill("#lab-text", LINE)
    page.wait_for_selector("#lab-said:has-text('✓')")
    page.locator("#run-pairs").click()
    page.wait_for_selector("#lab-verdict", timeout=90_000)
    assert words("es")["lab.bet.sooner"] in page.inner_text("#lab-verdict")
    spanish(page)
    page.locator("h1").click()
    page.keyboard.press("l")
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.input_value("#lab-text") == LINE


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_things_to_notice_and_to_try_and_a_ladder_that_is_kept(visit: Any, language: str) -> None:
    page, told = visit(f"#l={language}&t=8"), words(language)
    for title, count in (("notice", 3), ("try", 4)):
        panel = page.locator(".left details", has_text=told[f"{title}.title"])
        panel.evaluate("panel => { panel.open = true }")
        assert panel.locator("li").all_inner_texts() == [told[f"{title}.{n}"] for n in range(1, count + 1)]
    page.locator(".what-if input.number").first.fill("50")
    page.locator("#apply").click()  # a logged intervention of this round
    page.wait_for_function(
        "said => document.querySelector('.what-if').innerText.includes(said)",
        arg=told["changed.at"].replace("{round}", "8"),
    )
    page.locator("nav button", has_text=told["app.lab"]).click()
    page.wait_for_selector("#lab-text")
    steps = page.locator("details", has_text=told["lab.ladder"]).locator("li")
    assert steps.count() == 5 and "Colombia" in steps.nth(4).inner_text()
    steps.nth(1).locator("input").check()
    page.reload()
    page.wait_for_selector("#why")
    page.locator("nav button", has_text=told["app.lab"]).click()
    page.wait_for_selector("#lab-text")
    assert page.locator("details", has_text=told["lab.ladder"]).locator("input").nth(1).is_checked()
