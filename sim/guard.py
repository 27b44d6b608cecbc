"""Foreign rules may loop for ever: they run in a child process that its parent can stop.

The child writes into a small mapped file before and after each foreign call; the parent reads it and ends the child
when one call lasts too long. No signals and no threads of the rule's own are involved, so this works everywhere.
"""

import contextlib
import itertools
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
from typing import NamedTuple

CALL, IMPORT, COMPILE, CHUNK = 3.0, 4.0, 180.0, 60.0
"""Seconds that one call, one import, compiling and 256 compiled runs may take. A rule needs microseconds."""

VARIABLE = "DEMARCHE_HEARTBEAT"
_SIZE = 2048
_BEAT = struct.Struct("<QdBH")
_PARENT = struct.Struct("<Q")
_PARENT_AT = _SIZE - _PARENT.size
_GONE = 6  # half seconds without a sign of the parent
_HERE = Path(__file__).resolve().parents[1]


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
    os._exit(1)


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


def supervise(arguments: Sequence[str]) -> int:
    """Run `demarche` with these arguments in a child and give back its exit code."""
    handle, name = tempfile.mkstemp(prefix="demarche-")
    os.write(handle, bytes(_SIZE))
    paths = [str(_HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, VARIABLE: name, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-P", "-m", "sim.cli.main", *arguments]
    try:
        with (
            mmap.mmap(handle, _SIZE) as beats,
            subprocess.Popen(command, env=environment) as child,
        ):
            try:
                return _watch(child, beats)
            except KeyboardInterrupt:
                return _stopped(child)
            finally:
                child.kill()
    finally:
        os.close(handle)
        Path(name).unlink()


def _read(beats: mmap.mmap) -> Beat:
    count, seconds, over, length = _BEAT.unpack_from(beats)
    return Beat(count, seconds, bool(over), beats[_BEAT.size : _BEAT.size + length].decode(errors="replace"))


def _watch(child: "subprocess.Popen[bytes]", beats: mmap.mmap) -> int:
    beat, since = _read(beats), time.monotonic()
    for moved in itertools.count():
        _PARENT.pack_into(beats, _PARENT_AT, moved)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return _ended(child.wait(0.05), _read(beats))
        now = _read(beats)
        if now.number != beat.number:
            beat, since = now, time.monotonic()
        elif beat.seconds and time.monotonic() - since > beat.seconds:
            child.kill()
            return _say(f"{beat.what} did not return within {beat.seconds:g} s; it was stopped.")
    raise AssertionError("counting never ends")


def _ended(code: int, beat: Beat) -> int:
    if beat.over:
        return code
    if beat.what:
        return _say(f"{beat.what} ended the whole program (exit code {code}); a rule only returns a number.")
    return _say(f"The run was ended from outside (exit code {code}).")


def _stopped(child: "subprocess.Popen[bytes]") -> int:
    """Ctrl-C reaches both; the child says so itself, unless it is stuck."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(1.0)
        return 130
    child.kill()
    _say("Stopped.")
    return 130


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
