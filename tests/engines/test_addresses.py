"""A change of one number changes that number, and nothing whose name merely ends in the same word."""

import numpy as np
import pytest

from sim.run.apply_changes import apply_changes
from sim.run.changes import Change
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.state.columns import GOV

USUAL = {
    "support": GOV.before - GOV.support,
    "elite": GOV.elite_usual - GOV.elite,
    "mood": GOV.mood_usual - GOV.mood,
}
"""Levels of a government, and how far from each the level lies that it returns to."""


def other_value(low: float, high: float, old: float) -> float:
    """A value within bounds that is not the old one; huge bounds are not tried."""
    return next(value for value in (max(low, 0.0), min(high, 1.0), min(high, old + 1.0)) if value != old)


@pytest.mark.parametrize("scenario", ["colombia_2025", "hemisphere_2025"])
def test_a_change_of_one_number_changes_no_other(scenario: str) -> None:
    prepared = prepare(RunSpec(scenario=scenario))
    template, addresses = prepared.template, prepared.addresses
    before = template.cells.copy()
    governments = set(template.names.governments)
    for path in addresses:
        cell = addresses.find(path, path)
        value = other_value(cell.unit.low, cell.unit.high, float(before[cell.address]))
        apply_changes(template, addresses, [Change(path=path, value=value)])
        changed = set(np.flatnonzero(template.cells != before).tolist()) - {cell.address}
        template.cells[:] = before
        owner, _, column = path.rpartition(".")
        if owner in governments and column in USUAL:
            assert changed <= {cell.address + USUAL[column]}, path
        elif not path.startswith("exports.") and path != "weights.nothing_known":
            assert not changed, path


def test_each_mechanism_can_be_switched_off_alone() -> None:
    prepared = prepare(RunSpec(scenario="hemisphere_2025"))
    switches = [path for path in prepared.addresses if path.startswith("on.")]
    for path in switches:
        off = prepare(prepared.spec.changed(f"{path}=0"))
        assert [one.text for one in off.spec.changes] == [f"{path}=0"]
        cells = [off.addresses.find(other, other).address for other in switches]
        assert sum(off.template.cells[cells] == 0.0) == 1, path
