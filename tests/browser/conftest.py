"""A real dashboard in a process of its own, and a real Chromium that may talk to nothing else."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
PATIENCE = 20_000
NOTHING_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""The browser reaches no other machine: by a rule of its own, since routing requests would switch its cache off."""
READY = """() => ['#why', '.about', '.series .save'].every(part => document.querySelector(part))
  && !document.querySelector('#loader-container, [class*=transition-enter], [class*=transition-leave]')"""
"""All parts of the page have come, one by one, and Solara's loading screen has gone: nothing takes the focus away."""
Open = Callable[..., Any]


@contextlib.contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """A dashboard in a process of its own, working in a folder; where it listens."""
    command = [sys.executable, "-m", "sim.cli.main", "dashboard", "--no-browser", "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    log = folder / "log"
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            command, cwd=log.parent, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True
        ) as server,
    ):
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, log.read_text(encoding="utf-8")
        try:
            yield found.group()
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the dashboard listens."""
    with serving(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(scope="session")
def serve() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """Start another dashboard, with options of its own."""
    return serving


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's browser; where browser tests are required, its absence is a failure."""
    if not CHROMIUM:
        if os.environ.get("DEMARCHE_BROWSER_REQUIRED"):
            pytest.fail("no Chromium on this machine, and browser tests are required")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", NOTHING_ELSE])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def contexts(chromium: Any) -> Iterator[Callable[..., Any]]:
    """A browser context for each size and setting, one a file: the page's own scripts are loaded once, then cached."""
    made: dict[str, Any] = {}

    def context_of(**options: Any) -> Any:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = chromium.new_context(locale="en-US", **options)
        return made[key]

    yield context_of
    for context in made.values():
        context.close()


@pytest.fixture
def visit(contexts: Callable[..., Any], address: str) -> Iterator[Open]:
    """Open the dashboard as a new visitor; at the end nothing was asked elsewhere and nothing complained."""
    complaints: list[str] = []
    pages = []

    def asked(request: Any) -> None:
        if not request.url.startswith((address, address.replace("http", "ws", 1), "blob:", "data:")):
            complaints.append(f"asked {request.url}")

    def go(fragment: str = "", size: tuple[int, int] = (1366, 768), **options: Any) -> Any:
        page = contexts(viewport={"width": size[0], "height": size[1]}, **options).new_page()
        pages.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("request", asked)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + fragment)
        page.wait_for_function(READY)
        return page

    yield go
    for page in pages:
        if not page.is_closed():
            with contextlib.suppress(Exception):  # a page whose server is gone has nothing to forget
                page.evaluate("localStorage.clear()")
            page.context.clear_cookies()
            page.close()
    assert not complaints, complaints
