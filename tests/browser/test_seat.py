"""A seat for a person in the browser: decide, ask advice, take back, reload, and never see what comes."""

from typing import Any

import pytest

from agents.library import shipped
from dashboards.text.screen_texts import words


def choose(page: Any, choice: str) -> None:
    """Click a choice and wait for the next question, or the end."""
    before = page.get_attribute(".seat", "data-round")
    page.locator(f"[data-choice={choice}]").click()
    asked(page, f"!== '{before}'")


def asked(page: Any, wanted: str) -> None:
    page.wait_for_function(f"document.querySelector('.seat').dataset.round {wanted}")


def nothing_of_the_future(page: Any) -> None:
    """The scrubber ends at the question, the end of the run is not told, and no other world can be opened."""
    present = page.get_attribute(".seat", "data-round")
    page.keyboard.press("End")
    assert page.get_attribute("#demarche", "data-round") == page.get_attribute("#scrubber", "max") == present
    assert page.locator("#branch, .tick.settled, .events li.settled, a[download]").count() == 0
    assert page.locator(".tab").count() == 1
    page.keyboard.press("b")
    assert page.locator("#branch-path").count() == 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_person_decides_for_colombia_to_the_end(visit: Any, language: str) -> None:
    page, told = visit(f"#l={language}"), words(language)
    page.locator("[data-sit=COL]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#situation")
    assert page.evaluate("document.activeElement.id") == "seat-title"
    nothing_of_the_future(page)
    page.locator("#advise").click()
    page.wait_for_selector(".advice")
    assert shipped()["answer", "two_level"].summary_in(language) in page.inner_text(".advice")
    assert told["seat.own"] in page.inner_text(".advice")
    choose(page, "hold")
    choose(page, "hold")
    nothing_of_the_future(page)
    assert page.get_attribute(".seat", "data-round") == "2" and page.locator(".advice").count() == 0
    page.locator("#take-back").click()
    asked(page, "=== '1'")
    page.keyboard.press("Home")
    situation = page.inner_text("#situation")
    page.reload()
    page.wait_for_selector("#situation")
    asked(page, "=== '1'")
    assert page.inner_text("#situation") == situation and "seat=COL" in page.evaluate("location.hash")
    nothing_of_the_future(page)
    page.locator("#seat-share").fill("140")
    assert page.locator(".seat form button").is_disabled()
    while page.get_attribute(".seat", "data-over") != "true":
        choose(page, "accept")
    assert "two_level" in page.inner_text("#otherwise")
    assert page.locator(".outcome > p").inner_text() not in ("", told["outcome.pending"])
    page.locator("#stand-up").click()
    page.wait_for_selector("#branch")
    assert "seat=" not in page.evaluate("location.hash") and (
        "decide por Colombia" if language == "es" else "decides for Colombia"
    ) in page.inner_text(".what-if")


@pytest.mark.parametrize(("size", "scheme"), [((1366, 768), "dark"), ((1024, 768), "light"), ((1920, 1080), "light")])
def test_the_seat_fits_in_spanish_and_a_language_changes_without_losing_it(visit: Any, size: Any, scheme: str) -> None:
    page = visit("#l=es", size, color_scheme=scheme)
    page.locator("[data-sit=USA]").click()
    page.wait_for_selector("#situation")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = page.evaluate(
        "[...document.querySelectorAll('button')].filter(b => b.scrollWidth > b.clientWidth + 1).map(b => b.innerText)"
    )
    assert not cut
    before = page.inner_text("#situation")
    page.keyboard.press("l")
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert "support" in page.inner_text("#situation") != before
