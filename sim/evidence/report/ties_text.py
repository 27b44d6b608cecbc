"""The evidence as data for `--json` and as a page of text."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.engines.outcome import ENDINGS
from sim.evidence.ties.case_contrast_table import Pattern
from sim.evidence.ties.closed_form import BD, CD, DEAL, STALE
from sim.evidence.ties.scores import Scores
from sim.evidence.ties.validate import Evidence
from sim.metrics.statistics import Interval

STAGES = ("threat", "imposed")
ORDER = (CD, DEAL, BD, STALE)


def record(found: Evidence) -> dict[str, Any]:
    """All of it as JSON: the same words as the issue that asked for it."""
    seen, model, distance = found.threat_cells
    return {
        "table": found.table.name,
        "how": found.how,
        "n": len(found.table),
        "left_out": found.table.left_out,
        **{name: _scores(scores) | {"skill": _interval(found.skill[name])} for name, scores in found.scores.items()},
        "baselines": {
            name: {
                outcome: _scores(scores) | {"gain": _interval(against.gain[outcome])}
                for outcome, scores in against.scores.items()
            }
            for name, against in found.baselines.items()
        },
        "contrasts": _patterns(found.contrasts),
        "nulls": _patterns(found.nulls),
        "targets": _patterns(found.targets),
        "cells": {"total_variation": _number(distance), "seen": _cells(seen), "model": _cells(model)},
        "weights": {name: weights._asdict() for name, weights in found.weights.items()},
        "cases": [
            {"caseid": int(case), "year": int(year)} | _cells(cells)
            for case, year, cells in zip(found.table.inputs.caseid, found.table.inputs.year, found.cells, strict=True)
        ],
    }


def _interval(one: Interval) -> dict[str, float | None]:
    return {name: _number(getattr(one, name)) for name in ("value", "low", "high")}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)


def _scores(scores: Scores) -> dict[str, Any]:
    """Each score by its name, a number; its interval as NAME_interval."""
    out: dict[str, Any] = {}
    for name, one in scores._asdict().items():
        out |= {name: _number(one.value), f"{name}_interval": [_number(one.low), _number(one.high)]}
    return out


def _patterns(rows: list[Pattern]) -> dict[str, Any]:
    listed = [
        {"name": row.name, "model": _number(row.model), "met": bool(row.met), "seen": _interval(row.seen)}
        for row in rows
    ]
    return {"met": sum(bool(row.met) for row in rows), "of": len(rows), "rows": listed}


def _cells(cells: Any) -> dict[str, float | None]:
    return {
        f"{stage}_{ENDINGS[ending]}": _number(cells[place, ending])
        for place, stage in enumerate(STAGES)
        for ending in ORDER
    }


def lines(found: Evidence, cases: bool = True) -> Iterator[str]:
    """The page, line by line."""
    n = len(found.table)
    yield f"{n} cases of {found.table.name}; {found.how}. Intervals of 95 %, bootstrap of dyads."
    if found.table.left_out:
        yield f"{found.table.left_out} cases of the file have no ending that is known and are left out."
    yield "Deal: the target concedes or both negotiate a settlement. Gain: the model's AUC minus the other's, paired."
    for name, ours in found.scores.items():
        yield from ("", name, "-" * len(name))
        yield f"{'':16} {'AUC':>20} {'Brier':>7} {'log-loss':>9} {'slope':>20} {'gain in AUC':>22}"
        yield _score_line("the model", ours, "")
        for rival, against in found.baselines.items():
            yield _score_line(rival, against.scores[name], _plain(against.gain[name], "+"))
        yield f"Brier skill against the base rate: {_plain(found.skill[name])}"
    yield from _pattern_lines("Contrasts", found.contrasts)
    yield from _pattern_lines("Nulls (not counted)", found.nulls)
    seen, model, distance = found.threat_cells
    yield from ("", "Given a threat", "--------------")
    for place, stage in enumerate(STAGES):
        each = "   ".join(f"{ENDINGS[e]} {seen[place, e]:.3f} / {model[place, e]:.3f}" for e in ORDER)
        yield f"{stage:8} {each}"
    yield f"seen / model; total variation {distance:.3f}"
    yield from _pattern_lines("Target rates", found.targets)
    if cases:
        yield from _case_lines(found)


def _score_line(name: str, scores: Scores, gain: str) -> str:
    return (
        f"{name:16} {_plain(scores.auc):>20} {scores.brier.value:7.3f} {scores.log_loss.value:9.3f}"
        f" {_plain(scores.slope):>20} {gain:>22}"
    )


def _plain(one: Interval, sign: str = "") -> str:
    if np.isnan(one.value):
        return "none"
    return f"{one.value:{sign}.3f} [{one.low:{sign}.3f}, {one.high:{sign}.3f}]"


def _pattern_lines(title: str, rows: list[Pattern]) -> Iterator[str]:
    heading = f"{title}: {sum(bool(row.met) for row in rows)} of {len(rows)}"
    yield from ("", heading, "-" * len(heading))
    for row in rows:
        yield f"{'PASS' if row.met else 'FAIL'}  {row.name:38} model {row.model:6.3f}  data {_plain(row.seen)}"


def _case_lines(found: Evidence) -> Iterator[str]:
    yield from ("", "Chances in percent", "------------------")
    names = [f"{stage[:3]}.{ENDINGS[ending]}" for stage in STAGES for ending in ORDER]
    yield f"{'case':>12} {'year':>5} " + " ".join(f"{name:>9}" for name in names)
    inputs = found.table.inputs
    for case, year, cells in zip(inputs.caseid, inputs.year, found.cells, strict=True):
        each = " ".join(f"{100 * cells[place, ending]:9.0f}" for place in range(2) for ending in ORDER)
        yield f"{case:>12} {year:>5} {each}"
