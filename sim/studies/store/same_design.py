"""Is the design still the one that the stored rows were made from? Asked of the rows, which carry every input."""

import numpy as np
import polars as pl

from agents.errors import InputError
from sim.studies.design.plan import Plan
from sim.studies.design.study import Study
from sim.studies.store.part_store import Store, key_of

_WHAT = (
    "the points of the design are no longer those of the stored rows (first in {name}): another version of SALib,"
    " SciPy, NumPy or Demarche makes them. Go on with the versions that the manifest names, or start new with --out."
)


def same_design(made: Study, store: Store, plan: Plan) -> None:
    """Compare the inputs of the first and the last part of each batch with the design, bit for bit.

    Raises:
        InputError: When they differ: another version of what makes the design, whatever the reason.
    """
    whole, _ = store.parts()
    for place in range(len(plan.batches)):
        there = [chunk for batch, chunk in plan.chunks() if batch == place and key_of(made.id, chunk) in whole]
        for chunk in {there[0], there[-1]} if there else ():
            points, repetitions = chunk.pairs()
            stored = pl.read_parquet(whole[key_of(made.id, chunk)])
            expected = {"run": made.points.runs(points, repetitions)}
            expected |= {one.path: made.points.values[points, column] for column, one in enumerate(made.dimensions)}
            for name, values in expected.items():
                if not np.array_equal(stored[name].to_numpy(), values):
                    raise InputError(f"{store.where}: {_WHAT.format(name=name)}")
