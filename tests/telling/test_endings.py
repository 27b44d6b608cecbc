"""How rare a run is: what is on file holds for today's model, the seed a scenario is shown with ends as most do."""

import re

import numpy as np
import pytest
from kit import ready

from sim.engines.endings import Ending, as_recorded, count_endings, default_seed, ending_of, known_endings, on_file
from sim.engines.ensemble import simulate
from sim.engines.history import play
from sim.engines.outcome import OUT
from sim.run.changes import parse_change
from sim.scenario import Scenario, scenario_names
from sim.telling.region_page import page

AGAIN = "demarche endings all --write puts today's on file"


@pytest.mark.parametrize("scenario", scenario_names())
def test_what_is_on_file_is_of_today(scenario: str) -> None:
    known = known_endings(ready(scenario, seed=default_seed(scenario)))
    assert known is not None, AGAIN
    assert sum(count for _, count in known.counts) == known.runs
    assert [count for _, count in known.counts] == sorted((count for _, count in known.counts), reverse=True)
    assert (known.as_recorded is None) == (scenario == "two_countries")


@pytest.mark.parametrize("scenario", scenario_names())
def test_a_scenario_is_shown_with_a_run_that_ends_as_most_do(scenario: str) -> None:
    prepared = ready(scenario, seed=default_seed(scenario))
    known = known_endings(prepared)
    assert known is not None, AGAIN
    out = simulate(prepared, np.zeros(1, dtype=np.int64)).out[0, 0]
    assert ending_of(prepared, dict(zip(OUT._fields, map(float, out), strict=True))) == known.counts[0][0]
    assert "most common ending" in on_file()[scenario]["why"]


def test_a_count_of_today_is_as_on_file() -> None:
    prepared = ready("colombia_2025")
    known, now = known_endings(prepared), count_endings(prepared, 300)
    assert known is not None and known.as_recorded is not None and now.as_recorded is not None
    for ending, count in known.counts[:5]:
        assert abs(count / known.runs - now.count(ending) / now.runs) < 0.08
    assert abs(known.as_recorded / known.runs - now.as_recorded / now.runs) < 0.08


def test_a_change_is_counted_anew() -> None:
    changed = ready("two_countries", changes=(parse_change("measures.tariff_20.size=0"),))
    assert known_endings(changed) is None
    assert known_endings(ready("two_countries", horizon=2)) is None
    assert count_endings(changed, 50).counts != count_endings(ready("two_countries"), 50).counts


def test_as_on_record_compares_terms_hours_and_tariff() -> None:
    scenario = Scenario.read("colombia_2025")
    crisis = scenario.crises["flights"]
    clauses = tuple(crisis.clauses)
    given = sum(1 << place for place, code in enumerate(clauses) if code in crisis.record.given)
    disputed = sum(1 << place for place, code in enumerate(clauses) if code in crisis.record.disputed)
    rows = np.zeros((7, len(OUT)))
    rows[:, OUT.settled], rows[:, OUT.settled_at], rows[:, OUT.granted] = 1.0, 8 / 24, given
    rows[1, OUT.granted] = given | disputed  # the two sides differ on these: either way
    rows[2, OUT.granted] = given & ~1
    rows[3, OUT.settled_at], rows[4, OUT.settled_at] = 5.9 / 24, 12.1 / 24
    rows[5, OUT.tariff_in_force] = 1.0
    rows[6, OUT.settled] = 0.0
    assert as_recorded(rows, crisis.record, clauses).tolist() == [True, True, False, False, False, False, False]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_ends_with_how_rare_it_is(language: str) -> None:
    history = play(ready("colombia_2025", seed=default_seed("colombia_2025")))
    told = page(history, language, known_endings(history.prepared))
    words = {
        "en": (r"(\d+) of 100 runs that differ only by chance", r"(\d+) of 100 end as in January 2025"),
        "es": (r"(\d+) de cada 100 corridas que solo difieren", r"(\d+) de cada 100 terminan como en enero de 2025"),
    }[language]
    flat = " ".join(told.split())
    shares = [int(re.search(pattern, flat).group(1)) for pattern in words]
    assert all(20 <= share <= 45 for share in shares)
    text = getattr(history.prepared.template.scenario.crises["flights"].record.text, language)
    assert told.index(text[:20]) > told.index("100")


def test_nothing_is_told_before_it_happens() -> None:
    """Summary, accounts and voices at the start say nothing of the ending; what is on record comes after it."""
    history = play(ready("colombia_2025", seed=3))
    start = page(history).partition("What happened")[0]
    for word in ("restored", "overcome", "nine hours", "ever collected"):
        assert word not in start
    assert "A voice, a left-wing paper" in start and "A voice, a right-wing paper" in start


def test_an_ending_without_a_settlement_gives_nothing() -> None:
    history = play(ready("two_countries", changes=(parse_change("target.answer=0"), parse_change("sender.answer=0"))))
    assert ending_of(history.prepared, history.outcome()) == Ending("STALE", ())
