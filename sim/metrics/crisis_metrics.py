"""What is measured of a run: one number a run, by name, with its unit. Comparisons and studies share these."""

from collections.abc import Callable

import numpy as np
import polars as pl

from agents.errors import InputError, names_there_are
from sim.metrics.metric import POINT, WORLDS, Measure, Values
from sim.metrics.region_metrics import REGION

HORIZON_HOURS = 168.0


def hours(table: pl.DataFrame) -> Values:
    """Hours to settlement, counted to seven days at most: a restricted mean, defined for runs that never settle."""
    return table["settled_in_hours"].fill_null(HORIZON_HOURS).clip(0.0, HORIZON_HOURS).to_numpy()


def _settled_by(days: float) -> Callable[[pl.DataFrame], Values]:
    return lambda table: (table["settled_in_hours"].fill_null(np.inf) <= days * 24.0).to_numpy() * POINT


def _times(column: str, factor: float) -> Callable[[pl.DataFrame], Values]:
    return lambda table: table[column].to_numpy() * factor


def _where(condition: pl.Expr) -> Callable[[pl.DataFrame], Values]:
    return lambda table: table.select(condition.alias("hit"))["hit"].to_numpy() * POINT


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("settled_in_7_days", WORLDS, "the two settle within seven days", _settled_by(7.0)),
        Measure("hours_to_settle", "hours, at most 168", "hours to settlement, a week at most", hours),
        Measure("conceded", WORLDS, "the target concedes and wins little", _where(pl.col("outcome") == "CD")),
        Measure("dealt", WORLDS, "the two make a deal", _where(pl.col("outcome") == "DEAL")),
        Measure("backed_down", WORLDS, "the sender backs down", _where(pl.col("outcome") == "BD")),
        Measure(
            "position",
            "percent of the demand's worth",
            "how much of its demand the sender gets",
            _times("position", POINT),
        ),
        Measure("clauses_won", "clauses", "clauses the target wins", _times("won", 1.0)),
        Measure("tariff_in_force", WORLDS, "a tariff comes into force", _times("tariff_in_force", POINT)),
        Measure("target_support", "support points", "the target's support at the end", _times("target_support", POINT)),
        Measure("sender_support", "support points", "the sender's support at the end", _times("sender_support", POINT)),
        Measure("disputed_again", WORLDS, "the settlement is disputed again", _where(pl.col("second_rounds") > 0.0)),
        Measure("target_lost", "percent of a year's GDP", "what the target loses", _times("target_lost", POINT)),
        Measure("sender_lost", "percent of a year's GDP", "what the sender loses", _times("sender_lost", POINT)),
        *REGION,
    )
}
"""By name. Those of a crisis are of the scenario's first; those of a region are over all of its crises."""


def measure(name: str, where: str = "measure") -> Measure:
    """A measure by name.

    Raises:
        InputError: With the names there are.
    """
    if name not in MEASURES:
        raise InputError(f"{where}: there is no measure `{name}`. {names_there_are(name, MEASURES)}")
    return MEASURES[name]
