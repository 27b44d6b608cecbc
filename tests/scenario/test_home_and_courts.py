"""What stands in a scenario about the sender's home: firms that press, courts, leaders who may not stand again."""

import numpy as np
import pytest
from kit import engines_agree, ready

from agents.errors import InputError
from sim.engines.ensemble import ensemble, simulate
from sim.engines.history import play
from sim.engines.outcome import OUT
from sim.run.changes import parse_change as change
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.state.columns import CRISIS, GOV, MEASURE, SIDE, VIEW
from sim.telling.events import events

RUNS = np.arange(300, dtype=np.int64)
TARIFF = "measures.tariff_25"


def history(*changes: str, scenario: str = "colombia_2025", **fields: object):
    return play(ready(scenario, changes=tuple(map(change, changes)), **fields))


def row_of(history, name: str) -> int:
    return [measure for _, measure in history.prepared.template.names.measures].index(name)


def test_a_judgment_on_record_brings_every_tariff_back_as_high_as_the_next_law_allows() -> None:
    changes = [f"measures.{name}.{field}" for name in ("tariff_25", "tariff_50") for field in ("judgment=2", "due=0")]
    found = history(*changes, "measures.tariff_25.size=0.1", "target.answer=0", horizon=4)
    before, after = found.state(40).measures, found.state(60).measures
    low, high = row_of(found, "tariff_25"), row_of(found, "tariff_50")
    assert (before[low, MEASURE.size], before[high, MEASURE.size]) == (0.1, 0.5)
    assert (after[low, MEASURE.size], after[high, MEASURE.size]) == (0.1, 0.15), "never higher than it was"
    assert after[high, MEASURE.in_force] == 1.0 and after[high, MEASURE.struck] == pytest.approx(2.0, abs=1 / 24)
    assert [event.codes for event in events(found) if event.kind == "struck"] == [("tariff_25",), ("tariff_50",)]


def test_a_law_that_leaves_no_other_lifts_the_tariff() -> None:
    found = history(f"{TARIFF}.judgment=1", f"{TARIFF}.reissued=0", f"{TARIFF}.due=0", "target.answer=0", horizon=2)
    row = found.state(found.rounds).measures
    at = row_of(found, "tariff_25")
    assert (row[at, MEASURE.in_force], row[at, MEASURE.lifted], row[at, MEASURE.size]) == (0.0, 1.0, 0.0)


def test_chance_strikes_only_what_is_used_and_then_all_that_rests_on_the_law() -> None:
    sure = [f"measures.{name}.struck_down=50" for name in ("tariff_25", "tariff_50")]
    idle = history(*sure, "target.answer=0", horizon=2)
    assert not any(event.kind == "struck" for event in events(idle))
    used = history(*sure, f"{TARIFF}.due=0", "target.answer=0", horizon=2)
    struck = [event for event in events(used) if event.kind == "struck"]
    assert [event.codes for event in struck] == [("tariff_25",), ("tariff_50",)]
    assert len({event.time for event in struck}) == 1
    off = history(*sure, f"{TARIFF}.due=0", "target.answer=0", "on.courts=0", horizon=2)
    assert not any(event.kind == "struck" for event in events(off))


def test_both_engines_agree_on_courts_and_own_elites() -> None:
    changes = (change(f"{TARIFF}.struck_down=0.5"), change(f"{TARIFF}.due=0"), change(f"{TARIFF}.own_elite=0.4"))
    prepared = ready("colombia_2025", changes=changes, horizon=3)
    engines_agree(prepared, 4)


def test_firms_that_press_make_the_sender_give_more() -> None:
    def won(size: float) -> float:
        prepared = ready("colombia_2025", changes=(change(f"{TARIFF}.own_elite={size}"),), horizon=7)
        return float(simulate(prepared, RUNS).out[:, 0, OUT.won].mean())

    none, some, many = won(0.0), won(0.1), won(0.3)
    assert none + 0.1 < some < many
    off = ready("colombia_2025", changes=(change(f"{TARIFF}.own_elite=0.3"), change("on.own_elites=0")), horizon=7)
    assert float(simulate(off, RUNS).out[:, 0, OUT.won].mean()) == none


def test_denmark_can_end_as_it_did() -> None:
    table = ensemble(RunSpec(scenario="denmark_2026"), 300)
    early = table.filter(table["settled_in_hours"] <= 168)
    assert (early["granted_sale"].sum(), len(early) > 15) == (0, True)
    assert (table["outcome"] == "BD").mean() > 0.2
    none = tuple(change(f"measures.{name}.size=0") for name in ("tariff_10", "tariff_25"))
    unpressed = ensemble(RunSpec(scenario="denmark_2026", changes=none), 100)
    assert (unpressed["outcome"] == "STALE").all(), "nobody at home presses against a tariff of nought"


def test_who_may_not_stand_again_leaves_on_the_day() -> None:
    for limit, stays in ((1, 0.0), (0, 1.0)):
        changes = ("target.election=2", f"target.term_limit={limit}", "target.support=1", "on.exit=0")
        found = history(*changes, "weights.election_swing=50", horizon=3)
        row = found.prepared.template.names.governments.index("COL")
        last = found.state(found.rounds).governments
        assert last[row, GOV.votes] == 1.0
        assert (last[row, GOV.stayed], last[row, GOV.exits]) == (stays, 1.0 - stays)


def test_silence_speaks_against_a_move_and_a_move_ends_it() -> None:
    found = history("target.answer=0", horizon=6)
    side = [found.state(step).sides for step in range(found.rounds + 1)]
    moves = [row[0, 0, VIEW.other_moves] for row in side[1:]]
    assert moves[0] == 1.0 and moves == sorted(moves, reverse=True)
    doubts = [row[0, 0, VIEW.other_line_sd] for row in side[1:]]
    assert doubts[0] == pytest.approx(12**-0.5), "a share evenly spread"
    assert doubts[-1] == pytest.approx((moves[-1] / 3 - moves[-1] ** 2 / 4) ** 0.5)
    half = next(step for step, value in enumerate(moves) if value <= 0.5)
    assert found.time(half) == pytest.approx(5.0, abs=0.2), "weights.refusal_half_life"
    moving = play(ready("colombia_2025", seed=3))
    states = [moving.state(step) for step in range(1, moving.rounds)]
    moved = next(place for place, state in enumerate(states) if state.sides[0, 1, SIDE.line] > 0.0)
    assert states[moved + 1].sides[0, 0, VIEW.silence] < states[moved].sides[0, 0, VIEW.silence] + 1 / 24
    assert states[-1].crises[0, CRISIS.settled] == 1.0
    off = history("target.answer=0", "on.signals=0", horizon=3)
    assert off.state(off.rounds).sides[0, 0, VIEW.other_moves] == 1.0


def test_what_the_law_forbids_is_a_term_and_part_of_the_price() -> None:
    from sim.engines.explain import explain

    told = explain(play(ready("brazil_2025")), 30, "BRA", 0)
    assert told.terms["what_law_forbids"] < -0.01
    assert sum(told.terms.values()) == pytest.approx(told.margin)


MISTAKES = {
    "no such law": ("legal_basis", "emergency", "there is no legal basis `emergency`"),
    "no tariff": ("kind", "finance", "only a tariff names the law it rests on"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_about_the_law_is_one_sentence(case: str) -> None:
    field, value, said = MISTAKES[case]
    data = Scenario.read("denmark_2026").data()
    measure = data["crises"]["greenland"]["measures"]["tariff_10"]
    measure[field] = value
    if field == "kind":
        measure["size"] = {"assume": {"value": 1, "range": [0, 2], "why": "A guess."}, "unit": "percent of GDP a year"}
    with pytest.raises(InputError, match=said):
        Scenario.from_data(data)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"given": ["consulted", "peace"]}, "there is no clause `peace`"),
        ({"given": ["bases"], "disputed": ["bases"]}, "given and disputed at once"),
    ],
)
def test_a_mistake_about_the_record_is_one_sentence(changed: dict[str, list[str]], said: str) -> None:
    data = Scenario.read("denmark_2026").data()
    data["crises"]["greenland"]["record"].update(changed)
    with pytest.raises(InputError, match=said):
        Scenario.from_data(data)
