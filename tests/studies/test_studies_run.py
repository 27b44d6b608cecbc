"""Studies compute what the model says, however they are run, and nothing twice."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from study_kit import ran, small

from agents.errors import InputError
from sim.engines.history import play
from sim.run.prepare import prepare
from sim.studies.design.points import FAR
from sim.studies.design.study import study
from sim.studies.running import runner
from sim.studies.running.executors import Workers
from sim.studies.running.extend import extend
from sim.studies.running.run_study import run_study
from sim.studies.running.runner import RunOptions, proceed, run
from sim.studies.running.verify import verify
from sim.studies.store.part_store import Store
from sim.studies.store.results import Results


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return ran(tmp_path_factory.mktemp("study") / "small")


def test_a_row_is_the_run_its_spec_names(results: Results) -> None:
    for row in (0, 299, 700, 1199):
        stored = results.frame.row(row, named=True)
        spec = results.made.spec(*results.plan.find(row))
        outcome = play(prepare(spec)).outcome()
        assert (stored["row"], stored["run"], stored["seed"]) == (row, spec.run, spec.seed)
        assert stored["target_support"] == outcome["target_support"]
        assert stored["position"] == outcome["position"] and stored["error"] is None
        assert (stored["settled_in_hours"] or 0.0) == outcome["settled_at"] * 24.0


def test_worlds_share_points_and_luck(results: Results) -> None:
    one, two = (
        results.frame.filter(pl.col("variant") == name).sort("point", "repetition") for name in ("as_it_is", "alone")
    )
    for column in ("point", "repetition", "run", "target.support", "target.defiance"):
        assert one[column].equals(two[column])
    assert not one["settled_in_hours"].equals(two["settled_in_hours"])
    effect = results.effects("hours_to_settle")[0]
    assert (
        effect.low <= effect.difference <= effect.high and effect.n == 300
    )  # points; the two runs of one point are not independent


@pytest.mark.parametrize(
    "options", [RunOptions(Workers(workers=1)), RunOptions(Workers("processes", 2)), RunOptions(engine="mesa")]
)
def test_wherever_it_runs_the_values_are_the_same(options: RunOptions, tmp_path: Path) -> None:
    small_one: dict[str, Any] = {"design": {"kind": "random", "n": 150}, "runs": 1}
    there, here = ran(tmp_path / "there", options, **small_one), ran(tmp_path / "here", **small_one)
    assert there.hash == here.hash and there.frame.columns == here.frame.columns


def test_a_sample_computed_again_in_the_other_engine_is_equal(results: Results, tmp_path: Path) -> None:
    assert verify(results, 12, seed=3).differ == {}


def test_a_changed_value_is_noticed(tmp_path: Path) -> None:
    done = ran(tmp_path / "study", design={"kind": "random", "n": 10}, runs=1)
    place, chunk = next(done.plan.chunks())
    path = next(iter(done.store.parts()[0].values()))
    forged = pl.read_parquet(path).with_columns(pl.col("position") + 1e-12)
    path.unlink()
    done.store.put(done.made.id, place, chunk, forged)
    found = verify(Results(done.made, done.store, done.plan), 1000, seed=1)
    assert found.differ and all("position" in columns for columns in found.differ.values())


@pytest.mark.parametrize("kind", ["random", "sobol", "morris"])
def test_a_longer_design_begins_with_the_shorter_one(kind: str) -> None:
    made = [study(small(design={"kind": kind, "n": n})) for n in (8, 32)]
    short, long = (one.points for one in made)
    assert made[0].id == made[1].id and len(long) == 4 * len(short)
    assert (long.values[: len(short)] == short.values).all() and (long.luck[: len(short)] == short.luck).all()


def test_luck_in_a_sobol_design() -> None:
    luck = study(small(design={"kind": "sobol", "n": 2})).points.luck.tolist()
    assert luck == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]  # A, A with one of B (2); B with one of A (2), B


def test_extending_keeps_every_row(tmp_path: Path) -> None:
    few: dict[str, Any] = {"design": {"kind": "sobol", "n": 8}, "runs": 1}
    before = ran(tmp_path / "grows", **few)
    kept = {path.name for path in before.store.parts()[0].values()}
    longer = extend(before, n=32)
    longer = proceed(longer.made, longer.store, longer.plan, RunOptions())
    more = extend(longer, runs=2)
    more = proceed(more.made, more.store, more.plan, RunOptions())
    assert kept <= {path.name for path in more.store.parts()[0].values()}
    assert more.frame.head(len(before.frame)).equals(before.frame)
    again = Results.read(tmp_path / "grows")
    assert again.done == again.plan.rows == 32 * 6 * 2 * 2 and again.hash == more.hash
    same_points = more.frame.select("variant", "point", "repetition").unique()
    assert len(same_points) == len(more.frame)
    assert run(small(**few), tmp_path / "grows").hash == more.hash  # the file as it was: nothing is lost


def test_a_study_goes_on_from_any_subset(results: Results, tmp_path: Path) -> None:
    done = ran(tmp_path / "study")
    files = sorted(done.store.parts()[0].values())
    for path in files[::2]:
        path.unlink()
    (tmp_path / "study" / "manifest.json").unlink()
    times = {path.name: path.stat().st_mtime_ns for path in files[1::2]}
    again = ran(tmp_path / "study")
    assert again.hash == results.hash
    assert {path.name: path.stat().st_mtime_ns for path in again.store.parts()[0].values()}.items() >= times.items()


def test_until_is_judged_at_fixed_places(tmp_path: Path) -> None:
    stop = {"metric": "hours_to_settle", "narrower_than": 9.0}
    grid: dict[str, Any] = {"vary": {}, "design": {"kind": "grid"}, "runs": 2000, "until": stop}
    done = ran(tmp_path / "one", **grid)
    effect = done.effects("hours_to_settle")[0]
    assert done.done < done.plan.rows and effect.high - effect.low < 9.0
    assert done.done // 2 in (64, 128, 256, 512, 1024)
    for path in sorted(done.store.parts()[0].values())[::2]:
        path.unlink()
    assert ran(tmp_path / "one", RunOptions(Workers(workers=1)), **grid).hash == done.hash


def test_old_and_new_are_never_mixed(tmp_path: Path) -> None:
    few: dict[str, Any] = {"design": {"kind": "random", "n": 10}}
    ran(tmp_path / "study", **few)
    with pytest.raises(InputError, match=r"the experiment changed.*start new"):
        ran(tmp_path / "study", **few, seed=6)
    with pytest.raises(InputError, match=r"sweep extend .* --n 20"):
        ran(tmp_path / "study", design={"kind": "random", "n": 20})
    store = Store(tmp_path / "study")
    manifest = store.read("manifest.json")
    manifest["identity"]["model"], manifest["id"] = "0" * 12, "0" * 16
    store.write("manifest.json", manifest)
    with pytest.raises(InputError, match=r"the model or a rule .* changed"):
        Results.read(tmp_path / "study", to_run=True)


def test_a_study_of_another_model_can_still_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few: dict[str, Any] = {"design": {"kind": "random", "n": 10}, "runs": 1}
    done = ran(tmp_path / "study", **few)
    monkeypatch.setattr("sim.run.prepare.model_hash", lambda library: "0" * 12)
    read = Results.read(tmp_path / "study")
    assert read.hash == done.hash and read.made.hashes == done.made.hashes
    with pytest.raises(InputError, match=r"the model or a rule .* changed"):
        ran(tmp_path / "study", **few)


def test_from_a_script(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    few = small(design={"kind": "random", "n": 40}, runs=1)
    results = run_study(few, tmp_path / "study")
    assert "80 of 80 runs" in capfd.readouterr().err and len(results.effects()) == 2
    assert run_study(few, tmp_path / "study", progress=False).hash == results.hash and capfd.readouterr().err == ""


def test_no_more_is_in_hand_than_there_are_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a kill costs at most one chunk a worker."""
    from concurrent.futures import ThreadPoolExecutor

    most, in_hand = 0, set()
    plain = ThreadPoolExecutor.submit

    def counted(self: Any, function: Any, *given: Any) -> Any:
        nonlocal most
        future = plain(self, function, *given)
        if function.__name__ == "compute":
            in_hand.add(future)
            most = max(most, len(in_hand))
        return future

    put = Store.put

    def kept(self: Store, *given: Any) -> None:
        put(self, *given)
        in_hand.remove(next(future for future in in_hand if future.done()))

    monkeypatch.setattr(ThreadPoolExecutor, "submit", counted)
    monkeypatch.setattr(Store, "put", kept)
    ran(tmp_path / "study", RunOptions(Workers(workers=2)), design={"kind": "random", "n": 3000}, runs=1)
    assert most == 2


def test_no_run_number_is_used_twice_for_different_luck() -> None:
    points = study(small(design={"kind": "sobol", "n": 64})).points
    assert points.stride == FAR > points.luck.max()
    assert runner.FAILING == 0.01
