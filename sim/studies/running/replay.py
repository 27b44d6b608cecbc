"""One row of a study, played again with every round kept, and compared with what is stored, bit for bit."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from agents.errors import InputError, RunError
from sim.engines.history import History, play
from sim.engines.outcome import OUT, write_outcome
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.studies.design.plan import Batch, Chunk
from sim.studies.running.verify import unequal
from sim.studies.store import rows
from sim.studies.store.results import Results
from sim.studies.store.rows import Done


@dataclass(frozen=True)
class Replay:
    """A row played again.

    Attributes:
        row: Its number. spec: The run's name. stored: The row on disk, one line.
        history: The run, or None where it fails. error: Why it fails, or an empty text.
        differs: Columns in which the replay and the stored row are not equal; there should be none.
    """

    row: int
    spec: RunSpec
    stored: pl.DataFrame
    history: History | None
    error: str
    differs: tuple[str, ...]


def replay(results: Results, row: int) -> Replay:
    """Play a row of a study again, in the Mesa engine.

    Raises:
        InputError: When the study has no such row. RunError: When it has not been computed yet.
    """
    stored = _stored(results, row)
    variant, point, repetition = results.plan.find(row)
    spec = results.made.spec(variant, point, repetition)
    try:
        history = play(prepare(spec, results.made.scenario, results.made.library))
    except RunError as error:
        known = stored["error"][0] is not None
        return Replay(row, spec, stored, None, str(error), () if known else ("error",))
    chunk = Chunk(Batch(point, point + 1, repetition, repetition + 1), 0, variant, 0, 1, row)
    found = rows.part(results.made, chunk, Done(_out(history), {}))
    return Replay(row, spec, stored, history, "", unequal(stored, found))


def _stored(results: Results, row: int) -> pl.DataFrame:
    if not 0 <= row < results.plan.rows:
        last = results.plan.rows - 1
        raise InputError(f"{results.store.where}: there is no row {row}; expected a whole number from 0 to {last}.")
    stored = results.frame.filter(pl.col("row") == row)
    if stored.is_empty():
        where = results.store.where
        raise RunError(f"{where}: row {row} has not been computed yet; `demarche sweep run {where}` goes on.")
    return stored


def _out(history: History) -> Any:
    """What came of each crisis, (1, crises, columns of `Outcome`)."""
    out = np.zeros((1, history.prepared.template.shape.crises, len(OUT)))
    for crisis in range(out.shape[1]):
        write_outcome(history.state(history.rounds), crisis, out[0, crisis])
    return out
