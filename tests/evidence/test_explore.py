"""What the declared ranges say: joint draws stay inside them, and shares are counted over the right draws."""

import json
from typing import Any

import numpy as np
import pytest
from command import Demarche, demarche
from kit import difference, ready

from agents.errors import InputError
from sim.engines.ensemble import drawn_weights, ensemble, trace
from sim.engines.history import play
from sim.evidence.expectations.explore import CASE, NUMERICS, Explored, draw, explore, free_numbers, shares, to_unit
from sim.evidence.expectations.patterns import read_patterns
from sim.run.changes import parse_change as change
from sim.run.spec import RunSpec
from sim.scenario.weight_file import posterior_file, read_draws
from sim.state.columns import WEIGHT

__all__ = ["demarche"]
FREE = free_numbers("colombia_2025")


def test_every_assumed_weight_and_trait_of_both_sides_is_drawn() -> None:
    names = {one.name for one in FREE}
    assert {"weights.anticipation", "weights.market_shock", "sender.pain", "target.spread"} <= names
    assert "target.climb_down" not in names and "weights.audience" not in names, "they have a source, and no range"
    assert len(names) == len(FREE) and all(one.low <= one.default <= one.high for one in FREE)


@pytest.mark.parametrize("width", [1.0, 0.25])
def test_a_latin_hypercube_fills_each_range_once(width: float) -> None:
    points = draw(FREE, 50, seed=3, width=width)
    for one, column in zip(FREE, points.T, strict=True):
        places = to_unit(one, column)
        middle = to_unit(one, one.default)
        assert places.min() >= -1e-9 and places.max() <= 1.0 + 1e-9
        strata = np.floor((places - middle * (1.0 - width)) / width * 50.0 + 1e-9)
        assert sorted(strata) == list(range(50)), one.name


def test_rows_of_mechanisms_count_the_first_draws_for_the_prior_and_the_posterior_alone() -> None:
    passed = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, np.nan]])
    found = Explored(FREE[:1], ("went", "works"), (CASE, "mechanism"), np.ones((4, 1)), passed, full=2)
    assert found.posterior.tolist() == [True, False, True, False]
    assert list(shares(found)) == [("went", 50.0, 100.0), ("works", 50.0, 50.0)]


def test_no_draw_of_the_posterior_is_said_to_be_none() -> None:
    found = Explored(FREE[:1], ("went",), (CASE,), np.ones((2, 1)), np.zeros((2, 1)), full=1)
    assert found.widths() == {} and np.isnan(next(shares(found))[2])


def test_it_judges_the_rows_of_the_flagship() -> None:
    rows = read_patterns("colombia_2025")
    found = explore(rows, draws=2, runs=10, full=1)
    assert set(found.rows) == {row.id for row in rows.rows if row.kind != NUMERICS}
    assert not np.isnan(found.passed[0]).any()


@pytest.mark.parametrize(
    ("scenario", "options", "said"),
    [
        ("colombia_2025", {"draws": 0}, "--draws 0"),
        ("colombia_2025", {"draws": 1, "runs": -1}, "--runs -1"),
        ("colombia_2025", {"draws": 1, "full": 0}, "--full 0"),
        ("colombia_2025", {"draws": 1, "width": 2.0}, "--width 2"),
        ("hemisphere_2025", {"draws": 1}, "hemisphere_2025: no row"),
    ],
)
def test_what_cannot_be_explored_gets_one_sentence(scenario: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        explore(read_patterns(scenario), **options)


def test_the_command_says_how_many_numbers_were_drawn(demarche: Demarche) -> None:
    answer = demarche("explore", "colombia_2025", "--draws", "1", "--runs", "5", "--full", "1", "--json")
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    assert found["draws"] == 1 and {row["id"] for row in found["rows"]} >= {"force_presses", "settled_in_a_week"}
    wrong = demarche("explore", "columbia_2025")
    assert wrong.code == 2 and "colombia_2025" in wrong.err and "Traceback" not in wrong.err


def test_each_run_of_the_posterior_has_its_own_draw_in_both_engines() -> None:
    draws = read_draws()
    runs = (0, 1, len(draws.points) + 1)
    histories = [play(ready("colombia_2025", weights="posterior", run=run, horizon=2)) for run in runs]
    for history, run in zip(histories, runs, strict=True):
        assert not difference(history.prepared, history.cells, trace(history.prepared))
        column = draws.names.index("weights.elite_pain")
        assert history.state(0).weights[WEIGHT.elite_pain] == draws.points[run % len(draws.points)][column]
    table = ensemble(RunSpec(scenario="colombia_2025", weights="posterior", horizon=2), 2)
    assert table["target_support"].to_list() == [history.outcome()["target_support"] for history in histories[:2]]


def test_what_is_set_stays_over_the_draw() -> None:
    changed = ready("colombia_2025", weights="posterior", horizon=1, changes=(change("weights.elite_pain=3"),), run=4)
    assert play(changed).state(0).weights[WEIGHT.elite_pain] == 3.0
    drawn = drawn_weights(changed, np.arange(2))
    assert "weights.elite_pain" not in drawn and len(drawn["weights.half_point"]) == 2


def test_the_posterior_is_of_the_rows_and_numbers_of_today() -> None:
    kept = json.loads(posterior_file().read_text(encoding="utf-8"))
    rows = [row.id for row in read_patterns(kept["scenario"]).rows if row.kind != NUMERICS]
    assert sorted(name for name, _, _ in kept["rows"]) == sorted(rows), "demarche explore colombia_2025 --save"
    assert kept["names"] == [free.name for free in free_numbers(kept["scenario"])]
    assert all(len(point) == len(kept["names"]) for point in kept["points"])
