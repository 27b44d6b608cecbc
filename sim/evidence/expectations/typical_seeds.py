"""The seed a scenario is shown with: its first run has the most common ending, at an hour usual for that ending."""

import json
from typing import Any

import numpy as np

from agents.errors import RunError
from sim.engines.endings import FILE, Ending, Endings, count_endings, ending_of
from sim.engines.ensemble import simulate
from sim.engines.outcome import OUT
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec

RUNS, REGION_RUNS = 1000, 200
"""Runs that are counted for the file: a share is then within three points, in a region within seven."""
MOST_SEEDS = 1000


def found_for(scenario: str, runs: int | None = None) -> dict[str, Any]:
    """What goes on file for a scenario: how often it ends in which way, a typical seed and why that one.

    Raises:
        RunError: When none of many seeds is typical.
    """
    prepared = prepare(RunSpec(scenario=scenario))
    region = bool(prepared.template.scenario.agenda)
    counted = count_endings(prepared, runs or (REGION_RUNS if region else RUNS))
    seed, why = typical_seed(prepared, counted)
    spec = prepared.spec
    return {
        "model": spec.model,
        "scenario_hash": spec.scenario_hash,
        "weights_hash": spec.weights_hash,
        "runs": counted.runs,
        "as_recorded": counted.as_recorded,
        "seed": seed,
        "why": why,
        "endings": [[ending.outcome, list(ending.given), count] for ending, count in counted.counts],
    }


def typical_seed(prepared: Prepared, counted: Endings) -> tuple[int, str]:
    """The first seed whose run 0 has the most common ending, in the middle half of the hours of that ending."""
    usual, count = counted.counts[0]
    low, high = _usual_hours(prepared, counted.runs, usual)
    for seed in range(1, MOST_SEEDS + 1):
        out = _first_run(prepared.spec.but(seed=seed))
        hours = out["settled_at"] * 24.0
        if ending_of(prepared, out) == usual and (not out["settled"] or low <= hours <= high):
            share = 100.0 * count / counted.runs
            when = f", after {hours:.0f} hours (half of them: {low:.0f} to {high:.0f})" if out["settled"] else ""
            return seed, f"It has the most common ending, {share:.0f} of 100{when}; the first seed that does."
    raise RunError(f"{prepared.spec.scenario}: none of the first {MOST_SEEDS} seeds has the most common ending.")


def _usual_hours(prepared: Prepared, runs: int, usual: Ending) -> tuple[float, float]:
    """The middle half of the hours at which runs with an ending settle, rounded outwards."""
    out = simulate(prepared, np.arange(runs, dtype=np.int64)).out[:, 0]
    rows = [dict(zip(OUT._fields, map(float, row), strict=True)) for row in out]
    hours = [row["settled_at"] * 24.0 for row in rows if row["settled"] and ending_of(prepared, row) == usual]
    return tuple(np.quantile(hours, (0.25, 0.75))) if hours else (0.0, 0.0)


def _first_run(spec: RunSpec) -> dict[str, float]:
    out = simulate(prepare(spec), np.zeros(1, dtype=np.int64)).out[0, 0]
    return dict(zip(OUT._fields, map(float, out), strict=True))


def write_file(found: dict[str, dict[str, Any]]) -> None:
    """Put what was found for some scenarios on file, beside what is there for the others."""
    stored = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    lines = [f"{json.dumps(name)}: {json.dumps(one)}" for name, one in sorted((stored | found).items())]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
