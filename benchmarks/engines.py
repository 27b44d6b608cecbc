"""How fast the two engines are, measured in one run and side by side. `python benchmarks/engines.py [--quick]`.

What takes turns shares the machine's good and bad moments; of each, the best turn counts. The first call and the memory
are measured in processes of their own.
"""

import argparse
import dataclasses
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mesa
import numba
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from agents.law import make_ready  # noqa: E402
from sim.engines.ensemble import ensemble  # noqa: E402
from sim.engines.mesa_model import CoercionModel  # noqa: E402
from sim.run.prepare import prepare  # noqa: E402
from sim.run.spec import RunSpec  # noqa: E402
from sim.state import chance  # noqa: E402

PREPARED = prepare(RunSpec(scenario="colombia_2025", seed=7))
FIRST = """
import json, resource, sys, time
from sim.engines.ensemble import ensemble
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
prepared = prepare(RunSpec(scenario="colombia_2025", seed=7))
start, used = time.perf_counter(), time.process_time()
ensemble(prepared, {runs}, threads=2)
seconds = time.perf_counter() - start
print(json.dumps([seconds, time.process_time() - used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6]))
"""


def prepared_for(run: int) -> Any:
    return dataclasses.replace(PREPARED, spec=PREPARED.spec.but(run=run))


class Collected(CoercionModel):
    """Our own Mesa engine as one would use it with Mesa's tools: a DataCollector, run by `batch_run`."""

    def __init__(self, run: int) -> None:
        super().__init__(prepared_for(run))
        self.datacollector = mesa.DataCollector(
            model_reporters={name: lambda model, name=name: model.outcome()[name] for name in ("ending", "settled_at")},
            agent_reporters={"support": lambda agent: agent.number("support")},
        )

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def batch(runs: int) -> None:
    mesa.batch_run(Collected, {"run": range(runs)}, number_processes=1, display_progress=False)


def singly(runs: int) -> None:
    for run in range(runs):
        CoercionModel(prepared_for(run)).run()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(works: dict[str, tuple[Callable[[int], object], int]], turns: int) -> dict[str, float]:
    """Best seconds a run of each, taking turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(turns):
        for name, (work, runs) in works.items():
            best[name] = min(best[name], seconds(lambda work=work, runs=runs: work(runs)) / runs)
    return best


def draws_in_a_run() -> int:
    """Calls of `luck` in one run, counted where the phases call it."""
    count = 0
    plain = chance.luck

    def counted(*key: int) -> float:
        nonlocal count
        count += 1
        return plain(*key)

    modules = [
        m for name, m in sys.modules.items() if name.startswith("sim.phases") and getattr(m, "luck", None) is plain
    ]
    for module in modules:
        module.luck = counted
    try:
        singly(1)
    finally:
        for module in modules:
            module.luck = plain
    return count


def seconds_of_draws(count: int) -> float:
    """Seconds for so many draws, compiled, with nothing around them."""
    make_ready()
    luck = chance.luck

    @numba.njit(nogil=True)
    def draw(runs: int, count: int) -> float:
        total = 0.0
        for run in range(runs):
            for step in range(count):
                total += luck(7, run, step, 123456789, 987654321, step % 8)
        return total

    draw(1, count)
    return min(seconds(lambda: draw(200, count)) / 200 for _ in range(5))


def seconds_of_rounds(runs: int) -> Iterator[float]:
    for run in range(runs):
        crisis = CoercionModel(prepared_for(run))
        while crisis.running:
            yield seconds(crisis.step)


def alone(runs: int, cache: str) -> tuple[float, float, float]:
    """Seconds and processor seconds of the first ensemble call, and peak memory (GB), in a process of its own."""
    environment = {**os.environ, "XDG_CACHE_HOME": cache, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", FIRST.format(runs=runs)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    first, used, memory = json.loads(done.stdout)
    return first, used, memory


class Table:
    """Lines of what was measured, each with its bar."""

    def __init__(self) -> None:
        self.failed = 0

    def line(self, what: str, value: str, bar: str = "", holds: bool | None = None) -> None:
        self.failed += holds is False
        verdict = "" if holds is None else "PASS" if holds else "FAIL"
        print(f"{what:<58}{value:>14}  {bar:<14}{verdict}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="fewer turns, and 10,000 runs instead of 100,000")
    quick = parser.parse_args().quick
    many = 10_000 if quick else 100_000
    table = Table()
    governments, rounds = PREPARED.template.shape.governments, PREPARED.template.rounds
    machine = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    print(f"colombia_2025: {governments} governments, {rounds} rounds; {machine}")
    print(
        f"Python {sys.version.split()[0]}, Mesa {mesa.__version__}, numba {numba.__version__}, numpy {np.__version__}\n"
    )
    with tempfile.TemporaryDirectory() as cache:
        first, used, _ = alone(1, cache)
        table.line("first ensemble call, compiling, seconds", f"{first:.1f}", "< 20", first < 20)
        table.line("of it processor time, seconds (less: others were at work)", f"{used:.1f}")
        again, _, _ = alone(1, cache)
        table.line("first ensemble call of the next process, seconds", f"{again:.1f}")
        _, _, memory = alone(many, cache)
        table.line(f"peak memory of {many:,} runs, GB", f"{memory:.2f}", "< 1", memory < 1)
    ensemble(PREPARED, 1)
    best = in_turns(
        {
            "one": (lambda runs: ensemble(PREPARED, runs, threads=1), 4096),
            "two": (lambda runs: ensemble(PREPARED, runs, threads=2), 4096),
            "mesa": (singly, 6),
            "batch": (batch, 6),
        },
        3 if quick else 7,
    )
    table.line("ensemble, one thread, microseconds a run", f"{best['one'] * 1e6:.0f}")
    table.line("ensemble, one thread, runs a second", f"{1 / best['one']:,.0f}")
    table.line("our Mesa engine, runs a second", f"{1 / best['mesa']:.1f}")
    table.line("batch_run of it with a DataCollector, runs a second", f"{1 / best['batch']:.1f}")
    for name, what in (("mesa", "our Mesa engine"), ("batch", "batch_run")):
        ratio = best[name] / best["one"]
        table.line(f"ensemble, one thread, times as fast as {what}", f"{ratio:.0f}", ">= 100", ratio >= 100)
    threads = best["one"] / best["two"]
    table.line("two threads, times as fast as one", f"{threads:.2f}", ">= 1.7", threads >= 1.7)
    count = draws_in_a_run()
    alone_draws = seconds_of_draws(count)
    share = alone_draws / best["one"]
    table.line(f"the {count:,} Philox draws of a run alone, microseconds", f"{alone_draws * 1e6:.0f}", f"({share:.0%})")
    median = statistics.median(seconds_of_rounds(3 if quick else 10)) * 1e3
    table.line(f"one Mesa round of {governments} governments, median ms", f"{median:.2f}", "<= 2", median <= 2)
    return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
