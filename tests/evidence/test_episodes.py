"""Episodes held against what happened, the original file of TIES, the calibrated set in the flagship, the page."""

import copy
import csv
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import yaml
from command import Demarche, demarche
from places import ROOT

from agents.errors import InputError
from sim.evidence.episodes.coding import STEP, coded, loss_of, steps
from sim.evidence.episodes.episode_file import Episodes, Instrument, read_episodes
from sim.evidence.episodes.hindcast import Held, hold_episodes
from sim.evidence.expectations.ablation import NOTHING, Needed
from sim.evidence.expectations.case_contrasts import Compared
from sim.evidence.expectations.claim_file import chosen, read_claims
from sim.evidence.expectations.claims import judge_claims
from sim.evidence.expectations.transfer import Cost, calibrated_answers
from sim.evidence.report.evidence_page import page
from sim.evidence.report.gathered import Gathered
from sim.evidence.report.markdown import WITHOUT_PLOTS, markdown
from sim.evidence.report.parts import NO_TABLE, parts
from sim.evidence.report.plots import plots
from sim.evidence.ties.calibration import fit, training
from sim.evidence.ties.cases.mapping import balance_of, case_of
from sim.evidence.ties.cases.ties_table import read_table
from sim.evidence.ties.cases.ties_v4 import COLUMNS
from sim.evidence.ties.weight_sets import read_set
from sim.metrics.statistics import Interval
from sim.run.changes import Change
from sim.run.prepare import prepare
from sim.run.spec import RunSpec

__all__ = ["demarche"]
FILE = ROOT / "configs" / "cases" / "episodes.yaml"
DATA: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
GIVEN = read_set("ties_1945_1997")
WEIGHTS = GIVEN.numbers()


@pytest.fixture(scope="module")
def few() -> Held:
    whole = read_episodes("episodes")
    return hold_episodes(Episodes(whole.name, whole.cases[:12] + whole.cases[-6:]), GIVEN, 1)


def test_the_library_has_episodes_of_both_kinds_each_with_sources() -> None:
    found = read_episodes("episodes")
    assert len(found) >= 24
    assert all(case["sources"] and case["terms"] and case["confidence"] for case in DATA["cases"])
    assert {one.outcome for one in found.cases} == {"conceded", "partial", "resisted"}


def test_an_episode_becomes_a_row_of_the_map() -> None:
    whole = read_episodes("episodes")
    place = [one.id for one in whole.cases].index("us_col_2025")
    row = {name: column[place] for name, column in coded(whole).values.items()}
    assert (row["threat"], row["sender_commitment_1to3"], row["via_institution"]) == (1, 3, 0)
    assert row["target_trade_dep_on_sender"] == pytest.approx((0.29 + 0.2851) / 2)
    assert np.isnan(row["demand_specificity_1to2"]), "not coded, so drawn"
    colombia = whole.cases[place]
    assert loss_of(colombia) == pytest.approx(0.25 * 0.0478 + 0.002 + 0.001 + 0.05 * 0.0478 + 0.01)


def test_a_dearer_demand_and_a_salient_one_are_met_less() -> None:
    whole = read_episodes("episodes")
    cost, both = steps(whole, salience=False), steps(whole, salience=True)
    assert set(cost) == {-STEP, 0.0, STEP}
    assert (both - cost).max() == STEP
    row = {name: np.nan_to_num(column, nan=1.0) for name, column in coded(whole).values.items()}
    plain, dear = case_of(WEIGHTS, row), case_of(WEIGHTS, row, 1.0)
    assert (dear.price > plain.price).all()


def test_terms_sum_to_the_balance() -> None:
    whole = read_episodes("episodes")
    row = {name: np.nan_to_num(column, nan=2.0) for name, column in coded(whole).values.items()}
    case, terms = case_of(WEIGHTS, row, 1.0), balance_of(WEIGHTS, row, 1.0)
    balance = np.log(case.stake / case.price) + WEIGHTS.elasticity * np.log(case.loss / case.own_loss)
    assert np.allclose(sum(terms.values()), balance)


@pytest.mark.long
def test_outcomes_and_what_came_later_change_no_prediction() -> None:
    whole = read_episodes("episodes")
    later = Instrument(type="financial", size="x", status="threatened", date="2026-06-01")
    turned = [
        one.model_copy(
            update={
                "outcome": "resisted" if place % 2 else "partial",
                "days_to_concession": 3.0,
                "terms": "x",
                "instruments": [*one.instruments, later],
            }
        )
        for place, one in enumerate(whole.cases[:6])
    ]
    one = hold_episodes(Episodes("a", whole.cases[:6]), GIVEN, 1)
    other = hold_episodes(Episodes("b", tuple(turned)), GIVEN, 1)
    assert [case.probability for case in one.cases] == [case.probability for case in other.cases]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no outcome": ({"outcome": None}, "outcome"),
    "another outcome": ({"outcome": "won"}, "There are: conceded, partial, resisted."),
    "unknown category": ({"category": "sport"}, "category"),
    "a percentage": (
        {"target_export_share_to_sender": 29},
        "target_export_share_to_sender: 29 is out of bounds; expected 0 to 1",
    ),
    "TIES's mark": ({"deadline_days": -9}, "deadline_days: -9 is out of bounds"),
    "words for a number": ({"sender_export_share_to_target": "small"}, "'small' is no number; expected a number, or"),
    "no instrument": ({"instruments": []}, "instruments: the list is empty; expected at least one."),
    "a slip of the pen": ({"deadline_day": 7}, "`deadline_day` is not read; did you mean `deadline_days`?"),
    "a month that is none": ({"start": "2025-13"}, "start"),
    "a day that is none": (
        {"instruments": [{"type": "visa", "size": "x", "status": "imposed", "date": "2025-02-30"}]},
        "is no date",
    ),
    "trade in percent": (
        {"computed_trade": {"cow": {"t_exp_share": 33.28}}},
        "cow.t_exp_share: 33.28 is out of bounds",
    ),
    "another's id": ({"id": "us_col_2025"}, "the case `us_col_2025` stands twice"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_in_a_file_of_episodes_is_said(tmp_path: Path, what: str) -> None:
    change, sentence = WRONG[what]
    data = copy.deepcopy(DATA)
    data["cases"][2] |= change
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    with pytest.raises(InputError) as found:
        read_episodes(path)
    assert sentence in str(found.value) and "mine.yaml" in str(found.value)


def test_files_that_hold_no_episodes_are_refused(tmp_path: Path) -> None:
    for text, sentence in (
        ("", "the file is empty"),
        ("- a\n- b\n", "there are no `cases` in it"),
        ("cases: []\n", "cases"),
        (
            yaml.safe_dump({"cases": [c for c in DATA["cases"] if c["outcome"] == "resisted"]}),
            "every case ended resisted",
        ),
    ):
        (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=sentence):
            read_episodes(tmp_path / "mine.yaml")


def test_the_misses_come_with_terms_that_misled(few: Held) -> None:
    assert len(few.misses) == 5
    assert few.misses[0].missed_by >= few.misses[-1].missed_by
    for one in few.misses:
        assert all((value < 0.0) == one.gave_way for _, value in one.reasons)


@pytest.mark.long
def test_the_command_gives_a_record_a_case(demarche: Demarche, tmp_path: Path) -> None:
    data = {"cases": DATA["cases"][:10] + DATA["cases"][-4:]}
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    answer = demarche("evidence", "cases", path, "--json", "--runs", 4)
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    assert found["n"] == len(found["cases"]) == 14
    assert {"auc", "brier", "with_salience", "without_hindsight", "misses", "discrimination"} <= set(found)
    assert all(0.0 <= case["probability"] <= 1.0 for case in found["cases"])
    refused = demarche("evidence", "cases", tmp_path / "absent.yaml")
    assert refused.code == 2 and "there is no such file" in refused.err


def original(path: Path, count: int = 40, **change: str) -> Path:
    """A file with the columns of TIES v4."""
    dice = np.random.default_rng(3)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        names = [name.upper() if name == "caseid" else name for name in COLUMNS.values()]
        writer.writerow([*names, "finaloutcome", "sanctiontype"])
        for place in range(count):
            row = {"caseid": str(place), "startyear": str(1950 + place), "primarysender": "2", "targetstate": "100"}
            row |= {"threat": "1", "imposition": str(place % 2), "issue1": str(1 + place % 15), "institution": "0"}
            row |= {"scommit": str(dice.integers(1, 4)), "bspecif": "2", "anticipatedtargetcosts": "1,2"}
            row |= {"anticipatedsendercosts": "-9", "finaloutcome": str(1 + place % 10)} | (
                change if place == 1 else {}
            )
            writer.writerow([*(row[name] for name in COLUMNS.values()), row["finaloutcome"], "7"])
    return path


def test_the_original_file_of_ties_is_read(tmp_path: Path) -> None:
    table = read_table(original(tmp_path / "ties.csv", finaloutcome=""))
    assert (len(table), table.left_out) == (39, 1)
    assert table.inputs.values["antic_target_cost_1to3"][0] == 1.0
    assert np.isnan(table.inputs.values["antic_sender_cost_1to3"]).all()
    found = fit(training(table, 1)).weights
    assert np.isfinite(list(found)).all(), "no trade in it: dependence tells no case from another"


def test_what_is_wrong_in_the_original_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 3, finaloutcome: `17` is no outcome; expected 1 to 10"):
        read_table(original(tmp_path / "a.csv", finaloutcome="17"))
    with pytest.raises(InputError, match=r"line 3, scommit: 9 is not known here"):
        read_table(original(tmp_path / "b.csv", scommit="9"))
    text = original(tmp_path / "c.csv").read_text(encoding="utf-8").replace("bspecif", "other")
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    with pytest.raises(
        InputError, match=r"1 columns are missing: bspecif. Expected a header with the columns of TIES v4"
    ):
        read_table(tmp_path / "c.csv")


def test_the_calibrated_set_fits_the_flagship() -> None:
    put = calibrated_answers(WEIGHTS, 1.0)
    prepared = prepare(put.spec(RunSpec(scenario="colombia_2025")))
    assert Change(path="rules.answer.target", value="outlast") in prepared.spec.changes
    assert set(NOTHING) >= {"losses", "institution", "specificity"}


def test_the_page_says_the_same_twice_and_draws_what_it_names(few: Held) -> None:
    rows = [Compared("a", "above 0 percent", Interval(1.0, 0.5, 1.5, 10), True)]
    claims = list(judge_claims(chosen(read_claims("claims"), ["alliance", "rally"]), 20))
    found = Gathered(
        20, 1, 1, read_set("ties_1945_1997"), None, None, None, few, rows, claims,
        [Needed("rally", ()), Needed("elite", ("settled_in_hours",))],
        [Cost("as calibrated", 23, 2, 0, ("settled_in_a_week",))],
    )  # fmt: skip
    listed, drawn = list(parts(found)), plots(found)
    text, html = markdown(listed), page(listed, drawn)
    assert NO_TABLE in text and "| rally |  | idle |" in text and "**FAIL**" not in text
    assert plots(found) == drawn, "the same bytes"
    for name, svg in drawn.items():
        ElementTree.fromstring(svg)
        assert f"({name}.svg)" in text
    plain = markdown(listed, plots=False)
    assert ".svg" not in plain and WITHOUT_PLOTS in plain and WITHOUT_PLOTS not in text
    assert "src=" not in html and "<script" not in html and "<link" not in html
