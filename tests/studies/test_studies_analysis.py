"""What a study says: effects, rankings, indices, replays - the same numbers as elsewhere, or a sentence why not."""

import json
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from command import Demarche, assert_refused, demarche
from five_studies import FIVE, METRICS, made

from sim.metrics.compare import compare
from sim.metrics.metric import find_metric
from sim.studies.analysis.effects import findings
from sim.studies.analysis.ranks import factors, ranked
from sim.studies.analysis.sensitivity import estimate_convergence, estimate_indices
from sim.studies.figures.numbers import kinds
from sim.studies.running.replay import replay
from sim.studies.store.results import Results

__all__ = ["demarche"]
Folder = Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Five small studies."""
    found = tmp_path_factory.mktemp("studies")
    for name in FIVE:
        made(name, found)
    return found


def test_effects_are_those_of_compare(folder: Folder) -> None:
    results = Results.read(folder / "worlds")
    specs = [variant.spec for variant in results.made.variants]
    for place, effects in ((1, results.effects()[:3]), (2, results.effects()[3:])):
        found = compare(specs[0], specs[place], 60)
        for one in effects:
            other = found.effect(one.metric)
            assert one.variant == results.made.variants[place].name
            numbers = (one.base, one.value, one.difference, one.low, one.high, one.n)
            assert numbers == (other.a, other.b, other.difference, other.low, other.high, other.n)


def test_rows_of_one_luck_count_once(folder: Folder) -> None:
    """In a grid all points share their luck: nine points times eight runs are eight independent lucks."""
    (level,) = Results.read(folder / "map").levels("hours_to_settle")
    assert level.n == 8
    rows = Results.read(folder / "map").rows(0).with_columns(pl.col("settled_in_hours").fill_null(168.0))
    means = rows.group_by("repetition").agg(pl.col("settled_in_hours").mean())["settled_in_hours"].to_numpy()
    assert level.value == pytest.approx(means.mean())
    assert level.high - level.value == pytest.approx(1.959964 * means.std(ddof=1) / np.sqrt(8))


def test_a_ranking_is_the_mean_over_the_others(folder: Folder) -> None:
    results = Results.read(folder / "tournament")
    assert factors(results) == {"answer:target": ("two_level", "never"), "press:sender": ("as_announced", "bluff")}
    first, second = ranked(results, "hours_to_settle", "answer:target")
    assert (first.option, first.value, first.n, second.option) == ("never", 168.0, 5, "two_level")
    rows = results.frame.filter(pl.col("answer:target") == "two_level")
    assert second.value == pytest.approx(find_metric("hours_to_settle").values(rows).mean())


def test_indices_of_a_study(folder: Folder) -> None:
    found = estimate_indices(Results.read(folder / "sobol"), "hours_to_settle")
    assert (found.n, found.missing, found.left_out, found.constant) == (64, 0, 0, False)
    assert len(found.sobol) == 3 and len(found.pairs) == 3
    assert [one.total for one in found.sobol] == sorted((one.total for one in found.sobol), reverse=True)
    steps = estimate_convergence(Results.read(folder / "sobol"), "hours_to_settle")
    last = {step.path: step.value for step in steps if step.n == 64}
    assert last == pytest.approx({one.path: one.total for one in found.sobol})
    screened = estimate_indices(Results.read(folder / "screen"), "hours_to_settle")
    assert screened.n == 12 and len(screened.morris) == 3 and all(one.mu_star >= abs(one.mu) for one in screened.morris)


def test_an_unfinished_study_uses_whole_base_samples(folder: Folder, tmp_path: Path) -> None:
    shutil.copytree(folder / "sobol", tmp_path / "sobol")
    sorted((tmp_path / "sobol" / "parts").iterdir())[-1].unlink()
    results = Results.read(tmp_path / "sobol")
    found = estimate_indices(results, "hours_to_settle")
    assert (len(results.frame), found.n, found.missing) == (256, 32, 32)
    said = findings(results)
    assert "256 of 512 runs are done" in said.notes[0] and "32" in said.notes[1]


def test_a_failed_run_leaves_its_base_sample_out(folder: Folder) -> None:
    results = Results.read(folder / "sobol")
    error = pl.when(pl.col("row") == 100).then(pl.lit("it broke")).otherwise(None)
    results.__dict__["frame"] = results.frame.with_columns(error=error.cast(pl.String))
    found = estimate_indices(results, "hours_to_settle")
    assert (found.n, found.left_out, found.missing) == (63, 1, 0)
    assert any("1 of 512 runs failed" in note for note in findings(results).notes)


def test_a_constant_is_answered_in_a_sentence(folder: Folder, demarche: Demarche) -> None:
    found = estimate_indices(Results.read(folder / "sobol"), "disputed_again")
    assert found.constant and not found.sobol
    answer = demarche("analyse", folder / "sobol", "--metric", "disputed_again")
    assert answer.code == 0 and "no indices of disputed again" in answer.out
    assert "nan" not in answer.out.lower() and "warn" not in answer.err.lower()
    refused = demarche("figure", folder / "sobol", "indices", "--metric", "disputed_again")
    assert_refused(refused, 2, "disputed_again", "the same at every point")


@pytest.mark.parametrize("name", FIVE)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_analyse_says_it_in_both_languages(folder: Folder, demarche: Demarche, name: str, lang: str) -> None:
    answer = demarche("analyse", folder / name, "--lang", lang)
    assert answer.code == 0 and "95 %" in answer.out and "nan" not in answer.out
    data = json.loads(demarche("analyse", folder / name, "--json").out)
    assert data["done"] == data["rows"] and data["failed"] == 0 and data["sentence"]


def test_kinds_are_those_of_the_design(folder: Folder) -> None:
    found = {name: kinds(Results.read(folder / name)) for name in FIVE}
    assert found == {
        "worlds": ("effects", "hist"),
        "tournament": ("effects", "heat", "hist"),
        "map": ("heat", "response", "hist"),
        "sobol": ("indices", "convergence", "response", "hist"),
        "screen": ("morris", "convergence", "response", "hist"),
    }


@pytest.mark.parametrize(("name", "row"), [("sobol", 77), ("worlds", 130), ("tournament", 19), ("map", 71)])
def test_a_replay_is_the_stored_row(folder: Folder, demarche: Demarche, name: str, row: int) -> None:
    found = replay(Results.read(folder / name), row)
    assert found.history is not None and found.differs == () and found.error == ""
    answer = demarche("replay", folder / name, row, "--lang", "es")
    assert answer.code == 0 and "bit por bit" in answer.out and "http://127.0.0.1:8765/#r=" in answer.out


def test_a_link_of_a_replay_is_read_by_the_dashboard(folder: Folder, demarche: Demarche) -> None:
    from dashboards.session.read_link import decode

    address = json.loads(demarche("replay", folder / "sobol", 77, "--json").out)["link"]
    results = Results.read(folder / "sobol")
    assert decode(address.partition("#r=")[2].partition("&")[0]) == results.made.spec(*results.plan.find(77))


def test_a_stored_row_that_is_not_the_run_is_noticed(folder: Folder) -> None:
    results = Results.read(folder / "sobol")
    tiny = pl.col("target_lost") * (1.0 + 2.0**-52)
    results.__dict__["frame"] = results.frame.with_columns(target_lost=tiny)
    assert replay(results, 77).differs == ("target_lost",)


def test_wrong_input_is_one_clear_sentence(folder: Folder, demarche: Demarche, tmp_path: Path) -> None:
    sobol = folder / "sobol"
    assert_refused(demarche("analyse", tmp_path / "none"), 2, "there is no study here")
    assert_refused(demarche("analyse", sobol, "--metric", "hours"), 2, "hours_to_settle")
    assert_refused(demarche("analyse", sobol, "--lang", "fr"), 2, "en, es")
    assert_refused(demarche("figure", sobol, "efects"), 2, "There are: convergence, hist, indices, response.")
    assert_refused(demarche("figure", sobol, "heat"), 2, "There are: convergence, hist, indices, response.")
    assert_refused(demarche("figure", sobol, "response", "--by", "target.suport"), 2, "target.support")
    assert_refused(demarche("figure", sobol, "hist", "--width", "wide"), 2, "single")
    assert_refused(demarche("figure", sobol, "hist", "--world", "moon"), 2, "as_it_is")
    assert_refused(demarche("replay", sobol, "512"), 2, "from 0 to 511")
    assert_refused(demarche("report", sobol, "--out", "x.pdf"), 2, ".html")


def test_a_study_of_another_model_can_be_read_and_not_replayed(
    folder: Folder, demarche: Demarche, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("sim.run.prepare.model_hash", "sim.studies.analysis.effects.model_hash"):
        monkeypatch.setattr(place, lambda library: "0" * 12)
    assert "here it is 000000000000" in demarche("analyse", folder / "sobol").out
    assert_refused(demarche("replay", folder / "sobol", "3"), 2, "This run was made with model")


def test_frames_in_the_shape_of_the_ema_workbench(folder: Folder) -> None:
    experiments, outcomes = Results.read(folder / "sobol").ema()
    assert list(experiments.columns) == [*FIVE["sobol"]["vary"], "run", "policy"] and len(experiments) == 512
    assert set(outcomes) == set(METRICS) and all(values.shape == (512,) for values in outcomes.values())


def test_measures_have_their_words() -> None:
    from sim.studies.analysis.wording import name_of, unit_of

    for name in METRICS:
        assert all((name_of(name, language), unit_of(name, language)) for language in ("en", "es"))
