"""Each scenario has a page of plain text that a student can read, replayed line by line.

After a change of the model that is meant: `DEMARCHE_REFRESH=1 python -m pytest tests/telling`, then read
the difference before it is committed.
"""

import os
import re
from functools import cache
from pathlib import Path

import pytest
from kit import ready

from sim.engines.endings import default_seed, known_endings
from sim.engines.history import History, play
from sim.scenario import scenario_names
from sim.telling.region_page import page

PAGES = Path(__file__).parent / "transcripts"
LONGEST = {"hemisphere_2025": 180, "canada_mexico_2025": 180}
"""Lines: three pages for two years of a region; of a crisis, what a reader takes in within five minutes. Two crises at
once have two such pages."""


@cache
def history(scenario: str) -> History:
    """The run that a page tells."""
    return play(ready(scenario, seed=default_seed(scenario)))


def lines_now(scenario: str, language: str = "en") -> list[str]:
    """The page of today, without the model's hash: a law may be written in other words and say the same."""
    told = page(history(scenario), language, known_endings(history(scenario).prepared))
    return re.sub(r"\b[0-9a-f]{12}\b", "............", told).splitlines()


@pytest.mark.parametrize("scenario", scenario_names())
def test_a_scenario_is_told_as_on_its_page(scenario: str) -> None:
    kept, now = PAGES / f"{scenario}.txt", lines_now(scenario)
    if os.environ.get("DEMARCHE_REFRESH"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text("\n".join(now) + "\n", encoding="utf-8")
    assert kept.is_file(), "write it with DEMARCHE_REFRESH=1, and read it"
    written = kept.read_text(encoding="utf-8").splitlines()
    for number, (was, line) in enumerate(zip(written, now, strict=False), start=1):
        assert line == was, f"{kept.name}, line {number}"
    assert len(now) == len(written), f"{kept.name} has {len(written)} lines, the run has {len(now)}"


def test_every_page_belongs_to_a_scenario() -> None:
    assert {kept.stem for kept in PAGES.iterdir()} == set(scenario_names())


@pytest.mark.parametrize("scenario", scenario_names())
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_can_be_read(scenario: str, language: str) -> None:
    now = lines_now(scenario, language)
    assert 20 <= len(now) <= LONGEST.get(scenario, 130)
    assert max(map(len, now)) <= 100
    assert not [
        line for line in now if line != line.rstrip() or "\t" in line or "None" in line or "nan" in line.split()
    ]
    assert now == lines_now(scenario, language)


@pytest.mark.parametrize("scenario", scenario_names())
def test_the_two_languages_tell_the_same_events(scenario: str) -> None:
    assert lines_now(scenario, "en") != lines_now(scenario, "es")
    assert abs(len(lines_now(scenario, "en")) - len(lines_now(scenario, "es"))) <= 20
