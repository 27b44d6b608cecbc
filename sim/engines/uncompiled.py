"""An ensemble without the compiler: run by run in Mesa, for rules that numba does not take. Slower, equal."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from agents.errors import RunError
from sim.engines.mesa_model import CoercionModel
from sim.engines.outcome import write_outcome
from sim.run.prepare import Prepared

RULE_FAILED = 1.0


def run_uncompiled(
    prepared: Prepared, rows: Any, cells: Any, values: Any, progress: Callable[[int], None] | None = None
) -> None:
    """Fill `rows` (see `sim.engines.ensemble.Rows`) from Mesa runs.

    Args:
        prepared: The world. rows: What to fill. cells: Addresses that vary. values: Their values, (runs, cells).
        progress: Told of each run.
    """
    for row, run in enumerate(rows.runs):
        template = prepared.template.with_values(cells, values[row])
        crisis = CoercionModel(replace(prepared, template=template, spec=prepared.spec.but(run=int(run))))
        try:
            crisis.run()
        except RunError:
            rows.failed[row] = (RULE_FAILED, np.nan)
        for index in range(template.shape.crises):
            write_outcome(crisis.now, index, rows.out[row, index])
        if progress:
            progress(1)
