"""The registry of numbers: every weight and trait is in it, with a source or with a range and a reason."""

import json
from pathlib import Path

import pytest
from command import Demarche, demarche, rule_text
from kit import ready

from agents.library import discover
from agents.units import unit_of
from agents.views import View
from sim.engines.history import play
from sim.run.changes import parse_change
from sim.run.prepare import shipped
from sim.scenario import read_weights
from sim.scenario.files import bibliography
from sim.state.columns import GOV
from sim.state.mechanisms import MECHANISMS
from sim.state.tables import windows
from sim.state.weights import Weights
from sim.telling.number_list import Number, count_origins, list_numbers

__all__ = ["demarche"]
NUMBERS = list_numbers(shipped(), read_weights("default")[1])
EACH = pytest.mark.parametrize("number", NUMBERS, ids=[number.name for number in NUMBERS])
TWO_LEVEL = (
    *("pain", "horizon", "elite_weight", "climb_down", "pride", "hope", "tires", "spread"),
    *("exchanges", "quiet", "lookahead", "attention_time"),
)


def test_every_weight_and_trait_is_there_once() -> None:
    names = [number.name for number in NUMBERS]
    assert len(set(names)) == len(names)
    assert {name for name in names if name.startswith("weights.")} == {f"weights.{name}" for name in Weights._fields}
    traits = {f"{kind}.{name}.{trait.name}" for (kind, name), rule in shipped().items() for trait in rule.traits}
    assert {number.name for number in NUMBERS if number.kind == "trait"} == traits
    assert tuple(trait.name for trait in shipped().find("answer", "two_level").traits) == TWO_LEVEL


@EACH
def test_it_has_a_source_or_a_range_with_a_reason(number: Number) -> None:
    assert number.unit and number.meaning
    if number.source is not None:
        assert bibliography.reference(number.source)
    else:
        assert number.low is not None and number.high is not None, "neither source nor range"
        assert number.low <= number.value <= number.high
        assert number.low < number.high, "a range of one value says that nothing is open"
        assert number.why.endswith("."), "the reason is a sentence"


@pytest.mark.parametrize("name", Weights._fields)
def test_a_weight_is_inside_the_bounds_of_its_unit(name: str) -> None:
    unit, weight = unit_of(Weights.__annotations__[name]), read_weights("default")[1][name]
    assert unit and unit.low <= weight.value <= unit.high


def test_mechanisms_name_weights_that_exist() -> None:
    assert {name for mechanism in MECHANISMS for name in mechanism.weights} <= set(Weights._fields)


def test_what_nobody_knows_of_a_government_is_one_weight() -> None:
    """The records begin where the weight says, also when a run changes it; what a scenario states stays."""
    prepared = ready("hemisphere_2025", changes=(parse_change("weights.nothing_known=0.3"),), horizon=1.0)
    state = windows(prepared.template.cells, prepared.template.shape, plain=True)
    sender = prepared.template.names.governments.index("USA")
    assert [state.governments[row, GOV.held] for row in range(2)] == [0.3, 0.3]
    assert state.governments[sender, GOV.success] == 0.5
    assert state.governments[0 if sender else 1, GOV.success] == 0.3


@pytest.mark.parametrize(
    "change", ["weights.rally_base=0", "weights.leaning_turn=0", "weights.memory_pain=30", "sender.attention_time=60"]
)
def test_a_number_that_was_hidden_now_moves_a_run(change: str) -> None:
    usual, changed = play(ready("colombia_2025")), play(ready("colombia_2025", changes=(parse_change(change),)))
    start = usual.prepared.template.shape.offsets()["crises"]  # what lies before holds the weights and traits
    assert (usual.cells[:, start:] != changed.cells[:, start:]).any()


SEEN = View(threat=0.05, belief=0.9, stand=0.9, publicity=0.9, gain=0.05, fading=0.1, days_left=60.0, pressure=0.02)


@pytest.mark.parametrize(
    ("trait", "value", "seen"),
    [
        ("exchanges", 40.0, SEEN),
        ("quiet", 0.9, SEEN),
        ("lookahead", 7.0, SEEN),
        ("attention_time", 60.0, SEEN),
    ],
)
def test_a_number_that_two_level_hid_now_moves_its_reasons(trait: str, value: float, seen: View) -> None:
    rule = shipped().find("answer", "two_level")
    assert rule.reasons(seen, **{trait: value}) != rule.reasons(seen)


def test_a_rule_of_ones_own_may_leave_the_origin_out(tmp_path: Path) -> None:
    text = rule_text("mine", "return much").replace("(view: View)", "(view: View, much: Share = 0.5)")
    text = text.replace("import PressView", "import Share")
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    found = [n for n in list_numbers(discover(tmp_path), read_weights("default")[1]) if n.name == "answer.mine.much"]
    assert [number.origin for number in found] == ["not stated"]
    assert count_origins(found)["not stated"] == 1


def test_the_command_lists_all_of_them(demarche: Demarche) -> None:
    found = demarche("numbers")
    assert found.code == 0
    for number in NUMBERS:
        assert number.name in found.out
    counts = count_origins(NUMBERS)
    last = found.out.strip().splitlines()[-1]
    assert last.startswith(f"{len(NUMBERS)} numbers: {counts['source']} with a source, {counts['assumption']} assum")


def test_the_command_filters_and_gives_json(demarche: Demarche) -> None:
    found = json.loads(demarche("numbers", "rally", "two_level.hope", "--json").out)
    assert {row["name"] for row in found["numbers"]} >= {"weights.rally_size", "answer.two_level.hope"}
    assert all("rally" in row["name"] or "two_level.hope" in row["name"] for row in found["numbers"])
    assert sum(found["counts"].values()) == len(found["numbers"])


def test_an_unknown_name_gets_one_sentence(demarche: Demarche) -> None:
    found = demarche("numbers", "rally_siz3")
    assert found.code == 2 and "Traceback" not in found.err
    assert "There is no number `rally_siz3`. Did you mean `weights.rally_size`?" in found.err
