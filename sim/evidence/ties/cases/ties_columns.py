"""The columns of a TIES-shaped table, and what they may hold (Morgan, Bapat and Kobayashi 2014; covariates joined)."""

import math
from typing import NamedTuple

from sim.engines.outcome import ENDINGS


class Column(NamedTuple):
    """A column: its values (codes), or its bounds; `needed` where no case may leave it empty; `whole` numbers only."""

    codes: tuple[int, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    needed: bool = False
    whole: bool = False


IDS = {
    "caseid": Column(low=0, high=10**15, whole=True, needed=True),
    "year": Column(low=1900, high=2100, whole=True, needed=True),
}
DYAD = {
    "sender_cow": Column(low=0, high=10**9, whole=True),
    "target_cow": Column(low=0, high=10**9, whole=True, needed=True),
}
INPUTS = {
    "threat": Column(codes=(0, 1), needed=True),
    "issue1": Column(codes=tuple(range(1, 16)), needed=True),
    "via_institution": Column(codes=(0, 1)),
    "sender_commitment_1to3": Column(codes=(1, 2, 3)),
    "demand_specificity_1to2": Column(codes=(1, 2)),
    "antic_target_cost_1to3": Column(codes=(1, 2, 3)),
    "antic_sender_cost_1to3": Column(codes=(1, 2, 3)),
    "target_trade_dep_on_sender": Column(low=0, high=1),
    "sender_trade_dep_on_target": Column(low=0, high=1),
    "defense_alliance": Column(codes=(0, 1)),
    "sender_polyarchy": Column(low=0, high=1),
    "target_polyarchy": Column(low=0, high=1),
    "un_idealpoint_distance": Column(low=0, high=20),
    "ln_gdp_ratio": Column(low=-30, high=30),
    "ln_cinc_ratio": Column(low=-30, high=30),
    "ln_target_gdppc": Column(low=0, high=20),
    "min_distance_km": Column(low=0, high=21000),
    "prior_cases_same_dyad": Column(low=0, high=1000),
}
COST_CODES = ("antic_target_cost_1to3", "antic_sender_cost_1to3")
OUTCOMES = {
    "target_concedes": ENDINGS.index("CD"),
    "negotiated": ENDINGS.index("DEAL"),
    "sender_backs_down": ENDINGS.index("BD"),
    "stalemate": ENDINGS.index("STALE"),
}
COLUMNS = (*IDS, *DYAD, *INPUTS, "imposed", "outcome4")
