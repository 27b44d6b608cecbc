"""`demarche` in this process: what it printed and its exit code."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from sim.cli.main import main


class Answer(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


Demarche = Callable[..., Answer]


@pytest.fixture
def demarche(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Demarche:
    """Run a command in an empty folder; foreign rules run in a real child, whose words are caught too."""
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words: str) -> Answer:
        capfd.readouterr()
        code = main([str(word) for word in words])
        return Answer(code, *capfd.readouterr())

    return run


RULE = '''from agents.rule import PressView, View, rule


@rule(source="own: a fault for a test")
def {name}(view: View) -> float:
    """A fault."""
    {body}
'''


def rule_text(name: str, body: str) -> str:
    """A file with a rule of this body."""
    return RULE.format(name=name, body=body)


def assert_refused(answer: Answer, code: int, *words: str) -> None:
    """Few clear lines on stderr, nothing else anywhere."""
    assert (answer.code, answer.out) == (code, ""), answer
    assert "Traceback" not in answer.err
    assert 0 < len(answer.err.strip().splitlines()) <= 5, answer.err
    for word in words:
        assert word in answer.err, answer.err
