"""The compiled engine, made ready once in the background; whoever needs it waits for it."""

import threading

_lock = threading.Lock()
_done = threading.Event()


def is_ready() -> bool:
    """Whether the first paired worlds would come at once."""
    return _done.is_set()


def ready() -> None:
    """Compile, or load what was compiled before; a second caller waits for the first."""
    with _lock:
        if not _done.is_set():
            from sim.ensemble import ensemble
            from sim.spec import RunSpec

            ensemble(RunSpec(scenario="two_countries", horizon=0.5, expressions={"target": "answer"}), 1)
            _done.set()
