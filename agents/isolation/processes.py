"""The one place that starts Python processes.

A child never looks for modules in the current folder: a stranger's `json.py` there must not run. A child leads a group
of processes of its own, so that whatever it started ends with it. The terminal's Ctrl-C and Ctrl-Z reach only the
group in the foreground, which is ours: they are passed on. A child can still read the keyboard: the terminal holds
back readers of its own session alone, and the child has another one.
"""

import contextlib
import os
import signal
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAFE = "PYTHONSAFEPATH"
"""The variable that is the switch -P for every Python that inherits it."""
GONE = (ProcessLookupError, PermissionError)
"""What a signal to a group without a living process raises; the second on macOS."""


def start_python(
    words: Sequence[str], *, environment: Mapping[str, str] | None = None, **pipes: Any
) -> "subprocess.Popen[Any]":
    """Start Python with these words, in a group of its own; `stop` it at the end.

    Args:
        words: After `python -P`. environment: Variables beside those of this process.
        pipes: As of `subprocess.Popen`.

    Raises:
        OSError: When no process can be started.
    """
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(_search_path()), SAFE: "1", **(environment or {})}
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # on Windows, where there are no sessions
    line = [sys.executable, "-P", *words]
    return subprocess.Popen(line, env=variables, start_new_session=True, creationflags=flags, **pipes)


def _search_path() -> list[str]:
    """Our packages, where Python would not find them by itself, and what the caller named, but not the current folder.

    An empty entry is the current folder, and comes of `PYTHONPATH=$PYTHONPATH:there`.
    """
    named = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if Path(entry) != Path()]
    installed = {Path(sysconfig.get_path(kind)).resolve() for kind in ("purelib", "platlib")}
    return named if ROOT in installed else [str(ROOT), *named]


@contextlib.contextmanager
def safe_children() -> Iterator[None]:
    """Meanwhile a library may start Python processes of its own, as pools of workers do: they are safe too."""
    before = os.environ.get(SAFE)
    os.environ[SAFE] = "1"
    try:
        yield
    finally:
        del os.environ[SAFE]
        if before is not None:
            os.environ[SAFE] = before


def stop(process: "subprocess.Popen[Any]") -> None:
    """End it and whatever it started, whatever they do; it may have ended long before."""
    if sys.platform != "win32":
        with contextlib.suppress(*GONE):  # the number of a group is not given away while one process of it lives
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def end_own(code: int) -> None:
    """End this process at once, with all that it started if it leads a group of its own."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(code)


def interrupt(process: "subprocess.Popen[Any]") -> None:
    """Pass Ctrl-C on."""
    with contextlib.suppress(*GONE):
        if sys.platform == "win32":
            process.send_signal(signal.CTRL_BREAK_EVENT)
        else:
            os.killpg(process.pid, signal.SIGINT)


@contextlib.contextmanager
def suspended_together(process: "subprocess.Popen[Any]") -> Iterator[None]:
    """Meanwhile Ctrl-Z stops the child as well, and `fg` wakes both."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def suspend(*_: object) -> None:
        with contextlib.suppress(*GONE):
            os.killpg(process.pid, signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)  # here we wait for `fg`
        with contextlib.suppress(*GONE):
            os.killpg(process.pid, signal.SIGCONT)

    before = signal.signal(signal.SIGTSTP, suspend)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)
