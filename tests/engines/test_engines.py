"""The two engines agree: one Mesa run equals one row of the ensemble, bit for bit."""

import gc
import json
import os
import subprocess
import sys
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kit import SHAPES, bits, difference, engines_agree, ready, run_of
from places import ROOT

from agents.errors import RunError
from agents.library import library, shipped
from sim.engines.ensemble import ensemble, simulate
from sim.engines.history import play
from sim.engines.mesa_model import CoercionModel
from sim.engines.outcome import OUT
from sim.run.changes import Change, Intervention
from sim.run.spec import RunSpec
from sim.scenario import Scenario, scenario_names
from sim.state.mechanisms import MECHANISMS

REGION = "hemisphere_2025"
SCENARIOS = SHAPES
ALL = [name for name in scenario_names() if name != REGION]
"""Crises of an hour a round; a region has tests of its own, of weeks."""
RUNS = 20
SHORT = 1.5
"""Days: enough for the first offers, the first measures and, in many runs, a settlement."""
SIDES = [f"{family}:{side}" for family in ("answer", "press") for side in ("sender", "target")] + ["stance:all"]
FOLLOWED = [(who, rule.name) for who in SIDES for rule in shipped().family(who.partition(":")[0])]


def test_a_difference_in_the_last_bit_is_found_and_named() -> None:
    prepared = ready(horizon=1.0)
    one = play(prepared).cells
    other, cell = one.copy(), prepared.addresses.find("target.support", "").address
    other[7:, cell] = np.nextafter(other[7:, cell], 1.0)
    assert "after 7 rounds, 1 cells: governments[0].support: " in difference(prepared, one, other)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize(("who", "name"), FOLLOWED, ids=["-".join(pair) for pair in FOLLOWED])
def test_whatever_rule_a_government_follows(scenario: str, who: str, name: str) -> None:
    engines_agree(ready(scenario, rules={who: name}, horizon=SHORT), RUNS)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("name", [rule.name for rule in shipped().family("answer")])
def test_every_answer_rule_against_every_press_rule(scenario: str, name: str) -> None:
    for press in shipped().family("press"):
        rules = {"answer:target": name, "press:sender": press.name}
        engines_agree(ready(scenario, rules=rules, round_hours=12.0, horizon=9.0), 2)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("seed", range(3))
def test_when_every_government_follows_another_rule(scenario: str, seed: int) -> None:
    dice = np.random.default_rng(seed)
    whole = Scenario.read(scenario)
    pick = {who: str(dice.choice([name for key, name in FOLLOWED if key == who])) for who in SIDES[:4]}
    stances = [rule.name for rule in shipped().family("stance")]
    pick |= {f"stance:{code}": str(dice.choice(stances)) for code in sorted(whole.governments)}
    engines_agree(ready(scenario, rules=pick, seed=seed, horizon=SHORT), RUNS)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("mechanism", [mechanism.name for mechanism in MECHANISMS])
def test_without_a_mechanism(scenario: str, mechanism: str) -> None:
    engines_agree(ready(scenario, without=(mechanism,), horizon=SHORT), RUNS)


@pytest.mark.parametrize("scenario", ALL)
def test_to_the_horizon(scenario: str) -> None:
    engines_agree(ready(scenario, seed=7), RUNS if scenario in SHAPES else 5)


@pytest.mark.long
def test_a_region_to_the_horizon() -> None:
    """Two years, eleven demands, twenty-six governments."""
    engines_agree(ready(REGION, seed=7), 3)


@pytest.mark.parametrize("seed", range(3))
def test_a_region_of_mixed_rules(seed: int) -> None:
    dice = np.random.default_rng(seed)
    codes = sorted(Scenario.read(REGION).governments)
    pick = {f"stance:{code}": str(dice.choice([rule.name for rule in shipped().family("stance")])) for code in codes}
    pick |= {who: str(dice.choice([name for key, name in FOLLOWED if key == who])) for who in SIDES[:4]}
    engines_agree(ready(REGION, rules=pick, seed=seed, horizon=200.0), 2)


@pytest.mark.parametrize("mechanism", [mechanism.name for mechanism in MECHANISMS])
def test_a_region_without_a_mechanism(mechanism: str) -> None:
    engines_agree(ready(REGION, without=(mechanism,), horizon=100.0), 1)


def test_a_region_into_which_somebody_reaches() -> None:
    at = (
        Intervention(round=0, path="target.answer", op="=", value=1.0),
        Intervention(round=9, path="mexico_border.stances.BRA", op="=", value=1.0),
        Intervention(round=12, path="on.agenda", op="=", value=0.0),
    )
    made = Change(path="panama_canal.latent", op="=", value=0.0)
    engines_agree(ready(REGION, at=at, changes=(made,), horizon=200.0), 3)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("hours", [1.0, 3.0, 12.0])
def test_with_rounds_of_any_length(scenario: str, hours: float) -> None:
    engines_agree(ready(scenario, round_hours=hours, horizon=4.0), RUNS)


@pytest.mark.parametrize("scenario", ALL)
def test_with_whatever_an_instructor_injects(scenario: str) -> None:
    injects = Scenario.read(scenario).injects.values()
    at = [Intervention(round=3 + place, path=i.path, op=i.op, value=i.value) for place, i in enumerate(injects)]
    at.append(Intervention(round=0, path="target.support", op="*=", value=0.7))
    at.append(Intervention(round=20, path="target.answer", op="=", value=0.6))
    at.append(Intervention(round=20, path="on.shocks", op="=", value=0.0))
    engines_agree(ready(scenario, at=tuple(at), horizon=SHORT), RUNS)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("seed", range(5))
def test_with_other_numbers(scenario: str, seed: int) -> None:
    dice, usual = np.random.default_rng(seed), ready(scenario)
    cells = usual.template.cells
    given = [path for path in usual.addresses if cells[usual.addresses.find(path, "").address] > 0.0]
    picked = [
        path
        for path in dice.choice(given, 40, replace=False)
        if not path.endswith((".due", ".announced")) and not path.startswith("on.")
    ]
    changes = tuple(Change(path=str(path), op="*=", value=float(dice.uniform(0.5, 1.0))) for path in picked)
    engines_agree(ready(scenario, changes=changes, seed=seed, horizon=SHORT), RUNS)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_ensemble_has_the_outcomes_of_single_runs(scenario: str) -> None:
    prepared = ready(scenario, seed=7)
    rows = simulate(prepared, np.arange(RUNS))
    for run in range(RUNS):
        history = play(run_of(prepared, run))
        for crisis in range(prepared.template.shape.crises):
            alone = history.outcome(crisis)
            differ = bits(rows.out[run, crisis]) != bits(list(alone.values()))
            assert not differ.any(), (run, [name for name, other in zip(OUT._fields, differ, strict=True) if other])


def test_one_thread_or_two_and_any_chunk_give_the_same_table() -> None:
    prepared = ready("two_countries", horizon=SHORT)
    whole = ensemble(prepared, 600, threads=1)
    assert whole.equals(ensemble(prepared, 600, threads=2), null_equal=True)
    assert whole.tail(300).equals(ensemble(prepared, 300, first=300, threads=2), null_equal=True)


HOMEWORK = '''from agents.rule import View, rule


@rule(source="own: a fault for a test")
def {name}(view: View) -> float:
    """Fails in the runs with a high temper, and holds in the others."""
    if view.temper > 0.5:
        {fault}
    return 0.0
'''
FAULTS = {
    "says_nan": "return view.gain * float('nan')",
    "says_two": "return 2.0",
    "divides": "return 1.0 / view.relief",
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_failing_rule_marks_its_own_rows_only(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text(HOMEWORK.format(name=name, fault=FAULTS[name]), encoding="utf-8")
    prepared = ready(rules={"answer:target": name}, library=library([tmp_path]), horizon=1.0)
    failed = ensemble(prepared, 40)["failed"]
    assert 5 < failed.sum() < 35
    healthy = ensemble(ready(rules={"answer:target": "never"}, horizon=1.0), 40)
    assert ensemble(prepared, 40).filter(~failed).equals(healthy.filter(~failed), null_equal=True)
    for run in range(6):
        if failed[run]:
            with pytest.raises((RunError, ArithmeticError)):
                play(run_of(prepared, run))
        else:
            play(run_of(prepared, run))


def test_a_rule_that_the_compiler_does_not_take_runs_slower_and_equal(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = {}
    for name, answer in (("easy", "view.support"), ("awkward", "float(sorted([str(view.support)])[0])")):
        text = HOMEWORK.format(name=name, fault=f"return {answer}")
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    for name in ("easy", "awkward"):
        rows[name] = ensemble(ready(rules={"answer:target": name}, library=library([tmp_path]), horizon=1.0), 12)
    assert [record.message[:26] for record in caplog.records] == ["not compiled, runs slower:"]
    assert rows["easy"].equals(rows["awkward"], null_equal=True)


CHECKED = """
import json, sys
from sim.engines.ensemble import ensemble
from sim.run.spec import RunSpec
rows = ensemble(RunSpec(scenario="two_countries", horizon=1.0), 3, threads=1)
json.dump(rows.to_dicts(), sys.stdout)
"""


@pytest.mark.long
def test_no_index_leaves_its_table() -> None:
    """With bounds checked, an index outside a table would raise instead of reading what lies beside it."""
    environment = {**os.environ, "NUMBA_BOUNDSCHECK": "1"}
    found: Any = subprocess.run(
        [sys.executable, "-c", CHECKED], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout) == ensemble(ready(horizon=1.0), 3).to_dicts()


def test_a_run_that_is_over_is_forgotten() -> None:
    """Mesa 3.3 keeps every model by itself; a dashboard plays thousands."""
    crisis = CoercionModel(RunSpec(scenario="two_countries", horizon=0.5)).run()
    gone = weakref.ref(crisis)
    del crisis
    gc.collect()
    assert gone() is None
