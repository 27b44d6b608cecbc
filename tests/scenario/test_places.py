"""Where bare names are looked up: the folder one names, one's own folder, what comes with Demarche."""

from pathlib import Path

import pytest
from command import Demarche, demarche

from agents.errors import InputError
from sim.scenario import Scenario, scenario_names
from sim.scenario.files import bibliography
from sim.scenario.files.locate import CONFIGS, config_folders, locate

__all__ = ["demarche"]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, with a folder of configurations."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DEMARCHE_CONFIGS", str(tmp_path / "named"))
    for folder in config_folders()[:-1]:
        (folder / "scenarios").mkdir(parents=True)
    return config_folders()[1]


def _copy(folder: Path, name: str, title: str) -> Path:
    text = (CONFIGS / "scenarios" / "two_countries.yaml").read_text(encoding="utf-8")
    path = folder / "scenarios" / f"{name}.yaml"
    path.write_text(
        text.replace("name: two_countries", f"name: {name}").replace("Two countries, one bridge", title),
        encoding="utf-8",
    )
    return path


def test_the_first_folder_that_has_a_name_counts(own: Path, tmp_path: Path) -> None:
    mine = _copy(own, "mine", "Mine")
    assert Scenario.read("mine").title.en == "Mine" and "mine" in scenario_names()
    named = _copy(tmp_path / "named", "mine", "Named")
    assert locate("mine", "scenarios", "scenario") == named != mine
    assert locate("two_countries", "scenarios", "scenario").parent == CONFIGS / "scenarios"


def test_a_file_that_hides_one_of_ours_is_named_on_the_page(own: Path, demarche: Demarche) -> None:
    path = _copy(own, "two_countries", "Other")
    page = demarche("run", "two_countries").out
    assert page.startswith("Other") and path.name in page.replace("\n", "")
    assert path.name not in demarche("run", "colombia_2025").out


def test_sources_of_ones_own_are_found_and_hide_none_of_ours(own: Path) -> None:
    (own / "sources.bib").write_text("@misc{mine_2026,\n  title = {Mine},\n}\n@misc{fearon1994,\n  title = {No},\n}\n")
    assert bibliography.resolve("mine_2026")["title"] == "Mine"
    assert bibliography.resolve("fearon1994")["title"] != "No"
    with pytest.raises(InputError, match="there is no source"):
        bibliography.resolve("nobody_1900")


def test_a_wrong_file_of_ones_own_hides_no_other(own: Path, demarche: Demarche) -> None:
    (own / "scenarios" / "broken.yaml").write_text("format: 1\nname: [\n", encoding="utf-8")
    answer = demarche("scenarios")
    assert answer.code == 0 and "colombia_2025" in answer.out and "broken.yaml" in answer.out


def test_where_and_version(own: Path, demarche: Demarche) -> None:
    said = " ".join(demarche("where").out.split())
    assert said.index("named by DEMARCHE_CONFIGS") < said.index("your own folder") < said.index("comes with Demarche")
    assert demarche("--version").out.startswith("demarche ")
