"""Take pictures of the real dashboard: `python docs/tools/make_screenshots.py`.

The command needs Chromium. It takes every screen in both languages, light and dark, at the sizes that a class uses,
into docs/pictures-all/, which is not in git. It also renews the few pictures of docs/pictures/, which the pages show.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
ALL = ROOT / "docs" / "pictures-all"
SHOWN = ROOT / "docs" / "pictures"


class Shot(NamedTuple):
    """A picture: file, fragment, size, dark or light, keys, a line for the lab, what to click and wait for."""

    name: str
    fragment: str
    size: tuple[int, int] = (1366, 768)
    scheme: str = "light"
    keys: tuple[str, ...] = ()
    lab: str = ""
    click: str = ""
    wait: str = "#demarche"


SHOTS = [
    Shot("live-en", "#t=9&l=en"),
    Shot("live-es", "#t=9&l=es"),
    Shot("live-dark-en", "#t=9&l=en", scheme="dark"),
    Shot("live-start-es", "#t=0&l=es", scheme="dark"),
    Shot("live-projector-en", "#t=9&l=en", (1920, 1080)),
    Shot("live-small-es", "#t=9&l=es", (1024, 768)),
    Shot("compare-en", "#t=6&l=en", keys=("b", "Enter"), wait="#sentence[data-runs='200']"),
    Shot("compare-es", "#t=6&l=es", keys=("b", "Enter"), wait="#sentence[data-runs='200']"),
    Shot("compare-small-es", "#t=6&l=es", (1024, 768), keys=("b", "Enter"), wait="#sentence[data-runs='200']"),
    Shot("lab-en", "#l=en", size=(1366, 900), lab="strain > support - 0.1", wait="#sentence[data-runs='200']"),
    Shot("lab-es", "#l=es", size=(1366, 900), lab="strain > support - 0.1", wait="#sentence[data-runs='200']"),
    Shot("lab-mistake-en", "#l=en", lab="strain > suport - 0.1", wait=".echo"),
    Shot("lab-small-es", "#l=es", (1024, 768), lab="answer if elite < 0.3 else 0", wait="#sentence[data-runs='200']"),
    Shot("lab-dark-en", "#l=en", scheme="dark", lab="0.5 * answer", wait="#sentence[data-runs='200']"),
    Shot("seat-en", "#l=en", click=".seat button", wait=".choices"),
    Shot("seat-es", "#l=es", click=".seat button", wait=".choices"),
    Shot("seat-small-es", "#l=es", (1024, 768), click=".seat button", wait=".choices"),
    Shot("wall-en", "#t=9&l=en", (1920, 1080), keys=("p",)),
    Shot("wall-es", "#t=14&l=es", (1024, 768), keys=("p",)),
    Shot("card-es", "#l=es&r=not-a-run", wait=".card"),
    Shot("keys-es", "#l=es", keys=("?",), wait="[role=dialog]"),
    Shot("keys-en", "#l=en", keys=("?",), wait="[role=dialog]"),
    Shot("card-en", "#l=en&r=not-a-run", wait=".card"),
]


def main() -> None:
    """Start the dashboard, visit it, write the pictures."""
    from playwright.sync_api import sync_playwright

    ALL.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "sim.cli.main", "dashboard", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for shot in SHOTS:
                take(browser, found.group(), shot)
        server.terminate()


def take(browser: Any, address: str, shot: Shot) -> None:
    """One picture."""
    width, height = shot.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=shot.scheme)
    page = context.new_page()
    page.goto(address + shot.fragment)
    page.wait_for_selector("#demarche")
    page.wait_for_timeout(500)
    if shot.lab:
        page.locator("nav button").nth(2).click()
        page.locator("input[name=bet]").nth(2).check()  # predict first: sooner
        page.fill("#lab-text", shot.lab)
        page.wait_for_timeout(300)
        page.locator("#lab-text").press("Control+Enter")
    if shot.click:
        page.locator(shot.click).first.click()
        page.wait_for_timeout(500)
    for key in shot.keys:
        page.keyboard.press(key)
        page.wait_for_timeout(300)
    page.wait_for_selector(shot.wait, timeout=120_000)
    page.wait_for_timeout(300)
    picture = ALL / f"{shot.name}.png"
    page.screenshot(path=picture)
    context.close()
    if (shown := SHOWN / f"{shot.name}.webp").exists():
        with Image.open(picture) as taken:
            taken.convert("RGB").save(shown, lossless=True, method=6)
    print(shot.name)


if __name__ == "__main__":
    main()
