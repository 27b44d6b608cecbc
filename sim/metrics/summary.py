"""An ensemble in numbers: shares of endings, time to settle, clauses won, each with its 95 % interval."""

from typing import Any

import polars as pl

from sim.engines.outcome import ENDINGS, STAGES
from sim.metrics import statistics
from sim.metrics.statistics import Interval

WEEK = 168.0


def summary(frame: pl.DataFrame, crisis: str | None = None) -> dict[str, Any]:
    """What an ensemble's table says about one crisis (the first unless named). Times in hours; failed runs left out."""
    name = crisis or frame["crisis"][0]
    rows = frame.filter((pl.col("crisis") == name) & ~pl.col("failed"))
    settled = rows.filter(pl.col("settled_in_hours").is_not_null())
    week = settled.filter(pl.col("settled_in_hours") <= WEEK)
    n = len(rows)
    return {
        "crisis": name,
        "runs": n,
        "failed": int(frame.filter(pl.col("crisis") == name)["failed"].sum()),
        "outcome": {ending: _share(rows, pl.col("outcome") == ending) for ending in ENDINGS},
        "stage": {stage: _share(rows, pl.col("stage") == stage) for stage in STAGES},
        "settled_in_7_days": _plain(statistics.share(len(week), n)),
        "median_hours": _plain(statistics.median(settled["settled_in_hours"])),
        "first_answer_held": _share(rows, pl.col("first_held")),
        "tariff_in_force": _share(rows, pl.col("tariff_in_force") == 1.0),
        "clause_won": _share(settled, pl.col("won") > 0.0),
        "clauses": {
            column.removeprefix("granted_"): _share(settled, pl.col(column))
            for column in rows.columns
            if column.startswith("granted_") and rows[column].null_count() < max(n, 1)
        },
        "target_support": _plain(statistics.mean(rows["target_support"])),
        "target_lost": _plain(statistics.mean(rows["target_lost"])),
        "sender_lost": _plain(statistics.mean(rows["sender_lost"])),
    }


def _share(rows: pl.DataFrame, condition: pl.Expr) -> dict[str, float]:
    return _plain(statistics.share(len(rows.filter(condition)), len(rows)))


def _plain(interval: Interval) -> dict[str, float]:
    return interval._asdict()
