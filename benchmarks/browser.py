"""The dashboard's budgets, in a real Chromium with no network: `python benchmarks/browser.py`.

Prints median and 95th percentile of twenty of everything a person waits for, and what twenty sessions at once cost.
Budgets may double on a loaded machine.
"""

import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TIMES = 20
AFTER = """([act, done]) => new Promise(resolve => {
  const begin = performance.now(), ready = new Function('return ' + done)
  new Function(act)()
  const shown = () => requestAnimationFrame(() => resolve(performance.now() - begin))
  const look = () => ready() ? shown() : requestAnimationFrame(look)
  look() })"""
SHELL = "document.getElementById('demarche')"
SETTLE = f"!!{SHELL}"


@contextmanager
def server() -> Iterator[tuple[str, int, float]]:
    """A dashboard: its address, its process, and the seconds until it said so."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "sim.cli.main", "dashboard", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        yield found.group(), process.pid, time.perf_counter() - begin
        process.terminate()


def report(name: str, values: list[float], budget: float, unit: str = "ms") -> None:
    """One line: median, 95th percentile, budget."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    verdict = "PASS" if high <= budget else "twice" if high <= 2 * budget else "FAIL"
    print(f"{name:<58}{statistics.median(values):>9.0f}{high:>9.0f}  < {budget:<6.0f}{unit:<4}{verdict}", flush=True)


def memory(pid: int) -> float:
    """Resident memory of a process, GB."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) / 1e6


def timed(page: Any, act: Callable[[int], tuple[str, str]]) -> list[float]:
    """Milliseconds from an act to the frame that shows it, for each of some acts."""
    return [page.evaluate(AFTER, list(act(number))) for number in range(TIMES)]


def open_page(browser: Any, address: str) -> Any:
    """A page in a context of its own, ready."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US").new_page()
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_selector("#demarche")
    return page


def one_person(browser: Any, address: str) -> None:
    """What one person waits for."""
    page = open_page(browser, address)
    loads = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        page.reload()
        page.wait_for_selector("#demarche")
        loads.append((time.perf_counter() - begin) * 1e3)
    report("reload to interactive", loads, 1500)
    click = "document.getElementById('step').click()"
    report("step click to paint", timed(page, lambda n: (click, f"{SHELL}.dataset.round === '{n + 1}'")), 100)
    slide = "const s = document.getElementById('scrubber'); s.value = {0}; s.dispatchEvent(new Event('input'))"
    places = [60 if n % 2 else 6 for n in range(TIMES)]
    done = f"{SHELL}.dataset.round === '{{0}}'"
    report("scrub to paint", timed(page, lambda n: (slide.format(places[n]), done.format(places[n]))), 80)
    keys = "window.dispatchEvent(new KeyboardEvent('keydown', {key: 'l'}))"
    report("language", timed(page, lambda n: (keys, f"document.documentElement.lang === '{('es', 'en')[n % 2]}'")), 300)
    page.keyboard.press("Home")
    frames = page.evaluate(
        """() => new Promise(done => { window.dispatchEvent(new KeyboardEvent('keydown', {key: ' '}))
             const seen = new Set(), end = performance.now() + 5000
             const look = () => { seen.add(document.querySelector('.line.support').getAttribute('d'))
               performance.now() < end ? requestAnimationFrame(look) : done(seen.size / 5) }
             look() })"""
    )
    print(f"{'distinct frames a second while playing, at least 20':<58}{frames:>9.0f}")
    page.keyboard.press("Space")
    branch(page)


def branch(page: Any) -> None:
    """Splitting a run in two, and pairs of worlds."""
    page.wait_for_timeout(20_000)  # the fast engine is ready by then
    split, thirty, all_pairs = [], [], []
    for number in range(TIMES):
        page.locator("#scrubber").fill("6")
        page.keyboard.press("b")
        page.locator("#branch-value").fill(str(45 + number))
        begin = page.evaluate("performance.now()")
        page.keyboard.press("Enter")
        for into, done in (
            (split, "document.querySelectorAll('.map').length === 2"),
            (thirty, "!!document.querySelector('#sentence')"),
            (all_pairs, "!!document.querySelector('#sentence[data-runs=\"200\"]')"),
        ):
            page.wait_for_function(done, polling="raf")
            into.append(page.evaluate("performance.now()") - begin)
        page.locator(".branches button").click()
        page.wait_for_function("document.querySelectorAll('.map').length === 1")
    report("branch: two worlds", split, 300)
    report("branch: thirty pairs", thirty, 1500)
    report("branch: two hundred pairs", all_pairs, 3000)


def twenty_people(browser: Any, address: str, pid: int) -> None:
    """Twenty sessions at once, each playing."""
    before = memory(pid)
    pages = [open_page(browser, address) for _ in range(20)]
    for page in pages:
        page.keyboard.press("Space")
    steps = []
    for page in pages:
        page.keyboard.press("Space")
        page.wait_for_function(f"{SHELL}.dataset.playing === 'false'")
        now = int(page.get_attribute("#demarche", "data-round"))
        act = ["document.getElementById('step').click()", f"{SHELL}.dataset.round === '{now + 1}'"]
        steps.append(page.evaluate(AFTER, act))
    report("step click to paint, twenty sessions", steps, 300)
    print(f"{'memory of the server, twenty sessions, GB  < 1.5':<58}{memory(pid):>9.2f}  (before {before:.2f})")
    for page in pages:
        page.context.close()
    time.sleep(5)
    print(f"{'memory after they have closed, GB':<58}{memory(pid):>9.2f}")


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    print(f"{'':<58}{'median':>9}{'p95':>9}")
    with server() as (address, pid, started), sync_playwright() as playwright:
        begin = time.perf_counter()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        launched = time.perf_counter() - begin
        open_page(browser, address)
        first = started + time.perf_counter() - begin - launched
        report("process to first paint", [first * 1e3], 5000)
        one_person(browser, address)
        twenty_people(browser, address, pid)


if __name__ == "__main__":
    main()
