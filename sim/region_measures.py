"""What patterns of a region measure: one number a run, over all of its crises."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

Values = np.ndarray[Any, np.dtype[np.float64]]
PERCENT = 100.0


def _per_run(value: pl.Expr) -> Callable[[pl.DataFrame], Values]:
    """A number a run from its crises, in the order of the runs."""
    return lambda table: table.group_by("run").agg(value.alias("value")).sort("run")["value"].to_numpy()


_first = pl.col("crisis") == pl.col("crisis").first()
_later = ~_first & (pl.col("made") == 1.0)

REGION: dict[str, Callable[[pl.DataFrame], Values]] = {
    "demands": _per_run(pl.col("made").sum() - 1.0),
    "next_conceded": _per_run(((pl.col("position") >= 0.5) & _later).sum().cast(pl.Float64)),
    "first_conceded": _per_run(pl.col("position").first() * PERCENT),
    "target_mood": _per_run(pl.col("target_mood").first() * PERCENT),
    "watcher_mood": _per_run(pl.col("watcher_mood").first() * PERCENT),
    "sentiment": _per_run(pl.col("watcher_sentiment").first() * PERCENT),
    "trade": _per_run(pl.col("watcher_trade").first() * PERCENT),
    "rival_trade": _per_run(pl.col("rival_trade").first() * PERCENT),
    "first_trade": _per_run(pl.col("target_trade").first() * PERCENT),
    "lowest_trade": _per_run(pl.col("target_trade").min() * PERCENT),
    "votes": _per_run(pl.col("watcher_alignment").first() * PERCENT),
    "money": _per_run(pl.col("target_invoiced").mean() * PERCENT),
    "joined": _per_run(pl.col("joined").first()),
    "covered": _per_run(pl.col("covered").filter(pl.col("made") == 1.0).mean() * PERCENT),
    "joint_stands": _per_run(pl.col("joint").sum()),
    "stands_held": _per_run((pl.col("joint") - pl.col("collapsed")).sum()),
    "stands_fell": _per_run(pl.col("collapsed").sum()),
    "conceded": _per_run((pl.col("position") >= 0.5).filter(pl.col("made") == 1.0).mean() * PERCENT),
    "standing": _per_run(pl.col("most_standing").filter(pl.col("made") == 1.0).mean()),
}
"""Counts of demands, crises and governments; shares and levels in percent. `demands` are those after the first."""
