"""What a run costs as the world grows: `python benchmarks/scale.py [--quick]`.

Gravity worlds (`demarche world synthetic`) of 104 rounds of a week, the dearest case: every demand is made in round 0
and none is ever settled (both sides `never` give), so that all sizes play the same phases.

A round goes over dyads and over crises x governments. What it does for one of the second costs many times what it does
for one of the first, and there is a fixed part. So linear is `fixed + a x dyads + b x crises x governments`, none
negative, fitted (least squares of relative errors) to the small worlds alone, of 12 and 24 governments; the ratio is
the time measured over that: 1 is linear, less is better. A tenth is allowed for the clock.

`one weight` needs no fit: times the cost over times the size, dyads + crises x governments, beside 24 governments with
as many crises. Along crises alone one weight cannot hold, because the two terms cost differently: the line below the
table says so. There the bar is that a crisis costs no more among many: the 11th to 20th beside the 2nd to 10th.

One sender makes all demands. Each further sender that publics turn away from costs one more pass over the dyads.
Last comes the peak memory of the ensemble's largest world, in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sim.engines.ensemble import ensemble  # noqa: E402
from sim.run.prepare import Prepared, prepare  # noqa: E402
from sim.run.spec import RunSpec  # noqa: E402
from sim.scenario import Scenario  # noqa: E402
from sim.scenario.from_tables.synthetic import world  # noqa: E402

GOVERNMENTS, CRISES, SMALL = (12, 24, 50, 100, 200), (1, 5, 10, 20), 24
LARGEST, BAR_GB, BAR_RATIO, SECONDS = (200, 20), 2.0, 1.1, 2.0
NOISE = 0.1
"""A difference of two times is noisier than a time."""
ALONE = """
import json, resource, sys, time
sys.path.insert(0, {root!r})
from benchmarks.scale import prepared_world
from sim.engines.ensemble import ensemble
prepared = prepared_world({governments}, {crises}, made=False)
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, time.perf_counter()
frame = ensemble(prepared, {runs}, threads=2)
assert not frame["failed"].any()
print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, before, time.perf_counter() - start]))
"""


def prepared_world(governments: int, crises: int, made: bool) -> Prepared:
    """A gravity world, ready to run; with `made`, every demand is made in round 0 and none is settled."""
    crises = min(crises, governments - 1)
    data = world("scale", governments, 1, crises)
    for crisis in data["crises"].values() if made else ():
        crisis.pop("latent", None)
        crisis["rules"]["answer"] = {"sender": "never", "target": "never"}
    scenario = Scenario.from_data(data)
    return prepare(RunSpec(scenario="scale"), scenario)


def seconds_a_run(prepared: Prepared, turns: int) -> float:
    """Processor time, the best of some turns on one thread: others on the machine weigh less than with a clock."""
    ensemble(prepared, 1, threads=1)
    start = time.process_time()
    ensemble(prepared, 2, threads=1)
    runs = max(2, min(256, int(SECONDS / turns / (time.process_time() - start) * 2)))
    best = float("inf")
    for _ in range(turns):
        start = time.process_time()
        ensemble(prepared, runs, threads=1)
        best = min(best, (time.process_time() - start) / runs)
    return best


def growth(turns: int) -> dict[str, float]:
    """The table; gives the worst ratio by either definition, of the worlds not fitted to, and two figures of growth."""
    rows = []
    for governments in GOVERNMENTS:
        for crises in dict.fromkeys(min(count, governments - 1) for count in CRISES):
            prepared = prepared_world(governments, crises, made=True)
            seconds = seconds_a_run(prepared, turns) / prepared.template.rounds
            rows.append((governments, crises, governments * (governments - 1), crises * governments, seconds * 1e9))
    costs = np.array([row[-1] for row in rows])
    small = np.array([row[0] <= SMALL for row in rows])
    sizes = np.array([[1.0, dyads, watched] for _, _, dyads, watched, _ in rows])
    fixed, a, b = fitted(sizes[small], costs[small])
    print(f"linear: {fixed:,.0f} ns a round, {a:.1f} ns a dyad, {b:.0f} ns a crisis x government\n")
    columns = f"{'governments':>11} {'crises':>7} {'dyads':>8} {'c x g':>7} {'ms a run':>9}"
    print(f"{columns} {'to linear':>10} {'one weight':>11}")
    ratios = costs / (sizes @ [fixed, a, b])
    at = {row[:2]: (row[-1], row[2] + row[3]) for row in rows}
    plain = {pair: _growth(at[pair], at[SMALL, pair[1]]) for pair in at if pair[0] >= SMALL}
    for (governments, crises, dyads, watched, cost), ratio in zip(rows, ratios, strict=True):
        shown = f"{governments:>11} {crises:>7} {dyads:>8,} {watched:>7,} {cost * 104 / 1e6:>9.2f} {ratio:>10.2f}"
        grown = plain.get((governments, crises))
        print(f"{shown} {'-' if grown is None else f'{grown:.2f}':>11}")
    many, one = at[200, 20], at[200, 1]
    print(
        f"\n200 governments, 20 crises beside 1: {many[0] / one[0]:.2f} times the cost, {many[1] / one[1]:.2f} the size"
    )
    return {
        "two": max(ratios[~small]),
        "one": max(ratio for (governments, _), ratio in plain.items() if governments > SMALL),
        "more": (many[0] - at[200, 10][0]) / 10 / ((at[200, 10][0] - one[0]) / 9),
    }


def _growth(world: tuple[float, int], smaller: tuple[float, int]) -> float:
    """Times the cost over times the size."""
    return world[0] / smaller[0] / (world[1] / smaller[1])


def fitted(sizes: np.ndarray, costs: np.ndarray) -> np.ndarray:
    """Nanoseconds for each unit of each size: least squares of relative errors, none negative."""
    return nnls(sizes / costs[:, None], np.ones(len(costs)))[0]


def alone(runs: int) -> tuple[float, float, float]:
    """Peak memory (GB) of the largest world, what of it was there before the runs, and seconds."""
    code = ALONE.format(root=str(ROOT), governments=LARGEST[0], crises=LARGEST[1], runs=runs)
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    peak, before, seconds = json.loads(done.stdout)
    return peak, before, seconds


def verdict(what: str, value: float, bar: float) -> bool:
    print(f"{what:<66}{value:>10.2f}  <= {bar:<5g}{'PASS' if value <= bar else 'FAIL'}", flush=True)
    return value <= bar


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--quick", action="store_true", help="fewer turns, and 100 runs instead of 1,000 for the memory"
    )
    quick = parser.parse_args().quick
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; 104 rounds of a week, one thread\n")
    found = growth(2 if quick else 5)
    print()
    runs = 100 if quick else 1_000
    peak, before, seconds = alone(runs)
    largest = f"{LARGEST[0]} governments, {LARGEST[1]} demands"
    print(f"{largest}: {runs:,} runs in {seconds:.1f} s; {before:.2f} GB before them")
    bars = [
        ("worst ratio to linear", found["two"], BAR_RATIO),
        ("worst growth with one weight, beside 24 governments", found["one"], BAR_RATIO),
        ("cost of a crisis, the 11th to 20th beside the 2nd to 10th", found["more"], BAR_RATIO + NOISE),
        (f"peak memory of {runs:,} runs, GB", peak, BAR_GB),
    ]
    held = [verdict(*bar) for bar in bars]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
