"""Metrics of a region: one number a run, over all of its crises."""

from typing import Any

import numpy as np
import polars as pl

from sim.metrics.metric import POINT, Values, metric

PERCENT, START, COUNT = "percent", "percent of those at the start", "a run"
HALF = 0.5
"""A demand has succeeded where the sender got this share of its worth or more."""


def _across(table: pl.DataFrame, column: str) -> Values:
    """A column of every crisis, (runs, crises), the first crisis first."""
    found = [name for name in table.columns if name == column or name.endswith(f".{column}")]
    return table.select(found).to_numpy().astype(np.float64)


def _sum(table: pl.DataFrame, column: str) -> Values:
    return np.asarray(_across(table, column).sum(axis=1))


def _over_made(table: pl.DataFrame, column: str) -> Values:
    """The mean over the demands that were made; the first always is."""
    made = _across(table, "made")
    return np.asarray((_across(table, column) * made).sum(axis=1) / np.maximum(made.sum(axis=1), 1.0))


def _gave(table: pl.DataFrame) -> Values:
    """1 where a demand was made and the sender got half of its worth or more, (runs, crises)."""
    return np.asarray((_across(table, "position") >= HALF) * _across(table, "made"))


@metric(COUNT, en="demands made after the first", es="exigencias tras la primera", shown=("comparison",), region=True)
def demands_made(table: pl.DataFrame) -> Any:
    return _sum(table, "made") - 1.0


@metric(
    PERCENT,
    en="demands that got half or more",
    es="exigencias que lograron la mitad o más",
    factor=POINT,
    shown=("comparison",),
    region=True,
)
def share_conceded(table: pl.DataFrame) -> Any:
    return _gave(table).sum(axis=1) / np.maximum(_across(table, "made").sum(axis=1), 1.0)


@metric(COUNT, en="joint stands", es="posiciones conjuntas", shown=("comparison",), region=True)
def joint_stands(table: pl.DataFrame) -> Any:
    return _sum(table, "joint")


@metric(
    COUNT, en="most governments standing", es="máximo de gobiernos que acompañan", shown=("comparison",), region=True
)
def most_standing(table: pl.DataFrame) -> Any:
    return _over_made(table, "most_standing")


@metric(
    PERCENT,
    en="losses made good by others",
    es="pérdidas que otros cubrieron",
    factor=POINT,
    shown=("comparison",),
    region=True,
)
def losses_covered(table: pl.DataFrame) -> Any:
    return _over_made(table, "covered")


@metric(
    PERCENT,
    en="defiance among those who watch",
    es="desafío entre quienes observan",
    factor=POINT,
    shown=("comparison",),
    region=True,
)
def watcher_defiance(table: pl.DataFrame) -> Any:
    return table["watcher_mood"].to_numpy()


@metric(
    PERCENT,
    en="sentiment towards the sender",
    es="sentimiento hacia el emisor",
    factor=POINT,
    shown=("comparison",),
    region=True,
)
def sentiment_abroad(table: pl.DataFrame) -> Any:
    return table["watcher_sentiment"].to_numpy()


@metric(
    START, en="exports to the sender", es="exportaciones al emisor", factor=POINT, shown=("comparison",), region=True
)
def exports_to_sender(table: pl.DataFrame) -> Any:
    return table["watcher_trade"].to_numpy()


@metric(
    PERCENT,
    en="trade in the sender's currency",
    es="comercio en la moneda del emisor",
    factor=POINT,
    shown=("comparison",),
    region=True,
)
def sender_currency(table: pl.DataFrame) -> Any:
    return _across(table, "target_invoiced").mean(axis=1)


@metric(
    COUNT,
    en="next targets that gave half or more",
    es="siguientes destinatarios que dieron la mitad o más",
    region=True,
)
def next_conceded(table: pl.DataFrame) -> Any:
    return _gave(table)[:, 1:].sum(axis=1)


@metric(
    PERCENT,
    en="next targets that gave half, share",
    es="siguientes que dieron la mitad, proporción",
    factor=POINT,
    region=True,
)
def next_share(table: pl.DataFrame) -> Any:
    return _gave(table)[:, 1:].sum(axis=1) / np.maximum(_across(table, "made").sum(axis=1) - 1.0, 1.0)


@metric(PERCENT, en="defiance in the first target", es="desafío en el primer destinatario", factor=POINT, region=True)
def target_defiance(table: pl.DataFrame) -> Any:
    return table["target_mood"].to_numpy()


@metric(START, en="exports to its rivals", es="exportaciones a sus rivales", factor=POINT, region=True)
def exports_to_rivals(table: pl.DataFrame) -> Any:
    return table["rival_trade"].to_numpy()


@metric(
    START,
    en="the first target's exports to the sender",
    es="exportaciones del primer destinatario al emisor",
    factor=POINT,
    region=True,
)
def first_target_exports(table: pl.DataFrame) -> Any:
    return table["target_trade"].to_numpy()


@metric(
    START,
    en="exports of the target that lost most",
    es="exportaciones del destinatario que más perdió",
    factor=POINT,
    region=True,
)
def least_exports(table: pl.DataFrame) -> Any:
    return _across(table, "target_trade").min(axis=1)


@metric(PERCENT, en="alignment in votes", es="alineamiento en votaciones", factor=POINT, region=True)
def votes_abroad(table: pl.DataFrame) -> Any:
    return table["watcher_alignment"].to_numpy()


@metric(COUNT, en="governments that joined a rival", es="gobiernos que se unieron a un rival", region=True)
def joined_rivals(table: pl.DataFrame) -> Any:
    return table["joined"].to_numpy()


@metric(COUNT, en="joint stands that held", es="posiciones conjuntas que aguantaron", region=True)
def stands_held(table: pl.DataFrame) -> Any:
    """Joint stands that lasted, where the target did not give half."""
    stood = (_across(table, "joint") == 1.0) & (_across(table, "collapsed") == 0.0)
    return (stood & (_across(table, "position") < HALF)).sum(axis=1)


@metric(COUNT, en="joint stands that fell apart", es="posiciones conjuntas que se deshicieron", region=True)
def stands_fell(table: pl.DataFrame) -> Any:
    return _sum(table, "collapsed")


@metric(PERCENT, en="leaders who stay after a vote", es="líderes que siguen tras una elección", region=True)
def stayed_after_votes(table: pl.DataFrame) -> Any:
    """Of the votes held so far, in all countries; NaN in a run without a vote."""
    votes = table["votes"].to_numpy()
    return np.where(votes > 0.0, POINT * table["stayed"].to_numpy() / np.maximum(votes, 1.0), np.nan)
