"""The compiled engine, made ready once in the background; whoever needs it waits for it."""

import subprocess
import sys
import threading

from agents.law import cache_folder

_lock = threading.Lock()
_done = threading.Event()
_begun = threading.Event()
QUIET = 1.5
"""Seconds between the first page and the work in the background: the page comes first."""


def is_ready() -> bool:
    """Whether the first paired worlds would come at once."""
    return _done.is_set()


def soon() -> None:
    """Make ready in the background, once, when the first page has had time to come."""
    if not _begun.is_set():
        _begun.set()
        timer = threading.Timer(QUIET, ready)
        timer.daemon = True
        timer.start()


def ready() -> None:
    """Compile, or load what was compiled before; a second caller waits for the first."""
    with _lock:
        if not _done.is_set():
            if not cache_folder().exists():
                # the compiler holds Python's lock for seconds: another process fills the cache, the pages stay quick
                subprocess.run([sys.executable, "-c", "from dashboards.warm import load; load()"], check=False)
            load()
            _done.set()


def load() -> None:
    """Run the compiled engine once, with all it needs for any scenario of this program."""
    from sim.ensemble import ensemble
    from sim.spec import RunSpec

    ensemble(RunSpec(scenario="two_countries", horizon=0.5, expressions={"target": "answer"}), 1)
