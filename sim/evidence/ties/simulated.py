"""Predictions: every case, draw and run is a row of one ensemble."""

from pathlib import Path
from typing import Any

import numpy as np

from sim.engines.ensemble import simulate
from sim.engines.outcome import ENDINGS, OUT, STAGES
from sim.evidence.ties.cases.imputation import filled
from sim.evidence.ties.cases.mapping import CaseWeights, case_of, paths_of
from sim.evidence.ties.cases.ties_table import Array, Inputs
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.scenario.files.locate import CONFIGS

SCENARIO: Path = CONFIGS / "cases" / "ties_case.yaml"
DRAWS, RUNS = 40, 10
"""Draws of missing values a case, and runs a draw."""
FIRST = 1_000_000_007
"""Keeps the numbers of runs inside 63 bits, whatever a case is called."""


def world(seed: int) -> Prepared:
    """The world that every case is a variation of. A row sets its prices, so they are not drawn once more."""
    return prepare(RunSpec(scenario=str(SCENARIO), seed=seed, without=("private_types",)), Scenario.read(SCENARIO))


def predict(
    cases: Inputs, donors: Inputs, weights: CaseWeights, seed: int, *, draws: int = DRAWS, runs: int = RUNS
) -> Array:
    """The probability of each stage (not imposed, imposed) and ending, shape (n, 2, endings).

    Args:
        cases: What is known of each case before it begins. donors: Cases that missing values are drawn from.
        weights: The weights. seed: Of draws and runs. draws, runs: Rows a case are draws * runs.
    """
    return cells(*rows_of(cases, donors, weights, seed, draws, runs), seed)


def rows_of(
    cases: Inputs, donors: Inputs, weights: CaseWeights, seed: int, draws: int, runs: int, steps: Any = 0.0
) -> tuple[dict[str, Array], Any]:
    """Values of each path, (n * draws * runs,), and the numbers of the runs, (n, draws * runs), keyed by case.

    Args:
        steps: What else raises the price of conceding, log ratios, (n,) or one for all.
    """
    row = {name: np.repeat(column.T.reshape(-1), runs) for name, column in filled(cases, donors, draws, seed).items()}
    case = case_of(weights, row, np.repeat(np.broadcast_to(steps, len(cases)), draws * runs))
    ticket = (np.arange(runs)[None, :] + (np.arange(draws)[:, None] + 0.5) / draws) / runs
    step = np.where(np.tile(ticket.reshape(-1), len(cases)) < case.half, 0.5, 1.0)
    numbers = (cases.caseid % FIRST)[:, None] * (draws * runs) + np.arange(draws * runs)[None, :]
    return paths_of(case, weights, step), numbers


def cells(vary: dict[str, Array], numbers: Any, seed: int) -> Array:
    """Run the rows and count stages and endings case by case, (n, 2, endings)."""
    out = outcomes(vary, numbers, seed)
    ended, imposed = out[:, :, OUT.ending].astype(np.int64), out[:, :, OUT.stage] == STAGES.index("imposed")
    found = np.zeros((len(numbers), 2, len(ENDINGS)))
    for stage in range(2):
        for ending in range(len(ENDINGS)):
            found[:, stage, ending] = ((imposed == bool(stage)) & (ended == ending)).mean(axis=1)
    return found


def outcomes(vary: dict[str, Array], numbers: Any, seed: int) -> Array:
    """Run the rows: outcomes, (n, draws * runs, columns of `sim.engines.outcome.OUT`)."""
    rows = simulate(world(seed), numbers.reshape(-1).astype(np.int64), vary)
    return rows.out[:, 0].reshape(*numbers.shape, -1)


def merged(parts: list[tuple[dict[str, Array], Any]]) -> tuple[dict[str, Array], Any]:
    """Rows of several calls as those of one."""
    paths = parts[0][0]
    return {path: np.concatenate([vary[path] for vary, _ in parts]) for path in paths}, np.concatenate(
        [numbers for _, numbers in parts]
    )


__all__ = ["DRAWS", "RUNS", "cells", "merged", "predict", "rows_of", "world"]
