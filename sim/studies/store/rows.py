"""The rows of a study: every input beside every outcome, and one hash over all values."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sim.engines.ensemble import outcomes
from sim.studies.design.plan import Chunk
from sim.studies.design.study import Study

Array = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]
KEYS = ("row", "variant", "point", "repetition", "run")


@dataclass(frozen=True)
class Done:
    """What a chunk gave: `out`, (rows, crises, columns of `Outcome`), and the error of each row that failed."""

    out: Array
    errors: dict[int, str]


def part(made: Study, chunk: Chunk, done: Done) -> pl.DataFrame:
    """The table of a chunk. Outcomes of a run that failed are null, and `error` says why."""
    points, repetitions = chunk.pairs()
    world = made.variants[chunk.variant]
    count = chunk.rows
    columns: dict[str, Any] = {
        "row": np.arange(chunk.first_row, chunk.first_row + count),
        "variant": [world.name] * count,
        **({name: [option] * count for name, option in world.chosen.items()} if len(world.chosen) > 1 else {}),
        "point": points,
        "repetition": repetitions,
        "run": made.points.runs(points, repetitions),
        "seed": np.full(count, made.experiment.seed, dtype=np.int64),
        **{one.path: made.points.values[points, place] for place, one in enumerate(made.dimensions)},
    }
    failed = np.zeros(count, dtype=bool)
    failed[list(done.errors)] = True
    kept = pl.Series(~failed)
    for name, values in _outcomes(made, done).items():
        columns[name] = values if not done.errors else values.set(~kept, None)
    columns["error"] = pl.Series([done.errors.get(row) for row in range(count)], dtype=pl.String)
    return pl.DataFrame(columns)


def _outcomes(made: Study, done: Done) -> dict[str, pl.Series]:
    """Columns of the first crisis by their names; those of others begin with the name of the crisis."""
    found: dict[str, pl.Series] = {}
    for place, (name, crisis) in enumerate(made.scenario.crises.items()):
        columns = outcomes(done.out[:, place, :], tuple(crisis.clauses))
        found |= columns if place == 0 else {f"{name}.{column}": values for column, values in columns.items()}
    return found


def content_hash(frame: pl.DataFrame, order: str = "row") -> str:
    """SHA-256 over the values of all columns, columns by name and rows by number: the same however they were made."""
    digest = hashlib.sha256()
    ordered = frame.sort(order)
    for name in sorted(ordered.columns):
        series = ordered[name]
        digest.update(f"{name}:{series.dtype}:{len(series)}".encode())
        digest.update(series.is_null().to_numpy().tobytes())
        if series.dtype == pl.String:
            digest.update("\0".join(series.fill_null("").to_list()).encode())
        else:
            empty = False if series.dtype == pl.Boolean else 0
            digest.update(np.ascontiguousarray(series.fill_null(empty).to_numpy()).tobytes())
    return digest.hexdigest()
