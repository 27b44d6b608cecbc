"""Studies survive: kill -9, full disks, damaged files, a second process, a clock that goes backwards."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from study_kit import ran, written

from agents.errors import InputError, RunError
from sim.studies.store.part_store import Store
from sim.studies.store.results import Results

KILLS = 10
MANY: dict[str, Any] = {"design": {"kind": "random", "n": 24_000}, "runs": 1}
FEW: dict[str, Any] = {"design": {"kind": "random", "n": 600}, "runs": 1}


def command(*words: str, **more: Any) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "sim.cli.main", *words]
    return subprocess.Popen(line, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)


def parts(folder: Path) -> set[str]:
    return {path.name for path in (folder / "parts").glob("*.parquet")}


@pytest.mark.long
def test_kill_at_random_moments(tmp_path: Path) -> None:
    """Ten times: the same command goes on, keeps every part, and ends where an uninterrupted run ends."""
    file, folder = written(tmp_path, **MANY), tmp_path / "study"
    luck, kills = random.Random(2025), 0
    while kills < KILLS:
        before = parts(folder)
        child = command("sweep", "run", str(file), "--out", str(folder), "--workers", "2")
        moment = luck.uniform(0.0, 0.4)
        wait_for(folder, len(before) + (1 if luck.random() < 0.8 else 0), child)
        time.sleep(moment)
        assert child.poll() is None, "the study is over before it was killed ten times"
        child.kill()
        child.communicate()
        kills += 1
        assert before <= parts(folder), "a part that was done is gone"
    last = command("sweep", "run", str(file), "--out", str(folder))
    said, _ = last.communicate()
    assert last.returncode == 0, said
    assert "resumed: " in said and "0 repeated" in said
    begun = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    done = [line["done"] for line in begun if line["event"] == "begin"]
    assert done == sorted(done) and len(done) > KILLS // 2  # some were killed before they began
    killed, whole = Results.read(folder), ran(tmp_path / "whole", **MANY)
    assert killed.hash == whole.hash and killed.frame["row"].n_unique() == killed.plan.rows == 48_000
    assert len(parts(folder)) == len(parts(tmp_path / "whole"))


def wait_for(folder: Path, count: int, child: subprocess.Popen[str]) -> None:
    """Until so many parts are there; compiling may take a while the first time."""
    end = time.monotonic() + 120.0
    while len(parts(folder)) < count and child.poll() is None and time.monotonic() < end:
        time.sleep(0.02)


def test_damaged_parts_are_computed_again(tmp_path: Path) -> None:
    done = ran(tmp_path / "study", **FEW)
    whole = done.hash
    one, two, *_ = sorted(done.store.parts()[0].values())
    one.write_bytes(one.read_bytes()[:1000])  # truncated
    data = bytearray(two.read_bytes())
    data[len(data) // 2] ^= 1  # one bit
    two.write_bytes(data)
    (tmp_path / "study" / "parts" / "00-000009-half.parquet.new").write_bytes(b"never finished")
    read = Results.read(tmp_path / "study")
    assert read.done == read.plan.rows - 512 and len(read.store.parts()[1]) == 2
    again = ran(tmp_path / "study", **FEW)
    assert again.hash == whole and again.store.parts()[1] == [] and not list(tmp_path.rglob("*.new"))


@pytest.mark.parametrize("damage", ["", "{", '{"format": 1}', "\0\0\0"])
def test_a_manifest_that_is_gone_or_damaged_is_told(damage: str, tmp_path: Path) -> None:
    whole = ran(tmp_path / "study", **FEW).hash
    manifest = tmp_path / "study" / "manifest.json"
    manifest.write_text(damage, encoding="utf-8") if damage else manifest.unlink()
    with pytest.raises(InputError, match=r"manifest.* (missing|damaged)"):
        Results.read(tmp_path / "study")
    manifest.unlink(missing_ok=True)
    assert ran(tmp_path / "study", **FEW).hash == whole


def test_two_processes_on_one_study(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    store = Store(folder)
    store.begin()
    with store.lock(), pytest.raises(RunError, match="another process is at work"), Store(folder).lock():
        pass
    with store.lock():
        child = command("sweep", "run", str(written(tmp_path, **FEW)), "--out", str(folder))
        said, _ = child.communicate(timeout=120)
    assert child.returncode == 1 and "another process is at work on this study" in said and "Traceback" not in said
    assert ran(folder, **FEW).done == 1200


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Any:
    """A file system of 6 MB, where the machine lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no small file system can be made here: mount needs the rights of root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_fills_up(tiny_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(bytes(5_800_000))
    folder = tiny_disk / "study"
    with pytest.raises(RunError, match="the disk is too full: the rest needs about"):
        ran(folder, **MANY)
    monkeypatch.setattr("sim.studies.running.runner.BYTES_A_ROW", 0)  # as if it had fitted when it began
    with pytest.raises(RunError, match=r"the disk is full\. What is done is kept"):
        ran(folder, **MANY)
    assert not list(folder.rglob("*.new"))
    kept = Results.read(folder).done
    ballast.unlink()
    whole = ran(folder, **MANY)
    assert whole.done == 48_000 and kept < 48_000
    shutil.rmtree(folder)


def test_a_read_only_folder(tiny_disk: Path) -> None:
    ran(tiny_disk / "study", **FEW)
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with pytest.raises(RunError, match="cannot be written"):
        ran(tiny_disk / "study", **FEW)
    with pytest.raises(RunError, match="cannot be written"):
        ran(tiny_disk / "other", **FEW)
    assert Results.read(tiny_disk / "study").done == 1200  # reading needs no right to write


def test_a_clock_set_back_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = ran(tmp_path / "study", **FEW)
    whole = done.hash
    for path in list(done.store.parts()[0].values())[::2]:
        path.unlink()
    for path in (tmp_path / "study").rglob("*"):
        os.utime(path, (2e9, 2e9))  # written in the future
    monkeypatch.setattr(time, "time", lambda: 0.0)
    monkeypatch.setattr(time, "strftime", lambda *_: "1970-01-01T00:00:00+0000")
    assert ran(tmp_path / "study", **FEW).hash == whole


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="other files here"):
        ran(tmp_path, **FEW)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
