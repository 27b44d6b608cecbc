"""For everyone: axe finds nothing to mend; little motion, large type, forced colours, paper."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from screen import CUT, RULES, until

from dashboards.session import html_file
from dashboards.session.session import Session
from dashboards.widgets import widget_files
from sim.run.spec import RunSpec

LOOKS = [("light", "en"), ("dark", "es")]  # contrast hangs on the look, names on the language: two of four do
WALLS = [(1024, 768), (1920, 1080)]

TEXTS = """() => { const found = [], shell = document.getElementById('demarche')
  const walk = document.createTreeWalker(shell, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) { const text = walk.currentNode, at = text.parentElement
    if (!text.textContent.trim() || !at.checkVisibility() || at.closest('.sr')) continue
    const scale = at.ownerSVGElement ? Math.hypot(at.getScreenCTM().a, at.getScreenCTM().b) : 1
    found.push([parseFloat(getComputedStyle(at).fontSize) * scale, text.textContent.trim()]) }
  return found }"""
LINES = """() => [...document.querySelectorAll('svg line, svg .line, svg .strain-ring')]
  .filter(e => e.checkVisibility()).map(e => { const { a, b } = e.getScreenCTM()
    return [parseFloat(getComputedStyle(e).strokeWidth) * Math.hypot(a, b), e.outerHTML] })"""


def holds(page: Any, screen: str) -> None:
    """Nothing on the screen breaks WCAG 2.2 A or AA, as far as axe can tell."""
    found = Axe().run(page, options=RULES)
    said = [
        f"{screen}: {one['id']}: {one['help']}: {node['html'][:160]} {[c['message'] for c in node['any']]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
    assert not said, "\n".join(said)


def test_axe_is_awake(visit: Any) -> None:
    page = visit("#l=en")
    bad = "<button></button><p style='color: #ccc'>pale</p>"
    page.evaluate("bad => document.querySelector('h1').insertAdjacentHTML('afterend', bad)", bad)
    with pytest.raises(AssertionError, match=r"button-name[\s\S]*color-contrast|color-contrast[\s\S]*button-name"):
        holds(page, "live")


@pytest.mark.parametrize(("look", "language"), LOOKS)
def test_check_14_axe_finds_nothing_on_any_screen(visit: Any, look: str, language: str) -> None:
    page = visit(f"#l={language}&t=9", color_scheme=look)
    holds(page, "live")
    page.keyboard.press("?")
    page.wait_for_selector("[role=dialog]")
    holds(page, "help")
    page.keyboard.press("Escape")
    page.locator(".series .row button").first.click()
    page.wait_for_selector(".series table")
    page.keyboard.press("p")
    page.wait_for_selector(".shell.wall")
    holds(page, "projector")
    page.keyboard.press("p")
    page.keyboard.press("b")
    page.wait_for_selector(".branching")
    holds(page, "branching")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sentence", timeout=90_000)
    holds(page, "compare")
    page.locator("nav button").nth(2).click()
    page.fill("#lab-text", "strain > suport")
    page.wait_for_selector(".echo")
    holds(page, "lab, with a mistake")
    page.fill("#lab-text", "strain > support")
    page.wait_for_selector("#lab-said:has-text('✓')")
    page.locator("#run-pairs").click()
    page.wait_for_selector("#lab-verdict")
    holds(page, "lab")


@pytest.mark.parametrize(("look", "language"), LOOKS)
def test_axe_finds_nothing_at_the_seat_and_on_a_card(visit: Any, look: str, language: str) -> None:
    page = visit(f"#l={language}&r=not-a-run", color_scheme=look)
    page.wait_for_selector(".card")
    holds(page, "card")
    page.locator("[data-sit=COL]").click()
    page.wait_for_selector("#situation")
    page.locator("#advise").click()
    page.wait_for_selector(".advice")
    holds(page, "seat")


@pytest.mark.parametrize(("look", "language"), LOOKS)
def test_axe_finds_nothing_on_a_replay(chromium: Any, tmp_path: Any, look: str, language: str) -> None:
    file = tmp_path / "run.html"
    file.write_text(html_file.page(Session(RunSpec(scenario="two_countries", seed=7))), encoding="utf-8")
    # axe comes into the page as a script; the file's own policy would not let it
    context = chromium.new_context(color_scheme=look, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{file.as_uri()}#l={language}&t=9")
    page.wait_for_selector("#why")
    holds(page, "replay")
    context.close()


@pytest.mark.parametrize("size", WALLS)
def test_the_projector_view_can_be_read_from_the_last_row(visit: Any, size: tuple[int, int]) -> None:
    page = visit("#l=es&t=9", size)
    page.keyboard.press("p")
    page.wait_for_selector(".shell.wall")
    small = [text for text in page.evaluate(TEXTS) if text[0] < size[1] / 45]
    thin = [line for line in page.evaluate(LINES) if line[0] < 4]
    assert not small and not thin, (small, thin)
    body = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.shell')).fontSize)")
    assert body >= 0.0259 * size[1]
    for part in (".map svg", ".series svg", ".events li", "#scrubber", ".marks", "#play", "#wall", ".moment"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= size[1] and box["x"] + box["width"] <= size[0], part
    assert not page.locator(".what-if").is_visible() and not page.locator("#why").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".what-if", state="visible")
    page.locator("#wall").click()
    page.wait_for_selector(".shell.wall")
    page.keyboard.press("p")
    page.wait_for_selector(".shell:not(.wall)")


def test_with_reduced_motion_only_the_data_move(visit: Any) -> None:
    page = visit("", reduced_motion="reduce")
    page.keyboard.press("Space")
    until(page, "round", "2")
    moving = "document.getAnimations().filter(a => a.effect.target.closest('#demarche')).length"
    assert page.evaluate(moving) == 0
    ends = page.evaluate(
        """() => new Promise(done => { const seen = new Set(), end = performance.now() + 1000
             const look = () => { seen.add(document.querySelector('.now').getAttribute('x1'))
               performance.now() < end ? requestAnimationFrame(look) : done(seen.size) }
             look() })"""
    )
    assert ends <= 6, ends  # round by round, not smoothly between them


@pytest.mark.parametrize("language", ["en", "es"])
def test_at_two_hundred_percent_nothing_is_cut_off(visit: Any, language: str) -> None:
    page = visit(f"#l={language}&t=9", (683, 384))
    assert not page.evaluate(CUT)
    page.keyboard.press("p")
    page.wait_for_selector(".shell.wall")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#play").scroll_into_view_if_needed()
    box = page.locator("#play").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 384
    page.keyboard.press("p")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sentence", timeout=90_000)
    assert not page.evaluate(CUT)
    page.locator("nav button").nth(2).click()
    page.wait_for_selector("#lab-said:has-text('✓')")
    assert not page.evaluate(CUT)
    page.keyboard.press("?")
    box = page.locator(".sheet").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 384
    page.locator("#close-sheet").scroll_into_view_if_needed()
    assert page.locator("#close-sheet").is_visible()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_with_forced_colours_every_shape_is_seen(visit: Any, look: str) -> None:
    page = visit("#t=9", forced_colors="active", color_scheme=look)
    paper = page.evaluate("getComputedStyle(document.querySelector('.map')).backgroundColor")
    unseen = page.evaluate(
        """paper => [...document.querySelectorAll('.mark, .tie, .press line, .strain-ring, .line, .end path')]
             .filter(e => { const { stroke, fill } = getComputedStyle(e)
               return [stroke, fill].every(colour => ['none', 'rgba(0, 0, 0, 0)', paper].includes(colour)) })
             .map(e => e.outerHTML)""",
        paper,
    )
    assert not unseen, unseen
    play = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.querySelector('#play')))")
    assert play[0] != play[1]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_on_paper_there_is_the_run_and_no_control(visit: Any, look: str) -> None:
    page = visit("#t=20", color_scheme=look)
    page.emulate_media(media="print")
    for gone in ("header", ".controls", ".what-if", ".scrubber", "#branch"):
        assert not page.locator(gone).first.is_visible(), gone
    for seen in ("h1", ".map svg", ".series svg", ".why", ".events li", ".outcome p", ".about", ".moment"):
        assert page.locator(seen).first.is_visible(), seen
    text = page.inner_text("#demarche")
    assert "Colombia never refused" in text  # an account, though its panel is folded on the screen
    link, state = page.get_attribute("#demarche", "data-link"), page.get_attribute("#demarche", "data-hash")
    assert link in text and state in text and re.search(r"demarche run --spec '\{", text)
    colours = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.querySelector('.shell')))")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def luminance(colour: str) -> float:
    """Of a colour such as #0072b2, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("look", ["light", "dark"])
def test_colours_stand_out_where_axe_cannot_see(look: str) -> None:
    rule = re.search(rf"html\.{look} \{{ (--paper.*?) \}}", widget_files.look())
    assert rule
    colours = dict(re.findall(r"--(\w+): (#\w+)", rule[1]))
    for ground in ("paper", "panel"):
        for name, least in (
            *((name, 4.5) for name in ("ink", "soft", "vermilion")),  # letters
            *((name, 3.0) for name in ("blue", "green", "purple", "focus")),  # shapes and lines
        ):
            light, dark = sorted((luminance(colours[name]), luminance(colours[ground])), reverse=True)
            ratio = (light + 0.05) / (dark + 0.05)
            assert ratio >= least, f"{name} on {ground}: {ratio:.2f}"
