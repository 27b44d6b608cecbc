"""`demarche sweep` through the command line, and everything that can be wrong with an experiment."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from command import Demarche, assert_refused, demarche
from study_kit import SMALL, written

from sim.scenario.files.locate import names_in
from sim.studies.design.experiment import Experiment
from sim.studies.design.study import study

__all__ = ["demarche"]

FEW: dict[str, Any] = {"design": {"kind": "random", "n": 100}, "runs": 1}

# name: (what differs from the small experiment, what the sentence says)
WRONG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "misspelt key": ({"metrcs": ["settled_in_7_days"]}, ["there is no `metrcs` here", "Did you mean `metrics`?"]),
    "unknown scenario": ({"scenario": "two_contries"}, ["`two_contries`", "Did you mean `two_countries`?"]),
    "a file elsewhere": ({"scenario": "/etc/passwd.yaml"}, ["scenario", "lies outside of this folder"]),
    "weights elsewhere": ({"weights": "../../weights.yaml"}, ["weights", "lies outside of this folder"]),
    "unknown metric": ({"metrics": ["settled"]}, ["metrics", "no metric `settled`", "settled_in_7_days"]),
    "no metric": ({"metrics": []}, ["metrics"]),
    "unknown path": ({"vary": {"target.suport": {}}}, ["vary.target.suport", "Did you mean `support`?"]),
    "unknown trait": ({"vary": {"target.climb_dwn": {}}}, ["climb_dwn", "Did you mean `climb_down`?"]),
    "range without a unit": (
        {"vary": {"target.support": {"range": [10, 20]}}},
        ["vary.target.support", "`unit` is missing"],
    ),
    "unit that does not fit": (
        {"vary": {"target.support": {"range": [10, 20], "unit": "days"}}},
        ["`days` is not a unit", "share, percent"],
    ),
    "range the wrong way": (
        {"vary": {"target.support": {"range": [20, 10], "unit": "percent"}}},
        ["from 20 to 10", "low before high"],
    ),
    "range out of bounds": (
        {"vary": {"target.support": {"range": [10, 120], "unit": "percent"}}},
        ["target.support = 1.2", "0 to 1 (share)"],
    ),
    "range and values": (
        {"vary": {"target.support": {"range": [1, 2], "values": [1, 2], "unit": "percent"}}},
        ["both `range` and `values`"],
    ),
    "one value": ({"vary": {"target.support": {"values": [10], "unit": "percent"}}}, ["nothing to vary"]),
    "text for a number": (
        {"vary": {"target.support": {"range": ["ten", 20], "unit": "percent"}}},
        ["'ten' is text where a number belongs"],
    ),
    "no range to be had": ({"vary": {"exports.AUR.BOR": {}}}, ["vary.exports.AUR.BOR", "give a range"]),
    "due before announced": (
        {"vary": {"measures.tariff_20.announced": {"range": [0, 9], "unit": "days"}}},
        ["tariff_20", "before it is announced"],
    ),
    "unknown design": ({"design": {"kind": "sobel", "n": 8}}, ["design", "'sobel'", "Did you mean `sobol`?"]),
    "no n": ({"design": {"kind": "sobol"}}, ["design", "`n` is missing"]),
    "no power of two": ({"design": {"kind": "sobol", "n": 100}}, ["100 is no power of 2"]),
    "n of a grid": ({"design": {"kind": "grid", "n": 8}}, ["a grid has no `n`"]),
    "nothing to sample": ({"vary": {}}, ["varies something"]),
    "one number twice": (
        {"vary": {"target.support": {}, "AUR.support": {}}},
        ["vary.target.support", "same number as AUR.support"],
    ),
    "varied and set": (
        {"compare": {"worlds": {"a": {}, "b": {"set": ["target.support=0.5"]}}}},
        ["vary.target.support", "world `b` sets"],
    ),
    "too large a seed": ({"seed": 2**70}, ["seed", "whole number"]),
    "too long a design": (
        {"design": {"kind": "sobol", "n": 2**20}, "vary": {"target.support": {}}, "runs": 1, "compare": {}},
        ["design.n", "too long a design"],
    ),
    "too many repetitions": ({"runs": 3000}, ["runs", "expected at most 2047"]),
    "zero runs": ({"runs": 0}, ["runs", "0 is out of bounds"]),
    "half a run": ({"runs": 1.5}, ["runs", "1.5", "whole number"]),
    "runs in words": ({"runs": "many"}, ["runs", "whole number"]),
    "too many runs": ({"runs": 40_000_000, "design": {"kind": "grid", "levels": 100}}, ["runs are too many"]),
    "unknown mechanism": ({"compare": {"mechanisms": ["ralli"]}}, ["ralli", "Did you mean `rally`?"]),
    "unknown rule": ({"compare": {"rules": {"answer:target": ["nevr"]}}}, ["nevr", "Did you mean `never`?"]),
    "unknown family": ({"compare": {"rules": {"reply:target": "all"}}}, ["reply:target", "answer, press or stance"]),
    "bad diff": (
        {"compare": {"worlds": {"a": {}, "b": {"set": ["target.suport=1"]}}}},
        ["compare.worlds.b", "suport", "Did you mean `support`?"],
    ),
    "bad intervention": ({"compare": {"worlds": {"a": {"at": ["target.support=1"]}}}}, ["ROUND:PATH=VALUE"]),
    "until of another metric": (
        {"until": {"metric": "conceded", "narrower_than": 1}},
        ["`conceded` is not among `metrics`"],
    ),
    "until of nothing": ({"until": {"metric": "hours_to_settle", "narrower_than": 0}}, ["until.narrower_than"]),
    "another format": ({"format": 2}, ["format", "expected 1"]),
    "another name": ({"name": "tiny"}, ["`tiny` is not the file's name"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_experiment_that_is_wrong(name: str, demarche: Demarche, tmp_path: Path) -> None:
    changes, said = WRONG[name]
    file = tmp_path / "small.yaml"
    file.write_text(json.dumps(SMALL | changes, indent=1), encoding="utf-8")
    assert_refused(demarche("sweep", "run", str(file)), 2, *said)
    assert not (tmp_path / "studies").exists()


TYPED = {
    "unknown experiment": (
        "run tarif_threshold",
        ["no experiment `tarif_threshold`", "Did you mean `tariff_threshold`?"],
    ),
    "no study": ("status nowhere", ["there is no study here", "sweep run"]),
    "no study to extend": ("extend nowhere --n 8", ["there is no study here"]),
    "unknown engine": ("run tariff_threshold --engine fast", ["--engine fast", "compiled or mesa"]),
    "two places": ("run tariff_threshold --processes --cluster local", ["one of --processes and --cluster"]),
    "no workers": ("run tariff_threshold --workers 0", ["--workers", "--help"]),
    "unknown command": ("rum tariff_threshold", ["no command `rum`", "Did you mean `run`?"]),
    "not a name": ("new tariff", ["expected a name that ends in .yaml"]),
}


@pytest.mark.parametrize("name", TYPED)
def test_words_that_are_wrong(name: str, demarche: Demarche) -> None:
    words, said = TYPED[name]
    assert_refused(demarche("sweep", *words.split()), 2, *said)


def test_a_study_from_the_first_line_to_the_last(demarche: Demarche, tmp_path: Path) -> None:
    assert demarche("sweep", "new", "mine.yaml").code == 0
    assert_refused(demarche("sweep", "new", "mine.yaml"), 2, "it is there already")
    planned = demarche("sweep", "plan", "mine.yaml")
    assert planned.code == 0 and "400 runs in 2 parts" in planned.out
    for what in ("runs a second", "time ", "disk ", "memory ", "paired difference, `no_private_channel`"):
        assert what in planned.out
    assert not (tmp_path / "studies").exists()
    ran = demarche("sweep", "run", "mine.yaml")
    assert ran.code == 0 and "400 of 400 runs done, complete; 0 failed" in ran.out
    again = demarche("sweep", "run", "mine.yaml")
    assert "resumed: 400 done, 0 left, 0 repeated" in again.err and again.out == ran.out
    verified = demarche("sweep", "verify", "studies/mine", "--rows", "5")
    assert verified.out == "5 of 400 stored rows computed again in the Mesa engine: all are equal, bit for bit.\n"
    assert_refused(demarche("sweep", "extend", "studies/mine", "--n", "100"), 2, "the study has 200 already")
    assert_refused(demarche("sweep", "extend", "studies/mine"), 2, "one of --n", "--runs")
    longer = demarche("sweep", "extend", "studies/mine", "--n", "300")
    assert longer.code == 0 and "600 of 600 runs done" in longer.out and "400 done, 200 left" in longer.err
    status = json.loads(demarche("sweep", "status", "studies/mine", "--json").out)
    assert status["done"] == status["rows"] == 600 and status["sha256"] in longer.out


def test_ctrl_c_stops_cleanly(tmp_path: Path) -> None:
    file = written(tmp_path, design={"kind": "random", "n": 200_000})
    line = [sys.executable, "-m", "sim.cli.main", "sweep", "run", str(file), "--out", str(tmp_path / "study")]
    child = subprocess.Popen(line, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    end = time.monotonic() + 120.0
    while not list(tmp_path.glob("study/parts/*.parquet")) and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(child.pid, signal.SIGINT)
    said, _ = child.communicate(timeout=60)
    assert child.returncode == 130 and "Traceback" not in said
    assert "runs are on disk; run the same command to resume." in said


@pytest.mark.parametrize("name", names_in("experiments"))
def test_every_shipped_experiment_is_right(name: str) -> None:
    made = study(Experiment.read(name))
    assert made.plan().rows > 0 and made.experiment.title.es != made.experiment.title.en
