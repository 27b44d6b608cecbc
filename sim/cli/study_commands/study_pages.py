"""What the terminal says about a study: its plan, and what it holds."""

import shutil
from typing import TYPE_CHECKING, Any

import polars as pl

from agents.errors import shown

if TYPE_CHECKING:
    from sim.studies.design.study import Study
    from sim.studies.running.pilot import Pilot
    from sim.studies.store.results import Results

MB = 1e6


def plan_page(made: "Study", pilot: "Pilot") -> str:
    """The plan of a study in lines."""
    experiment, plan = made.experiment, made.plan()
    free = shutil.disk_usage(".").free
    lines = [
        experiment.title.en,
        "",
        f"{design_line(made)}",
        f"{plan.rows:,} runs in {sum(1 for _ in plan.chunks()):,} parts",
        *[_ends(one) for one in made.dimensions],
        "",
        f"A pilot of {pilot.rows:,} runs, {pilot.rate:,.0f} runs a second after {pilot.compiling:.0f} s of compiling:",
        f"  time    {_clock(pilot.compiling + plan.rows / pilot.rate)}",
        f"  disk    {plan.rows * pilot.bytes_a_row / MB:,.1f} MB ({free / MB:,.0f} MB free)",
        f"  memory  {pilot.memory / MB:,.0f} MB at most",
        *[f"  {width}" for width in pilot.widths],
        "",
        f"Run it: demarche sweep run {shown(experiment.path) if experiment.path else experiment.name}",
    ]
    return "\n".join(lines)


def design_line(made: "Study") -> str:
    """The design in a line."""
    said, experiment = made.experiment.design, made.experiment
    size = {"grid": "grid", "sobol": f"Sobol design, N = {said.n}", "morris": f"Morris design, {said.n} trajectories"}
    what = size.get(said.kind, f"{said.kind.replace('_', ' ')} design")
    parts = [what]
    if made.dimensions:
        parts.append(f"{len(made.dimensions)} numbers varied, {len(made.points):,} points")
    if len(made.variants) > 1:
        parts.append(f"{len(made.variants)} worlds compared")
    runs = f"{experiment.runs:,} run{'s' if experiment.runs > 1 else ''}"
    return ", ".join([*parts, f"{runs} of each, seed {experiment.seed}"])


def _ends(one: Any) -> str:
    if one.values:
        span = ", ".join(f"{value / one.factor:g}" for value in one.values)
    else:
        span = f"{one.low / one.factor:g} to {one.high / one.factor:g}"
    origin = {"assumption": " (as its assumption declares)", "bounds": " (the bounds of its unit)"}.get(one.origin, "")
    return f"  {one.path}: {span} {one.word}{origin}"


def _clock(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def status_record(results: "Results") -> dict[str, Any]:
    """What a study holds, as data."""
    from sim.studies.running.stopping import stopped_early

    made, plan = results.made, results.plan
    whole, damaged = results.store.parts()
    done = results.done
    frame = results.frame if done else None
    failed = frame.filter(pl.col("error").is_not_null()) if frame is not None else None
    return {
        "name": made.experiment.name,
        "id": made.id,
        "scenario": made.experiment.scenario,
        **made.hashes,
        "rows": plan.rows,
        "done": done,
        "stopped_early": bool(done) and stopped_early(results),
        "failed": 0 if failed is None else len(failed),
        "first_failed": None if failed is None or failed.is_empty() else failed.select("row", "error").row(0),
        "damaged_parts": len(damaged),
        "bytes": sum(path.stat().st_size for path in whole.values()),
        "sha256": results.hash if done else None,
    }


def status_page(results: "Results") -> str:
    """What a study holds, in lines."""
    found = status_record(results)
    where = results.store.where
    left = found["rows"] - found["done"]
    state = "complete" if not left else f"{left:,} left"
    if found["stopped_early"]:
        state = "stopped early: the intervals are narrow enough"
    lines = [
        f"{where}: {found['done']:,} of {found['rows']:,} runs done, {state}; {found['failed']:,} failed",
        f"  {design_line(results.made)}",
        f"  scenario {found['scenario']} ({found['scenario_hash']}), weights {found['weights_hash']},"
        f" model {found['model']}",
        f"  {found['bytes'] / MB:,.1f} MB on disk, study {found['id']}",
        f"  sha256 {found['sha256'] or '(nothing yet)'}",
    ]
    if found["first_failed"]:
        row, error = found["first_failed"]
        lines.append(
            f"  first failed row {row}: {error} Play it: demarche replay {where} {row}{results.made.with_rules}"
        )
    if found["damaged_parts"]:
        lines.append(
            f"  {found['damaged_parts']} damaged parts are left out; `demarche sweep run {where}` computes them again"
        )
    return "\n".join(lines)
