"""Patterns of the data that probabilities must show: contrasts, cells and target rates, each with the data's interval.

A group is of columns known before it begins; what happened (a measure imposed) may only be conditioned on with the
model's own probability of it.
"""

from typing import Any, NamedTuple

import numpy as np

from sim.evidence.ties.cases.ties_table import Array, Table, Whole
from sim.evidence.ties.closed_form import BD, CD, DEAL, STALE
from sim.evidence.ties.scores import interval
from sim.metrics.statistics import Interval

ANY, THREATENED, IMPOSED = (0, 1), (0,), (1,)
STRICT, BROAD = (CD,), (CD, DEAL)


class Rate(NamedTuple):
    """Of the cases in a group (n,), and in these stages, the share with these endings."""

    group: Any
    endings: tuple[int, ...]
    stages: tuple[int, ...] = ANY
    over_stages: tuple[int, ...] = ANY


class Pattern(NamedTuple):
    """What was seen, with its interval, and what the model says; `met` where that lies inside."""

    name: str
    seen: Interval
    model: float
    met: bool


def observed(table: Table) -> Array:
    """The outcomes as probabilities of 0 and 1, shape (n, 2, endings)."""
    out = np.zeros((len(table), 2, 4))
    out[np.arange(len(table)), table.outcomes.imposed, table.outcomes.ending] = 1.0
    return out


def share_of(cells: Array, rate: Rate, weight: Any) -> float:
    """A rate under probabilities (n, 2, endings), cases counting by weight (n,)."""
    inside = (weight * rate.group)[:, None, None] * cells[:, list(rate.over_stages)]
    within = (weight * rate.group)[:, None, None] * cells[:, list(rate.stages)]
    whole = inside.sum()
    return float(within[:, :, list(rate.endings)].sum() / whole) if whole > 0 else np.nan


def contrasts(table: Table, cells: Array, drawn: list[Whole]) -> list[Pattern]:
    """The seven contrasts: one group's rate minus another's. Met inside the data's interval and with its sign."""
    found = []
    for name, (first, second) in _pairs(table).items():
        seen, model = _compared(table, cells, drawn, first, second)
        inside = seen.low <= model <= seen.high and model * seen.value > 0 and abs(model) >= LEAST
        found.append(Pattern(name, seen, model, inside))
    return found


LEAST = 0.01
"""A contrast smaller than this counts as none."""


def nulls(table: Table, cells: Array, drawn: list[Whole]) -> list[Pattern]:
    """Two contrasts that the data do not show, for comparison; they are not counted."""
    v = table.inputs.values
    pairs = {
        "target_democracy": (Rate(v["target_polyarchy"] >= 0.5, STRICT), Rate(v["target_polyarchy"] < 0.5, STRICT)),
        "ally_threatened": _by_stage(v["defense_alliance"] == 1, v["defense_alliance"] == 0, THREATENED),
    }
    compared = {name: _compared(table, cells, drawn, *pair) for name, pair in pairs.items()}
    return [Pattern(name, seen, model, seen.low <= model <= seen.high) for name, (seen, model) in compared.items()]


def _by_stage(first: Array, second: Array, stages: tuple[int, ...]) -> tuple[Rate, Rate]:
    return Rate(first, STRICT, stages, stages), Rate(second, STRICT, stages, stages)


def _pairs(table: Table) -> dict[str, tuple[Rate, Rate]]:
    v = table.inputs.values
    bound, tied = v["target_trade_dep_on_sender"], v["sender_trade_dep_on_target"]
    cost, institution, commitment = v["antic_target_cost_1to3"], v["via_institution"], v["sender_commitment_1to3"]
    specific, ally = v["demand_specificity_1to2"], v["defense_alliance"]
    return {
        "cost_2_and_3_minus_1": (Rate(cost >= 2, STRICT), Rate(cost == 1, STRICT)),
        "institution": (Rate(institution == 1, STRICT), Rate(institution == 0, STRICT)),
        "specific_demand": (Rate(specific == 2, BROAD), Rate(specific == 1, BROAD)),
        "commitment_3_minus_1": (Rate(commitment == 3, BROAD), Rate(commitment == 1, BROAD)),
        "ally_if_imposed": _by_stage(ally == 1, ally == 0, IMPOSED),
        "dependence_4_minus_1": (Rate(bound > _cut(bound, 0.75), BROAD), Rate(bound <= _cut(bound, 0.25), BROAD)),
        "sender_dependence_4_minus_1": (
            Rate(tied > _cut(tied, 0.75), (DEAL,)),
            Rate(tied <= _cut(tied, 0.25), (DEAL,)),
        ),
    }


def _cut(column: Array, place: float) -> float:
    return float(np.nanquantile(column, place)) if not np.isnan(column).all() else 0.0


def _compared(table: Table, cells: Array, drawn: list[Whole], first: Rate, second: Rate) -> tuple[Interval, float]:
    def gap(values: Array, weight: Any) -> float:
        return share_of(values, first, weight) - share_of(values, second, weight)

    facts, one = observed(table), np.ones(len(table))
    sampled = [gap(facts, np.bincount(rows, minlength=len(table))) for rows in drawn]
    return interval(gap(facts, one), sampled, len(table)), gap(cells, one)


def threat_cells(table: Table, cells: Array) -> tuple[Array, Array, float]:
    """The eight (stage, ending) shares given a threat, seen and predicted, each (2, endings), and their distance.

    The distance is the total variation: half of the summed differences. All NaN where no case began with a threat.
    """
    begun = table.inputs.values["threat"] == 1
    if not begun.any():
        return np.full((2, 4), np.nan), np.full((2, 4), np.nan), np.nan
    seen, model = observed(table)[begun].mean(axis=0), cells[begun].mean(axis=0)
    return seen, model, float(abs(seen - model).sum() / 2.0)


def targets(table: Table, cells: Array, drawn: list[Whole]) -> list[Pattern]:
    """The rates of the table, each met where the model's lies inside the data's interval."""
    facts, found = observed(table), []
    for name, rate in _rates(table).items():
        sampled = [share_of(facts, rate, np.bincount(rows, minlength=len(table))) for rows in drawn]
        seen = interval(share_of(facts, rate, 1.0), sampled, int(rate.group.sum()))
        if np.isnan(seen.value):
            continue
        model = share_of(cells, rate, 1.0)
        found.append(Pattern(name, seen, model, seen.low <= model <= seen.high))
    return found


def _rates(table: Table) -> dict[str, Rate]:
    v, everybody = table.inputs.values, np.ones(len(table))
    rates = {
        "acquiesce_all": Rate(everybody, STRICT),
        "deal_or_acquiesce_all": Rate(everybody, BROAD),
        "sender_backs_down_all": Rate(everybody, (BD,)),
        "stalemate_all": Rate(everybody, (STALE,)),
        "acquiesce_threat_stage": Rate(everybody, STRICT, THREATENED, THREATENED),
        "acquiesce_imposed": Rate(everybody, STRICT, IMPOSED, IMPOSED),
        "broad_threat_stage": Rate(everybody, BROAD, THREATENED, THREATENED),
        "broad_imposed": Rate(everybody, BROAD, IMPOSED, IMPOSED),
        "imposed_given_threat": Rate(v["threat"], (CD, DEAL, BD, STALE), IMPOSED),
        "acquiesce_target_autocracy": Rate(v["target_polyarchy"] < 0.5, STRICT),
        "acquiesce_target_democracy": Rate(v["target_polyarchy"] >= 0.5, STRICT),
    }
    columns = {
        "acquiesce_anticipated_target_cost": ("antic_target_cost_1to3", (1, 2, 3), STRICT, ANY),
        "acquiesce_anticipated_sender_cost": ("antic_sender_cost_1to3", (1, 2), STRICT, ANY),
        "acquiesce_institution": ("via_institution", (0, 1), STRICT, ANY),
        "acquiesce_threat_alliance": ("defense_alliance", (0, 1), STRICT, THREATENED),
        "acquiesce_imposed_alliance": ("defense_alliance", (0, 1), STRICT, IMPOSED),
        "broad_sender_commitment": ("sender_commitment_1to3", (1, 2, 3), BROAD, ANY),
        "broad_demand_specificity": ("demand_specificity_1to2", (1, 2), BROAD, ANY),
    }
    for name, (column, codes, endings, stages) in columns.items():
        for code in codes:
            rates[f"{name}_{code}"] = Rate(v[column] == code, endings, stages, stages)
    bound = v["target_trade_dep_on_sender"]
    cuts = [-np.inf, *(_cut(bound, place) for place in (0.25, 0.5, 0.75)), np.inf]
    for place in range(4):
        inside = (bound > cuts[place]) & (bound <= cuts[place + 1])
        rates[f"broad_target_trade_dependence_q{place + 1}"] = Rate(inside, BROAD)
    return rates
