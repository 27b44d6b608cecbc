"""The dashboard without a browser: links, sessions, places, words."""

import base64
import json
import re
import zlib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agents.errors import InputError
from dashboards.session import read_link
from dashboards.session.csv_file import named
from dashboards.session.session import Session
from dashboards.text.screen_texts import words
from dashboards.views.map_positions import NEAR_X, NEAR_Y, positions
from dashboards.views.run_view import frames
from sim.engines.history import play
from sim.run.changes import Change, Intervention
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario, scenario_names
from sim.scenario.files.locate import CONFIGS

SPEC = RunSpec(scenario="colombia_2025", seed=7, at=(Intervention(round=4, path="target.relief", op="=", value=0.01),))
FRAME_TEXTS = re.compile(r"\{(\w+)\}")


def packed(data: Any) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")


def test_a_link_gives_its_run_back() -> None:
    text = read_link.encode(prepare(SPEC).spec)
    assert read_link.decode(text) == prepare(SPEC).spec and len(text) < 400


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "damaged"),
        ("%%%", "damaged"),
        ("a" * 2_001, "2001 characters"),
        (packed("{}")[:-3], "damaged"),
        (packed({"scenario": "../../etc/passwd"}), "not here"),
        (packed({"scenario": "/etc/passwd"}), "not here"),
        (packed({"scenario": "colombia_2025", "weights": "/etc/passwd"}), "not here"),
        (packed({"scenario": "colombia_2025", "rules": {"answer:target": "__import__"}}), "__import__"),
        (packed({"scenario": "colombia_2025", "code": "print(1)"}), "code"),
        (packed({"scenario": "colombia_2025", "format": 3}), "format"),
        (packed(" " * 1_000_000), "damaged"),
    ],
)
def test_a_link_that_is_none_is_answered_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_link.decode(text)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
_specs = st.dictionaries(st.sampled_from([*RunSpec.model_fields, "code"]), _values, max_size=6).map(
    lambda said: packed({"scenario": "two_countries", "horizon": 0.5, **said})
)
_links = (
    st.text(max_size=300)
    | st.binary(max_size=300).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
    | st.text(max_size=200).map(packed)
    | _specs
)


@settings(max_examples=10_000, deadline=None)
@given(_links)
@example(packed({"scenario": "two_countries", "expressions": {"target": "().__class__"}}))
@example(packed({"scenario": "two_countries", "expressions": {"target": "answer"}, "horizon": 1e308}))
@example(packed({"scenario": "two_countries", "rules": {"answer:target": "os.system"}}))
@example(packed({"scenario": "two_countries", "changes": [{"path": "__class__", "op": "=", "value": 1}]}))
def test_no_text_in_a_link_breaks_the_reader(text: str) -> None:
    """Ten thousand links: each is a run that can be prepared, or a sentence."""
    try:
        assert prepare(read_link.decode(text))
    except InputError as error:
        assert str(error)


def test_a_table_has_every_round_and_the_name_of_the_run() -> None:
    text, name = named(read_link.encode(prepare(SPEC).spec))
    head, *lines = text.splitlines()
    columns, *rows = (line for line in lines if not line.startswith("#"))
    assert RunSpec.from_json(head.partition("the run: ")[2]) == prepare(SPEC).spec and name.endswith("seed7-run0.csv")
    assert len(rows) == 149 and len({len(row.split(",")) for row in (columns, *rows)}) == 1


def test_a_link_of_another_model_is_told_from_this_one() -> None:
    session = Session(SPEC)
    with pytest.raises(InputError, match="made with model"):
        session.restore(packed({"scenario": "colombia_2025", "model": "0123456789ab"}))
    assert session.spec == SPEC


def test_whatever_is_done_can_be_undone() -> None:
    session = Session(RunSpec(scenario="colombia_2025", seed=7))
    first = session.world()
    session.apply(3, [Change(path="target.support", op="=", value=0.6)])
    session.inject(5, "material_support")
    session.restart([Change(path="measures.tariff_25.size", op="=", value=0.5)])
    assert [change.path for change in session.spec.changes] == ["measures.tariff_25.size"] and not session.spec.at
    for _ in range(3):
        session.undo()
    assert json.loads(session.world())["hashes"] == json.loads(first)["hashes"]


def test_a_mistake_leaves_the_run_on_the_screen() -> None:
    session = Session(SPEC)
    for wrong in (
        lambda: session.apply(3, [Change(path="target.suport", op="=", value=0.6)]),
        lambda: session.apply(3, [Change(path="target.support", op="=", value=6.0)]),
        lambda: session.apply(9_999, [Change(path="target.support", op="=", value=0.6)]),
        lambda: session.inject(3, "nothing"),
        lambda: session.open("nowhere"),
        lambda: session.open("configs/scenarios/colombia_2025.yaml"),
        lambda: session.open("/etc/passwd"),
        lambda: session.rewrite("target", "().__class__"),
        lambda: session.rewrite("nobody", "answer"),
        session.keep,
    ):
        with pytest.raises(InputError):
            wrong()
    assert session.spec == SPEC


@pytest.mark.parametrize("name", scenario_names())
def test_frames_say_what_the_run_says(name: str) -> None:
    history = play(prepare(RunSpec(scenario=name, seed=7)))
    shown = frames(history)
    rounds = history.rounds + 1
    assert len(shown["hours"]) == len(shown["hashes"]) == rounds
    for crisis in shown["crises"]:
        for side in crisis["sides"]:
            assert len(side["strain"]) == rounds and len(side["values"]) == history.rounds
            for values, margin in zip(side["values"], side["margins"], strict=True):
                assert margin is None or abs(sum(values) - margin) < 0.001 * (len(values) + 1)
    assert all(0 <= event["frame"] < rounds and event["text"]["es"] for event in shown["events"])


def test_places_keep_apart_and_stay_put() -> None:
    scenario = Scenario.read("colombia_2025")
    numbers = {code: scenario.government(code).numbers() for code in scenario.governments}
    capitals = {code: (n["latitude"].value, n["longitude"].value) for code, n in numbers.items()}
    places = positions(capitals)
    assert places == positions(dict(reversed(capitals.items())))
    for one, other in combinations(places.values(), 2):
        assert max(abs(one[0] - other[0]) / NEAR_X, abs(one[1] - other[1]) / NEAR_Y) > 0.8
    crowd = positions({f"G{n:02}": (10.0 + n % 5, -70.0 + n // 5) for n in range(24)})
    assert all(0.0 <= x <= 1.0 and 0.0 <= y <= 1.0 for x, y in crowd.values())


def test_both_languages_say_the_same_things() -> None:
    english, spanish = words("en"), words("es")
    assert english.keys() == spanish.keys()
    for key, text in english.items():
        assert set(FRAME_TEXTS.findall(text)) == set(FRAME_TEXTS.findall(spanish[key])), key


def test_a_scenario_of_ones_own_is_on_the_list_and_in_its_links(tmp_path: Path, monkeypatch: Any) -> None:
    file = tmp_path / "mine.yaml"
    shipped = CONFIGS / "scenarios" / "two_countries.yaml"
    file.write_text(shipped.read_text(encoding="utf-8").replace("name: two_countries", "name: mine"), encoding="utf-8")
    monkeypatch.setenv(read_link.FIRST_SCENARIO, str(file))
    session = Session(RunSpec(scenario=str(file), seed=7))
    world = json.loads(session.world())
    assert "mine" in [one["name"] for one in world["scenarios"]]
    session.open("colombia_2025")
    session.restore(world["link"])
    assert json.loads(session.world())["hashes"] == world["hashes"]
    session.open("mine")
    assert named(world["link"])[1] == "mine-seed7-run0.csv"
