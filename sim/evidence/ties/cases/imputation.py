"""Missing values: drawn from cases of the training years that know them, many draws a case, no flags.

What the sender staked, asked and expected is drawn together from one donor, because TIES leaves these empty together
(wherever nothing was threatened). A donor is one of the quarter of cases whose dependence on the sender is nearest.
"""

import numpy as np

from agents.errors import InputError
from sim.evidence.ties.cases.ties_table import Array, Inputs, Whole

TOGETHER = ("sender_commitment_1to3", "demand_specificity_1to2", "antic_target_cost_1to3", "antic_sender_cost_1to3")
TIED = "target_trade_dep_on_sender"
ALONE = ("via_institution", TIED)
MAPPED = ("threat", "issue1", *ALONE, *TOGETHER)
"""The columns that the map reads."""
NEAREST = 4
"""One in so many donors counts as near."""
UNCODED = 1.0
"""The code of every case where no donor has one, as with --without-cost-codes: minor."""
USUAL_DEPENDENCE = 0.09
"""Share of the target's trade that is with the sender where no case has one: the median of TIES."""
OFFSET = 0.01
"""Added to dependence before its logarithm, so that a zero has a place."""


def filled(cases: Inputs, donors: Inputs, draws: int, seed: int) -> dict[str, Array]:
    """The mapped columns without gaps, shape (draws, n). What is drawn for a case hangs on it and the donors alone.

    Args:
        cases: Cases with gaps. donors: Cases of the training years. draws: Draws a case. seed: Of the draws.

    Raises:
        InputError: When no donor knows a column.
    """
    out = {name: np.repeat(cases.values[name][None, :], draws, axis=0) for name in MAPPED}
    if np.isnan(donors.values[TIED]).all():  # as in the original file of TIES, which has no trade
        out[TIED] = np.full_like(out[TIED], USUAL_DEPENDENCE)
        cases, donors = cases.filled(TIED, USUAL_DEPENDENCE), donors.filled(TIED, USUAL_DEPENDENCE)
    known = {name: _knowing(donors, (name,)) for name in ALONE}
    coded = tuple(name for name in TOGETHER if not np.isnan(donors.values[name]).all())
    for name in set(TOGETHER) - set(coded):  # nobody codes it: it tells no case from another
        out[name] = np.where(np.isnan(out[name]), UNCODED, out[name])
    whole = _knowing(donors, coded, TIED)
    place = np.log(donors.values[TIED][whole] + OFFSET)
    for row in range(len(cases)):
        dice = np.random.default_rng([seed, int(cases.caseid[row])])
        for name in ALONE:
            if np.isnan(cases.values[name][row]):
                out[name][:, row] = donors.values[name][dice.choice(known[name], draws)]
        gaps = [name for name in coded if np.isnan(cases.values[name][row])]
        if gaps:
            mine = np.log(out[TIED][:, row] + OFFSET)
            given = whole[_near(place, mine, dice)]
            for name in gaps:
                out[name][:, row] = donors.values[name][given]
    return out


def _knowing(donors: Inputs, names: tuple[str, ...], *others: str) -> Whole:
    """Rows of the donors that know all of the columns; of `others` too, unless none does."""
    rows = np.flatnonzero(~np.any([np.isnan(donors.values[name]) for name in (*names, *others)], axis=0))
    if not len(rows):
        raise InputError(
            f"No case to learn from has {' and '.join((*names, *others))}; expected at least one that has."
        )
    return rows


def _near(place: Array, mine: Array, dice: np.random.Generator) -> Whole:
    """For each draw, one of the nearest donors. place: (donors,). mine: (draws,)."""
    count = max(len(place) // NEAREST, min(10, len(place)))
    order = np.argsort(np.abs(place[None, :] - mine[:, None]), axis=1, kind="stable")[:, :count]
    picked: Whole = order[np.arange(len(mine)), dice.integers(0, count, len(mine))].astype(np.int64)
    return picked
