"""Without a mouse: acceptance check 14."""

from typing import Any

from screen import shown, until

SEEN = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), on = at.querySelector('.target-area')
  const marked = on ? getComputedStyle(on).stroke !== 'none' : getComputedStyle(at).outlineStyle !== 'none'
  done(at === document.body || (marked && box.bottom > 0 && box.top < innerHeight) ? '' : at.outerHTML) })))"""


def test_check_14_the_story_goes_by_keyboard_with_visible_focus(visit: Any) -> None:
    page = visit()
    page.keyboard.press("Tab")
    focused = page.evaluate(
        """() => new Promise(done => { const end = performance.now() + 2000
             const look = () => { const at = document.activeElement
               if (at === document.body && performance.now() < end) requestAnimationFrame(look)
               else done(`${at.outerHTML.slice(0, 120)}, page has focus: ${document.hasFocus()}`) }
             look() })"""
    )
    assert 'class="skip"' in focused, f"Tab led to: {focused}"
    for key, place in (("ArrowRight", "1"), ("ArrowRight", "2"), ("ArrowLeft", "1"), ("End", "148"), ("Home", "0")):
        page.keyboard.press(key)
        until(page, "round", place)
    page.keyboard.press("?")
    page.wait_for_selector("[role=dialog]")
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=dialog]", state="detached")
    small = page.evaluate(
        """[...document.querySelectorAll('button, select, input[type=number]')].filter(e => e.offsetParent)
             .filter(e => e.getBoundingClientRect().width < 24 || e.getBoundingClientRect().height < 24)
             .map(e => e.outerHTML)"""
    )
    assert not small


def test_check_14_checks_2_to_6_without_a_mouse(visit: Any) -> None:
    page = visit("#l=en")

    def tab_to(selector: str, key: str = "Tab") -> None:
        for _ in range(60):
            page.keyboard.press(key)
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{key} does not lead to {selector}")

    tab_to(".skip")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'picture' && !location.hash.includes('picture')")
    page.keyboard.press("Space")
    page.wait_for_function("document.getElementById('demarche').dataset.round >= 3")
    page.keyboard.press("Space")
    until(page, "playing", "false")
    tab_to("#scrubber")
    for key, place in (("Home", "0"), ("PageUp", "10"), ("ArrowLeft", "9")):
        page.keyboard.press(key)
        until(page, "round", place)
    tab_to("input.number", "Shift+Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("140")
    page.wait_for_selector(".what-if .problem")
    assert page.locator("#apply").is_disabled()
    page.keyboard.press("Control+a")
    page.keyboard.type("40")
    tab_to("#apply")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.what-if').innerText.includes('round 9')")
    link = shown(page, "link")
    page.keyboard.press("2")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "why"
    page.keyboard.press("b")
    page.wait_for_function("document.activeElement.id === 'branch-value'")
    page.keyboard.type("55")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sentence", timeout=90_000)
    assert page.locator(".map").count() == 2 and shown(page, "link") == link
    assert "55 % from round 9" in page.inner_text(".branches")


def test_check_14_wherever_the_focus_goes_it_is_seen(visit: Any) -> None:
    page = visit("#t=9&l=en")
    unseen = []
    for _ in range(70):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(SEEN)[:120])
    assert not any(unseen), [one for one in unseen if one]


def test_the_sheet_of_keys_holds_the_focus_and_gives_it_back(visit: Any) -> None:
    page = visit("#t=9&l=en")
    page.locator("#play").focus()
    page.keyboard.press("?")
    page.wait_for_selector("[role=dialog]")
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('[role=dialog]')")
    page.keyboard.press("ArrowRight")  # under the sheet nothing is done
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=dialog]", state="detached")
    assert shown(page, "round") == "9" and page.evaluate("document.activeElement.id") == "play"
