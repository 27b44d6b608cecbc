"""Metrics of one crisis: the scenario's first, in a table with a row a run."""

from typing import Any

import numpy as np
import polars as pl

from sim.metrics.metric import POINT, RUNS, SETTLED, Values, metric

WEEK, MONTH = 168.0, 720.0
FIRST_DUE = 144.0
"""Hours until the first measure of weight falls due in the flagship: six days, from its file."""


def _hours(table: pl.DataFrame) -> Values:
    """Hours to settlement; infinite where a run never settles."""
    return table["settled_in_hours"].fill_null(np.inf).to_numpy()


def _of_settled(table: pl.DataFrame, values: Any) -> Values:
    """The values of runs that settle, NaN for the others."""
    return np.where(np.isfinite(_hours(table)), values, np.nan)


@metric(
    RUNS, en="settled in 7 days", es="acuerdo en 7 días", factor=POINT, kind="share", shown=("summary", "comparison")
)
def settled_in_7_days(table: pl.DataFrame) -> Any:
    return _hours(table) <= WEEK


@metric(RUNS, en="settled in 30 days", es="acuerdo en 30 días", factor=POINT, kind="share")
def settled_in_30_days(table: pl.DataFrame) -> Any:
    return _hours(table) <= MONTH


@metric(
    "hours", en="median time to settle, of those settled", es="mediana de horas hasta el acuerdo, entre los acuerdos",
    kind="median", shown=("summary",),
)  # fmt: skip
def median_hours(table: pl.DataFrame) -> Any:
    return _of_settled(table, _hours(table))


@metric("hours, at most 168", en="hours to settle", es="horas hasta el acuerdo", shown=("comparison",))
def hours_to_settle(table: pl.DataFrame) -> Any:
    """A restricted mean counts a week at most, so it is defined for runs that never settle."""
    return table["settled_in_hours"].fill_null(WEEK).clip(0.0, WEEK).to_numpy()


@metric("hours", en="hours to a settlement", es="horas hasta un acuerdo", shown=("claims",))
def hours_to_end(table: pl.DataFrame) -> Any:
    return table["settled_in_hours"].to_numpy()


@metric(RUNS, en="first answer: held", es="primera respuesta: resistió", factor=POINT, kind="share", shown=("summary",))
def first_answer_held(table: pl.DataFrame) -> Any:
    return table["first_held"].to_numpy() * 1.0


@metric(RUNS, en="conceded", es="cedió", factor=POINT, kind="share", shown=("comparison",))
def conceded(table: pl.DataFrame) -> Any:
    return (table["outcome"] == "CD").to_numpy()


@metric(RUNS, en="a deal was made", es="hubo un trato", factor=POINT, kind="share")
def dealt(table: pl.DataFrame) -> Any:
    return (table["outcome"] == "DEAL").to_numpy()


@metric(RUNS, en="conceded or dealt", es="cedió o hubo un trato", factor=POINT, kind="share", shown=("claims",))
def conceded_or_dealt(table: pl.DataFrame) -> Any:
    return table["outcome"].is_in(["CD", "DEAL"]).to_numpy()


@metric(RUNS, en="the sender backed down", es="el emisor se echó atrás", factor=POINT, kind="share")
def backed_down(table: pl.DataFrame) -> Any:
    return (table["outcome"] == "BD").to_numpy()


@metric(
    "percent of the demand's worth",
    en="the sender's share of its demand", es="la parte de su demanda que logra el emisor",
    factor=POINT, shown=("comparison",),
)  # fmt: skip
def position(table: pl.DataFrame) -> Any:
    return table["position"].to_numpy()


@metric("clauses", en="clauses the target won", es="cláusulas que gana el destinatario", shown=("comparison",))
def clauses_won(table: pl.DataFrame) -> Any:
    return table["won"].to_numpy() * 1.0


@metric(
    RUNS, en="a tariff came into force", es="entró en vigor un arancel",
    factor=POINT, kind="share", shown=("summary", "comparison"),
)  # fmt: skip
def tariff_in_force(table: pl.DataFrame) -> Any:
    return table["tariff_in_force"].to_numpy() * 1.0


@metric(
    SETTLED, en="settled: the target won a clause", es="con acuerdo: el destinatario ganó una cláusula",
    factor=POINT, kind="share", shown=("summary",),
)  # fmt: skip
def clause_won(table: pl.DataFrame) -> Any:
    return _of_settled(table, table["won"].to_numpy() > 0.0)


@metric(
    "support points", en="the target's support", es="el apoyo del destinatario",
    factor=POINT, shown=("summary", "comparison"),
)  # fmt: skip
def target_support(table: pl.DataFrame) -> Any:
    return table["target_support"].to_numpy()


@metric("support points", en="the sender's support", es="el apoyo del emisor", factor=POINT, shown=("comparison",))
def sender_support(table: pl.DataFrame) -> Any:
    return table["sender_support"].to_numpy()


@metric(RUNS, en="disputed again", es="nueva disputa", factor=POINT, kind="share", shown=("comparison",))
def disputed_again(table: pl.DataFrame) -> Any:
    return (table["second_rounds"] > 0.0).to_numpy()


@metric(
    "percent of a year's GDP", en="what the target lost", es="lo que perdió el destinatario",
    factor=POINT, shown=("summary", "comparison"),
)  # fmt: skip
def target_lost(table: pl.DataFrame) -> Any:
    return table["target_lost"].to_numpy()


@metric(
    "percent of a year's GDP", en="what the sender lost", es="lo que perdió el emisor",
    factor=POINT, shown=("summary",),
)  # fmt: skip
def sender_lost(table: pl.DataFrame) -> Any:
    return table["sender_lost"].to_numpy()


@metric(
    SETTLED, en="settled before the first measure was due", es="acuerdo antes de la primera medida",
    factor=POINT, kind="share",
)  # fmt: skip
def settled_before_due(table: pl.DataFrame) -> Any:
    return _of_settled(table, _hours(table) <= FIRST_DUE)


@metric(
    SETTLED, en="settled on the last day before it", es="acuerdo en el último día antes de ella",
    factor=POINT, kind="share",
)  # fmt: skip
def settled_on_the_last_day(table: pl.DataFrame) -> Any:
    hours = _hours(table)
    return _of_settled(table, (hours > FIRST_DUE - 24.0) & (hours <= FIRST_DUE))


@metric(
    SETTLED, en="settled before day 30", es="acuerdo antes del día 30", factor=POINT, kind="share"
)  # fmt: skip
def settled_before_day_30(table: pl.DataFrame) -> Any:
    return _of_settled(table, _hours(table) <= MONTH)


@metric(
    SETTLED, en="one of some clauses was granted", es="se concedió una de ciertas cláusulas",
    factor=POINT, kind="share", shown=("claims",),
)  # fmt: skip
def clause_granted(table: pl.DataFrame) -> Any:
    """Reads the column `granted`, which an expectation makes of the clauses that it names."""
    return _of_settled(table, table["granted"].to_numpy())


@metric(
    RUNS, en="a leader left office", es="un gobernante dejó el cargo", factor=POINT, kind="share", shown=("claims",)
)
def left_office(table: pl.DataFrame) -> Any:
    """Reads the column `left_office`, which claims count in traces: an ensemble's table does not hold it."""
    return table["left_office"].to_numpy()
