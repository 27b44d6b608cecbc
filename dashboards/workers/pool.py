"""Who answers a browser: this process, or worker processes in which rules from outside run and can be stopped."""

import atexit
import contextlib
import json
import subprocess
import threading
import time
from functools import cache
from pathlib import Path
from typing import Any

from agents.errors import DemarcheError, RunError
from agents.isolation import watchdog
from agents.library import shipped
from dashboards.session.requests import Answer, Request, Shown, answerer
from dashboards.session.session import Session
from dashboards.text.screen_texts import ToldError

WARM, MOST_IDLE, MOST = 2, 3, 8
"""Workers started at once, kept when nothing goes on, and at most: more requests than that wait."""
Stamp = tuple[tuple[str, int, int], ...]


@cache
def service(folders: tuple[Path, ...]) -> Answer:
    """Answers with the shipped rules here, or with those of the folders in workers.

    Raises:
        DemarcheError: When a rule of the folders cannot be read.
    """
    if not folders:
        return answerer(shipped())
    pool = Pool(folders)
    pool.check()
    return pool.answer


class Worker:
    """One child process; it answers one request at a time."""

    def __init__(self, folders: tuple[Path, ...], stamp: Stamp) -> None:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        self.child = watchdog.Child("dashboards.workers.worker", [str(folder) for folder in folders], **pipes)
        process = self.child.process
        assert process.stdin is not None and process.stdout is not None
        self._to, self._from = process.stdin, process.stdout
        self.stamp = stamp
        self.ready = False

    def ask(self, message: dict[str, Any] | None = None) -> dict[str, Any]:
        """Its answer; without a message, only that it is ready.

        Raises:
            DemarcheError: What the worker says, or why it was stopped.
        """
        if not self.ready:
            self._heard()
            self.ready = True
        if message is None:
            return {}
        with contextlib.suppress(OSError):  # if it has ended, reading says why
            self._to.write(json.dumps(message) + "\n")
            self._to.flush()
        return self._heard()

    def close(self) -> None:
        """End it, whatever it does."""
        self.child.close()
        for pipe in (self._to, self._from):
            with contextlib.suppress(OSError):
                pipe.close()

    def _heard(self) -> dict[str, Any]:
        line = self._from.readline()
        if not line:
            raise RunError(self.child.problem() or "The rules' process has ended. Ask again.")
        told: dict[str, Any] = json.loads(line)
        if "error" in told:
            raise ToldError(told["error"], told["code"])
        return told


class Pool:
    """Workers that know the rules of some folders; one more than are busy is kept warm."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._lock = threading.Lock()
        self._room = threading.Semaphore(MOST)
        self._all: list[Worker] = []
        self._idle: list[Worker] = []
        self._open = True
        with self._lock:
            self._warm(WARM)
        threading.Thread(target=self._keep, daemon=True, name="workers").start()
        atexit.register(self.close)

    def check(self) -> None:
        """Wait until the rules are read.

        Raises:
            DemarcheError: With the file and what would be right.
        """
        with self._lock:
            first = self._idle[0]
        try:
            first.ask()
        except DemarcheError:
            self.close()
            raise

    def answer(self, session: Session, request: Request) -> tuple[Session, Shown]:
        """As `dashboards.session.requests.answer`, in a worker.

        Raises:
            DemarcheError: Also when a rule had to be stopped.
        """
        with self._room:
            worker = self._taken()
            try:
                told = worker.ask({"session": session.state(), "request": request})
            finally:
                self._back(worker)
        shown = told["shown"]
        if told["note"]:
            shown["note"] = told["note"]
        return Session.of(told["session"]), shown

    def close(self) -> None:
        """End every worker."""
        with self._lock:
            self._open = False
            for worker in list(self._all):
                self._end(worker)

    def _taken(self) -> Worker:
        """A worker that knows the rules as they are in the folders now."""
        stamp = self._stamp()
        with self._lock:
            for worker in list(self._idle):
                if worker.stamp != stamp or not worker.child.look():
                    self._end(worker)
            self._warm(1)
            worker = self._idle.pop(0)
            self._warm(1)  # the next one who asks need not wait for it
            return worker

    def _back(self, worker: Worker) -> None:
        with self._lock:
            if worker.ready and worker.child.look() and self._open and len(self._idle) < MOST_IDLE:
                self._idle.insert(0, worker)  # the one that is warm is asked first
            else:
                self._end(worker)

    def _warm(self, count: int) -> None:
        while self._open and len(self._idle) < count:
            worker = Worker(self._folders, self._stamp())
            self._all.append(worker)
            self._idle.append(worker)

    def _end(self, worker: Worker) -> None:
        if worker in self._idle:
            self._idle.remove(worker)
        if worker in self._all:
            self._all.remove(worker)
            worker.close()

    def _keep(self) -> None:
        """Look at the workers: whoever does not return is stopped, and all know that we live."""
        while self._open:
            with self._lock:
                for worker in self._all:
                    worker.child.look()
            time.sleep(watchdog.LOOK)

    def _stamp(self) -> Stamp:
        """What tells one state of the folders from another."""
        files = sorted(path for folder in self._folders for path in folder.rglob("*.py"))
        return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
