"""Episodes held against what happened, as data for `--json` and as a page of text."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.evidence.episodes.hindcast import CODINGS, Held, Judged
from sim.evidence.expectations.case_contrasts import Compared
from sim.metrics.statistics import Interval

WORDS = {
    "without_salience": "without salience",
    "with_salience": "with salience",
    "without_hindsight": "without salience or cost of complying",
}


def record(found: Held) -> dict[str, Any]:
    """All of it as JSON. `auc`, `brier`: of giving way (conceded or partial), without the salience."""
    scores = {way: _scores(*found.scores[way]) for way in CODINGS}
    return {
        "file": found.name,
        "weights": found.weights,
        "n": len(found.cases),
        **scores["without_salience"],
        "with_salience": scores["with_salience"],
        "without_hindsight": scores["without_hindsight"],
        "base_rate_brier": round(found.base, 6),
        "rivals": {name: {"auc": _numbers(auc), "gain": _numbers(gain)} for name, (auc, gain) in found.rivals.items()},
        "later": {"after": found.learnt} | _numbers(found.later),
        "cases": [_case(one) for one in found.cases],
        "misses": [one.episode.id for one in found.misses],
    }


def lines(found: Held) -> Iterator[str]:
    """The page, line by line."""
    yield f"{len(found.cases)} episodes of {found.name}; weights {found.weights}. Chances in percent of giving way,"
    yield "conceding all or a half, within five years; whole, half and months (median, where it gives way) without"
    yield "salience."
    yield ""
    yield f"{'case':16} {'happened':10} {'chance':>6} {'salience':>8} {'whole':>6} {'half':>5} {'months':>7} it took"
    for one in found.cases:
        yield _line(one)
    yield ""
    for way in CODINGS:
        auc, brier = found.scores[way]
        yield f"AUC {_plain(auc)}   Brier {_plain(brier)}   {WORDS[way]}"
    yield f"Brier of the base rate {found.base:.3f}. Intervals of 95 %, bootstrap of dyads."
    for name, (auc, gain) in found.rivals.items():
        yield f"AUC {_plain(auc)}   {name}; the model's minus it {_plain(gain)}"
    yield f"AUC {_plain(found.later)}   the {found.later.n} that began after {found.learnt}, without salience"
    yield "Salience and the cost of complying were coded by people who knew how it ended."
    yield from ("", "The five worst misses", "---------------------")
    for one in found.misses:
        yield sentence(one)


def row_record(rows: list[Compared]) -> dict[str, Any]:
    """Rows that must tell scenarios apart, as JSON."""
    listed = [{"name": row.name, "target": row.target, "met": row.met} | _numbers(row.measured) for row in rows]
    return {"met": sum(row.met for row in rows), "of": len(rows), "rows": listed}


def row_lines(rows: list[Compared], runs: int) -> Iterator[str]:
    """The same as lines of the page."""
    yield from ("", "Scenarios told apart by their facts alone", "-----------------------------------------")
    for name, target, measured, met in rows:
        interval = f"[{measured.low:.2f}, {measured.high:.2f}]"
        yield f"{'PASS' if met else 'FAIL'}  {name:28} {target:36} {measured.value:7.2f}  {interval}"
    yield f"{sum(row.met for row in rows)} of {len(rows)} rows pass ({runs} runs of each scenario; docs/cases.md)."


def _numbers(one: Interval) -> dict[str, float | None]:
    return {name: None if np.isnan(value) else float(value) for name, value in one._asdict().items()}


def sentence(one: Judged) -> str:
    """What the model said of a case, what happened, and the terms that misled it."""
    chance = one.probability["without_salience"]
    why = ", ".join(f"{name} {value:+.2f}" for name, value in one.reasons) or "no term stands out"
    did = {"conceded": "it conceded", "partial": "it conceded in part", "resisted": "it held out"}[one.episode.outcome]
    return (
        f"{one.episode.title}: the model gave way with {100 * chance:.0f} %, {did}. Against the mean case, in log"
        f" ratios: {why}."
    )


def _line(one: Judged) -> str:
    took = one.episode.days_to_concession
    happened = f"{took / 30.44:7.1f}" if took is not None else f"{'-':>7}"
    months = f"{one.months:7.0f}" if not np.isnan(one.months) else f"{'-':>7}"
    plain, salience = (100 * one.probability[way] for way in CODINGS[:2])
    return (
        f"{one.episode.id:16} {one.episode.outcome:10} {plain:6.0f} {salience:8.0f} {100 * one.whole:6.0f}"
        f" {100 * one.half:5.0f} {months} {happened}"
    )


def _case(one: Judged) -> dict[str, Any]:
    return {
        "id": one.episode.id,
        "title": one.episode.title,
        "outcome": one.episode.outcome,
        "gave_way": one.gave_way,
        "probability": round(one.probability["without_salience"], 4),
        "with_salience": round(one.probability["with_salience"], 4),
        "without_hindsight": round(one.probability["without_hindsight"], 4),
        "whole": round(one.whole, 4),
        "half": round(one.half, 4),
        "months": None if np.isnan(one.months) else round(one.months, 2),
        "days_it_took": one.episode.days_to_concession,
        "terms": one.episode.terms,
        "reasons": {name: round(value, 4) for name, value in one.reasons},
    }


def _scores(auc: Interval, brier: Interval) -> dict[str, Any]:
    pairs = {"auc": auc, "brier": brier}
    numbers = {name: round(one.value, 6) for name, one in pairs.items()}
    return numbers | {f"{name}_interval": [round(one.low, 6), round(one.high, 6)] for name, one in pairs.items()}


def _plain(one: Interval) -> str:
    return f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"
