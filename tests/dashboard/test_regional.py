"""A region as data for the screen: numbers as ensembles measure them, told by month, and nothing of it elsewhere."""

import json

import pytest
from kit import ready

from agents.errors import InputError
from dashboards.session.session import Session
from dashboards.text.screen_texts import words
from dashboards.views.crisis_view import rounded, spells
from dashboards.views.region_view import CONSEQUENCES
from dashboards.views.run_view import Frames, frames_of
from sim.engines.history import play
from sim.metrics.compare import compare
from sim.metrics.metric import shown_in
from sim.run.changes import switch_off, switched_off
from sim.run.spec import RunSpec
from sim.state.mechanisms import ON

SPEC = RunSpec(scenario="hemisphere_2025", seed=7)


@pytest.fixture(scope="module")
def world() -> Frames:
    return json.loads(Session(SPEC).world())  # type: ignore[no-any-return]


def test_where_flags_are_true() -> None:
    assert spells([False, True, True, False, True]) == [[1, 3], [4, 5]]
    assert spells([]) == spells([False]) == [] and spells([True]) == [[0, 1]]


def test_numbers_are_as_short_as_they_can_be() -> None:
    assert json.dumps(rounded([0.0, 0.12345, 2.0])) == "[0, 0.1235, 2]"


def test_the_plots_end_where_the_outcome_does(world: Frames) -> None:
    history = play(ready("hemisphere_2025", seed=7))
    first, plots = history.outcome(0), world["region"]["plots"]
    crises = range(len(world["crises"]))
    assert plots["demands"][0] == 1 and plots["demands"][-1] == sum(history.outcome(one)["made"] for one in crises)
    assert plots["joint"][-1] == sum(history.outcome(one)["joint"] for one in crises)
    for name, measured in (("mood", "watcher_mood"), ("sentiment", "watcher_sentiment"), ("trade", "watcher_trade")):
        assert plots[name][-1] == pytest.approx(first[measured], abs=1e-4), name
    assert all(len(line) == world["until"] + 1 for line in plots.values())
    assert plots["demands"] == sorted(plots["demands"])


def test_later_demands_are_made_and_told(world: Frames) -> None:
    made = [crisis["made"] for crisis in world["crises"]]
    told = {event["crisis"]: event for event in world["events"] if event["kind"] == "demanded"}
    assert made[0] == 0 and {place for place, at in enumerate(made) if at} == set(told)
    for place, event in told.items():
        assert event["frame"] == made[place] and event["mark"] and event["who"] in event["about"]
    assert [event["frame"] for event in world["events"]] == sorted(event["frame"] for event in world["events"])
    assert world["events"][0]["month"] == {"en": "Jan 2025", "es": "ene. 2025"}


def test_one_sentence_for_all_who_come_to_stand_in_a_round(world: Frames) -> None:
    stood = [(e["frame"], e["crisis"]) for e in world["events"] if e["kind"] in ("stance_stands", "stance_credit")]
    assert stood and len(stood) == len(set(stood))


def test_a_demand_not_made_asks_nobody(world: Frames) -> None:
    for crisis in world["crises"]:
        until = world["until"] if crisis["made"] is None else crisis["made"]
        assert not any(crisis["sides"][1]["values"][:until])


def test_consequences_are_switches_with_words() -> None:
    for name, mechanisms in CONSEQUENCES.items():
        assert set(mechanisms) <= set(ON._fields)
        assert {f"consequence.{name}", *(f"mechanism.{one}" for one in mechanisms)} <= words("es").keys()


def test_a_second_world_without_a_mechanism_and_its_name(world: Frames) -> None:
    session = Session(SPEC)
    session.switch_off(["agenda"])
    other = json.loads(session.other_world())
    assert other["branch"]["without"] == ["agenda"] and set(other["region"]["plots"]["demands"]) == {1}
    with pytest.raises(InputError, match=r"there is no mechanism `magic`"):
        session.switch_off(["magic"])
    assert session.branch and switched_off(session.branch.changes) == ("agenda",)
    session.keep()
    assert json.loads(session.world())["hashes"] == other["hashes"]


def test_a_run_is_played_once() -> None:
    prepared = ready("two_countries", seed=7)
    assert frames_of(prepared) is frames_of(ready("two_countries", seed=7))
    assert frames_of(prepared)["region"] is None


def test_pairs_of_regions_are_compared_over_all_crises() -> None:
    found = compare(SPEC, SPEC.changed(switch_off("agenda")), 5)
    by_name = {effect.name: effect for effect in found.region}
    assert set(by_name) == {metric.name for metric in shown_in("comparison", region=True)}
    assert by_name["demands_made"].b == 0.0 < by_name["demands_made"].a and by_name["demands_made"].n == 5
    assert not compare(RunSpec(scenario="two_countries"), RunSpec(scenario="two_countries"), 2).region
