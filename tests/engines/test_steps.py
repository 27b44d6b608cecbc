"""Rounds are how often one looks: steps, horizons and second rounds do not rewrite what happened."""

import copy
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from command import rule_text
from kit import bits, ready

from agents.errors import InputError
from agents.library import library
from sim.engines.ensemble import ensemble
from sim.engines.history import play
from sim.engines.mesa_model import CoercionModel
from sim.metrics import statistics
from sim.run.changes import Change, Intervention
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.state.columns import CLAUSE, CRISIS, GOV, SIDE, TARGET
from sim.state.pace import longest_step
from sim.state.tables import State

SETTLEMENT = ["settled_in_hours", "outcome", "stage", "position", "won", "granted_no_handcuffs", "tariff_in_force"]


def test_the_length_of_a_round_changes_no_settlement() -> None:
    one, three, twelve = (
        ensemble(ready("colombia_2025", round_hours=hours, horizon=6.0), 100)
        .select(SETTLEMENT)
        .with_columns(pl.col("settled_in_hours").round(6))
        for hours in (1.0, 3.0, 12.0)
    )
    assert one.equals(three) and one.equals(twelve)


def test_a_longer_horizon_changes_no_settlement() -> None:
    """Second rounds come after the review day, 60; they are counted and rewrite nothing."""
    month, half_a_year = (ensemble(ready("colombia_2025", horizon=days), 200).sort("run") for days in (30.0, 180.0))
    settled = month["settled_in_hours"].is_not_null()
    assert month.filter(settled).select(SETTLEMENT).equals(half_a_year.filter(settled).select(SETTLEMENT))
    assert month["second_rounds"].sum() == 0.0 and half_a_year["second_rounds"].sum() > 0.0


def test_a_second_round_begins_with_nothing_granted() -> None:
    prepared = ready("colombia_2025", horizon=365.0)
    runs = ensemble(prepared, 100)
    run = int(runs.filter(runs["second_rounds"] > 0.0)["run"][0])
    history = play(ready("colombia_2025", horizon=365.0, run=run))
    open_again = [
        state
        for played in range(1, history.rounds + 1)
        if (state := history.state(played)).crises[0, CRISIS.second_rounds] > 0.0
        and state.crises[0, CRISIS.settled] == 0.0
    ]
    assert open_again and open_again[0].crises[0, CRISIS.first_at] > 0.0
    assert all(state.crises[0, CRISIS.position] == 0.0 for state in open_again)


def end_of(prepared: Prepared) -> State:
    history = play(prepared)
    return history.state(history.rounds)


def test_support_from_outside_makes_losses_good() -> None:
    rules = {"answer:target": "never", "answer:sender": "never"}
    bare, helped = (
        end_of(ready("colombia_2025", rules=rules, changes=changes, horizon=20.0))
        for changes in ((), (Change(path="target.relief", op="=", value=0.05),))
    )
    assert helped.sides[0, TARGET, SIDE.lost] < 0.5 * bare.sides[0, TARGET, SIDE.lost]
    row = int(bare.crises[0, CRISIS.target])
    assert helped.governments[row, GOV.elite] > bare.governments[row, GOV.elite]


def test_an_intervention_stays_within_bounds() -> None:
    at = (Intervention(round=0, path="target.support", op="+=", value=5.0),)
    history = play(ready("two_countries", at=at, horizon=0.5))
    assert np.array(history.state(1).governments)[:, GOV.support].max() <= 1.0
    with pytest.raises(InputError, match="0 \\(off\\) or 1 \\(on\\)"):
        ready("two_countries", changes=(Change(path="mechanism.rally", op="=", value=0.5),))


def test_a_trait_may_not_take_the_name_of_a_fact(tmp_path: Path) -> None:
    (tmp_path / "shy.py").write_text(
        'from agents.rule import Share, View, rule\n\n\n@rule(source="own: a test")\n'
        "def shy(view: View, support: Share = 0.5) -> float:\n"
        '    """Hold.\n\n    >>> shy(View())\n    0.0\n    """\n    return 0.0\n',
        encoding="utf-8",
    )
    spec = RunSpec(scenario="two_countries", rules={"answer:target": "shy"})
    with pytest.raises(InputError, match="`support`"):
        prepare(spec, rules=library([tmp_path]))


def test_a_copy_of_a_model_goes_on_alike_and_alone() -> None:
    model = CoercionModel(ready("two_countries", horizon=2.0))
    for _ in range(5):
        model.step()
    twin = copy.deepcopy(model)
    before = bits(model.cells).tolist()
    twin.run()
    assert bits(model.cells).tolist() == before
    model.run()
    assert bits(model.cells).tolist() == bits(twin.cells).tolist()


def test_paired_shares_have_an_interval_where_no_pair_differs() -> None:
    found = statistics.paired_share(np.zeros(200))
    assert found.value == 0.0 and found.low < 0.0 < found.high
    assert statistics.paired_share([1.0] * 150 + [0.0] * 50).low > 0.6


@pytest.mark.parametrize("again", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_model_that_was_copied_or_pickled_goes_on_alike(again: Any) -> None:
    model = CoercionModel(
        RunSpec(scenario="colombia_2025", seed=3, at=(Intervention(round=8, path="COL.mood", value=0.9),))
    )
    for _ in range(5):
        model.step()
    other = again(model)
    assert other.steps == 5 and len(other.agents) == len(model.agents)
    assert model.run().cells.tobytes() == other.run().cells.tobytes()
    assert model.cells is not other.cells and all(agent.model is other for agent in other.agents)


def test_a_model_with_a_rule_of_ones_own_can_be_pickled(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(rule_text("mine", "return 0.25"), encoding="utf-8")
    spec = RunSpec(scenario="two_countries", rules={"answer:target": "mine"})
    model = CoercionModel(spec, rules=library([tmp_path]))
    other = pickle.loads(pickle.dumps(model))
    assert model.run().cells.tobytes() == other.run().cells.tobytes()


def test_steps_stand_still_after_the_end() -> None:
    model = CoercionModel(RunSpec(scenario="two_countries", horizon=0.25)).run()
    ended = (model.steps, model.round)
    model.step()
    assert (model.steps, model.round) == ended == (6, 6)


@pytest.mark.parametrize("hours", [1 / 3, 12.0, 24.0])
def test_a_finer_and_a_coarser_round_give_the_same_crisis(hours: float) -> None:
    """Also where a round is shorter than a message needs, and longer than the whole crisis took."""
    usual, other = (settled_in_a_week("colombia_2025", round_hours=length) for length in (None, hours))
    assert abs(usual - other) <= 2.0


def test_the_same_crisis_ends_alike_in_both_of_its_scenarios() -> None:
    """January 2025 alone, by the hour, and among eleven demands, by the day: what differs is who may stand together."""
    alone, region = (settled_in_a_week(name) for name in ("colombia_2025", "hemisphere_2025"))
    assert abs(alone - region) <= 2.0


def settled_in_a_week(scenario: str, **options: Any) -> float:
    """Percent of 1,000 runs in which the flights are settled within a week."""
    table = ensemble(ready(scenario, horizon=7.0, **options), 1000)
    table = table.filter(pl.col("crisis") == "flights") if "crisis" in table.columns else table
    return 100.0 * float(table["settled_in_hours"].is_not_null().mean())  # type: ignore[arg-type]


def test_a_quiet_crisis_is_played_by_the_day_and_a_lively_one_by_its_channel() -> None:
    state = CoercionModel(ready("colombia_2025")).now
    latency = state.crises[0, CRISIS.private_latency]
    assert longest_step(state, 0.0) == pytest.approx(latency / 1.5)
    assert longest_step(state, 20.0) == 1.0
    state.sides[0, TARGET, SIDE.ready] = 1.0
    assert longest_step(state, 20.0) == pytest.approx(latency / 1.5)
    state.crises[0, CRISIS.settled] = 1.0
    assert longest_step(state, 20.0) > 1e6


def test_private_types_are_drawn_from_the_declared_ranges_and_only_from_them() -> None:
    def clauses(run: int, **options: Any) -> Any:
        return np.array(CoercionModel(ready("colombia_2025", run=run, **options)).now.clauses)[0]

    plain = clauses(0, without=("private_types",))
    for run in range(20):
        drawn = clauses(run)
        for value, low, high in ((CLAUSE.value, CLAUSE.value_low, CLAUSE.value_high),
                                 (CLAUSE.cost, CLAUSE.cost_low, CLAUSE.cost_high)):  # fmt: skip
            factor = drawn[:, value] / plain[:, value]
            assert (factor >= plain[:, low] - 1e-12).all() and (factor <= plain[:, high] + 1e-12).all()
    assert (clauses(0)[:, CLAUSE.cost] != clauses(1)[:, CLAUSE.cost]).all()
    free = (Change(path="clauses.no_handcuffs.cost", op="=", value=0.0),)
    assert clauses(3, changes=free)[:, CLAUSE.cost].min() == 0.0
