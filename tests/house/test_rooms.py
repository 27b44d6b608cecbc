"""The rooms: no circles, few floors, few entries a folder, no name twice, nothing that no entry point leads to."""

import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
import yaml
from places import ROOT

sys.path.append(str(Path(__file__).parent))
import picture

from sim.scenario.files.locate import CONFIGS

MOST_ENTRIES, MOST_FLOORS = 12, 11
LARGE = {
    "agents/rules/answer": "one rule a file; a folder of one kind reads well at any size",
    "dashboards/widgets": "one widget a file",
}
ENTRIES = ("demarche", "sim.api", "sim.cli.start", "sim.cli.main", "dashboards.app", "dashboards.command")
"""What a person or a server starts: the command, the API, the page; children are started by name."""
CHILDREN = ("dashboards.workers.worker", "dashboards.compile_ahead", "sim.cli.start.__main__")
FOUND_BY_NAME = ("agents.rules",)


@pytest.fixture(scope="module")
def graph() -> "nx.DiGraph[str]":
    return picture.imports(ROOT)


def test_no_circle_between_files_or_folders(graph: "nx.DiGraph[str]") -> None:
    assert picture.circles(graph) == []
    for depth in (2, 3):
        assert picture.circles(picture.rooms(graph, depth)) == [], f"folders at depth {depth}"


def test_few_floors(graph: "nx.DiGraph[str]") -> None:
    floors = picture.floors(picture.rooms(graph, 2), "sim")
    assert len(floors) <= MOST_FLOORS, floors


def test_few_entries_a_folder() -> None:
    counted = picture.entries(ROOT, *picture.PACKAGES, "tests")
    full = {folder: count for folder, count in counted.items() if count > MOST_ENTRIES and folder not in LARGE}
    full = {folder: count for folder, count in full.items() if not folder.startswith("tests/telling/transcripts")}
    assert not full, f"more than {MOST_ENTRIES} entries; split by purpose: {full}"


def test_no_module_name_twice_in_sim() -> None:
    assert picture.names_used_twice(ROOT) == {}


def test_every_module_can_be_reached(graph: "nx.DiGraph[str]") -> None:
    """From what a person or a server starts; importing a module also runs the packages it lies in."""
    packages = [(name, name.rpartition(".")[0]) for name in graph if name.rpartition(".")[0] in graph]
    whole = nx.DiGraph([*graph.edges, *packages])
    roots = [name for name in (*ENTRIES, *CHILDREN) if name in whole]
    reached = {below for root in roots for below in (root, *nx.descendants(whole, root))}
    lost = [name for name in graph if name not in reached and not name.startswith(FOUND_BY_NAME)]
    assert not lost, f"no entry point leads to: {lost}"


def test_the_picture_is_printed() -> None:
    command = [sys.executable, str(Path(__file__).parent / "picture.py")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "circles between files: 0" in printed and "module names used twice in sim: none" in printed


@pytest.mark.parametrize("path", sorted((CONFIGS / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_no_digit_stands_in_a_label(path: Path) -> None:
    """A label takes its number from the run: `{size}` for a measure, `{value}` for an inject."""
    scenario = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    labels = [inject["label"] for inject in scenario.get("injects", {}).values()]
    for crisis in scenario["crises"].values():
        labels += [part["label"] for table in ("clauses", "measures") for part in crisis[table].values()]
    found = [text for label in labels for text in label.values() if re.search(r"\d", text)]
    assert not found, f"{path.name}: {found}"
