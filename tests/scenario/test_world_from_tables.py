"""Worlds from data: what a user's tables become, what their ties say, and the same bytes every time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from command import Demarche, demarche
from world_kit import BUILD, EXPORTS, FORMS, GOVERNMENTS, put

from sim.engines import ensemble as compiled
from sim.engines.mesa_model import CoercionModel
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.scenario.from_tables import graph as ties
from sim.state.ladder import measures_of
from sim.state.network import network

__all__ = ["demarche"]


def test_a_world_from_tables(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path)
    answer = demarche(*BUILD, "--alliances", "a.csv", "--votes", "v.csv")
    assert answer.code == 0, answer.err
    assert "3 governments, 4 flows, 2 alliances" in answer.out and "1 line for the world as a whole" in answer.out
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


@pytest.mark.parametrize("form", FORMS)
def test_flows_in_the_forms_of_others(demarche: Demarche, tmp_path: Path, form: str) -> None:
    put(tmp_path, e=FORMS[form])
    year = ("--year", "2014") if "year" in FORMS[form].lower() else ()
    answer = demarche(*BUILD, *year)
    assert answer.code == 0, answer.err
    table = Scenario.read(tmp_path / "mine.yaml").exports[0]
    assert table.flows == {"BBB": {"AAA": 40000.0}, "CCC": {"AAA": 1000.0}}


SAVED = {"byte order mark": b"\xef\xbb\xbf" + EXPORTS.encode(), "Windows": EXPORTS.replace("\n", "\r\n").encode(),
         "old Mac": EXPORTS.replace("\n", "\r").encode(), "blank lines": EXPORTS.replace("\n", "\n\n").encode(),
         "empty columns": EXPORTS.replace("\n", ",,\n").encode()}  # fmt: skip


@pytest.mark.parametrize("name", SAVED)
def test_tables_as_other_programs_save_them(demarche: Demarche, tmp_path: Path, name: str) -> None:
    put(tmp_path)
    (tmp_path / "e.csv").write_bytes(SAVED[name])
    answer = demarche(*BUILD)
    assert answer.code == 0 and "3 governments, 4 flows" in answer.out, answer


def test_exports_in_two_files_and_parties_by_name(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path, a="exporter,importer,usd_mn\nAAA,CCC,7\n")
    answer = demarche(*BUILD, "--exports", "a.csv", "--sender", "Berland", "--target", "30")
    assert answer.code == 0 and "5 flows" in answer.out and "BBB demands of CCC" in answer.out, answer
    assert "demarche scenarios mine.yaml lists them" in " ".join(demarche("run", "mine.yaml").out.split())
    assert demarche("ensemble", "mine.yaml", "--runs", "4").code == 0


def test_which_bloc_holds(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path, g=GOVERNMENTS + "DDD,Dorland,40,10,,,,\n", a="a,b\nBBB,CCC\nBBB,DDD\n")
    assert demarche(*BUILD, "--alliances", "a.csv").code == 0  # AAA on BBB; CCC sells AAA 2 % of its GDP, DDD is silent
    said = {bear: demarche("world", "show", "mine.yaml", "--bear", bear, "--json").out for bear in ("5", "1")}
    five, one = (json.loads(text)["blocs"][0] for text in said.values())
    assert (five["members"], five["quorum"], five["able"], five["holds"]) == (
        [["CCC", 0.02], ["DDD", 0.0]],
        1,
        1,
        "yes",
    )
    assert (one["able"], one["unknown"], one["holds"], one["needs"]) == (0, 1, "perhaps", 0.02)
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(text.replace("bloc: [CCC, DDD]", "bloc: []"), encoding="utf-8")
    assert "No crisis names a bloc" in demarche("world", "show", "mine.yaml").out
    assert "1 of 2 allies" in demarche("world", "show", "mine.yaml", "--alliances", "a.csv").out


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
    state = network(CoercionModel(prepared).now, prepared.template.names.governments)
    made = ties.graph_of(scenario)
    for one, other, edge in state.edges(data=True):
        assert {name: made[one][other][name] for name in edge} == edge
    assert nx.is_directed(made) and sum(ties.market_share(made).values()) == pytest.approx(1.0)
    assert ties.exposure(made, "MEX")[0] == "USA"
    assert "COL" not in ties.neighbourhood(made, "COL")


def test_the_measures_of_a_crisis_lie_together() -> None:
    """So a crisis goes over its own measures alone, and twice the crises cost twice as much."""
    prepared = prepare(RunSpec(scenario="hemisphere_2025"))
    now = CoercionModel(prepared).now
    for row, name in enumerate(prepared.template.names.crises):
        assert [prepared.template.names.measures[at][0] for at in measures_of(now, row)] == [
            name for crisis, _ in prepared.template.names.measures if crisis == name
        ]


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
        root = str(Path(__file__).resolve().parents[2])
        environment = {**os.environ, "PYTHONPATH": root, "PYTHONHASHSEED": number}
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        pages.append(done.stdout)
    assert pages[0] == pages[1] and "flights" in pages[0]
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


def test_a_gravity_world_runs_in_both_engines(demarche: Demarche, tmp_path: Path) -> None:
    assert demarche("world", "synthetic", "--governments", "3", "--seed", "2").code == 0
    assert Scenario.read(tmp_path / "gravity_3_2.yaml").name == "gravity_3_2"
    words = ("world", "synthetic", "--governments", "15", "--crises", "3", "--out")
    assert demarche(*words, "one.yaml", "--seed", "4").code == 0
    text = (tmp_path / "one.yaml").read_text(encoding="utf-8")
    (tmp_path / "one.yaml").unlink()
    demarche(*words, "one.yaml", "--seed", "4")
    assert (tmp_path / "one.yaml").read_text(encoding="utf-8") == text
    prepared = prepare(RunSpec(scenario="one", seed=2), Scenario.read(tmp_path / "one.yaml"))
    history = compiled.trace(prepared)
    assert np.array_equal(history[-1], CoercionModel(prepared).run().cells)
    assert prepared.template.rounds == 104
