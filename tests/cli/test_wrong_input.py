"""Wrong input, one by one, through the command line: a sentence, the right exit code, nothing written, no traceback."""

# ruff: noqa: E501 - a table is easiest to read with one line a row

from pathlib import Path

import pytest
from command import Demarche, assert_refused, demarche

from sim.scenario import scenario_names
from sim.scenario.files.locate import CONFIGS

__all__ = ["demarche"]

CASE = "two_countries"
GOOD = (CONFIGS / "scenarios" / f"{CASE}.yaml").read_text(encoding="utf-8")


# name: (the words typed, what the sentence says); all are mistakes of typing: exit code 2
TYPED = {
    "no scenario": ("run", ["Which scenario?", ", ".join(scenario_names())]),
    "unknown scenario": ("run colombia_2026", ["`colombia_2026`", "Did you mean `colombia_2025`?", f"There are: {scenario_names()[0]}"]),
    "unknown command": ("rum two_countries", ["no command `rum`", "Did you mean `run`?", "There are: analyse, calibrate, check"]),
    "unknown option": ("run two_countries --sed 4", ["no option `--sed`", "Did you mean `--seed`?", "--set"]),
    "option without a value": ("run two_countries --seed", ["--seed", "--help"]),
    "one word too many": ("run two_countries colombia_2025", ["demarche run", "colombia_2025"]),
    "text for the seed": ("run two_countries --seed x", ["demarche run", "--seed", "valid integer"]),
    "negative seed": ("run two_countries --seed -1", ["demarche run", "--seed", "--help"]),
    "seed too large": ("run two_countries --seed 9999999999999999999999", ["seed"]),
    "unknown rule": ("run two_countries --rule answer:target=audience_cots", ["`audience_cots`", "Did you mean `audience_cost`?", "two_level"]),
    "unknown family": ("run two_countries --rule reply:target=never", ["reply:target=never", "answer, press or stance"]),
    "rule without a side": ("run two_countries --rule never", ["--rule 'never'", "answer:target=never"]),
    "rule for an unknown side": ("run two_countries --rule answer:COL=never", ["`COL`", "AUR, BOR"]),
    "rule of another family": ("run two_countries --rule press:target=never", ["no press rule `never`", "as_announced"]),
    "unknown trait": ("run two_countries --trait target.climb_dwn=0.5", ["climb_dwn", "Did you mean `climb_down`?"]),
    "trait out of bounds": ("run two_countries --trait target.climb_down=7", ["target.climb_down=7", "climb_down = 7", "0 to 1", "share of the public"]),
    "text for a trait": ("run two_countries --trait target.climb_down=much", ["--trait", "`much` is not a number"]),
    "trait that adds": ("run two_countries --trait target.climb_down+=1", ["--trait", "WHO.TRAIT=VALUE"]),
    "bad path of --set": ("run two_countries --set target.suport=0.4", ["target.suport=0.4", "suport", "Did you mean `support`?"]),
    "unknown place of --set": ("run two_countries --set tagret.support=0.4", ["tagret", "Did you mean `target`?"]),
    "--set without a value": ("run two_countries --set target.support", ["--set 'target.support'", "PATH=VALUE"]),
    "--set out of bounds": ("run two_countries --set target.support=40", ["target.support = 40", "0 to 1 (share)"]),
    "--set nan": ("run two_countries --set target.support=nan", ["--set", "not a finite number"]),
    "--set due before announced": ("run two_countries --set measure.tariff_20.announced=9", ["tariff_20", "due on day 5", "before it is announced on day 9"]),
    "unknown mechanism": ("run two_countries --without ralli", ["ralli", "Did you mean `rally`?", "audience_cost"]),
    "--at without a round": ("run two_countries --at target.support=0.4", ["--at", "ROUND:PATH=VALUE"]),
    "--at a round that is text": ("run two_countries --at two:target.support=0.4", ["--at 'two:", "whole round"]),
    "--at a negative round": ("run two_countries --at=-1:target.support=0.4", ["--at '-1:", "whole round"]),
    "--at after the end": ("run two_countries --at 9999:target.support=0.4", ["--at 9999:", "expected 0 to 99"]),
    "--at a bad path": ("run two_countries --at 3:target.mod=0.4", ["--at 3:", "target.mod", "Did you mean `mood`?"]),
    "--at a bad value": ("run two_countries --at 3:target.support=lots", ["--at", "`lots` is not a number"]),
    "--at out of bounds": ("run two_countries --at 3:target.support=4", ["--at 3:", "0 to 1"]),
    "unknown weights": ("run two_countries --weights defalt", ["`defalt`", "Did you mean `default`?"]),
    "weights file absent": ("run two_countries --weights mine.yaml", ["mine.yaml", "no such file"]),
    "horizon zero": ("run two_countries --horizon 0", ["--horizon 0", "above 0"]),
    "horizon nan": ("run two_countries --horizon nan", ["--horizon nan", "finite"]),
    "horizon endless": ("run two_countries --horizon 1e5", ["rounds are too many"]),
    "rounds too long": ("run two_countries --round-hours 9999", ["--round-hours 9999"]),
    "unknown language": ("run two_countries --lang fr", ["--lang fr", "en or es"]),
    "no runs": ("ensemble two_countries --runs 0", ["--runs 0", "from 1"]),
    "no runs to compare": ("compare two_countries --runs 0", ["--runs 0", "from 1"]),
    "negative runs": ("ensemble two_countries --runs=-5", ["--runs -5", "from 1"]),
    "runs left out": ("ensemble two_countries", ["--runs"]),
    "half a run": ("ensemble two_countries --runs 1.5", ["demarche ensemble", "--runs", "valid integer"]),
    "no threads": ("ensemble two_countries --runs 5 --threads 0", ["--threads"]),
    "ensemble to an unknown form": ("ensemble two_countries --runs 5 --out runs.xlsx", ["runs.xlsx", ".parquet or .csv"]),
    "ensemble to no folder": ("ensemble two_countries --runs 5 --out no/runs.csv", ["no/runs.csv", "there is no folder"]),
    "why: no such round": ("why two_countries --round 100 --who AUR", ["--round 100", "expected 0 to 99"]),
    "why: negative round": ("why two_countries --round=-1 --who AUR", ["--round -1", "expected 0 to 99"]),
    "why: no such side": ("why two_countries --round 1 --who COL", ["--who COL", "AUR, BOR"]),
    "spec that is no JSON": ("run --spec {", ["--spec", "no JSON"]),
    "spec with an unknown field": ('run --spec {"scenario":"two_countries","sed":4}', ["run spec", "sed"]),
    "spec of another format": ('run --spec {"scenario":"two_countries","format":3}', ["run spec", "format"]),
    "spec of another scenario": ('run colombia_2025 --spec {"scenario":"two_countries"}', ["--spec names the scenario `two_countries`"]),
    "spec of another model": ('run --spec {"scenario":"two_countries","model":"0123456789ab"}', ["model", "0123456789ab"]),
    "spec file absent": ("run --spec none.json", ["none.json", "cannot be read"]),
    "rules folder absent": ("run two_countries --rules none", ["none", "no such folder"]),
    "page of an unknown rule": ("rules two_levl", ["`two_levl`", "Did you mean `two_level`?"]),
    "new rule with a bad name": ("new-rule My-Rule", ["`My-Rule`", "my_rule"]),
    "new rule with a word of Python": ("new-rule lambda", ["`lambda`"]),
    "new rule with a name that exists": ("new-rule two_level", ["`two_level` already"]),
    "new rule of an unknown family": ("new-rule mine --family reply", ["--family reply", "answer, press, stance"]),
    "new scenario with a bad name": ("new-scenario ../x", ["`../x`", "my_crisis"]),
    "new scenario with a name that exists": ("new-scenario two_countries", ["`two_countries` already"]),
    "check nothing": ("check", ["FILE"]),
    "check a file that is absent": ("check none.py", ["none.py", "no such file"]),
    "check another kind of file": ("check none.txt", ["none.txt", ".py", ".yaml"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed(demarche: Demarche, tmp_path: Path, name: str) -> None:
    words, said = TYPED[name]
    assert_refused(demarche(*words.split()), 2, *said)
    assert list(tmp_path.iterdir()) == []


CLAUSE = GOOD[GOOD.index("      night_traffic:") : GOOD.index("      pay_repairs:")]
ANNOUNCED = 'announced: {assume: {value: 0, range: [0, 1], why: "It comes with the ultimatum."}, unit: days}'
# name: (what stands in the good file, what replaces it, what the sentence says)
WRITTEN = {
    "misspelt key": ("    salience:", "    saliense:", ["line ", "`saliense`", "Did you mean `salience`?"]),
    "duplicate key": ("    target: AUR", "    target: AUR\n    target: AUR", ["line ", "target"]),
    "number out of bounds": ("value: 45, range: [20, 70]", "value: 450, range: [20, 700]", ["line ", "450 percent is out of bounds", "0 to 100"]),
    "text for a number": ("value: 0.6, range: [0, 1]", "value: much, range: [0, 1]", ["line ", "'much' is text where a number belongs"]),
    "missing unit": ("why: \"A teaching example: halfway.\"}, unit: share}", "why: \"A teaching example: halfway.\"}}", ["line ", "unit"]),
    "missing source": ("  source: teaching_example\n", "", ["exports", "source"]),
    "source that does not resolve": ("source: teaching_example", "source: teaching_exampel", ["line ", "`teaching_exampel`", "teaching_example"]),
    "sender its own target": ("    target: AUR", "    target: BOR", ["line ", "BOR", "target"]),
    "unknown rule": ("answer: {sender: two_level", "answer: {sender: two_levels", ["two_levels", "two_level"]),
    "due before announced": (ANNOUNCED, ANNOUNCED.replace("value: 0, range: [0, 1]", "value: 7, range: [0, 9]"), ["tariff_20", "due"]),
    "one code twice": (CLAUSE, CLAUSE + CLAUSE, ["line ", "night_traffic"]),
    "one code of a measure twice": ("      slow_customs:", "      tariff_20:", ["line ", "tariff_20"]),
    "syntax": ("    target: AUR", "    target: [AUR", ["line "]),
    "a tab": ("    target: AUR", "\ttarget: AUR", ["line "]),
}  # fmt: skip


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_in_a_scenario(demarche: Demarche, tmp_path: Path, name: str, command: str) -> None:
    old, new, said = WRITTEN[name]
    assert old in GOOD, "the good file has changed: adapt this row"
    (tmp_path / "two_countries.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    assert_refused(demarche(command, "two_countries.yaml"), 2, *said)
    assert [path.name for path in tmp_path.iterdir()] == ["two_countries.yaml"]


FILES = {
    "absent": (None, ["no such file"]),
    "empty": (b"", ["empty"]),
    "binary": (bytes(range(256)), ["not text"]),
    "zero bytes": (bytes(100), ["binary"]),
    "50 MB": (b"# x\n" * 12_500_000, ["50 MB is too large"]),
}  # fmt: skip


@pytest.mark.parametrize("words", [("run",), ("check",), ("run", CASE, "--weights")], ids=" ".join)
@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_scenario(demarche: Demarche, tmp_path: Path, name: str, words: tuple[str, ...]) -> None:
    content, said = FILES[name]
    if content is not None:
        (tmp_path / "odd.yaml").write_bytes(content)
    assert_refused(demarche(*words, "odd.yaml"), 2, "odd.yaml", *said)
    assert len(list(tmp_path.iterdir())) == (content is not None)


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_directory_is_no_scenario(demarche: Demarche, tmp_path: Path, command: str) -> None:
    (tmp_path / "odd.yaml").mkdir()
    assert_refused(demarche(command, "odd.yaml"), 2, "odd.yaml", "directory")
    assert_refused(demarche("run", CASE, "--weights", "odd.yaml"), 2, "odd.yaml", "directory")


def test_what_exists_is_never_overwritten(demarche: Demarche, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("mine", encoding="utf-8")
    for name in ("mine.py", "my_case.yaml", "runs.csv"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    assert_refused(demarche("run", CASE, "--out", "made"), 2, "--out made", "there already")
    assert_refused(demarche("run", CASE, "--out", "runs.csv"), 2, "--out runs.csv", "there already")
    assert_refused(demarche("ensemble", CASE, "--runs", 3, "--out", "runs.csv"), 2, "--out runs.csv", "there already")
    assert_refused(demarche("new-rule", "mine", "--folder", "."), 2, "mine.py", "there already")
    assert_refused(demarche("new-rule", "mine", "--folder", "runs.csv"), 2, "runs.csv", "this is a file")
    assert_refused(demarche("new-scenario", "my_case"), 2, "my_case.yaml", "there already")
    assert {path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()} == {"mine"}
