"""Are the stored rows what the model says? A random sample is computed again, in the other engine, bit for bit."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from sim.studies.design.plan import Batch, Chunk
from sim.studies.running.runner import jobs
from sim.studies.running.work import Engine, compute
from sim.studies.store import rows
from sim.studies.store.results import Results


@dataclass(frozen=True)
class Verdict:
    """How many rows were computed again, and which differ in which columns."""

    rows: int
    engine: Engine
    differ: dict[int, tuple[str, ...]]


def verify(results: Results, rows: int, seed: int, engine: Engine = "mesa", folders: tuple[str, ...] = ()) -> Verdict:
    """Compute a sample of the stored rows again.

    Args:
        rows: Size of the sample, at most all. seed: Which sample. engine: What computes; Mesa unless said otherwise.
    """
    frame = results.frame
    chosen = np.random.default_rng(seed).choice(len(frame), min(rows, len(frame)), replace=False)
    differ = {}
    for place in sorted(int(one) for one in chosen):
        stored = frame[place]
        found = again(results, int(stored["row"][0]), engine, folders)
        columns = unequal(stored, found)
        if columns:
            differ[int(stored["row"][0])] = columns
    return Verdict(len(chosen), engine, differ)


def again(results: Results, row: int, engine: Engine = "mesa", folders: tuple[str, ...] = ()) -> pl.DataFrame:
    """One row of a study, computed anew."""
    made = results.made
    variant, point, repetition = results.plan.find(row)
    chunk = Chunk(Batch(point, point + 1, repetition, repetition + 1), 0, variant, 0, 1, row)
    points, repetitions = chunk.pairs()
    job = jobs(made, engine, folders)[variant]
    paths = tuple(one.path for one in made.dimensions)
    done = compute(job, made.points.runs(points, repetitions), paths, made.points.values[points])
    return rows.part(made, chunk, done)


def unequal(one: pl.DataFrame, two: pl.DataFrame) -> tuple[str, ...]:
    """Columns in which two tables differ; in numbers every bit counts."""
    if one.columns != two.columns:
        return tuple(sorted(set(one.columns) ^ set(two.columns)))
    hashes = [[rows.content_hash(part[[name]], name) for name in one.columns] for part in (one, two)]
    return tuple(name for name, a, b in zip(one.columns, *hashes, strict=True) if a != b)
