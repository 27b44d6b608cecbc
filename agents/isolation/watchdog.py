"""Foreign rules may loop for ever: they run in a child process that its parent can stop.

The child writes into a small mapped file before and after each foreign call; the parent reads it and ends the child
when one call lasts too long. No signals and no threads of the rule's own are involved, so this works everywhere.
A command has one such child (`supervise`); the dashboard has several, asked one by one (`dashboards.workers.pool`).
"""

import contextlib
import mmap
import os
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from agents.isolation import processes

CALL, IMPORT, COMPILE, CHUNK = 2.0, 4.0, 180.0, 60.0
"""Seconds that one call, one import, compiling and 256 compiled runs may take. A rule needs microseconds."""

LOOK = 0.05
"""Seconds between two looks at a child."""

VARIABLE = "DEMARCHE_HEARTBEAT"
_SIZE = 2048
_BEAT = struct.Struct("<QdBH")
_PARENT = struct.Struct("<Q")
_PARENT_AT = _SIZE - _PARENT.size
_GONE = 6  # half seconds without a sign of the parent


class Beat(NamedTuple):
    """What the file says: a number that moves, seconds allowed (0: nothing foreign runs), the end, what runs."""

    number: int
    seconds: float
    over: bool
    what: str


class Heart:
    """The child's end of the file: a stack of what is going on, its top written down."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)
        self._lock = threading.Lock()
        self._stack: list[tuple[bytes, float]] = []
        self._count = 0

    def push(self, what: str, seconds: float) -> tuple[bytes, float]:
        entry = (what.encode()[: _PARENT_AT - _BEAT.size], seconds)
        with self._lock:
            self._stack.append(entry)
            self.write()
        return entry

    def drop(self, entry: tuple[bytes, float]) -> None:
        with self._lock:
            self._stack.remove(entry)
            self.write()

    @property
    def count(self) -> int:
        """A number that moves whenever something begins or ends."""
        return self._count

    def top(self) -> tuple[bytes, float] | None:
        """What goes on now and the seconds it may take."""
        with self._lock:
            return self._stack[-1] if self._stack else None

    def parent(self) -> int:
        """A number that the parent moves while it lives."""
        return int(_PARENT.unpack_from(self._map, _PARENT_AT)[0])

    def write(self, over: bool = False) -> None:
        what, seconds = self._stack[-1] if self._stack else (b"", 0.0)
        self._count += 1
        self._map[_BEAT.size : _BEAT.size + len(what)] = what
        _BEAT.pack_into(self._map, 0, self._count, seconds, over, len(what))


_hearts: list[Heart] = []


def inside() -> bool:
    """Whether this process is a guarded child."""
    return bool(_hearts)


def attach() -> None:
    """Become the guarded child, if the environment says so; end when the parent ends."""
    path = os.environ.pop(VARIABLE, "")
    if path:
        _hearts.append(Heart(Path(path)))
        threading.Thread(target=_follow_the_parent, args=(_hearts[0],), daemon=True).start()


def _follow_the_parent(heart: Heart) -> None:
    """End when the parent has ended. Counted in looks, not in time: a computer that slept ends nothing."""
    last, looks = -1, 0
    while looks < _GONE:
        time.sleep(0.5)
        now = heart.parent()
        last, looks = now, looks + 1 if now == last else 0
    processes.end_own(1)


@contextlib.contextmanager
def call(what: str, seconds: float = CALL) -> Iterator[None]:
    """Foreign code runs in this block: `what` names it if it has to be stopped."""
    if not _hearts:
        yield
        return
    entry = _hearts[0].push(what, seconds)
    try:
        yield
    finally:
        _hearts[0].drop(entry)


def alive() -> None:
    """What goes on has moved: its seconds begin anew."""
    if _hearts:
        _hearts[0].write()


def over() -> None:
    """The child ends by itself, by its own code."""
    if _hearts:
        _hearts[0].write(over=True)


class Child:
    """A Python process of ours whose foreign calls can be stopped; close it at the end."""

    def __init__(self, module: str, arguments: Sequence[str], **pipes: Any) -> None:
        """Start a module that attaches itself to the guard. `pipes` are those of `subprocess.Popen`."""
        handle, self._name = tempfile.mkstemp(prefix="demarche-")
        os.write(handle, bytes(_SIZE))
        self._beats = mmap.mmap(handle, _SIZE)
        os.close(handle)
        environment = {VARIABLE: self._name}
        self.process = processes.start_python(["-m", module, *arguments], environment=environment, **pipes)
        self._turns, self._beat, self._since, self._stopped = 0, self._read(), time.monotonic(), ""

    def look(self) -> bool:
        """Tell the child that we live, and stop it if one call lasts too long; whether it still runs."""
        if self.process.poll() is not None:
            return False
        self._turns += 1
        _PARENT.pack_into(self._beats, _PARENT_AT, self._turns)
        now = self._read()
        if now.number != self._beat.number:
            self._beat, self._since = now, time.monotonic()
        elif now.seconds and time.monotonic() - self._since > now.seconds:
            self._stopped = f"{now.what} did not return within {now.seconds:g} s; it was stopped."
            processes.stop(self.process)
            return False
        return True

    def wait(self) -> int:
        """Look at it until it has ended; its exit code."""
        while self.look():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(LOOK)
        return int(self.process.wait())

    def problem(self) -> str:
        """Once it has ended: what was wrong, in a sentence; empty where it ended by itself."""
        if self._stopped:
            return self._stopped
        beat, code = self._read(), self.process.wait()
        if beat.over:
            return ""
        if beat.what:
            return f"{beat.what} ended the whole program (exit code {code}); a rule only returns a number."
        return f"The run was ended from outside (exit code {code})."

    def close(self) -> None:
        """End it and whatever it started, whatever they do."""
        processes.stop(self.process)
        self._beats.close()
        Path(self._name).unlink(missing_ok=True)

    def _read(self) -> Beat:
        count, seconds, over, length = _BEAT.unpack_from(self._beats)
        return Beat(count, seconds, bool(over), self._beats[_BEAT.size : _BEAT.size + length].decode(errors="replace"))


def supervise(arguments: Sequence[str]) -> int:
    """Run `demarche` with these arguments in a child and give back its exit code."""
    with contextlib.closing(Child("sim.cli.main", arguments)) as child, processes.suspended_together(child.process):
        try:
            child.wait()
            problem = child.problem()
            return _say(problem) if problem else child.process.returncode
        except KeyboardInterrupt:
            return _interrupted(child.process)


def _interrupted(child: "subprocess.Popen[bytes]") -> int:
    """Ctrl-C is passed on; the child says so itself, unless it is stuck."""
    processes.interrupt(child)
    with contextlib.suppress(subprocess.TimeoutExpired):
        if child.wait(1.0) == 130:
            return 130
    processes.stop(child)
    _say("Stopped.")
    return 130


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def watch_own(note: Path) -> None:
    """For a worker of a pool, which nobody looks at: its own thread ends it, with a note of what did not return."""
    handle, name = tempfile.mkstemp(prefix="demarche-")
    os.write(handle, bytes(_SIZE))
    os.close(handle)
    _hearts.append(Heart(Path(name)))
    Path(name).unlink()
    threading.Thread(target=_end_what_hangs, args=(_hearts[0], note), daemon=True).start()


def _end_what_hangs(heart: Heart, note: Path) -> None:
    last, since = -1, time.monotonic()
    while True:
        time.sleep(LOOK)
        if heart.count != last:
            last, since = heart.count, time.monotonic()
        top = heart.top()
        if top and time.monotonic() - since > top[1]:
            note.write_text(f"{top[0].decode(errors='replace')} did not return within {top[1]:g} s; it was stopped.")
            os._exit(1)
