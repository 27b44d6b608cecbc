"""A study on a Dask cluster whose worker is killed midway: the same values as here."""

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from study_kit import ran

from agents.errors import InputError
from sim.studies.running.executors import Workers
from sim.studies.running.runner import RunOptions

distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
MANY: dict[str, Any] = {"design": {"kind": "random", "n": 3000}, "runs": 1}


@pytest.mark.long
def test_a_worker_is_killed_midway(tmp_path: Path) -> None:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        victim = next(iter(cluster.workers.values()))
        progress = _Killer(victim.process.pid)
        options = RunOptions(Workers("cluster", cluster=cluster.scheduler_address), progress=progress)
        there = ran(tmp_path / "there", options, **MANY)
    assert progress.killed, "no worker was killed: the study was over too soon"
    assert there.hash == ran(tmp_path / "here", **MANY).hash


class _Killer:
    """Ends a worker once the first chunk is done."""

    def __init__(self, process: int) -> None:
        self._process, self.killed = process, False

    def begin(self, total: int, done: int) -> None:
        """Nothing."""

    def advance(self, done: int, failed: int) -> None:
        """Kill it, once."""
        if not self.killed:
            os.kill(self._process, signal.SIGKILL)
            self.killed = True


@pytest.mark.long
def test_a_cluster_that_is_not_there(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(InputError, match="no scheduler answers there"):
        ran(tmp_path / "study", RunOptions(Workers("cluster", cluster="tcp://127.0.0.1:9")), **MANY)
    assert time.monotonic() - started < 60.0 and threading.active_count() < 100
