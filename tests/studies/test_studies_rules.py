"""Studies with rules of a user's own: those that fail, and those that the compiler cannot take."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from study_kit import small

from agents.errors import RunError
from sim.studies.running.runner import RunOptions, run


def test_failing_runs_are_rows_with_their_error_and_too_many_pause(tmp_path: Path) -> None:
    odd = {"worlds": {"odd": {"rule": {"answer:target": "divides"}}}}
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "divides.py").write_text(RULE, encoding="utf-8")
    from agents.isolation.user_rules import library

    experiment = small(compare=odd, design={"kind": "random", "n": 500}, runs=1)
    options = RunOptions(folders=[tmp_path / "rules"])
    rules = library([tmp_path / "rules"])
    with pytest.raises(RunError, match=r"paused, .* runs failed. Row \d+: .*divides.*replay.*--keep-going"):
        run(experiment, tmp_path / "study", options=options, library=rules)
    done = run(experiment, tmp_path / "study", options=replace(options, keep_going=True), library=rules)
    failed = done.frame.filter(pl.col("error").is_not_null())
    assert 0 < len(failed) < len(done.frame) == 500
    assert failed["outcome"].null_count() == failed["position"].null_count() == len(failed)
    assert (failed["target.support"] >= 0.4).all() and done.levels("settled_in_7_days")[0].n == 500 - len(failed)


RULE = '''from agents.rule import View, rule


@rule(source="own: a fault for a test")
def divides(view: View) -> float:
    """Has no answer where support was high.

    >>> divides(View(usual=0.2))
    0.0
    """
    return 0.0 if view.before < 0.4 else 2.0
'''


def test_rules_the_compiler_cannot_take_run_in_processes(tmp_path: Path, caplog: Any) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "wordy.py").write_text(WORDY, encoding="utf-8")
    from agents.isolation.user_rules import library

    experiment = small(
        compare={"worlds": {"wordy": {"rule": {"answer:target": "wordy"}}}}, design={"kind": "random", "n": 8}, runs=1
    )
    done = run(
        experiment,
        tmp_path / "s",
        options=RunOptions(folders=[tmp_path / "rules"]),
        library=library([tmp_path / "rules"]),
    )
    assert done.done == 8 and "in processes" in caplog.text


WORDY = '''from agents.rule import View, rule


@rule(source="own: a fault for a test")
def wordy(view: View) -> float:
    """Does what numba does not compile.

    >>> wordy(View())
    0.5
    """
    return float(eval("0.5"))
'''
