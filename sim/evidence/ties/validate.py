"""The model held against a TIES-shaped table: predictions, scores, patterns, baselines; all as plain data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.errors import InputError
from sim.evidence.ties.baselines import BASELINES
from sim.evidence.ties.calibration import fit, training
from sim.evidence.ties.case_contrast_table import Pattern, contrasts, nulls, targets, threat_cells
from sim.evidence.ties.cases.mapping import CaseWeights
from sim.evidence.ties.cases.ties_columns import COST_CODES
from sim.evidence.ties.cases.ties_table import Array, Inputs, Table, Whole
from sim.evidence.ties.closed_form import CD, DEAL
from sim.evidence.ties.rolling_origin import fitted, origins, predicted
from sim.evidence.ties.scores import Scores, brier, difference, samples, scored
from sim.evidence.ties.simulated import predict
from sim.metrics.statistics import Interval

OUTCOMES: dict[str, Callable[[Table], Whole]] = {
    "acquiesce": lambda table: table.outcomes.acquiesce,
    "deal": lambda table: table.outcomes.deal,
}
"""What is predicted. Deal: the target conceded or both negotiated a settlement."""


@dataclass(frozen=True)
class Fold:
    """Cases to learn from and cases to predict."""

    train: Table
    test: Table


@dataclass(frozen=True)
class Against:
    """A baseline's scores, and the model's minus its AUC on the same cases."""

    scores: dict[str, Scores]
    gain: dict[str, Interval]


@dataclass(frozen=True)
class Evidence:
    """All that came of it. `cells`: (n, 2, endings) for the cases of `table`, those that were predicted."""

    table: Table
    how: str
    cells: Array
    scores: dict[str, Scores]
    skill: dict[str, Interval]
    baselines: dict[str, Against]
    contrasts: list[Pattern]
    nulls: list[Pattern]
    targets: list[Pattern]
    threat_cells: tuple[Array, Array, float]
    weights: dict[str, CaseWeights]


def chances(cells: Array) -> dict[str, Array]:
    """From stage and ending, (n, 2, endings), to the chance of each outcome, (n,)."""
    conceded, negotiated = cells[:, :, CD].sum(axis=1), cells[:, :, DEAL].sum(axis=1)
    return {"acquiesce": conceded, "deal": conceded + negotiated}


def hold_against(
    table: Table,
    train: Table | None,
    weights: CaseWeights | None,
    seed: int,
    cost_codes: bool = True,
    learnt: int | None = None,
) -> Evidence:
    """Predict the cases of a table and score it.

    Args:
        table: Cases to predict. train: Cases to fit on; None is rolling origin within the table. weights: A calibrated
            set; None fits one. seed: Of draws, runs and bootstraps. cost_codes: Whether anticipated costs are used.
        learnt: The last year that given weights were learned from.

    Raises:
        InputError: When there is too little to learn from, or a case stands in both tables.
    """
    whole, table = table, _seen(table, cost_codes)
    train = _seen(train, cost_codes) if train else None
    if train is not None:
        _apart(table, train)
        found = weights or fit(training(train, seed)).weights
        folds, used = [Fold(train, table)], {train.name if weights is None else "given": found}
        cells, how = predict(table.inputs, train.inputs, found, seed), f"fitted on {train.name}"
    else:
        blocks = origins(table)
        folds = [Fold(table.at(block.train), table.at(block.test)) for block in blocks]
        if weights is None:
            fits = fitted(table, blocks, seed)
            used = {str(block.year): one.weights for block, one in zip(blocks, fits, strict=True)}
            cells, how = predicted(table, blocks, fits, seed), f"rolling origin from {blocks[0].year}"
        else:
            used, how = {"given": weights}, f"baselines by rolling origin from {blocks[0].year}"
            cells = np.concatenate([predict(f.test.inputs, f.train.inputs, weights, seed) for f in folds])
        whole = whole.at(np.concatenate([block.test for block in blocks]))
    if weights is not None:
        how = f"weights given, {how.replace('fitted', 'baselines fitted')}"
    if learnt is not None and learnt >= int(np.min(whole.inputs.year)):
        how += f"; the weights learned from cases to {learnt}, so this is no test where both meet"
    return _scored(whole, how, cells, folds, used, seed)


def _apart(table: Table, train: Table) -> None:
    """No case may be learned from and predicted."""
    both = np.intersect1d(table.inputs.caseid, train.inputs.caseid)
    if len(both):
        raise InputError(
            f"{len(both)} cases stand in {table.name} and in {train.name}, {both[0]} among them; expected a table"
            " to train on with other cases, or no --train (rolling origin)."
        )


def _seen(table: Table, cost_codes: bool) -> Table:
    return table if cost_codes else table.emptied(COST_CODES)


def _scored(
    table: Table, how: str, cells: Array, folds: list[Fold], weights: dict[str, CaseWeights], seed: int
) -> Evidence:
    drawn, ours = samples(table.dyad, seed), chances(cells)
    hits = {name: hit(table) for name, hit in OUTCOMES.items()}
    rivals = {name: _rival(baseline, folds) for name, baseline in BASELINES.items()}
    baselines = {
        name: Against(
            {each: scored(hits[each], theirs[each], drawn) for each in hits},
            {each: difference(hits[each], ours[each], theirs[each], drawn) for each in hits},
        )
        for name, theirs in rivals.items()
    }
    return Evidence(
        table,
        how,
        cells,
        {each: scored(hits[each], ours[each], drawn) for each in hits},
        {each: _skill(hits[each], ours[each], rivals["base_rate"][each], drawn) for each in hits},
        baselines,
        contrasts(table, cells, drawn),
        nulls(table, cells, drawn),
        targets(table, cells, drawn),
        threat_cells(table, cells),
        weights,
    )


def _rival(baseline: Callable[[Inputs, Whole, Inputs], Array], folds: list[Fold]) -> dict[str, Array]:
    return {
        name: np.concatenate([baseline(fold.train.inputs, hit(fold.train), fold.test.inputs) for fold in folds])
        for name, hit in OUTCOMES.items()
    }


def _skill(hit: Whole, ours: Array, base: Array, drawn: list[Whole]) -> Interval:
    """Share of the base rate's Brier score that the model saves."""

    def saved(both: Any, probability: Array) -> float:
        return 1.0 - brier(both[:, 0], probability) / brier(both[:, 0], both[:, 1])

    paired = np.column_stack([hit, base])
    values = [saved(paired[rows], ours[rows]) for rows in drawn]
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(saved(paired, ours), float(low), float(high), len(hit))
