"""Worlds from data: what a user's tables become, what is said of their mistakes, and the same bytes every time."""

# ruff: noqa: E501 - a table is easiest to read with one line a row

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from command import Demarche, assert_refused, demarche

from sim import ensemble as compiled
from sim.model import Crisis
from sim.network import network
from sim.prepare import prepare
from sim.scenario import Scenario
from sim.spec import RunSpec
from sim.worlds import graph as ties

__all__ = ["demarche"]

GOVERNMENTS = (
    "iso3,name,ccode,gdp_usd_bn,polyarchy,un_ideal_point,capital_lat,capital_lon\n"
    "AAA,Arland,10,1000,0.8,1.5,50,10\nBBB,Berland,20,200,0.5,0.1,40,20\nCCC,Corland,30,50,,0,30,30\n"
)
EXPORTS = "exporter,importer,usd_mn\nAAA,WLD,90000\nAAA,BBB,5000\nBBB,AAA,40000\nCCC,AAA,1000\nCCC,BBB,500\n"
ALLIANCES, VOTES = "a,b\nBBB,CCC\nAAA,BBB\n", "iso3,un_ideal_point\nCCC,-1\n"
BUILD = ("world", "build", "--governments", "g.csv", "--exports", "e.csv", "--out", "mine.yaml")


def put(folder: Path, **texts: str) -> None:
    """The good files, some of them replaced."""
    for name, text in {"g": GOVERNMENTS, "e": EXPORTS, "a": ALLIANCES, "v": VOTES, **texts}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def test_a_world_from_tables(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path)
    answer = demarche(*BUILD, "--alliances", "a.csv", "--votes", "v.csv")
    assert answer.code == 0, answer.err
    assert "3 governments, 4 flows, 2 alliances" in answer.out and "1 lines for the world as a whole" in answer.out
    made = Scenario.read(tmp_path / "mine.yaml")
    crisis = made.crises["placeholder"]
    assert (crisis.sender, crisis.target, crisis.bloc) == ("AAA", "BBB", ("CCC",))  # the largest flow: BBB to AAA
    third = made.government("CCC")
    assert third.ideal_point and third.ideal_point.value == -1.0  # votes go before the governments' file
    assert third.polity and third.polity.assumed  # an empty cell
    assert made.exports[0].in_base_unit(made.exports[0].flows["BBB"]["AAA"]) == 40.0
    assert demarche("run", "mine.yaml").code == 0
    first = (tmp_path / "mine.yaml").read_bytes()
    (tmp_path / "mine.yaml").unlink()
    demarche(*BUILD, "--alliances", "a.csv", "--votes", "v.csv")
    assert (tmp_path / "mine.yaml").read_bytes() == first


FORMS = {
    "comtrade": "reporterISO,partnerISO,flowCode,primaryValue\nBBB,AAA,X,40000000000\nAAA,BBB,M,1\nAAA,W00,X,5\nCCC,AAA,X,1000000000\n",
    "dollars": "exporter,importer,value\nBBB,AAA,40000000000\nCCC,AAA,1000000000\n",
    "cow": "ccode1,ccode2,year,flow1,flow2\n10,20,2014,40000,-9\n10,30,2014,1000,-9\n10,20,2013,7,7\n",
    "cow, names": "importer1,importer2,year,smoothflow1,smoothflow2\nArland,Berland,2014,40000,-9\nArland,Corland,2014,1000,-9\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_flows_in_the_forms_of_others(demarche: Demarche, tmp_path: Path, form: str) -> None:
    put(tmp_path, e=FORMS[form])
    year = ("--year", "2014") if "year" in FORMS[form] else ()
    answer = demarche(*BUILD, *year)
    assert answer.code == 0, answer.err
    table = Scenario.read(tmp_path / "mine.yaml").exports[0]
    assert table.flows == {"BBB": {"AAA": 40000.0}, "CCC": {"AAA": 1000.0}}


# name: (which file, what stands there instead, words of the sentence)
WRONG = {
    "pair twice": ("e", EXPORTS + "BBB,AAA,1\n", ["e.csv, line 7:", "BBB to AAA stands twice, first on line 4"]),
    "negative flow": ("e", EXPORTS + "AAA,CCC,-4\n", ["e.csv, line 7:", "AAA to CCC is -4", "never negative"]),
    "unknown code": ("e", EXPORTS + "BBD,CCC,4\n", ["e.csv, line 7:", "`BBD`", "Did you mean `BBB`?", "--skip-unknown", "--only"]),
    "partner missing": ("e", EXPORTS + "AAA,,4\n", ["e.csv, line 7:", "`importer` is empty"]),
    "column missing": ("e", EXPORTS.replace("importer", "buyer"), ["e.csv, line 1:", "no column `importer`", "buyer"]),
    "number missing": ("e", EXPORTS + "AAA,CCC,\n", ["e.csv, line 7:", "`usd_mn` is empty", "0 or more"]),
    "text for a number": ("e", EXPORTS + "AAA,CCC,much\n", ["e.csv, line 7:", "'much' is text where a number belongs"]),
    "not a number": ("e", EXPORTS + "AAA,CCC,nan\n", ["e.csv, line 7:", "nan", "right is"]),
    "too few cells": ("e", EXPORTS + "AAA,CCC\n", ["e.csv, line 7:", "2 cells; right is 3"]),
    "empty": ("e", "", ["e.csv", "empty"]),
    "header alone": ("e", "exporter,importer,usd_mn\n", ["e.csv", "nothing below the header"]),
    "semicolons": ("e", EXPORTS.replace(",", ";"), ["e.csv, line 1:", "commas"]),
    "two years": ("e", FORMS["cow"], ["e.csv, line 4:", "stands twice", "--year"]),
    "government twice": ("g", GOVERNMENTS + "AAA,Again,1,5,,,,\n", ["g.csv, line 5:", "AAA stands twice, first on line 2"]),
    "no GDP": ("g", GOVERNMENTS + "DDD,Dorland,40,,,,,\n", ["g.csv, line 5:", "`gdp_usd_bn` of DDD is empty", "--skip-unknown"]),
    "GDP of zero": ("g", GOVERNMENTS + "DDD,Dorland,40,0,,,,\n", ["g.csv, line 5:", "`gdp_usd_bn` holds 0", "above 0"]),
    "GDP in dollars": ("g", GOVERNMENTS + "DDD,Dorland,40,5e12,,,,\n", ["g.csv, line 5:", "look at the unit"]),
    "share in percent": ("g", GOVERNMENTS + "DDD,Dorland,40,5,80,,,\n", ["g.csv, line 5:", "`polyarchy` holds 80", "from 0 to 1"]),
    "code that cannot be": ("g", GOVERNMENTS + "d1,Dorland,40,5,,,,\n", ["g.csv, line 5:", "two to six capital letters"]),
    "alliance twice": ("a", ALLIANCES + "BBB,CCC\n", ["a.csv, line 4:", "stand twice, first on line 2"]),
    "vote out of bounds": ("v", VOTES + "AAA,9\n", ["v.csv, line 3:", "from -5 to 5"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_table(demarche: Demarche, tmp_path: Path, name: str) -> None:
    file, text, said = WRONG[name]
    put(tmp_path, **{file: text})
    assert_refused(demarche(*BUILD, "--alliances", "a.csv", "--votes", "v.csv"), 2, *said)
    assert not (tmp_path / "mine.yaml").exists()


FILES = {"absent": (None, "no such file"), "binary": (bytes(range(256)), "not text"), "zeros": (bytes(99), "binary"),
         "50 MB": (b"a,b,c\n" * 8_400_000, "50 MB is too large")}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_table(demarche: Demarche, tmp_path: Path, name: str) -> None:
    put(tmp_path)
    (tmp_path / "e.csv").unlink()
    content, said = FILES[name]
    if content is not None:
        (tmp_path / "e.csv").write_bytes(content)
    assert_refused(demarche(*BUILD), 2, "e.csv", said)
    assert not (tmp_path / "mine.yaml").exists()


# words typed after `world`: what the sentence says
TYPED = {
    "build --governments . --exports e.csv --out x.yaml": ["directory", ".csv"],
    "build --governments g.csv --exports e.csv --out x.csv": ["--out x.csv", ".yaml"],
    "build --governments g.csv --exports e.csv --out Bad-Name.yaml": ["Bad-Name", "my_world.yaml"],
    "build --governments g.csv --exports e.csv --out there.yaml": ["there already"],
    "build --governments g.csv --exports e.csv --out x.yaml --sender AAB": ["--sender AAB", "Near: AAA"],
    "build --governments g.csv --exports e.csv --out x.yaml --sender AAA --target AAA": ["two governments"],
    "build --governments g.csv --exports e.csv --out x.yaml --only AAA,BBD": ["--only BBD", "Near: BBB"],
    "build --governments g.csv --exports e.csv --out x.yaml --only AAA": ["at least two"],
    "synthetic --governments 1 --out x.yaml": ["--governments 1", "from 2 to 300"],
    "synthetic --governments 5 --crises 5 --out x.yaml": ["--crises 5", "from 1 to 4"],
    "show there.yaml": ["there.yaml"],
    "show two_countries --out x.jpg": ["x.jpg", ".svg or .png"],
}  # fmt: skip


@pytest.mark.parametrize("words", TYPED)
def test_what_is_typed(demarche: Demarche, tmp_path: Path, words: str) -> None:
    put(tmp_path)
    (tmp_path / "there.yaml").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert_refused(demarche("world", *words.split()), 2, *TYPED[words])
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_unknown_can_be_left_out(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path, g=GOVERNMENTS + "DDD,Dorland,40,,,,,\n", e=EXPORTS + "XYZ,CCC,4\nCCC,DDD,1\n")
    answer = demarche(*BUILD, "--skip-unknown")
    assert answer.code == 0 and "2 lines of governments that are not among those kept" in answer.out, answer
    (tmp_path / "mine.yaml").unlink()
    assert demarche(*BUILD, "--only", "AAA,BBB").code == 0
    assert sorted(Scenario.read(tmp_path / "mine.yaml").governments) == ["AAA", "BBB"]


def test_the_graph_of_a_file_is_that_of_its_state() -> None:
    scenario = Scenario.read("hemisphere_2025")
    prepared = prepare(RunSpec(scenario="hemisphere_2025"))
    state = network(Crisis(prepared).now, prepared.world.names.governments)
    made = ties.graph_of(scenario)
    for one, other, edge in state.edges(data=True):
        assert {name: made[one][other][name] for name in edge} == edge
    assert nx.is_directed(made) and sum(ties.market_share(made).values()) == pytest.approx(1.0)
    assert ties.exposure(made, "MEX")[0] == "USA"
    assert "COL" not in ties.neighbourhood(made, "COL")


def test_what_is_shown_is_the_same_in_any_process(tmp_path: Path) -> None:
    pages = []
    for number in ("1", "2"):
        words = [
            sys.executable,
            "-P",
            "-m",
            "sim.cli.main",
            "world",
            "show",
            "hemisphere_2025",
            "--out",
            f"{number}.svg",
        ]
        root = str(Path(__file__).resolve().parents[1])
        environment = {**os.environ, "PYTHONPATH": root, "PYTHONHASHSEED": number}
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        pages.append(done.stdout)
    assert pages[0] == pages[1] and "flights" in pages[0]
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


def test_a_gravity_world_runs_in_both_engines(demarche: Demarche, tmp_path: Path) -> None:
    words = ("world", "synthetic", "--governments", "15", "--crises", "3", "--out")
    assert demarche(*words, "one.yaml", "--seed", "4").code == 0
    text = (tmp_path / "one.yaml").read_text(encoding="utf-8")
    (tmp_path / "one.yaml").unlink()
    demarche(*words, "one.yaml", "--seed", "4")
    assert (tmp_path / "one.yaml").read_text(encoding="utf-8") == text
    prepared = prepare(RunSpec(scenario="one", seed=2), Scenario.read(tmp_path / "one.yaml"))
    history = compiled.trace(prepared)
    assert np.array_equal(history[-1], Crisis(prepared).run().cells)
    assert prepared.world.rounds == 104
