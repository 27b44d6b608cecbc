"""A small study before the large one: how fast it goes, how much it takes, how wide the intervals will be."""

import math
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from sim.studies.design.plan import CHUNK
from sim.studies.design.study import Study
from sim.studies.running.runner import RunOptions, run
from sim.studies.store.results import Results

BASES, RUNS, ROWS = 64, 50, 3000
"""At most so many base samples or points, runs of a point, and rows in all (where the design lets one choose)."""
MEGABYTE = 1e6


@dataclass(frozen=True)
class Pilot:
    """What a pilot found: rows, runs a second, seconds of compiling, bytes a row on disk, bytes of memory at most,
    and a sentence on the expected width of the interval of each metric."""

    rows: int
    rate: float
    compiling: float
    bytes_a_row: float
    memory: float
    widths: tuple[str, ...]


@dataclass
class _Clock:
    """Notes when the first chunk was done: what comes before is mostly the compiler's time."""

    started: float = field(default_factory=time.monotonic)
    first: float = math.nan
    after: int = 0

    def begin(self, rows: int, done: int) -> None:
        """Nothing to note."""

    def advance(self, rows: int, failed: int) -> None:
        """The first chunk ends the compiling."""
        if math.isnan(self.first):
            self.first = time.monotonic()
        else:
            self.after += rows


def pilot(made: Study, folders: tuple[str, ...] = ()) -> Pilot:
    """Run a small study of the same kind in a temporary folder."""
    small = made.experiment.but(**_smaller(made))
    clock = _Clock()
    with tempfile.TemporaryDirectory(prefix="demarche-pilot-") as folder:
        options = RunOptions(progress=clock, keep_going=True, folders=[Path(one) for one in folders])
        results = run(small, Path(folder) / "study", options=options, library=made.library, scenario=made.scenario)
        ended = time.monotonic()
        rate = clock.after / (ended - clock.first) if clock.after else results.plan.rows / (ended - clock.started)
        size = sum(path.stat().st_size for path in results.store.parts()[0].values())
        return Pilot(
            results.plan.rows, rate, clock.first - clock.started if clock.after else 0.0, size / results.plan.rows,
            _memory(made), tuple(_widths(made, results)),
        )  # fmt: skip


def _smaller(made: Study) -> dict[str, object]:
    """Fewer points where the design is a sequence, fewer runs where it is a grid."""
    experiment = made.experiment
    if experiment.design.n is not None:
        n = min(experiment.design.n, BASES)
        return {"design": experiment.design.model_dump() | {"n": n}, "until": None}
    worlds = len(made.points) * len(made.variants)
    runs = min(experiment.runs, max(ROWS // worlds, 2), max(RUNS, CHUNK // worlds))
    return {"runs": runs, "until": None}


def _widths(made: Study, small: Results) -> list[str]:
    """Widths shrink with the square root of the number of runs."""
    shrink = math.sqrt(small.plan.rows / made.plan().rows)
    found = []
    for name in made.experiment.metrics:
        if len(made.variants) > 1:
            widest = max(small.effects(name), key=lambda effect: effect.high - effect.low)
            what, width = f"paired difference, `{widest.variant}`", widest.high - widest.low
        else:
            level = small.levels(name)[0]
            what, width = "mean", level.high - level.low
        unit = small.levels(name)[0].unit
        if not math.isfinite(width):
            found.append(f"{name}: one run of each point tells nothing about chance; expected more `runs`")
            continue
        found.append(f"{name}: 95 % interval of the {what}, about {width * shrink:.2g} wide ({unit})")
    return found


def _memory(made: Study) -> float:
    """What the process has taken at most, and what the design's points take; parts are never all in memory."""
    if sys.platform == "win32":
        return len(made.points) * (len(made.dimensions) + 1) * 8.0
    import resource

    unit = 1.0 if sys.platform == "darwin" else 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit + len(made.points) * len(made.dimensions) * 24.0
