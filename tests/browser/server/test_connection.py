"""What can go wrong around a page: the server goes away, an address is nonsense, the interface cannot load."""

import re
from typing import Any

import pytest
from screen import shown, until

from dashboards.text.screen_texts import words


def opened(chromium: Any, address: str) -> Any:
    page = chromium.new_context(locale="en-US").new_page()
    page.goto(address)
    page.wait_for_selector("#why")
    return page


def test_a_lost_connection_is_said_and_the_run_comes_back_by_itself(chromium: Any, serve: Any, tmp_path: Any) -> None:
    with serve(tmp_path) as address:
        page = opened(chromium, f"{address}#l=en")
        page.locator(".injects button").first.click()
        page.wait_for_function("document.querySelector('.what-if').innerText.includes('round 0')")
        page.keyboard.press("ArrowRight")
        link, state = shown(page, "link"), shown(page, "hash")
    page.wait_for_selector(".lost")
    assert words("en")["app.reconnecting"] in page.inner_text(".lost")
    page.keyboard.press("l")  # what needs no server goes on
    assert words("es")["app.reconnecting"] in page.inner_text(".lost")
    page.locator(".injects button").nth(1).click()  # is asked of nobody, and not half done
    with serve(tmp_path, "--port", re.findall(r"\d+", address)[-1]):
        page.wait_for_selector(".lost", state="detached", timeout=60_000)
        page.wait_for_selector("#why", timeout=60_000)
        until(page, "link", link)
        until(page, "hash", state)
        page.locator(".injects button").nth(1).click()
        page.wait_for_function(f"document.getElementById('demarche').dataset.link !== '{link}'")
    page.context.close()


@pytest.mark.parametrize("nonsense", ["#l=fr&t=-5", "#l=__proto__&t=abc&seat=XXX", "#%%%&t=1e99"])
def test_an_address_that_is_nonsense_opens_as_if_it_said_nothing(visit: Any, nonsense: str) -> None:
    page = visit(nonsense)
    assert int(shown(page, "round")) in (0, 1) and page.get_attribute("html", "lang") == "en"
    page.keyboard.press("End")
    until(page, "round", "148")


def test_another_link_in_the_same_page_is_followed(visit: Any) -> None:
    page = visit("#l=en")
    first = shown(page, "link")
    page.locator("button[title='New seed']").click()
    page.wait_for_function(f"document.getElementById('demarche').dataset.link !== '{first}'")
    page.evaluate("link => { location.hash = 'r=' + link + '&t=9' }", first)
    until(page, "link", first)
    until(page, "round", "9")


def test_a_refused_link_does_not_move_what_comes_after_it(visit: Any) -> None:
    page = visit("#r=not-a-run&t=40&l=en")
    page.wait_for_selector(".card")
    page.locator(".card button").click()
    page.locator(".injects button").first.click()
    page.wait_for_function("document.querySelector('.what-if').innerText.includes('round 0')")
    assert shown(page, "round") == "0"


def test_if_the_interface_cannot_load_a_plain_page_says_so_in_both_languages(chromium: Any, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.clock.install()
    page.route(re.compile(r"\.js(\?|$)"), lambda route: route.abort())
    page.goto(address, wait_until="domcontentloaded")
    assert page.locator(".plain[role=alert]").count() == 0
    page.clock.fast_forward(25_000)
    page.wait_for_selector(".plain[role=alert]")
    text = page.inner_text(".plain[role=alert]")
    assert "The interface could not load" in text and "La interfaz no pudo cargar" in text
    context.close()


def test_the_link_is_copied_whole(visit: Any) -> None:
    page = visit("#l=en&t=9", permissions=["clipboard-read", "clipboard-write"])
    page.locator("button", has_text=words("en")["share.link"]).click()
    page.wait_for_function("document.querySelector('[role=status]').innerText.includes('copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url and f"#r={shown(page, 'link')}&t=9" in copied and len(copied) < 2_000
