"""Wrong rules and wrong machines: a sentence, the right exit code, nothing written, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import Answer, Demarche, assert_refused, demarche, rule_text

from sim.cli import failures, start
from sim.cli.failures import answered

__all__ = ["demarche"]

CASE = "two_countries"
ROOT = Path(__file__).resolve().parents[2]


RULES = {
    # name: (the file `odd.py`, exit code, what the sentence says)
    "raises on import": ("1 / 0", 2, ["ZeroDivisionError"]),
    "exits on import": ("import sys\nsys.exit(3)", 2, ["SystemExit: 3"]),
    "syntax": ("def odd(:\n", 2, ["line 1"]),
    "no rule in it": ("x = 1", 2, ["holds 0 rules"]),
    "another name": (rule_text("other", "return 0.0"), 2, ["name the file other.py"]),
    "no source": (rule_text("odd", "return 0.0").replace("own: a fault for a test", ""), 2, ["empty source"]),
    "nan": (rule_text("odd", "return float('nan')"), 1, ["`odd`", "nan"]),
    "text": (rule_text("odd", "return 'yes'"), 1, ["`odd`", "'yes'"]),
    "2.0": (rule_text("odd", "return 2.0"), 1, ["`odd`", "2.0"]),
    "nothing": (rule_text("odd", "pass"), 1, ["`odd`", "None"]),
}


@pytest.mark.parametrize("name", RULES)
def test_rules_that_are_wrong(demarche: Demarche, tmp_path: Path, name: str) -> None:
    text, code, said = RULES[name]
    (tmp_path / "odd.py").write_text(text, encoding="utf-8")
    words = ("run", CASE, "--rules", ".", "--rule", "answer:target=odd", "--out", "made")
    assert_refused(demarche(*words), code, "odd.py", *said)
    assert {path.name for path in tmp_path.iterdir()} <= {"odd.py", "__pycache__"}


@pytest.mark.parametrize("body", ["return 0.0 if view.elapsed < 0.5 else 2.0", "return 0.0 / view.elapsed"])
def test_an_ensemble_names_the_rule_that_failed(
    body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.py").write_text(rule_text("odd", body), encoding="utf-8")
    words = ["--rules", ".", "--rule", "answer:target=odd", "--rule", "answer:sender=never", "--runs", "5"]
    code = answered(["ensemble", CASE, *words, "--out", "runs.csv"])
    assert_refused(Answer(code, *capsys.readouterr()), 1, "odd.py", "runs failed; run 0")
    assert not (tmp_path / "runs.csv").exists()


def test_a_source_that_does_not_resolve_is_found_by_check(demarche: Demarche, tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(
        rule_text("odd", "return 0.0").replace("own: a fault", "fearon1995"), encoding="utf-8"
    )
    found = demarche("check", "odd.py")
    assert (found.code, "fearon1995" in found.err, "`own:`" in found.err) == (2, True, True)


def test_an_example_that_is_not_so_is_found_by_check(demarche: Demarche, tmp_path: Path) -> None:
    text = rule_text("odd", "return 0.0").replace(
        '"""A fault."""', '"""A fault.\n\n    >>> odd(View())\n    1.0\n    """'
    )
    (tmp_path / "odd.py").write_text(text, encoding="utf-8")
    found = demarche("check", "odd.py")
    assert (found.code, "Expected: 1.0 Got: 0.0" in found.err) == (1, True)


def test_two_rules_of_one_name(demarche: Demarche, tmp_path: Path) -> None:
    (tmp_path / "never.py").write_text(rule_text("never", "return 0.0"), encoding="utf-8")
    assert_refused(demarche("rules", "--rules", "."), 2, "never.py", "already", "Rename one")


def test_a_mistake_of_ours_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("sim.scenario.scenario_names", fails)
    assert answered(["scenarios"]) == 1
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "run again with --debug" in told
    assert answered(["scenarios", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stops(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.scenario.scenario_names", stops)
    assert answered(["scenarios"]) == failures.STOPPED
    assert capsys.readouterr().err == "Stopped.\n"


def test_another_package_named_agents_is_found_out(tmp_path: Path) -> None:
    """openai-agents installs one."""
    (tmp_path / "agents").mkdir()
    (tmp_path / "agents" / "__init__.py").write_text("", encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    command = [sys.executable, "-P", "-m", "demarche", "run", CASE]
    found = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
    assert found.returncode == 2
    assert str(tmp_path / "agents") in found.stderr
    assert "Start Demarche" not in found.stderr and "hides Demarche's package `agents`" in found.stderr
    assert "Traceback" not in found.stderr


def test_an_old_python_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "OLDEST", (9, 0))
    assert "Demarche needs Python 9.0 or newer" in start.problem()


def test_an_unread_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m sim.cli.main schema | head -c 1"
    found = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.stdout, found.stderr) == ("{", "")
