"""Interventions: a number of the state changed from outside at the start of a round, logged in the run's name."""

from agents.arithmetic import clip
from agents.law import law
from sim.state.tables import State, Table

OPERATIONS = ("=", "+=", "*=")


@law
def intervene(now: State, new: State, at: Table, step: int) -> None:
    """Apply the interventions of this round, within the bounds of each number's unit.

    `at` has a row each: round, address in the buffer, operation, value, lowest and highest value.
    """
    for row in range(len(at)):
        if int(at[row, 0]) == step:
            cell, kind, value = int(at[row, 1]), int(at[row, 2]), at[row, 3]
            changed = value if kind == 0 else now.cells[cell] + value if kind == 1 else now.cells[cell] * value
            changed = clip(changed, at[row, 4], at[row, 5])
            now.cells[cell] = changed
            new.cells[cell] = changed
