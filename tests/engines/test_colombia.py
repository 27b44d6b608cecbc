"""The flagship: what happened in January 2025 is what usually happens, and a null model does not give it."""

from functools import cache
from typing import Any

import pytest
from kit import ready

from sim.engines.ensemble import ensemble
from sim.metrics.summary import summary

RUNS = 1000
WANTED = {
    "the first answer holds": lambda found: found["first_answer_held"]["value"] >= 0.8,
    "settled within seven days": lambda found: 0.75 <= found["settled_in_7_days"]["value"] <= 0.95,
    "half of them within hours, or two days": lambda found: 6.0 <= found["median_hours"]["value"] <= 48.0,
    "a clause of its own is won": lambda found: found["clause_won"]["value"] >= 0.7,
    "hardly ever a tariff in force": lambda found: found["tariff_in_force"]["value"] <= 0.25,
}


@cache
def found(rule: str = "", hours: float | None = None) -> dict[str, Any]:
    """The flagship's ensemble; both sides by a rule, or as the scenario says."""
    rules = {"answer:target": rule, "answer:sender": rule} if rule else {}
    return summary(ensemble(ready("colombia_2025", seed=7, rules=rules, round_hours=hours), RUNS))


@pytest.mark.parametrize("row", WANTED)
def test_the_flagship_goes_as_it_went(row: str) -> None:
    assert WANTED[row](found()), found()


def test_no_run_of_the_flagship_fails() -> None:
    assert found()["failed"] == 0


@pytest.mark.parametrize("rule", ["never", "always"])
def test_a_null_model_misses_most_of_it(rule: str) -> None:
    kept = [row for row, holds in WANTED.items() if holds(found(rule))]
    assert len(kept) <= 2, f"{rule} gives {kept}"


def test_the_length_of_rounds_does_not_matter() -> None:
    """Of whether it is settled in a week; a median of eleven hours cannot be told in rounds of twelve."""
    shares = {hours: found(hours=hours)["settled_in_7_days"]["value"] for hours in (1.0, 3.0, 12.0)}
    assert max(shares.values()) - min(shares.values()) < 0.02, shares
