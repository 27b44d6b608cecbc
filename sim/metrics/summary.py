"""An ensemble in numbers: shares of endings, time to settle, clauses won, each with its 95 % interval."""

from typing import Any

import polars as pl

from sim.engines.outcome import ENDINGS, STAGES
from sim.metrics import statistics
from sim.metrics.metric import shown_in
from sim.metrics.statistics import Interval


def summary(frame: pl.DataFrame, crisis: str | None = None) -> dict[str, Any]:
    """What an ensemble's table says about one crisis (the first unless named); failed runs are left out.

    Shares are from 0 to 1, times in hours, losses in shares of a year's GDP.
    """
    name = crisis or frame["crisis"][0]
    rows = frame.filter((pl.col("crisis") == name) & ~pl.col("failed"))
    settled = rows.filter(pl.col("settled_in_hours").is_not_null())
    return {
        "crisis": name,
        "runs": len(rows),
        "failed": int(frame.filter(pl.col("crisis") == name)["failed"].sum()),
        "outcome": {ending: _share(rows, pl.col("outcome") == ending) for ending in ENDINGS},
        "stage": {stage: _share(rows, pl.col("stage") == stage) for stage in STAGES},
        **{metric.name: _plain(metric.level(rows, scaled=False)) for metric in shown_in("summary")},
        "clauses": {
            column.removeprefix("granted_"): _share(settled, pl.col(column))
            for column in rows.columns
            if column.startswith("granted_") and rows[column].null_count() < max(len(rows), 1)
        },
    }


def _share(rows: pl.DataFrame, condition: pl.Expr) -> dict[str, float]:
    return _plain(statistics.share(len(rows.filter(condition)), len(rows)))


def _plain(interval: Interval) -> dict[str, float]:
    return interval._asdict()
