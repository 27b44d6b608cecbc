"""The seat of the dashboard without a browser: deciding, taking back, restoring, and never the future."""

import json
from typing import Any

import pytest

from agents.errors import DemarcheError, InputError
from agents.library import shipped
from dashboards.session import read_link
from dashboards.session.requests import answer
from dashboards.session.session import Session
from sim.api import RunSpec, play, prepare

START = RunSpec(scenario="colombia_2025", seed=7)


def seated(who: str = "COL") -> Session:
    session = Session(START)
    session.sit(who)
    return session


def world(session: Session) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(session.world())
    return found


def decide(session: Session, choice: str) -> dict[str, Any]:
    """Decide, and the screen after it."""
    seat = world(session)["seat"]
    willingness = {option["id"]: option["willingness"] for option in seat["ladder"]}[choice]
    session.decide(seat["round"], willingness)
    return world(session)


def test_nothing_of_the_future_leaves_the_server() -> None:
    session = seated()
    for _ in range(4):
        shown = decide(session, "hold")
        until = shown["seat"]["round"]
        assert shown["until"] == until == len(shown["hashes"]) - 1 > 0
        assert all(event["frame"] <= until for event in shown["events"])
        assert shown["crises"][0]["settled"] is None
        for side in shown["crises"][0]["sides"]:
            assert len(side["strain"]) == len(side["margins"]) + 1 == until + 1
        assert not {"ending", "otherwise"} & shown["seat"].keys()


def test_to_the_end_and_the_run_is_what_the_command_plays() -> None:
    session = seated()
    decide(session, "hold")
    while not (shown := decide(session, "accept"))["seat"]["over"]:
        pass
    history = play(prepare(session.spec))
    assert shown["until"] == history.rounds and shown["hashes"] == world(Session(session.spec))["hashes"]
    assert "concedes" in shown["seat"]["ending"]["en"] and "cede" in shown["seat"]["ending"]["es"]
    assert "two_level" in shown["seat"]["otherwise"]["en"] and "14" in shown["seat"]["otherwise"]["en"]
    session.stand_up()
    assert world(session)["seat"] is None and session.spec.at[0].path == "COL.answer"
    session.undo()
    assert session.spec == START


def test_a_decision_is_taken_back_one_at_a_time() -> None:
    session = seated()
    first = world(session)
    second = decide(session, "hold")
    decide(session, "offer")
    session.take_back()
    assert world(session) == second
    session.take_back()
    assert world(session) == first
    session.take_back()
    assert world(session) == first


def test_a_link_gives_the_seat_back() -> None:
    session = seated("sender")
    for _ in range(3):
        here = decide(session, "hold")
    other = Session(RunSpec(scenario="two_countries"))
    other.restore(here["link"], "USA")
    assert world(other)["seat"] == here["seat"] and world(other)["hashes"] == here["hashes"]
    other.restore(here["link"])
    assert world(other)["seat"] is None


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_willingness_that_is_none_changes_nothing(wrong: float) -> None:
    session = seated()
    with pytest.raises(DemarcheError, match="out of bounds"):
        answer(session, {"what": "decide", "round": 0, "willingness": wrong})
    assert not session.spec.at and world(session)["seat"]["round"] == 0


def test_a_decision_that_is_not_asked_for_is_refused() -> None:
    session = seated()
    decide(session, "hold")
    with pytest.raises(InputError, match="not asked for now"):
        session.decide(0, 0.0)  # a second click on the first question
    with pytest.raises(DemarcheError, match="Nobody has a seat"):
        Session(START).decide(0, 0.0)


@pytest.mark.parametrize("who", ["MEX", "", "nobody", "x" * 1000])
def test_who_is_no_side_has_no_seat(who: str) -> None:
    session = Session(START)
    with pytest.raises(InputError, match="is not a side of this crisis"):
        session.sit(who)
    assert not session.seat and session.spec == START
    with pytest.raises(InputError, match="is not a side of this crisis"):
        session.restore(read_link.encode(prepare(RunSpec(scenario="two_countries")).spec), "COL")


def test_another_run_ends_the_seat() -> None:
    for request in ({"what": "open", "scenario": "two_countries"}, {"what": "restart", "changes": [], "seed": 8}):
        after, shown = answer(seated(), request)
        assert not after.seat and json.loads(shown["world"])["seat"] is None


def test_advice_is_sorted_and_says_what_it_comes_to() -> None:
    session = seated()
    advice = json.loads(session.advice())["advice"]
    answers = [one["answer"] for one in advice]
    assert answers == sorted(answers, reverse=True) and len(advice) == len(shipped().family("answer"))
    by_name = {one["rule"]: one for one in advice}
    assert by_name["always"]["meaning"]["en"].startswith("Accept") and by_name["never"]["meaning"]["es"] == "Resistir"
    assert [one["rule"] for one in advice if one["own"]] == ["two_level"]


def test_advice_describes_each_rule_in_both_languages() -> None:
    for one in json.loads(seated().advice())["advice"]:
        rule = shipped()["answer", one["rule"]]
        assert one["summary"] == {"en": rule.summary, "es": rule.es}
