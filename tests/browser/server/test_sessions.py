"""Sessions: a closed one is freed, and a loaded server still answers."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]

SERVER = """
import gc, sys, threading
from dashboards import server
server.SETTINGS["SOLARA_KERNEL_CULL_TIMEOUT"] = "1s"
def count():
    for _ in sys.stdin:
        from dashboards.app import Screen
        gc.collect()
        print("screens", sum(isinstance(one, Screen) for one in gc.get_objects()), flush=True)
threading.Thread(target=count, daemon=True).start()
from dashboards.command import dashboard
dashboard("two_countries", 0, "127.0.0.1", None, True)
"""


@pytest.fixture
def server(tmp_path: Any) -> Iterator[tuple[str, Any]]:
    """A dashboard that frees closed sessions after a second, and tells how many there are."""
    command = [sys.executable, "-c", SERVER]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, **pipes) as process:
        assert process.stdin is not None and process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found

        def screens() -> int:
            process.stdin.write("\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return int(process.stdout.readline().split()[1])  # type: ignore[union-attr]

        yield found.group(), screens
        process.terminate()


def test_a_closed_session_is_freed(chromium: Any, server: tuple[str, Any]) -> None:
    address, screens = server
    pages = []
    for _ in range(3):
        page = chromium.new_context().new_page()
        page.goto(address)
        page.wait_for_selector("#why", timeout=20_000)
        pages.append(page)
    assert screens() == 3
    for page in pages[:2]:
        page.context.close()
    end = time.monotonic() + 20.0
    while screens() > 1 and time.monotonic() < end:
        time.sleep(0.5)
    assert screens() == 1
    pages[2].context.close()
