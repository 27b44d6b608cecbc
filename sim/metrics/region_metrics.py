"""What is measured of a region: one number a run, over all of its crises."""

from collections.abc import Callable

import numpy as np
import polars as pl

from sim.metrics.metric import POINT, Measure, Values


def _across(table: pl.DataFrame, column: str) -> Values:
    """A column of every crisis, (runs, crises), the first crisis first."""
    found = [name for name in table.columns if name == column or name.endswith(f".{column}")]
    return table.select(found).to_numpy().astype(np.float64)


def _sum(column: str, less: float = 0.0) -> Callable[[pl.DataFrame], Values]:
    return lambda table: np.asarray(_across(table, column).sum(axis=1) - less)


def _made(column: str, factor: float = 1.0) -> Callable[[pl.DataFrame], Values]:
    """The mean over the demands that were made; the first always is."""

    def values(table: pl.DataFrame) -> Values:
        made = _across(table, "made")
        return np.asarray((_across(table, column) * made).sum(axis=1) / np.maximum(made.sum(axis=1), 1.0) * factor)

    return values


def _first(column: str, factor: float = POINT) -> Callable[[pl.DataFrame], Values]:
    return lambda table: table[column].to_numpy() * factor


def _gave(table: pl.DataFrame) -> Values:
    """1 where a demand was made and the sender got half of its worth or more, (runs, crises)."""
    return np.asarray((_across(table, "position") >= 0.5) * _across(table, "made"))


def _share_conceded(table: pl.DataFrame) -> Values:
    return np.asarray(_gave(table).sum(axis=1) / np.maximum(_across(table, "made").sum(axis=1), 1.0) * POINT)


def _next_share(table: pl.DataFrame) -> Values:
    return np.asarray(
        _gave(table)[:, 1:].sum(axis=1) / np.maximum(_across(table, "made").sum(axis=1) - 1.0, 1.0) * POINT
    )


def _held(table: pl.DataFrame) -> Values:
    stood = (_across(table, "joint") == 1.0) & (_across(table, "collapsed") == 0.0)
    return np.asarray((stood & (_across(table, "position") < 0.5)).sum(axis=1), dtype=np.float64)


PERCENT, START, COUNT = "percent", "percent of those at the start", "a run"
REGION: tuple[Measure, ...] = (
    Measure("demands_made", COUNT, "demands made after the first", _sum("made", 1.0)),
    Measure("next_conceded", COUNT, "of those, how many got half or more", lambda t: _gave(t)[:, 1:].sum(axis=1)),
    Measure("next_share", PERCENT, "of the demands after the first, those that got half or more", _next_share),
    Measure("share_conceded", PERCENT, "demands that got half or more, of those made", _share_conceded),
    Measure("target_defiance", PERCENT, "public of the first target that wants defiance", _first("target_mood")),
    Measure("watcher_defiance", PERCENT, "public of those who watch that wants defiance", _first("watcher_mood")),
    Measure("sentiment_abroad", PERCENT, "sentiment towards the sender, -100 to 100", _first("watcher_sentiment")),
    Measure("exports_to_sender", START, "exports to the sender of all who watch", _first("watcher_trade")),
    Measure("exports_to_rivals", START, "exports of all others to rivals of the sender", _first("rival_trade")),
    Measure("first_target_exports", START, "exports of the first target to the sender", _first("target_trade")),
    Measure(
        "least_exports",
        START,
        "exports to the sender of the target that lost most",
        lambda t: np.asarray(_across(t, "target_trade").min(axis=1) * POINT),
    ),
    Measure("votes_abroad", PERCENT, "alignment with the sender in votes, -100 to 100", _first("watcher_alignment")),
    Measure(
        "sender_currency",
        PERCENT,
        "the targets' trade settled in the sender's currency",
        lambda t: np.asarray(_across(t, "target_invoiced").mean(axis=1) * POINT),
    ),
    Measure("joined_rivals", COUNT, "governments that joined a rival's institutions", _first("joined", 1.0)),
    Measure("losses_covered", PERCENT, "the targets' losses that others made good", _made("covered", POINT)),
    Measure("most_standing", COUNT, "most governments at once that stood with a target", _made("most_standing")),
    Measure("joint_stands", COUNT, "joint stands that reached their quorum", _sum("joint")),
    Measure("stands_held", COUNT, "joint stands that lasted, and the target did not give half", _held),
    Measure("stands_fell", COUNT, "joint stands that fell apart", _sum("collapsed")),
)
