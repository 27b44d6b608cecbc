"""How fast studies are, in one run and side by side: `python benchmarks/sweeps.py [--quick]`.

The shipped Sobol study against the bare ensemble over the same rows, memory of the whole command, the round robin, and
a table against Mesa's `batch_run` and the EMA workbench's evaluator (`pip install ema-workbench`; left out where it is
absent) on the same model, the same runs and as many processes.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sim.engines.ensemble import ensemble, simulate  # noqa: E402
from sim.engines.mesa_model import CoercionModel  # noqa: E402
from sim.run.prepare import prepare  # noqa: E402
from sim.run.spec import RunSpec  # noqa: E402
from sim.studies.design.experiment import Experiment  # noqa: E402
from sim.studies.design.study import study  # noqa: E402
from sim.studies.running.runner import RunOptions, run  # noqa: E402

SOBOL, PROCESSES = "what_would_have_held", 2
PREPARED = prepare(RunSpec(scenario="colombia_2025"))
verdicts: list[bool] = []


def line(what: str, value: str, bar: str = "", holds: bool | None = None) -> None:
    verdicts.extend([] if holds is None else [holds])
    verdict = "" if holds is None else "PASS" if holds else "FAIL"
    print(f"{what:<66}{value:>14}  {bar:<10}{verdict}", flush=True)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class FirstRows:
    """Notes when the first rows were readable."""

    at = 0.0

    def begin(self, rows: int, done: int) -> None:
        """The compiled start."""
        self.started = time.perf_counter()

    def advance(self, rows: int, failed: int) -> None:
        """On disk, whole."""
        self.at = self.at or time.perf_counter() - self.started


def against_the_ensemble(n: int, turns: int) -> None:
    """The study and the bare ensemble take turns over the same rows; of each, the best turn counts."""
    experiment = Experiment.read(SOBOL).but(design={"kind": "sobol", "n": n})
    made = study(experiment)
    ensemble(PREPARED, 256)  # compiled once, for both
    rows = len(made.points)
    vary = {one.path: made.points.values[:, place] for place, one in enumerate(made.dimensions)}
    bare, stored, first = [], [], []
    for _ in range(turns):
        bare.append(seconds(lambda: simulate(PREPARED, made.points.luck, vary)))
        with tempfile.TemporaryDirectory() as folder:
            progress = FirstRows()
            stored.append(seconds(lambda: run(experiment, Path(folder) / "s", options=RunOptions(progress=progress))))  # noqa: B023
            first.append(progress.at)
    line(f"bare ensemble over {rows:,} rows, runs a second", f"{rows / min(bare):,.0f}")
    line("the study, design and storage included, runs a second", f"{rows / min(stored):,.0f}")
    share = min(bare) / min(stored)
    line("the study's rate, of the bare ensemble's", f"{share:.0%}", ">= 70 %", share >= 0.7)
    line("first rows readable, seconds after the compiled start", f"{max(first):.2f}", "< 5", max(first) < 5.0)


def command(*words: str, **more: Any) -> bytes:
    return subprocess.run([sys.executable, *words], check=True, capture_output=True, **more).stdout


def whole_command(name: str) -> None:
    """A shipped experiment from the command line, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "sim.cli.main", "sweep", "run", name, "--out", f"{folder}/study"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        took = seconds(lambda: command(*words, env=environment))
        words = ["-m", "sim.cli.main", "sweep", "status", f"{folder}/study", "--json"]
        said = command(*words, env=environment)
    status = json.loads(said)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    line(f"{name}: {status['done']:,} runs, whole command, seconds", f"{took:,.0f}", "< 120" if "robin" in name else "",
         took < 120 if "robin" in name else None)  # fmt: skip
    line(f"{name}: peak memory so far, GB", f"{peak:.2f}", "< 1.5", peak < 1.5)
    line(f"{name}: {status['bytes'] / 1e6:.1f} MB on disk, sha256", status["sha256"][:12])


class Varied(CoercionModel):
    """The model as Mesa's tools would run it: parameters by name, a DataCollector for the outcome."""

    def __init__(self, run: int, support: float, defiance: float) -> None:
        super().__init__(prepare(spec_of(run, support, defiance)))
        reporters = {name: lambda model, name=name: model.outcome()[name] for name in ("ending", "settled_at")}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def spec_of(run: int, support: float, defiance: float) -> RunSpec:
    from sim.run.changes import Change

    changes = (Change(path="COL.support", op="=", value=support), Change(path="COL.defiance", op="=", value=defiance))
    return RunSpec(scenario="colombia_2025", run=run, changes=changes)


def once(run: float = 0, support: float = 0.3, defiance: float = 0.5) -> dict[str, float]:
    crisis = CoercionModel(prepare(spec_of(int(run), support, defiance)))
    crisis.run()
    return {name: crisis.outcome()[name] for name in ("ending", "settled_at")}


def by_batch_run(runs: int) -> None:
    grid = {"run": range(runs // 4), "support": [0.3, 0.4], "defiance": [0.4, 0.6]}
    mesa.batch_run(Varied, grid, number_processes=PROCESSES, display_progress=False)


def by_ema(runs: int) -> None:
    from ema_workbench import Model, MultiprocessingEvaluator, RealParameter, ScalarOutcome

    model = Model("crisis", function=once)
    model.uncertainties = [RealParameter("support", 0.2, 0.5), RealParameter("defiance", 0.4, 0.9)]
    model.outcomes = [ScalarOutcome("ending"), ScalarOutcome("settled_at")]
    with MultiprocessingEvaluator(model, n_processes=PROCESSES) as evaluator:
        evaluator.perform_experiments(runs)


def by_study(runs: int, **options: Any) -> None:
    vary = {"target.support": {"range": [20.0, 50.0], "unit": "percent"}, "target.defiance": {}}
    plain = Experiment.read(SOBOL).model_dump() | {"vary": vary, "design": {"kind": "random", "n": runs}}
    with tempfile.TemporaryDirectory() as folder:
        run(Experiment.model_validate(plain), Path(folder) / "s", options=RunOptions(**options))


def table(runs: int) -> None:
    """Rates on the same model; each with what it needs to start its workers."""
    from sim.studies.running.executors import Workers

    threads, processes = Workers("threads", PROCESSES), Workers("processes", PROCESSES)
    rows: list[tuple[str, Callable[[int], None], int]] = [
        ("Mesa's batch_run", by_batch_run, runs),
        ("EMA workbench, MultiprocessingEvaluator", by_ema, runs),
        ("our study, Mesa engine, processes", lambda n: by_study(n, engine="mesa", where=processes), runs),
        ("our study, compiled, threads", lambda n: by_study(n, where=threads), 50 * runs),
        ("our study, compiled, processes", lambda n: by_study(n, where=processes), 50 * runs),
    ]
    print(f"\nruns a second on colombia_2025, {PROCESSES} workers, workers' start included")
    for name, work, count in rows:
        try:
            line(f"  {name}, {count:,} runs", f"{count / seconds(lambda: work(count)):,.1f}")  # noqa: B023
        except ImportError:
            line(f"  {name}", "not installed")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a shorter Sobol design, fewer turns")
    quick = parser.parse_args().quick
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; numpy {np.__version__}\n")
    against_the_ensemble(512 if quick else 4096, 3 if quick else 2)
    if not quick:
        whole_command(SOBOL)
    whole_command("rule_round_robin")
    table(100 if quick else 400)
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
