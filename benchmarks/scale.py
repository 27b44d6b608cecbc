"""What a run costs as the world grows: `python benchmarks/scale.py [--quick]`.

Gravity worlds (`demarche world synthetic`) of 104 rounds of a week, the dearest case: every demand is made in round 0
and none is ever settled (both sides `never` give), so that all sizes play the same phases.

A round goes over dyads and over crises x governments, and what it does for one of the second costs many times what
it does for one of the first: with one weight for both, growing crises alone looks worse than linear. So linear is
`a x dyads + b x crises x governments`, with a and b fitted, none negative, to the small worlds alone (12 and 24
governments); the ratio is the time measured over that. 1 is linear, less is better. `plain` is with one weight:
nanoseconds a round for each unit of dyads + crises x governments. Fixed costs weigh most in small worlds and make the
fit generous; so two figures follow that they do not touch: what twice the governments cost, and what ten more crises
cost beside the first ten. Then the peak memory of the ensemble's largest world, in a process of its own.
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

from sim.ensemble import ensemble  # noqa: E402
from sim.prepare import Prepared, prepare  # noqa: E402
from sim.scenario import Scenario  # noqa: E402
from sim.spec import RunSpec  # noqa: E402
from sim.worlds.synthetic import world  # noqa: E402

GOVERNMENTS, CRISES, SMALL = (12, 24, 50, 100, 200), (1, 5, 10, 20), 24
LARGEST, BAR_GB, BAR_RATIO, SECONDS = (200, 20), 2.0, 1.25, 1.0
ALONE = """
import json, resource, sys, time
sys.path.insert(0, {root!r})
from benchmarks.scale import prepared_world
from sim.ensemble import ensemble
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
    """Best of some turns on one thread, each long enough for the clock."""
    ensemble(prepared, 1, threads=1)
    start = time.perf_counter()
    ensemble(prepared, 2, threads=1)
    runs = max(2, min(256, int(SECONDS / turns / (time.perf_counter() - start) * 2)))
    best = float("inf")
    for _ in range(turns):
        start = time.perf_counter()
        ensemble(prepared, runs, threads=1)
        best = min(best, (time.perf_counter() - start) / runs)
    return best


def growth(turns: int) -> tuple[float, float, float]:
    """The table; gives the worst ratio to linear of the worlds it was not fitted to, and the two figures of growth."""
    rows = []
    for governments in GOVERNMENTS:
        for crises in dict.fromkeys(min(count, governments - 1) for count in CRISES):
            prepared = prepared_world(governments, crises, made=True)
            seconds = seconds_a_run(prepared, turns) / prepared.world.rounds
            rows.append((governments, crises, governments * (governments - 1), crises * governments, seconds * 1e9))
    a, b = fitted([row for row in rows if row[0] <= SMALL])
    print(f"linear: {a:.1f} ns a dyad and round, {b:.0f} ns a crisis x government and round\n")
    columns = f"{'governments':>11} {'crises':>7} {'dyads':>8} {'c x g':>7} {'ms a run':>9} {'ratio to linear':>16}"
    print(f"{columns} {'plain':>8}")
    worst = 0.0
    for governments, crises, dyads, watched, cost in rows:
        ratio = cost / (a * dyads + b * watched)
        worst = max(worst, ratio if governments > SMALL else 0.0)
        shown = f"{governments:>11} {crises:>7} {dyads:>8,} {watched:>7,} {cost * 104 / 1e6:>9.2f} {ratio:>16.2f}"
        print(f"{shown} {cost / (dyads + watched):>8.1f}")
    at = {(governments, crises): cost for governments, crises, _, _, cost in rows}
    more = (at[200, 20] - at[200, 10]) / 10 / ((at[200, 10] - at[200, 1]) / 9)
    return worst, at[200, 20] / at[100, 20], more


def fitted(rows: list[tuple[int, int, int, int, float]]) -> tuple[float, float]:
    """Nanoseconds for a dyad and for a crisis x government: least squares of relative errors, none negative."""
    shares = np.array([[dyads / cost, watched / cost] for _, _, dyads, watched, cost in rows])
    a, b = nnls(shares, np.ones(len(rows)))[0]
    return float(a), float(b)


def alone(runs: int) -> tuple[float, float, float]:
    """Peak memory (GB) of the largest world, what of it was there before the runs, and seconds."""
    code = ALONE.format(root=str(ROOT), governments=LARGEST[0], crises=LARGEST[1], runs=runs)
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    peak, before, seconds = json.loads(done.stdout)
    return peak, before, seconds


def verdict(what: str, value: str, bar: str, holds: bool) -> bool:
    print(f"{what:<66}{value:>10}  {bar:<8}{'PASS' if holds else 'FAIL'}", flush=True)
    return holds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--quick", action="store_true", help="fewer turns, and 100 runs instead of 1,000 for the memory"
    )
    quick = parser.parse_args().quick
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; 104 rounds of a week, one thread\n")
    worst, twice, more = growth(2 if quick else 5)
    print()
    runs = 100 if quick else 1_000
    peak, before, seconds = alone(runs)
    print(
        f"{LARGEST[0]} governments, {LARGEST[1]} demands: {runs:,} runs in {seconds:.1f} s; {before:.2f} GB before them"
    )
    fine = [
        verdict("worst ratio to linear", f"{worst:.2f}", f"<= {BAR_RATIO:g}", worst <= BAR_RATIO),
        verdict(
            "200 governments beside 100, 20 crises: times the cost (dyads: 4)", f"{twice:.2f}", "<= 4", twice <= 4.0
        ),
        verdict(
            "cost of a crisis, the 11th to 20th beside the 2nd to 10th",
            f"{more:.2f}",
            f"<= {BAR_RATIO:g}",
            more <= BAR_RATIO,
        ),
        verdict(f"peak memory of {runs:,} runs, GB", f"{peak:.2f}", f"<= {BAR_GB:g}", peak <= BAR_GB),
    ]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
