"""The model held against cases: a table read or refused, one map, a closed form that the simulation meets, no leaks."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from command import Demarche, demarche
from kit import engines_agree
from places import ROOT

from agents.errors import InputError
from sim.evidence.ties.calibration import fit, from_scale, to_scale, training
from sim.evidence.ties.cases.imputation import filled
from sim.evidence.ties.cases.mapping import CaseWeights, case_of
from sim.evidence.ties.cases.ties_columns import COLUMNS, COST_CODES, INPUTS, OUTCOMES
from sim.evidence.ties.cases.ties_table import Table, read_table
from sim.evidence.ties.closed_form import probabilities, rates
from sim.evidence.ties.rolling_origin import fitted, origins, predicted
from sim.evidence.ties.scores import auc, difference, samples, slope
from sim.evidence.ties.simulated import predict, world
from sim.evidence.ties.validate import hold_against
from sim.evidence.ties.weight_sets import read_set

__all__ = ["demarche"]
SHARED = ROOT.parent / "shared" / "data" / "ties_dev.csv"
real = pytest.mark.skipif(
    not SHARED.exists(), reason="no ../shared/data/ties_dev.csv here; it stays out of the repository"
)
WEIGHTS = CaseWeights(0.0009, 0.0007, 0.0008, 0.3, 0.15, 0.3, 0.5, 0.25, 0.1, 0.5)
LATER = {
    "sanction_types": "2 7",
    "real_target_cost_1to3": "2",
    "real_sender_cost_1to3": "1",
    "settlement_sender_0to10": "-9",
    "settlement_target_0to10": "3",
    "outcome10": "negotiated_imposed",
    "acquiesce": "0",
    "success_broad": "1",
}
"""Columns of TIES that are known only afterwards; -9 in one of them is nobody's business."""


def rows(count: int = 160, seed: int = 1) -> list[dict[str, str]]:
    """Invented cases with gaps; costs and institutions make the target give in."""
    dice = np.random.default_rng(seed)
    out = []
    for place in range(count):
        row = {name: str(dice.choice(column.codes)) for name, column in INPUTS.items() if column.codes}
        row |= {name: f"{dice.random():.3f}" for name, column in INPUTS.items() if not column.codes}
        score = int(row["antic_target_cost_1to3"]) + int(row["via_institution"]) + dice.normal()
        ending = "target_concedes" if score > 3 else list(OUTCOMES)[1 + int(dice.integers(3))]
        row |= {"caseid": str(1000 + place), "year": str(1960 + place // 5), "imposed": str(dice.integers(2))}
        row |= {"sender_cow": str(dice.integers(1, 9)), "target_cow": str(dice.integers(20, 60)), "outcome4": ending}
        if row["threat"] == "0":
            row |= dict.fromkeys(("sender_commitment_1to3", "demand_specificity_1to2", *COST_CODES), "")
            row["imposed"] = "1"
        out.append(row | LATER)
    return out


def write(path: Path, cases: list[dict[str, str]], columns: tuple[str, ...] = (*COLUMNS, *LATER)) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(cases)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return read_table(write(tmp_path / "cases.csv", rows()))


def test_a_table_is_read(table: Table) -> None:
    assert len(table) == 160
    assert np.isnan(table.inputs.values["antic_target_cost_1to3"][table.inputs.values["threat"] == 0]).all()
    assert set(np.unique(table.outcomes.ending)) == set(OUTCOMES.values())


WRONG = {
    "an unknown code": ({"antic_target_cost_1to3": "4"}, "line 3, antic_target_cost_1to3: 4 is not known here"),
    "a word": ({"year": "MCMXC"}, "line 3, year: `MCMXC` is no number; expected 1900 to 2100."),
    "no threat": ({"threat": ""}, "line 3, threat: it is empty; expected 0, 1."),
    "no outcome": ({"outcome4": ""}, "line 3, outcome4: a case without an outcome cannot be scored"),
    "another outcome": ({"outcome4": "war"}, "line 3, outcome4: `war` is no outcome; expected target_concedes"),
    "a duplicate": ({"caseid": "1000"}, "line 3, caseid: 1000 stands in line 2 too"),
    "TIES's own mark": ({"via_institution": "-9"}, "-9 is TIES's mark for what is not known; expected an empty field"),
    "not a number": ({"target_trade_dep_on_sender": "nan"}, "nan is not known here; expected 0 to 1."),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, what: str) -> None:
    change, sentence = WRONG[what]
    cases = rows(20)
    cases[1] |= change
    with pytest.raises(InputError) as found:
        read_table(write(tmp_path / "cases.csv", cases))
    assert sentence in str(found.value)
    assert "cases.csv" in str(found.value)


def test_files_that_are_no_table_are_refused(tmp_path: Path) -> None:
    cases, names = rows(20), tuple(name for name in COLUMNS if name not in ("threat", "issue1"))
    with pytest.raises(InputError, match="2 columns are missing: threat, issue1"):
        read_table(write(tmp_path / "a.csv", cases, names))
    with pytest.raises(InputError, match="no case below the header"):
        read_table(write(tmp_path / "b.csv", []))
    (tmp_path / "c.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="the file is empty"):
        read_table(tmp_path / "c.csv")
    with pytest.raises(InputError, match="in every case the target concedes"):
        read_table(write(tmp_path / "d.csv", [case | {"outcome4": "target_concedes"} for case in cases]))
    with pytest.raises(InputError, match="expected --train"):
        origins(read_table(write(tmp_path / "e.csv", rows(40))))


def test_what_is_known_afterwards_changes_no_prediction(tmp_path: Path) -> None:
    """Outcome, imposition, sanction types, realised costs and settlement scores are never an input."""
    cases, changed = rows(), rows()
    for place in range(len(changed)):
        case = changed[place]
        case |= {"outcome4": list(OUTCOMES)[place % 4], "imposed": str(place % 2), "sanction_types": "9"}
        case |= dict.fromkeys(("real_target_cost_1to3", "real_sender_cost_1to3", "settlement_sender_0to10"), "1")
    one, other = (read_table(write(tmp_path / f"{n}.csv", c)) for n, c in (("one", cases), ("other", changed)))
    learnt = read_table(write(tmp_path / "train.csv", rows(150, seed=2)))
    weights = fit(training(learnt, 1)).weights
    first, second = (predict(each.inputs, learnt.inputs, weights, 1, draws=4, runs=2) for each in (one, other))
    assert np.array_equal(first, second)
    assert np.allclose(first.sum(axis=(1, 2)), 1.0)


@pytest.mark.long
def test_by_rolling_origin_no_year_is_predicted_from_itself_or_later(tmp_path: Path) -> None:
    """Other outcomes in the last block change none of its predictions, and none before it."""
    cases = rows(120)
    one = read_table(write(tmp_path / "one.csv", cases))
    blocks = origins(one)
    turned = [
        case | ({"outcome4": list(OUTCOMES)[place % 4], "imposed": "1"} if int(case["year"]) >= blocks[-1].year else {})
        for place, case in enumerate(cases)
    ]
    other = read_table(write(tmp_path / "other.csv", turned))
    first, second = (predicted(each, blocks, fitted(each, blocks, 1), 1) for each in (one, other))
    assert (one.outcomes.ending != other.outcomes.ending).any() and np.array_equal(first, second)


def test_a_prediction_hangs_on_its_case_alone(table: Table) -> None:
    whole = predict(table.inputs, table.inputs, WEIGHTS, 1, draws=4, runs=2)
    assert np.array_equal(whole[7:9], predict(table.inputs.at(slice(7, 9)), table.inputs, WEIGHTS, 1, draws=4, runs=2))


def test_the_simulation_draws_from_the_closed_form(table: Table) -> None:
    few = table.at(slice(0, 12))
    draws, runs = 8, 100
    seen = predict(few.inputs, table.inputs, WEIGHTS, 1, draws=draws, runs=runs)
    row = {name: column.T.reshape(-1) for name, column in filled(few.inputs, table.inputs, draws, 1).items()}
    exact = probabilities(rates(case_of(WEIGHTS, row), WEIGHTS)).reshape(len(few), draws, 2, 4).mean(axis=1)
    assert np.allclose(exact.sum(axis=(1, 2)), 1.0)
    assert abs((seen - exact) / np.sqrt(exact * (1.0 - exact) / (draws * runs) + 1e-6)).max() < 4.5


def test_both_engines_play_a_case_alike() -> None:
    engines_agree(world(3), 2)


def test_a_fit_finds_what_made_the_outcomes(tmp_path: Path) -> None:
    """Cases are given outcomes by the chain; the fit finds the larger weights again, and weights keep their scale."""
    assert np.allclose(from_scale(to_scale(WEIGHTS)), WEIGHTS)
    made = read_table(write(tmp_path / "made.csv", [case | {"threat": "1"} for case in rows(600, seed=4)]))
    known = made.inputs.at(np.ones(len(made), dtype=bool))
    row = {name: column.reshape(-1) for name, column in filled(known, known, 1, 1).items()}
    truth = WEIGHTS._replace(institution=1.0, elasticity=0.6)
    exact = probabilities(rates(case_of(truth, row), truth)).reshape(len(made), 8)
    dice = np.random.default_rng(5)
    drawn = np.array([dice.choice(8, p=each / each.sum()) for each in exact])
    data = training(made, 1)._replace(stage=drawn // 4, ending=drawn % 4)
    found = fit(data).weights
    assert abs(found.institution - 1.0) < 0.3
    assert abs(found.elasticity - 0.6) < 0.2
    assert abs(found.divisible - truth.divisible) < 0.2


def test_scores() -> None:
    hit, sure = np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8])
    assert auc(hit, sure) == 0.75
    dice = np.random.default_rng(1)
    chance = dice.uniform(0.05, 0.95, 20_000)
    drawn = (dice.random(20_000) < chance).astype(int)
    assert abs(slope(drawn, chance) - 1.0) < 0.05
    assert np.isnan(slope(drawn, np.full(20_000, 0.3)))
    parts = samples(np.arange(200) // 2, 1, 50)
    assert all(np.bincount(part, minlength=200)[0] == np.bincount(part, minlength=200)[1] for part in parts)
    assert difference(drawn[:200], chance[:200], chance[:200], parts)[:3] == (0.0, 0.0, 0.0)


@pytest.mark.long
def test_the_command_says_all_of_it(demarche: Demarche, tmp_path: Path) -> None:
    others = [case | {"caseid": f"9{case['caseid']}"} for case in rows(150, seed=2)]
    cases, learnt = write(tmp_path / "cases.csv", rows(60)), write(tmp_path / "train.csv", others)
    answer = demarche("evidence", "ties", cases, "--train", learnt, "--without-cost-codes", "--json")
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    assert found["n"] == len(found["cases"]) == 60
    for scores in (found, *found["baselines"].values()):
        assert {"auc", "brier", "log_loss", "slope"} <= set(scores["acquiesce"]) & set(scores["deal"])
    assert {"base_rate", "two_variable", "unit_sum", "logit", "random_forest"} <= set(found["baselines"])
    assert found["contrasts"]["of"] == 7
    assert found["contrasts"]["rows"][0]["seen"]["value"] is not None, "groups are of what the table says"
    assert 0.0 <= found["cells"]["total_variation"] <= 1.0
    assert found["targets"]["met"] <= found["targets"]["of"]
    twice = demarche("evidence", "ties", cases, "--train", cases)
    assert twice.code == 2
    assert "60 cases stand in cases.csv and in cases.csv, 1000 among them" in twice.err
    refused = demarche("evidence", "ties", tmp_path / "absent.csv")
    assert refused.code == 2
    assert "there is no such file" in refused.err


@pytest.mark.long
def test_calibrate_writes_a_set_that_can_be_read(demarche: Demarche, tmp_path: Path) -> None:
    cases, out = write(tmp_path / "cases.csv", rows(120)), tmp_path / "mine.yaml"
    answer = demarche("calibrate", cases, "--name", "mine", "--out", out, "--bootstrap", "2")
    assert answer.code == 0, answer.err
    found = read_set(out)
    assert found.provenance.cases == 120
    assert found.numbers()._fields == CaseWeights._fields
    again = demarche("calibrate", cases, "--name", "mine", "--out", out)
    assert again.code == 2
    assert "this file is there already" in again.err


@real
@pytest.mark.long
def test_ties_by_rolling_origin() -> None:
    """The bars of the evidence (docs/evidence-map.md)."""
    found = hold_against(read_table(SHARED), None, None, 1)
    for name in ("acquiesce", "deal"):
        assert 0.65 <= found.scores[name].auc.value <= 0.75
        assert found.skill[name].value >= 0.05
        assert found.baselines["two_variable"].gain[name].low > 0.0
        assert found.baselines["logit"].gain[name].value >= -0.03
        assert 0.7 <= found.scores[name].slope.value <= 1.3
    assert sum(row.met for row in found.contrasts) >= 5
    assert found.threat_cells[2] <= 0.08
