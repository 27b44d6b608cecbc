"""A study on disk: a manifest, and parts that are there whole or not at all. What is on disk is the truth.

A part's name says what it holds: batch, number, a key of the study and the rows, and a hash of its own bytes. So a
truncated or changed part is noticed, a part of another study is never read, and nothing depends on the clock.
"""

import contextlib
import errno
import hashlib
import io
import json
import os
import re
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from filelock import FileLock, Timeout

from agents.errors import InputError, RunError, shown
from sim.studies.design.plan import Chunk

MANIFEST, SCENARIO, PARTS, LOCK, LOG = "manifest.json", "scenario.json", "parts", ".lock", "log.jsonl"
_NAME = re.compile(r"\d{2,}-\d{6,}-([0-9a-f]{16})-([0-9a-f]{16})\.parquet")


def key_of(study: str, chunk: Chunk) -> str:
    """Sixteen hexadecimal digits of the rows a chunk holds."""
    batch = ",".join(map(str, chunk.batch))
    return _digest(f"{study}:{batch}:{chunk.variant}:{chunk.first_pair}-{chunk.end_pair}".encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


class Store:
    """The folder of a study."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def where(self) -> str:
        """The folder as a person would write it."""
        return shown(self.folder)

    def exists(self) -> bool:
        """Whether there is anything of a study here."""
        return (self.folder / MANIFEST).exists() or (self.folder / PARTS).is_dir()

    def begin(self) -> None:
        """Make the folder.

        Raises:
            InputError: When it cannot be made, or holds something else.
        """
        if self.folder.is_dir() and any(self.folder.iterdir()) and not self.exists():
            raise InputError(f"{self.where}: there are other files here; expected a new folder, or one of a study.")
        try:
            (self.folder / PARTS).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _told(error, self.where) from None

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Nobody else writes meanwhile; the system frees the lock when a process ends, however it ends.

        Raises:
            RunError: When another process has it.
        """
        lock = FileLock(self.folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise RunError(f"{self.where}: another process is at work on this study; wait for it or stop it.") from None
        except OSError as error:
            raise _told(error, self.where) from None
        try:
            yield
        finally:
            lock.release()

    def write(self, name: str, data: Any) -> None:
        """A JSON file, whole or as it was before. Unsorted: in a scenario the order of clauses means something."""
        text = json.dumps(data, indent=1, ensure_ascii=False)
        self._put(self.folder / name, (text + "\n").encode())

    def keep(self, file: Path) -> None:
        """A copy of a file that the study needs, under its own name."""
        self._put(self.folder / file.name, file.read_bytes())

    def read(self, name: str) -> Any:
        """A JSON file.

        Raises:
            InputError: When it is not there, or damaged.
        """
        path = self.folder / name
        again = "`demarche sweep run EXPERIMENT --out " + self.where + "` writes it again and keeps what is done"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            if not self.exists():
                raise InputError(f"{self.where}: there is no study here; `demarche sweep run` begins one.") from None
            raise InputError(f"{shown(path)} is missing; {again}.") from None
        except (ValueError, UnicodeDecodeError):
            raise InputError(f"{shown(path)} is damaged: delete it, then {again}.") from None
        except OSError:
            raise InputError(f"{self.where}: this is no folder of a study; `demarche sweep run` begins one.") from None

    def put(self, study: str, place: int, chunk: Chunk, frame: pl.DataFrame) -> None:
        """Write a part: to another name, to the disk, and only then to its own name."""
        buffer = io.BytesIO()
        frame.write_parquet(buffer, compression="zstd", compression_level=1, statistics=False)
        data = buffer.getvalue()
        name = f"{place:02d}-{chunk.number:06d}-{key_of(study, chunk)}-{_digest(data)}.parquet"
        self._put(self.folder / PARTS / name, data)

    def parts(self) -> tuple[dict[str, Path], list[Path]]:
        """The parts that are whole, by key, and those that are damaged."""
        whole: dict[str, Path] = {}
        damaged = []
        for path in sorted((self.folder / PARTS).glob("*.parquet")):
            match = _NAME.fullmatch(path.name)
            if match and _digest(path.read_bytes()) == match[2]:
                whole[match[1]] = path
            else:
                damaged.append(path)
        return whole, damaged

    def clear(self, damaged: list[Path]) -> None:
        """Remove parts that are damaged, and files that were never finished."""
        try:
            for path in (*damaged, *self.folder.glob("*.new"), *(self.folder / PARTS).glob("*.new")):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise _told(error, self.where) from None

    def room_for(self, size: int) -> None:
        """Refuse to begin what will not fit.

        Raises:
            RunError: When the disk has less room than this, in bytes.
        """
        free = shutil.disk_usage(self.folder).free
        if free < size:
            need = f"the rest needs about {size / 1e6:.0f} MB and {free / 1e6:.0f} MB are free"
            raise RunError(f"{self.where}: the disk is too full: {need}. Free some space, or give a folder by --out.")

    def log(self, **said: Any) -> None:
        """A line in the side log: when and where. Nothing is ever decided by it."""
        line = {"time": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "host": socket.gethostname(), "process": os.getpid()}
        with contextlib.suppress(OSError), (self.folder / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line | said) + "\n")

    def _put(self, path: Path, data: bytes) -> None:
        beside = path.with_name(path.name + ".new")
        try:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise _told(error, self.where) from None


def _told(error: OSError, where: str) -> RunError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return RunError(f"{where}: the disk is full. What is done is kept: free some space and type the command again.")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return RunError(f"{where}: it cannot be written ({error.strerror}); expected a folder of your own, by --out.")
    return RunError(f"{where}: it cannot be written ({error.strerror or error}). What is done is kept.")
