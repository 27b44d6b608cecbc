"""The verbs of the command line, one by one."""

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import Demarche, demarche

from agents.library import read, shipped
from agents.views import View
from sim.cli.commands.why_command import rounded
from sim.run.spec import RunSpec
from sim.telling.share_link import packed

__all__ = ["demarche"]

CASE = "two_countries"


def test_help_is_there_at_once() -> None:
    begin = time.perf_counter()
    command = [sys.executable, "-X", "importtime", "-m", "sim.cli.main", "--help"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert "ensemble" in found.stdout
    for heavy in ("mesa", "numba", "polars", "numpy", "pydantic"):
        assert f" {heavy}\n" not in found.stderr, f"--help imports {heavy}"
    assert time.perf_counter() - begin < 10


def test_run_json_is_one_object_and_repeats(demarche: Demarche) -> None:
    one, two = (demarche("run", CASE, "--seed", 7, "--json") for _ in range(2))
    assert (one.code, one.err) == (0, "")
    assert one.out == two.out
    found = json.loads(one.out)
    assert {"outcome", "stage", "settled_in_hours", "clauses_won", "clauses_given", "run_spec"} <= set(found)
    assert list(found) == sorted(found)
    assert found["run_spec"]["seed"] == 7
    assert "/" not in one.out


def test_the_options_reach_the_spec(demarche: Demarche) -> None:
    words = ["--rule", "answer:target=audience_cost", "--trait", "target.climb_down=0.5", "--set", "target.support=0.4"]
    words += [
        "--without",
        "elite",
        "--at",
        "3:target.support+=0.1",
        "--horizon",
        "3",
        "--round-hours",
        "6",
        "--run",
        "2",
    ]
    spec = json.loads(demarche("run", CASE, *words, "--json").out)["run_spec"]
    assert {one["path"]: one["value"] for one in spec["changes"]} == {
        "rules.answer.target": "audience_cost",
        "AUR.climb_down": 0.5,
        "AUR.support": 0.4,
        "on.elite": 0.0,
    }
    assert spec["at"] == [{"round": 3, "path": "AUR.support", "op": "+=", "value": 0.1}]
    assert (spec["horizon"], spec["round_hours"], spec["run"]) == (3.0, 6.0, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("--trait target.climb_down=0.3", "--set target.climb_down=0.3"),
        ("--without rally", "--set on.rally=0"),
        ("--rule answer:target=never", "--set rules.answer.target=never"),
        ("--rule answer:AUR=never", "--rule answer:bridge.target=never"),
        ("--expression target=answer/2", "--set expressions.target=answer/2"),
        ("--set target.support=0.4", "--set AUR.support=0.9 --set target.support=0.4"),
        ("--set target.support=0.3 --without rally", "--without rally --set target.support=0.3"),
        ("--set measures.tariff_20.size*=2", "--set bridge.measures.tariff_20.size+=0.2"),
        ("", "--set on.rally=1 --horizon 10"),
    ],
)
def test_equal_runs_have_equal_specs(one: str, other: str, demarche: Demarche) -> None:
    """One list of changes names a run, whatever spelling it was typed in; so links and hashes are equal too."""
    first, second = (json.loads(demarche("run", CASE, *words.split(), "--json").out) for words in (one, other))
    assert first == second
    assert packed(RunSpec(**first["run_spec"])) == packed(RunSpec(**second["run_spec"]))


def test_a_spec_names_a_run(demarche: Demarche, tmp_path: Path) -> None:
    """--spec takes the JSON itself, a file, or the run.json of --out."""
    first = demarche("run", CASE, "--seed", 9, "--without", "rally", "--json").out
    spec = json.loads(first)["run_spec"]
    (tmp_path / "run.json").write_text(first, encoding="utf-8")
    (tmp_path / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    for given in (json.dumps(spec), "run.json", "spec.json"):
        assert demarche("run", "--spec", given, "--json").out == first


def test_out_holds_three_files_and_every_decision_can_be_asked_again(demarche: Demarche, tmp_path: Path) -> None:
    words = ("run", CASE, "--seed", 1, "--rule", "answer:target=threshold")
    assert demarche(*words, "--out", "made").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made"]
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["rounds.csv", "run.json", "transcript.txt"]
    assert (tmp_path / "made/run.json").read_text(encoding="utf-8") == demarche(*words, "--json").out
    with (tmp_path / "made/rounds.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert set(lines[0]) == {"round", "time", "who", *View._fields}
    target = [line for line in lines if line["who"] == "AUR"]
    view = View(**{name: float(target[2][name]) for name in View._fields})
    why = json.loads(demarche(*("why", *words[1:]), "--round", 2, "--who", "AUR", "--json").out)
    assert why["view"] == view._asdict()
    assert why["willingness"] == shipped().find("answer", "threshold")(view)


def test_the_transcript_comes_in_two_languages(demarche: Demarche) -> None:
    english, spanish = demarche("run", CASE), demarche("run", CASE, "--lang", "es")
    assert (english.code, spanish.code) == (0, 0)
    assert english.out != spanish.out
    assert "In force now" in english.out


def test_why_sums_to_the_margin(demarche: Demarche) -> None:
    found = json.loads(demarche("why", CASE, "--round", 3, "--who", "AUR", "--json").out)
    assert sum(found["terms"].values()) == pytest.approx(found["margin"])
    page = demarche("why", CASE, "--round", 3, "--who", "target").out
    numbers = [float(line.split()[-1]) for line in page.splitlines() if line.strip() and line.split()[-1][0] in "+-"]
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1], abs=1e-9), "the printed terms sum to the printed margin"


def test_why_of_a_rule_without_terms_shows_its_code(demarche: Demarche) -> None:
    page = demarche("why", CASE, "--round", 0, "--who", "AUR", "--rule", "answer:target=threshold").out
    assert "def threshold(" in page
    assert "strain" in page


@pytest.mark.parametrize("parts", [[0.125, 0.125], [1.005, -0.335, 0.3333], [-0.001] * 7, []])
def test_rounded_parts_sum_to_the_rounded_total(parts: list[float]) -> None:
    total = sum(parts)
    assert sum(rounded(parts, total)) == pytest.approx(round(total, 2), abs=1e-9)
    assert all(abs(shown - part) < 0.01 for shown, part in zip(rounded(parts, total), parts, strict=True))


def test_ensemble(demarche: Demarche, tmp_path: Path) -> None:
    found = demarche("ensemble", CASE, "--runs", 40, "--json", "--out", "runs.csv")
    numbers = json.loads(found.out)
    assert numbers["runs"] == 40
    assert sum(share["value"] for share in numbers["outcome"].values()) == pytest.approx(1)
    assert len((tmp_path / "runs.csv").read_text(encoding="utf-8").splitlines()) == 41
    assert sorted(path.name for path in tmp_path.iterdir()) == ["runs.csv"]
    page = demarche("ensemble", CASE, "--runs", 40, "--threads", 1, "--out", "runs.parquet").out
    assert "settled in 7 days" in page
    assert (tmp_path / "runs.parquet").read_bytes()[:4] == b"PAR1"


def test_compare(demarche: Demarche) -> None:
    nothing = json.loads(demarche("compare", CASE, "--runs", 20, "--json").out)
    assert all(effect["difference"] == 0.0 for effect in nothing["effects"])
    found = demarche("compare", CASE, "--runs", 20, "--rule", "answer:target=never", "--seed", 3)
    assert found.code == 0
    assert "With the change" in found.out
    other = (
        "--base-rule",
        "answer:target=never",
        "--base-set",
        "target.support=0.3",
        "--base-without",
        "elite",
        "--json",
    )
    spec = json.loads(demarche("compare", CASE, "--runs", 5, "--seed", 3, "--set", "target.support=0.5", *other).out)
    assert [one["value"] for one in spec["a"]["changes"]] == ["never", 0.3, 0.0]
    assert [one["value"] for one in spec["b"]["changes"]] == [0.5]
    assert spec["a"]["seed"] == spec["b"]["seed"] == 3


def test_rules_are_listed_and_have_a_page(demarche: Demarche) -> None:
    page = demarche("rules").out
    assert all(rule.name in page for rule in shipped().values())
    page = demarche("rules", "audience_cost").out
    assert "Fearon" in page
    assert "climb_down" in page
    assert "share of the public" in page


@pytest.mark.parametrize(("family", "who"), [("answer", "target"), ("press", "sender"), ("stance", "all")])
def test_a_new_rule_passes_its_check_and_runs(demarche: Demarche, family: str, who: str, tmp_path: Path) -> None:
    assert demarche("new-rule", "mine", "--family", family).code == 0
    assert read(tmp_path / "homework" / "mine.py").name == "mine"
    found = demarche("check", "homework/mine.py")
    assert (found.code, found.err) == (0, "")
    assert "to the last bit" in found.out
    found = demarche("run", CASE, "--rules", "homework", "--rule", f"{family}:{who}=mine", "--json")
    assert json.loads(found.out)["run_spec"]["changes"][0]["value"] == "mine"


def test_a_new_scenario_passes_its_check_and_runs(demarche: Demarche) -> None:
    assert demarche("new-scenario", "my_case").code == 0
    assert "is fine" in demarche("check", "my_case.yaml").out
    mine, theirs = (json.loads(demarche("run", name, "--seed", 1, "--json").out) for name in ("my_case.yaml", CASE))
    del mine["run_spec"], theirs["run_spec"]
    assert mine == theirs


def test_the_shipped_files_pass_their_checks(demarche: Demarche) -> None:
    for rule in (shipped().find("answer", "two_level"), shipped().find("stance", "follow_alignment")):
        assert demarche("check", rule.path).code == 0


def test_lists(demarche: Demarche) -> None:
    assert "colombia_2025" in demarche("scenarios").out
    assert "governments.AUR.gdp" in demarche("scenarios", CASE).out
    assert "private_channel" in demarche("mechanisms").out
    assert json.loads(demarche("schema").out)["title"] == "Demarche scenario"
