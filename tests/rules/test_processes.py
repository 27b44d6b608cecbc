"""A child ends with all that it started, and the keyboard works although it has a session of its own."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import rule_text

from agents.isolation import processes

pty = pytest.importorskip(
    "pty", reason="opens terminals and sends signals, which Windows has not", exc_type=ImportError
)
ROOT = Path(__file__).resolve().parents[2]
RUN = ("run", "two_countries", "--rules", "homework", "--rule", "answer:target=odd", "--json")
STARTS = """
import os, subprocess, sys, time
def note(pid):
    with open({note!r}, "a") as file:
        file.write(str(pid) + chr(10))
note(os.getpid())
deaf = "import signal, time; signal.signal(2, signal.SIG_IGN); time.sleep(90)"
note(subprocess.Popen([sys.executable, "-c", deaf]).pid)
if os.fork() == 0:
    note(os.getpid())
    time.sleep(90)
    os._exit(0)
while len(open({note!r}).read().split()) < 3:
    time.sleep(0.05)
"""
"""A child that starts another Python, and a copy of itself."""


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    with contextlib.suppress(FileNotFoundError):
        return (
            not status.parent.parent.exists() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
        )
    return False


def all_end(pids: list[int], within: float) -> bool:
    end = time.monotonic() + within
    while any(lives(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(lives(pid) for pid in pids)


@pytest.fixture
def noted(tmp_path: Path) -> Iterator[Path]:
    """Where processes leave their numbers; whatever a failed test leaves behind is ended."""
    note = tmp_path / "pids"
    yield note
    for pid in note.read_text(encoding="utf-8").split() if note.exists() else ():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)


def three(note: Path) -> list[int]:
    """The numbers, once there are three."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = note.read_text(encoding="utf-8").split() if note.exists() else []
        if len(found) == 3:
            return [int(pid) for pid in found]
        time.sleep(0.05)
    raise AssertionError("the processes did not start")


@pytest.mark.parametrize("ended", [False, True], ids=["stopped", "ended by itself"])
def test_stop_leaves_nothing_behind(noted: Path, ended: bool) -> None:
    code = STARTS.format(note=str(noted)) + ("" if ended else "time.sleep(90)")
    child = processes.start_python(["-c", code])
    pids = three(noted)
    if ended:
        assert child.wait(10) == 0
    assert child.pid == pids[0] and lives(pids[1]) and lives(pids[2])
    processes.stop(child)
    processes.stop(child)  # once more harms nothing
    assert all_end(pids, 2.0)


HOW = {
    "it ends": (None, "", 0),
    "a loop": (None, "while True: pass", 1),
    "Ctrl-C": (signal.SIGINT, "time.sleep(3.9)", 130),
    "terminated": (signal.SIGTERM, "time.sleep(3.9)", -signal.SIGTERM),
    "the window is closed": (signal.SIGHUP, "time.sleep(3.9)", -signal.SIGHUP),
    "killed": (signal.SIGKILL, "time.sleep(3.9)", -signal.SIGKILL),
}


@pytest.mark.parametrize("how", HOW)
def test_whatever_a_rule_started_ends_with_the_run(tmp_path: Path, noted: Path, how: str) -> None:
    number, then, code = HOW[how]
    (tmp_path / "homework").mkdir()
    text = f"{STARTS.format(note=str(noted))}{then}\n" + rule_text("odd", "return 0.0")
    (tmp_path / "homework" / "odd.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sim.cli.main", *RUN]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=-3, stderr=-3) as parent:
        pids = three(noted)
        if number:
            parent.send_signal(number)
        assert parent.wait(60) == code
    assert all_end(pids, 6.0), how


class Terminal:
    """`demarche play` with a rule from outside, in a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        (folder / "homework").mkdir()
        (folder / "homework" / "odd.py").write_text(rule_text("odd", "return 0.0"), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
        words = [sys.executable, "-m", "sim.cli.main", "play", "two_countries", "--rules", "homework"]
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(sys.executable, words, environment)
        self.told = ""
        self.code: int | None = None

    def hear(self, word: str, times: int = 1) -> None:
        """Read until a word was said so often."""
        end = time.monotonic() + 40
        while self.told.count(word) < times and time.monotonic() < end:
            if select.select([self._handle], [], [], 0.2)[0]:
                try:
                    self.told += os.read(self._handle, 4096).decode(errors="replace")
                except OSError:  # the other end is closed
                    break
        assert self.told.count(word) >= times, self.told

    def type(self, keys: str) -> None:
        os.write(self._handle, keys.encode())

    def ends(self) -> int:
        """Its exit code."""
        with contextlib.suppress(AssertionError):
            self.hear("nothing that is ever said")
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def close(self) -> None:
        """Whatever a failed test leaves behind."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._handle)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal where the person is asked for a decision."""
    found = Terminal(tmp_path)
    try:
        found.hear(PROMPT)
        yield found
    finally:
        found.close()


PROMPT = "Your decision"


def test_a_person_types_in_a_terminal_while_rules_are_guarded(terminal: Terminal) -> None:
    terminal.type("?\n")
    terminal.hear("odd")
    terminal.type("q\n")
    terminal.hear("demarche run --spec")
    assert terminal.ends() == 0


def test_ctrl_c_in_a_terminal_reaches_the_child(terminal: Terminal) -> None:
    terminal.type("\x03")
    assert terminal.ends() == 130 and terminal.told.count("Stopped.") == 1


def test_ctrl_z_in_a_terminal_stops_both_and_both_go_on(terminal: Terminal) -> None:
    terminal.type("\x1a")
    _, status = os.waitpid(terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    time.sleep(4.0)  # longer than a child waits for a sign of its parent
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.type("q\n")
    terminal.hear("demarche run --spec")
    assert terminal.ends() == 0
