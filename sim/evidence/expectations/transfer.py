"""The weights learned from cases of months, put into a dispute of hours: which patterns they cost, and why.

The flagship keeps its facts; both sides answer by the rule `outlast` with the paces and the elasticity of a calibrated
set. As calibrated, and with an hour where TIES has a month, so that pace and mechanism can be told apart.
"""

from typing import NamedTuple

from sim.evidence.expectations.patterns import judge, read_patterns
from sim.evidence.ties.cases.mapping import CaseWeights
from sim.evidence.ties.closed_form import DAYS
from sim.run.counterfactual import Counterfactual

SCENARIO = "colombia_2025"
HOURS = DAYS * 24.0
"""Hours in a month: the factor that makes an hour do what a month does."""
SPEEDS = {"as calibrated": 1.0, "an hour for a month": HOURS}


class Cost(NamedTuple):
    """Rows of the patterns that pass in every seed, in some, and the ids of those that fail in any."""

    speed: str
    of: int
    always: int
    sometimes: int
    failing: tuple[str, ...]


def transfer(weights: CaseWeights, runs: int, seeds: int) -> list[Cost]:
    """Judge the flagship's rows under the calibrated rule, for seeds 1 to `seeds`."""
    return [_cost(speed, calibrated_answers(weights, factor), runs, seeds) for speed, factor in SPEEDS.items()]


def calibrated_answers(weights: CaseWeights, factor: float) -> Counterfactual:
    """Rule and traits of both sides; paces times a factor."""
    traits = {"target.readiness": weights.pace_target * factor, "sender.readiness": weights.pace_sender * factor}
    traits |= {f"{side}.elasticity": weights.elasticity for side in ("target", "sender")}
    rules = {"answer:target": "outlast", "answer:sender": "outlast"}
    return Counterfactual(rule=rules, trait=traits | {"target.step": 0.5})


def _cost(speed: str, put: Counterfactual, runs: int, seeds: int) -> Cost:
    rows = read_patterns(SCENARIO)
    passed: dict[str, int] = {}
    for seed in range(1, seeds + 1):
        for verdict in judge(rows, runs, seed, put):
            passed[verdict.row.id] = passed.get(verdict.row.id, 0) + verdict.passed
    always = sum(count == seeds for count in passed.values())
    sometimes = sum(0 < count < seeds for count in passed.values())
    return Cost(speed, len(passed), always, sometimes, tuple(name for name, count in passed.items() if count < seeds))
