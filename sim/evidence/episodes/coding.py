"""From an episode to the columns that the map of TIES reads (docs/evidence-map.md), so that one map serves both.

What no column of an episode tells is left open and drawn from other episodes of the file, as with TIES.
"""

import re
from datetime import date, timedelta
from typing import Any

import numpy as np

from sim.evidence.episodes.episode_file import ISSUES, Episode, Episodes, Instrument
from sim.evidence.ties.cases.mapping import LOSS
from sim.evidence.ties.cases.ties_columns import INPUTS
from sim.evidence.ties.cases.ties_table import Array, Inputs

DEGREES = {"low": -1.0, "medium": 0.0, "high": 1.0}
STEP = float(np.log(2.5))
"""A degree of cost or salience, a log ratio: the factor from low to medium to high in configs/evidence/coding.yaml."""
OPENING = 90
"""Days after the first instrument in which another belongs to the opening; later ones tell how it went on."""
OF_EXPORTS = {"import_ban": 0.3, "boycott": 0.1, "inspection": 0.05}
OF_IMPORTS = {"export_ban": 0.3, "energy_cutoff": 0.3}
OF_GDP = {"financial": 0.01, "aid_cut": 0.005, "travel_ban": 0.002, "visa": 0.001}
"""Loss by instrument, as a share of the flow it stops or of GDP: assumptions (half to twice as much), for a case only
names the goods; the nearest of the three cost codes is used. A tariff costs its rate on all exports to the sender."""
USUAL_RATE = 0.25
"""Rate of a tariff whose size says none (.1 to .5)."""
USUAL_FLOW = 0.03
"""Exports to the sender, and imports from it, over GDP, where nothing is known (range 0 to .3: assumption)."""
DISTURBED, OPENNESS = 0.3, 0.2
"""Share of trade with the target that a quarrel stops, and exports over GDP, for the sender's own loss (.1 to .5)."""
CUTS = np.sqrt(LOSS[1:3] * LOSS[2:4])
"""Losses where the next cost code is nearer, on the scale of ratios."""


def coded(found: Episodes) -> Inputs:
    """The episodes as rows of a TIES-shaped table, NaN where nothing is known."""
    rows = [_row(one) for one in found.cases]
    values = {name: np.array([row.get(name, np.nan) for row in rows]) for name in INPUTS}
    return Inputs(np.arange(1, len(rows) + 1), np.array([one.year for one in found.cases]), values)


def steps(found: Episodes, salience: bool) -> Array:
    """What raises the price of conceding, (n,), log ratios: the cost of complying, and the salience where asked for."""
    cost = STEP * np.array([DEGREES[one.demand_compliance_cost] for one in found.cases])
    return np.asarray(cost + STEP * salience * np.array([_salience(one) for one in found.cases]), dtype=np.float64)


def loss_of(one: Episode) -> float:
    """What the target stands to lose by the opening's instruments, share of GDP a year; of a kind by the largest."""
    exports, imports = _flow(one, "t_exp_to_s_gdp", "t_exp_share"), _flow(one, "t_imp_from_s_gdp", "t_imp_share")
    largest: dict[str, float] = {}
    for each in opening(one):
        kind = each.type
        loss = _rate(each.size) * exports if kind == "tariff" else OF_EXPORTS.get(kind, 0.0) * exports
        loss += OF_IMPORTS.get(kind, 0.0) * imports + OF_GDP.get(kind, 0.0)
        largest[kind] = max(largest.get(kind, 0.0), loss)
    return sum(largest.values())


def opening(one: Episode) -> list[Instrument]:
    """Instruments announced within 90 days of the first, in order of date; those without a date count."""
    first = min((each.date for each in one.instruments if each.date), default=None)
    if first is None:
        return list(one.instruments)
    last = (date.fromisoformat(first) + timedelta(days=OPENING)).isoformat()
    return sorted(
        (each for each in one.instruments if (each.date or first) <= last), key=lambda each: each.date or first
    )


def _row(one: Episode) -> dict[str, float]:
    threatened = opening(one)[0].status == "threatened"
    dated = one.deadline_days is not None
    row: dict[str, Any] = {
        "threat": float(threatened),
        "issue1": float(ISSUES[one.category]),
        "via_institution": float(len(one.sender) > 1 or one.sender[0] == "EUU"),
        "target_trade_dep_on_sender": _tied(one),
        "sender_trade_dep_on_target": one.sender_export_share_to_target,
        "antic_target_cost_1to3": _code(loss_of(one)),
        "antic_sender_cost_1to3": _code((one.sender_export_share_to_target or 0.0) * DISTURBED * OPENNESS),
        "sender_commitment_1to3": 3.0 if dated else 2.0 if threatened else None,
        "demand_specificity_1to2": {"vague": 1.0, "specific": 2.0, None: None}[one.demand_specificity],
    }
    return {name: value for name, value in row.items() if value is not None}


def _code(loss: float) -> float:
    return 1.0 + float(np.searchsorted(CUTS, loss, side="right"))


def _rate(size: str) -> float:
    found = re.search(r"(\d+(?:\.\d+)?)\s*%", size)
    return min(float(found.group(1)) / 100.0, 1.0) if found else USUAL_RATE


def _exports_share(one: Episode) -> float | None:
    given = one.target_export_share_to_sender
    return given if given is not None else one.traded("t_exp_share")


def _tied(one: Episode) -> float | None:
    """The sender's share of the target's trade: the mean of exports' and imports' shares that are known."""
    known = [share for share in (_exports_share(one), one.traded("t_imp_share")) if share is not None]
    return float(np.mean(known)) if known else None


def _flow(one: Episode, of_gdp: str, of_trade: str) -> float:
    """Exports to or imports from the sender over GDP; where only shares are known, that share of half of all trade."""
    known = one.traded(of_gdp)
    share = _exports_share(one) if of_trade == "t_exp_share" else one.traded(of_trade)
    if known is not None:
        return known
    if share is not None and one.target_trade_gdp is not None:
        return share * one.target_trade_gdp / 2.0
    return USUAL_FLOW


def _salience(one: Episode) -> float:
    """Unknown counts as medium."""
    return DEGREES[one.issue_salience.level] if one.issue_salience else 0.0
