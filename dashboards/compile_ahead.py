"""The compiled engine, made ready once in the background; whoever needs it waits for it."""

import contextlib
import logging
import os
import sys
import threading
from pathlib import Path

from agents.isolation import watchdog
from agents.law import cache_folder
from sim.engines.history import History, play
from sim.run.prepare import Prepared
from sim.state.tables import windows

_log = logging.getLogger("demarche")
_lock = threading.Lock()
_done = threading.Event()
_begun = threading.Event()
_wanted, _traced = threading.Event(), threading.Event()
_tracing = threading.Lock()
QUIET = 1.5
"""Seconds between the first page and the work in the background: the page comes first."""


def is_ready() -> bool:
    """Whether the first paired worlds would come at once."""
    return _done.is_set()


def was_compiled() -> bool:
    """Whether a program of this machine has filled the cache, so that a worker only loads it."""
    return _mark("ready").exists()


def _mark(name: str) -> Path:
    return cache_folder() / f"{name}.done"


def soon() -> None:
    """Make ready in the background, once, when the first page has had time to come."""
    if not _begun.is_set():
        _begun.set()
        timer = threading.Timer(QUIET, _all)
        timer.daemon = True
        timer.start()


def history(prepared: Prepared) -> History:
    """A run with every round of it: in Mesa; or compiled, once that is ready, for a region, which takes Mesa seconds.

    Both give the same numbers to the last bit; a run that fails is left to Mesa, which says why.
    """
    if not prepared.template.scenario.agenda:
        return play(prepared)
    _wanted.set()
    if _traced.is_set():
        from sim.engines.ensemble import trace

        cells = trace(prepared)
        if windows(cells[-1], prepared.template.shape, plain=True).status[0] == 0.0:
            return History(prepared, cells)
    elif _done.is_set():
        threading.Thread(target=_trace_ready, daemon=True).start()
    return play(prepared)


def _all() -> None:
    ready()
    if _wanted.is_set():
        _trace_ready()


def _trace_ready() -> None:
    """Make the kernel ready that keeps every round; a second caller goes away."""
    if not _traced.is_set() and _tracing.acquire(blocking=False):
        try:
            _loaded("trace")
            _traced.set()
        finally:
            _tracing.release()


def ready() -> None:
    """Compile, or load what was compiled before; a second caller waits for the first."""
    with _lock:
        if not _done.is_set():
            _loaded("ready")
            _done.set()


def _loaded(name: str) -> None:
    """Load what was compiled before; the first time a process of its own compiles it and fills the cache.

    The compiler holds Python's lock for seconds; in another process the pages stay quick. Where that process fails,
    this one compiles, and the next start tries again: without a mark.
    """
    mark = _mark(name)
    if not mark.exists():
        if _compiled_elsewhere(name):
            with contextlib.suppress(OSError):  # no folder to keep it in: the compiled rules do without as well
                mark.parent.mkdir(parents=True, exist_ok=True)
                mark.touch()
        else:
            _log.warning("Compiling in a process of its own failed (%s); it is done here, and pages may wait.", name)
    LOADS[name]()


def _compiled_elsewhere(name: str) -> bool:
    """Whether a child has filled the cache; it ends when we end, by whatever signal."""
    with contextlib.closing(watchdog.Child("dashboards.compile_ahead", [name])) as child:
        return child.wait() == 0


def give_way() -> None:
    """Let others go first, where the system knows of that."""
    if hasattr(os, "nice"):
        os.nice(5)


def load() -> None:
    """Run the compiled engine once, with all it needs for any scenario of this program."""
    from sim.engines.ensemble import ensemble
    from sim.run.spec import RunSpec

    ensemble(RunSpec(scenario="two_countries", horizon=0.5, expressions={"target": "answer"}), 1)


def load_trace() -> None:
    """Run the kernel that keeps every round once."""
    from sim.engines.ensemble import trace
    from sim.run.prepare import prepare
    from sim.run.spec import RunSpec

    trace(prepare(RunSpec(scenario="two_countries", horizon=0.5)))


LOADS = {"ready": load, "trace": load_trace}


def main(name: str) -> None:
    """In the child: fill the cache; what nobody waits for lets others go first."""
    watchdog.attach()
    if name == "trace":
        give_way()
    LOADS[name]()


if __name__ == "__main__":
    main(sys.argv[1])
