"""A run that was played, with the whole state after every round: what transcripts, scrubbers and `why` read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engines.mesa_model import CoercionModel
from sim.engines.outcome import OUT, write_outcome
from sim.run.prepare import Prepared
from sim.state.tables import State, windows


@dataclass(frozen=True)
class History:
    """`cells` has a row for the start and one after every round, (rounds + 1, cells)."""

    prepared: Prepared
    cells: np.ndarray[Any, np.dtype[np.float64]]

    @property
    def rounds(self) -> int:
        """Rounds played."""
        return len(self.cells) - 1

    def state(self, played: int) -> State:
        """The state after so many rounds; 0 is the start."""
        return windows(self.cells[played], self.prepared.template.shape, plain=True)

    def time(self, played: int) -> float:
        """Days since the ultimatum after so many rounds."""
        return float(self.prepared.template.times[played])

    def outcome(self, crisis: int = 0) -> dict[str, float]:
        """What came of a crisis, by the names of `sim.engines.outcome.Outcome`."""
        row = np.zeros(len(OUT))
        write_outcome(self.state(self.rounds), crisis, row)
        return dict(zip(OUT._fields, map(float, row), strict=True))


def play(prepared: Prepared, progress: Callable[[int], None] | None = None) -> History:
    """Play a run in the Mesa engine and keep every round.

    Args:
        prepared: The run. progress: Told the number of rounds played so far.
    """
    crisis = CoercionModel(prepared)
    cells = np.empty((prepared.template.rounds + 1, len(crisis.cells)))
    cells[0] = crisis.cells
    while crisis.running:
        crisis.step()
        cells[crisis.round] = crisis.cells
        if progress:
            progress(crisis.round)
    return History(prepared, cells)
