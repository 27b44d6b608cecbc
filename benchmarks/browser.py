"""The dashboard's budgets, in a real Chromium with no network: `python benchmarks/browser.py`; with a number of minutes
it plays for so long instead and looks for growth: `python benchmarks/browser.py 30`.

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
FRAMES = """() => new Promise(done => {
  if (document.getElementById('demarche').dataset.playing === 'false')
    window.dispatchEvent(new KeyboardEvent('keydown', {key: ' '}))
  const seen = new Set(), end = performance.now() + 5000
  const look = () => { seen.add(document.querySelector('.line.support').getAttribute('d'))
    performance.now() < end ? requestAnimationFrame(look) : done(seen.size / 5) }
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
        try:
            yield found.group(), process.pid, time.perf_counter() - begin
        finally:
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
    frames = page.evaluate(FRAMES)
    print(f"{'distinct frames a second while playing, at least 20':<58}{frames:>9.0f}")
    page.keyboard.press("Space")
    branch(page)
    lab(page)


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
        page.locator("#drop").click()
        page.wait_for_function("document.querySelectorAll('.map').length === 1")
    report("branch: two worlds", split, 300)
    report("branch: thirty pairs", thirty, 1500)
    report("branch: two hundred pairs", all_pairs, 3000)


def lab(page: Any) -> None:
    """A line while it is typed, and what it did in pairs."""
    page.locator("nav button").nth(2).click()
    page.wait_for_selector("#lab-text")
    write = "const f = document.getElementById('lab-text'); f.value = '{0}'; f.dispatchEvent(new Event('input'))"
    lines = [f"strain > su{'p' * (1 + n % 2)}ort - 0.{n + 10}" for n in range(TIMES)]
    said = "document.getElementById('lab-said').dataset.of === '{0}'"
    report("rule lab: a mistake named", timed(page, lambda n: (write.format(lines[n]), said.format(lines[n]))), 150)
    results = []
    for number in range(TIMES):
        page.fill("#lab-text", f"answer * 0.{50 + number}")
        page.wait_for_function(said.format(f"answer * 0.{50 + number}"))
        begin = page.evaluate("performance.now()")
        page.locator("#lab-text").press("Control+Enter")
        page.wait_for_selector("#sentence[data-runs='30']")  # the old result stays until the new one is there
        results.append(page.evaluate("performance.now()") - begin)
        page.wait_for_selector("#sentence[data-runs='200']")
    report("rule lab: thirty pairs", results, 1500)


def twenty_people(browser: Any, address: str, pid: int) -> None:
    """Twenty sessions at once, each playing while one after the other steps."""
    before = memory(pid)
    pages = [open_page(browser, address) for _ in range(20)]
    for page in pages:
        page.keyboard.press("Space")
    steps = []
    for page in pages:
        if page.get_attribute("#demarche", "data-playing") == "true":  # at the end of the run it stops by itself
            page.keyboard.press("Space")
            page.wait_for_function(f"{SHELL}.dataset.playing === 'false'")
        page.keyboard.press("Home")
        for _ in range(3):
            now = int(page.get_attribute("#demarche", "data-round"))
            act = ["document.getElementById('step').click()", f"{SHELL}.dataset.round === '{now + 1}'"]
            steps.append(page.evaluate(AFTER, act))
        page.keyboard.press("Space")
    report("step click to paint, twenty sessions playing", steps, 300)
    print(
        f"{'memory of the server, twenty sessions, GB  < 1.5':<58}{memory(pid):>9.2f}  (before {before:.2f})",
        flush=True,
    )
    for page in pages:
        page.context.close()


def soak(browser: Any, address: str, pid: int, minutes: float) -> None:
    """Play for so long: memory of server and page, and frames a second, at the start and at the end."""
    page = open_page(browser, address)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def measured() -> tuple[float, float, float]:
        session.send("HeapProfiler.collectGarbage")
        found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return memory(pid) * 1e3, found["JSHeapUsedSize"] / 1e6, page.evaluate(FRAMES)

    page.keyboard.press("Space")
    _until_compiled(page, pid)
    rows, end = [], time.monotonic() + minutes * 60.0
    while True:
        if page.get_attribute("#demarche", "data-playing") == "false":
            page.keyboard.press("Space")  # from the start again
        rows.append(measured())
        server, heap, frames = rows[-1]
        print(f"  server {server:.0f} MB, page {heap:.1f} MB, {frames:.0f} frames a second", flush=True)
        if time.monotonic() > end:
            break
        page.wait_for_timeout(60_000)
    for place, name in enumerate(("memory of the server", "memory of the page", "frames a second")):
        change = 100.0 * (rows[-1][place] / rows[0][place] - 1.0)
        print(f"{name + ', change in %, at most 10':<58}{change:>+9.1f}")


def _until_compiled(page: Any, pid: int) -> None:
    """A minute at least; longer while the compiler, which warms up in the background, still asks for memory."""
    looks = [0.0]
    while len(looks) < 5 or max(looks[-4:]) > 1.01 * min(looks[-4:]):
        page.wait_for_timeout(15_000)
        looks.append(memory(pid))


def main(minutes: float = 0.0) -> None:
    """Measure and print; with minutes, only what so long a play costs."""
    from playwright.sync_api import sync_playwright

    print(f"{'':<58}{'median':>9}{'p95':>9}")
    with server() as (address, pid, started), sync_playwright() as playwright:
        begin = time.perf_counter()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        launched = time.perf_counter() - begin
        open_page(browser, address)
        first = started + time.perf_counter() - begin - launched
        report("process to first paint", [first * 1e3], 5000)
        if minutes:
            soak(browser, address, pid, minutes)
            return
        one_person(browser, address)
        twenty_people(browser, address, pid)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0)
