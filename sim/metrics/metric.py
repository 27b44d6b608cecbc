"""What a measure is: one number a run, with its unit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

WORLDS = "percent of worlds"
POINT = 100.0
Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Measure:
    """One number a run.

    `values` takes a table with a row a run: the first crisis' columns by their names, those of the others as
    `crisis.column` (`sim.engines.ensemble.wide`, or the rows of a study).
    """

    name: str
    unit: str
    says: str
    values: Callable[[pl.DataFrame], Values]

    @property
    def share(self) -> bool:
        """Whether it is 0 or 100 for each run: a share of worlds."""
        return self.unit == WORLDS
