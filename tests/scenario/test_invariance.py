"""Change one thing and nothing else moves, to the last bit."""

import copy
from typing import Any

import numpy as np
import pytest
import yaml
from kit import SHAPES, bits, difference, engines_agree, ready, run_of
from places import ROOT

from agents.library import shipped
from sim.engines.ensemble import ensemble, simulate, trace
from sim.engines.history import History, play
from sim.engines.mesa_model import CoercionModel
from sim.run.changes import Intervention
from sim.run.prepare import Prepared
from sim.scenario import Scenario
from sim.state.columns import CRISIS, DYAD, PRESS, VIEW, WATCH

SCENARIOS = (*SHAPES, "canada_mexico_2025", "hemisphere_2025")
DAYS = 3.0
LUCK = {
    "sides": (VIEW.luck, VIEW.temper),
    "measures": (PRESS.luck, PRESS.temper),
    "stances": (WATCH.luck, WATCH.temper),
}


def data_of(scenario: str) -> dict[str, Any]:
    """A scenario as plain data, to be changed."""
    text = (ROOT / "configs" / "scenarios" / f"{scenario}.yaml").read_text(encoding="utf-8")
    return copy.deepcopy(yaml.safe_load(text))


def same(prepared: Prepared, one: Any, other: Any) -> None:
    found = difference(prepared, one, other)
    assert not found, found


def table(history: History, name: str, *columns: int) -> Any:
    """Some columns of a table in every round, as bits."""
    shape = history.prepared.template.shape
    start, size = shape.offsets()[name], shape.tables()[name]
    cells = history.cells[:, start : start + int(np.prod(size))].reshape(-1, *size)
    return bits(cells[..., list(columns)] if columns else cells)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_more_runs_leave_the_first_ones_alone(scenario: str) -> None:
    prepared = ready(scenario, horizon=DAYS)
    few, many = simulate(prepared, np.arange(30)), simulate(prepared, np.arange(700))
    assert (bits(few.out) == bits(many.out[:30])).all()
    backwards = simulate(prepared, np.arange(30)[::-1].copy())
    assert (bits(few.out) == bits(backwards.out[::-1])).all()


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("engine", [trace, lambda prepared: play(prepared).cells], ids=["compiled", "mesa"])
def test_a_longer_crisis_has_the_same_beginning(scenario: str, engine: Any) -> None:
    for run in range(5):
        short, long = (run_of(ready(scenario, horizon=days, round_hours=3.0), run) for days in (2.0, 6.0))
        beginning = engine(short)
        same(short, beginning, engine(long)[: len(beginning)])


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("side", ["sender", "target"])
def test_another_rule_leaves_everybodys_luck(scenario: str, side: str) -> None:
    """Luck is compared for as long as the crisis goes on in both: a government that has settled asks for none."""
    histories = [
        play(ready(scenario, rules={f"answer:{side}": rule.name}, horizon=1.0)) for rule in shipped().family("answer")
    ]
    for name, columns in LUCK.items():
        for other in histories[1:]:
            open_rounds = 1 + min(_open(histories[0]), _open(other))
            one, two = (table(history, name, *columns)[:open_rounds] for history in (histories[0], other))
            assert (one == two).all(), name


def _open(history: History) -> int:
    """Rounds at whose end the first crisis was still open."""
    return int((table(history, "crises", CRISIS.settled)[:, 0, 0] == 0).sum()) - 1


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_order_of_governments_in_the_file_changes_nothing(scenario: str) -> None:
    first = ready(Scenario.from_data(data_of(scenario)), horizon=DAYS)
    data = data_of(scenario)
    data["governments"] = dict(reversed(data["governments"].items()))
    for exports in data["exports"] if isinstance(data["exports"], list) else [data["exports"]]:
        exports["flows"] = dict(reversed(exports["flows"].items()))
    other = ready(Scenario.from_data(data), horizon=DAYS)
    for run in range(5):
        same(first, trace(run_of(first, run)), trace(run_of(other, run)))


def own(outcome: dict[str, Any]) -> list[int]:
    """An outcome, as bits, without means over all who watch: one more watcher is one more in the mean."""
    return bits([value for name, value in outcome.items() if not name.startswith("watcher_")]).tolist()


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("code", ["AAA", "MMM", "ZZZ"])
def test_one_isolated_government_more_moves_nobody(scenario: str, code: str) -> None:
    """A hermit that trades with nobody, sides with nobody and votes with nobody, wherever it sorts."""
    data = data_of(scenario)
    before = Scenario.from_data(data_of(scenario))
    data["governments"][code] = copy.deepcopy(next(iter(data["governments"].values())))
    far = {"assume": {"value": 5, "range": [-5, 5], "why": "A test: as far from everybody as can be."}}
    data["governments"][code]["ideal_point"] = {**far, "unit": "UN ideal point"}
    for crisis in data["crises"].values():
        crisis["rules"]["stance"][code] = "neutral"
    one, two = ready(before, horizon=DAYS), ready(Scenario.from_data(data), horizon=DAYS)
    stayed = [place for place, name in enumerate(two.template.names.governments) if name != code]
    for run in range(3):
        alone, joined = play(run_of(one, run)), play(run_of(two, run))
        assert (table(alone, "governments") == table(joined, "governments")[:, stayed]).all()
        assert (table(alone, "sides") == table(joined, "sides")).all()
        assert (table(alone, "measures") == table(joined, "measures")).all()
        assert (table(alone, "stances") == table(joined, "stances")[:, :, stayed]).all()
        assert (table(alone, "dyads") == table(joined, "dyads")[:, stayed][:, :, stayed]).all()
        assert own(alone.outcome()) == own(joined.outcome())
        hermit = two.template.names.governments.index(code)
        assert not table(joined, "dyads", DYAD.sentiment)[:, hermit].any()


class Shuffled(CoercionModel):
    """The same crisis, with its governments called in another order in every phase of every round."""

    def step(self) -> None:
        plain, shuffled = self.agents.do, self.agents.shuffle
        self.agents.do = lambda *words: (shuffled(inplace=True), plain(*words))
        super().step()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_order_in_which_mesa_calls_governments_changes_nothing(scenario: str) -> None:
    prepared = ready(scenario, horizon=DAYS)
    plain, shuffled = CoercionModel(prepared), Shuffled(prepared)
    orders = set()
    while plain.running:
        plain.step()
        shuffled.step()
        orders.add(tuple(agent.code for agent in shuffled.agents))
        assert (bits(plain.cells) == bits(shuffled.cells)).all(), f"round {plain.round}"
    assert len(orders) > 1


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_rewound_run_plays_the_same_rounds_again(scenario: str) -> None:
    rounds = ready(scenario, horizon=DAYS).template.rounds
    at = (Intervention(round=rounds // 3, path="target.support", op="+=", value=0.02),)
    prepared = ready(scenario, at=at, horizon=DAYS)
    history = play(prepared)
    crisis = CoercionModel(prepared)
    for start in (0, rounds // 5, rounds // 3, rounds // 2):
        crisis.cells[:] = history.cells[start]
        crisis._new_cells[:] = history.cells[start]
        crisis.round, crisis.running = start, True
        while crisis.running:
            crisis.step()
            assert (bits(crisis.cells) == bits(history.cells[crisis.round])).all(), f"from {start}: {crisis.round}"


def test_two_crises_at_once_run_in_both_engines() -> None:
    """The flagship, and beside it the same demand on another government."""
    data = data_of("colombia_2025")
    name, crisis = next(iter(data["crises"].items()))
    second = copy.deepcopy(crisis)
    second["target"] = next(c for c in data["governments"] if c not in (crisis["sender"], crisis["target"]))
    second["bloc"] = [code for code in second.get("bloc", []) if code != second["target"]]
    data["crises"]["second"] = second
    prepared = ready(Scenario.from_data(data), horizon=DAYS)
    assert prepared.template.names.crises == (name, "second")
    engines_agree(prepared, 10)
    rows = ensemble(prepared, 50)
    assert rows["crisis"].to_list() == [name, "second"] * 50
    assert rows.filter(rows["crisis"] == name)["settled_in_hours"].n_unique() > 5
