"""Foreign rules: whatever they do, a sentence names them and the command ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import Answer, Demarche, demarche, rule_text

__all__ = ["demarche"]

ROOT = Path(__file__).resolve().parents[2]
RUN = ("run", "two_countries", "--rules", "homework", "--rule", "answer:target=odd", "--json")
LOOP = "while True: pass"


def put(folder: Path, text: str) -> None:
    (folder / "homework").mkdir()
    (folder / "homework" / "odd.py").write_text(text, encoding="utf-8")


def refused(answer: Answer, code: int, *words: str) -> None:
    assert (answer.code, answer.out) == (code, ""), answer
    assert len(answer.err.strip().splitlines()) == 1, answer.err
    assert "Traceback" not in answer.err
    assert all(word in answer.err for word in ("homework", "odd.py", *words)), answer.err


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("import os; os._exit(0)", ("`odd`", "ended the whole program")),
        ("import sys; sys.exit(0)", ("`odd`", "SystemExit")),
        ("return 1 / 0", ("`odd`", "ZeroDivisionError", "line 7")),
        ("return view.presure", ("`odd`", "presure")),
    ],
)
def test_what_a_rule_must_not_do(demarche: Demarche, tmp_path: Path, body: str, words: tuple[str, ...]) -> None:
    put(tmp_path, rule_text("odd", body))
    refused(demarche(*RUN), 1, *words)


@pytest.mark.parametrize(
    "body",
    [LOOP, LOOP.replace("True", "view.elapsed > 0.2") + "\n    return 0.0"],
    ids=["loops", "loops after some hours"],
)
def test_a_rule_that_never_returns_is_stopped_and_named(demarche: Demarche, tmp_path: Path, body: str) -> None:
    put(tmp_path, rule_text("odd", body))
    begin = time.monotonic()
    refused(demarche(*RUN), 1, "`odd`", "did not return within 2 s; it was stopped.")
    assert time.monotonic() - begin < 15  # under 5 s on a machine that does nothing else


def test_a_rule_that_waits_for_the_keyboard_is_stopped_and_named(tmp_path: Path) -> None:
    put(tmp_path, rule_text("odd", "return float(input())"))
    command = [sys.executable, "-m", "sim.cli.main", *RUN]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, text=True, **pipes) as parent:
        code = parent.wait(timeout=30)  # the keyboard stays open, and nobody types
        assert parent.stderr is not None
        told = parent.stderr.read()
    assert code == 1 and "`odd`" in told and "did not return within 2 s; it was stopped." in told


def test_an_import_that_never_returns_is_stopped_and_named(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path, LOOP)
    refused(demarche("check", "homework/odd.py"), 1, "importing it did not return within 4 s; it was stopped.")


def test_prints_of_a_rule_stay_off_stdout(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path, "print('imported')\n" + rule_text("odd", "print('asked'); return 0.5"))
    found = demarche(*RUN)
    assert found.code == 0
    assert "asked" not in found.out
    assert "imported" in found.err
    assert "prints" in demarche("check", "homework/odd.py").err


def test_exit_codes_pass_through(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path, rule_text("odd", "return 0.5"))
    assert demarche(*RUN).code == 0
    assert demarche(*RUN, "--seed", "-3").code == 2
    assert demarche(*RUN, "--nonsense").code == 2


def test_a_rule_that_is_not_a_function_of_its_view_is_found_out(demarche: Demarche, tmp_path: Path) -> None:
    put(tmp_path, "seen = []\n" + rule_text("odd", "seen.append(1); return 1.0 / len(seen)"))
    found = demarche("check", "homework/odd.py")
    assert found.code == 1
    assert "to the same View" in found.err


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_child_ends_with_its_parent(tmp_path: Path, number: signal.Signals) -> None:
    note = tmp_path / "pid"
    put(tmp_path, f"import os, time\nopen({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(20)\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sim.cli.main", *RUN]
    parent = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    while not (note.exists() and note.read_text(encoding="utf-8")):
        time.sleep(0.05)
    parent.send_signal(number)
    _, told = parent.communicate(timeout=10)
    assert parent.returncode == (130 if number == signal.SIGINT else -9)
    assert told.strip() == ("Stopped." if number == signal.SIGINT else "")
    child = int(note.read_text(encoding="utf-8"))
    end = time.monotonic() + 6
    while time.monotonic() < end and Path(f"/proc/{child}").exists():
        time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_person_has_the_keyboard_while_rules_are_guarded(tmp_path: Path) -> None:
    put(tmp_path, rule_text("odd", "return 0.0"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sim.cli.main", "play", "two_countries", "--rules", "homework"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, input="?\nq\n", capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0 and "odd" in done.stdout and "demarche run --spec" in done.stdout
