"""Where the work is done: threads, processes or a Dask cluster, all through `concurrent.futures.Executor`."""

import contextlib
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agents.errors import InputError, RunError
from agents.isolation import processes, watchdog

RETRIES = 5
"""How often a cluster gives a chunk to another worker when one is lost."""


@dataclass(frozen=True)
class Workers:
    """How a study is computed. Nothing of it changes a value.

    Attributes:
        on: Threads (compiled rules), processes (rules the compiler cannot take), or a cluster.
        workers: As many as the machine has processors unless said otherwise; a cluster has its own.
        cluster: `tcp://...` of a Dask scheduler, or `local` for one that is started for this study.
    """

    on: Literal["threads", "processes", "cluster"] = "threads"
    workers: int | None = None
    cluster: str = ""


@dataclass(frozen=True)
class Pool:
    """An executor with the number of its workers."""

    executor: Executor
    workers: int


@contextlib.contextmanager
def pool(where: Workers) -> Iterator[Pool]:
    """The executor, closed at the end.

    Raises:
        InputError: When the cluster is not there. RunError: When a worker was ended.
    """
    count = where.workers or os.cpu_count() or 1
    if where.on == "cluster":
        with _cluster(where, count) as found:
            yield found
    elif where.on == "processes":
        yield from _processes(count)
    else:
        executor = ThreadPoolExecutor(count)
        try:
            yield Pool(executor, count)
        finally:
            executor.shutdown(cancel_futures=True)


def _processes(count: int) -> Iterator[Pool]:
    with processes.safe_children(), tempfile.TemporaryDirectory(prefix="demarche-") as notes:
        context = multiprocessing.get_context("spawn")  # never fork with Polars loaded
        executor = ProcessPoolExecutor(count, context, _begin, (notes,))
        try:
            yield Pool(executor, count)
        except BrokenProcessPool:
            said = [path.read_text(encoding="utf-8") for path in sorted(Path(notes).glob("*.txt"))]
            raise RunError(
                said[0] if said else "A worker process was ended from outside; type the command again."
            ) from None
        finally:
            executor.shutdown(cancel_futures=True)


def _begin(notes: str) -> None:
    """A worker process: Ctrl-C is the parent's, and a rule that never returns ends the worker with a note."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    watchdog.watch_own(Path(notes) / f"{os.getpid()}.txt")


@contextlib.contextmanager
def _cluster(where: Workers, count: int) -> Iterator[Pool]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("--cluster needs Dask; expected: pip install -e '.[cluster]'.") from None
    with processes.safe_children(), contextlib.ExitStack() as stack:
        if where.cluster == "local":
            cluster = LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None)
            address: object = stack.enter_context(cluster)
        else:
            address = where.cluster
        try:
            client = stack.enter_context(Client(address, timeout="10s"))
        except (OSError, TimeoutError, ValueError) as error:
            raise InputError(f"--cluster {where.cluster}: no scheduler answers there ({error}).") from None
        workers = max(len(client.scheduler_info(n_workers=-1)["workers"]), 1)
        yield Pool(client.get_executor(pure=False, retries=RETRIES), workers)
