"""The one map from a row of TIES to a case of the model. docs/evidence-map.md has a line for each column.

Weights are the same for all cases. What is no weight is a convention of a unit: codes to losses on the scale of the
design (.2, 1.5 and 5 percent of GDP a year), words of commitment to the middles of three thirds of belief.
"""

from typing import Any, NamedTuple

import numpy as np

from sim.evidence.ties.cases.imputation import USUAL_DEPENDENCE
from sim.evidence.ties.cases.ties_table import Array

LOSS = np.array([np.nan, 0.002, 0.015, 0.05])
"""Loss by cost code, share of GDP a year: minor, major, severe. The sender's own cost is on the same scale."""
HIGH_POLITICS = (1, 2, 3, 5, 6, 7, 9, 10)
"""Issues whose words name power: political influence, military behaviour, the regime, territory, strategic material,
alliance, proliferation, non-state actors."""
TRADE = (13,)
"""Trade practices: quantities, of which a half can always be given. All other issues are single policies: citizens,
rights, drugs, environment, reform, other."""
LEAST_DEPENDENCE = 0.005
"""Share of the target's trade that is with the sender, the least counted; at the usual one codes stand as they are."""
STAKE = 0.02
"""Support points (share of the public) that a demand is worth before weights; only ratios of stakes matter."""
SMALLEST, LARGEST = 1e-4, 0.9
"""Bounds of a loss or a stake, so that no row leaves the units of the model."""


class CaseWeights(NamedTuple):
    """The ten weights. Paces are chances a day; what multiplies a stake is a logarithm of a ratio."""

    pace_target: float
    pace_sender: float
    imposing: float
    elasticity: float
    commitment: float
    institution: float
    specificity: float
    high_politics: float
    dependence: float
    divisible: float


MEANING = {
    "pace_target": ("per day", "chance that the target gives way where losses and stakes are even"),
    "pace_sender": ("per day", "the same for the sender"),
    "imposing": ("per day", "chance that the announced measure comes"),
    "elasticity": ("ratio", "how much sooner a side gives way for each percent that it bears more than the other"),
    "commitment": ("log ratio", "what each word of commitment adds to the sender's stake"),
    "institution": ("log ratio", "what acting through an institution adds to it: dearer to drop"),
    "specificity": ("log ratio", "what a demand that says what is wanted adds to it"),
    "high_politics": ("log ratio", "what a demand about power adds to the target's price of conceding"),
    "dependence": ("elasticity", "how the loss grows with the share of trade that is with the sender"),
    "divisible": ("share", "demands about other things than trade of which a half can be given"),
}


class Case(NamedTuple):
    """Rows in the model's terms, each (rows,): losses (share of GDP a year), stakes (share of the public), shares."""

    loss: Array
    own_loss: Array
    stake: Array
    price: Array
    belief: Array
    in_force: Array
    half: Array


def case_of(weights: CaseWeights, row: dict[str, Array], steps: Any = 0.0) -> Case:
    """Map rows without gaps.

    Args:
        weights: Numbers, or arrays (rows,). row: A value a row of each column read, shape (rows,).
        steps: What else raises the price of conceding, where somebody coded it: log ratios.
    """
    trade, power = np.isin(row["issue1"], TRADE), np.isin(row["issue1"], HIGH_POLITICS)
    tied = np.maximum(row["target_trade_dep_on_sender"], LEAST_DEPENDENCE) / USUAL_DEPENDENCE
    return Case(
        loss=_bounded(LOSS[row["antic_target_cost_1to3"].astype(int)] * tied**weights.dependence),
        own_loss=_bounded(LOSS[row["antic_sender_cost_1to3"].astype(int)]),
        stake=_bounded(STAKE * np.exp(sum(_worth(weights, row).values()))),
        price=_bounded(STAKE * np.exp(weights.high_politics * power + steps)),
        belief=(2.0 * row["sender_commitment_1to3"] - 1.0) / 6.0,
        in_force=1.0 - row["threat"],
        half=np.where(trade, 1.0, weights.divisible),
    )


def balance_of(weights: CaseWeights, row: dict[str, Array], steps: Any = 0.0) -> dict[str, Array]:
    """What tips a case towards conceding, term by term, (rows,): logarithms that sum to that of the rate's ratio.

    Bounds are not looked at; see `case_of` for the arguments.
    """
    case = case_of(weights, row, steps)
    power = np.isin(row["issue1"], HIGH_POLITICS)
    return {
        "losses": weights.elasticity * np.log(case.loss / case.own_loss),
        **_worth(weights, row),
        "a demand about power": -weights.high_politics * power,
        "the cost of complying": -steps + 0.0 * power,
    }


def _worth(weights: CaseWeights, row: dict[str, Array]) -> dict[str, Array]:
    """What makes the demand worth more to the sender, and dearer to drop: logarithms, (rows,)."""
    return {
        "commitment": weights.commitment * (row["sender_commitment_1to3"] - 2.0),
        "institution": weights.institution * row["via_institution"],
        "specificity": weights.specificity * (row["demand_specificity_1to2"] - 1.5),
    }


def _bounded(numbers: Array) -> Array:
    return np.clip(numbers, SMALLEST, LARGEST)


def paths_of(case: Case, weights: CaseWeights, step: Array) -> dict[str, Any]:
    """Values for the paths of `configs/cases/ties_case.yaml`, a row each.

    Args:
        case: Rows. weights: Numbers, or arrays (rows,). step: Part of the demand that a move of the target gives.
    """
    rows = np.ones(len(case.loss))
    return {
        "measure.coercion.size": case.loss,
        "measure.coercion.own_loss": case.own_loss,
        "measure.coercion.in_force": case.in_force,
        "target.belief": case.belief,
        "clause.substance.value": case.stake / 2.0,
        "clause.substance.cost": case.price / 2.0,
        "clause.manner.cost": case.stake / 2.0,
        "clause.manner.value": case.price / 2.0,
        "target.step": step,
        "target.readiness": rows * weights.pace_target,
        "sender.readiness": rows * weights.pace_sender,
        "target.elasticity": rows * weights.elasticity,
        "sender.elasticity": rows * weights.elasticity,
        "sender.hazard": rows * weights.imposing,
    }
