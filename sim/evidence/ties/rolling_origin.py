"""Rolling origin: fit on the years before, predict the next few, go on. No case is predicted from its own year on."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from agents.errors import InputError
from sim.evidence.ties.calibration import Fit, fit, training
from sim.evidence.ties.cases.ties_table import Array, Table, Whole
from sim.evidence.ties.simulated import DRAWS, RUNS, cells, merged, rows_of

ORIGIN, BLOCK, ENOUGH = 1975, 3, 100
"""First year predicted, years a block, and cases that must lie before."""


@dataclass(frozen=True)
class Origin:
    """Rows of the cases to learn from and of those to predict."""

    train: Whole
    test: Whole
    year: int


def origins(table: Table) -> list[Origin]:
    """The blocks of a table: from 1975, or from the first year with 100 cases before it.

    Raises:
        InputError: When no year has enough cases before it.
    """
    years = table.inputs.year
    starts = [year for year in np.unique(years) if (years < year).sum() >= ENOUGH and year >= ORIGIN]
    if not starts:
        raise InputError(
            f"{table.name}: no year from {ORIGIN} on has {ENOUGH} cases before it; expected --train with a table of"
            " earlier cases."
        )
    return list(_blocks(years, int(starts[0])))


def _blocks(years: Whole, first: int) -> Iterator[Origin]:
    for year in range(first, int(np.max(years)) + 1, BLOCK):
        test = np.flatnonzero((years >= year) & (years < year + BLOCK))
        if len(test):
            yield Origin(np.flatnonzero(years < year), test, year)


def fitted(table: Table, blocks: list[Origin], seed: int) -> list[Fit]:
    """The weights of each block, each fit beginning where the one before ended."""
    fits: list[Fit] = []
    for block in blocks:
        start = fits[-1].scale if fits else None
        fits.append(fit(training(table.at(block.train), seed), start))
    return fits


def predicted(table: Table, blocks: list[Origin], fits: list[Fit], seed: int) -> Array:
    """Stage and ending of each test case, (cases in the blocks' order, 2, endings), by one ensemble."""
    parts = [
        rows_of(table.at(block.test).inputs, table.at(block.train).inputs, found.weights, seed, DRAWS, RUNS)
        for block, found in zip(blocks, fits, strict=True)
    ]
    return cells(*merged(parts), seed)
