"""No number decides out of sight: in laws and rules each is a weight, a trait or a constant with a reason."""

from pathlib import Path

import pytest
from lint_numbers import ALLOWED, ROOT, lint, loose_files, problems, strict_files


@pytest.mark.parametrize("path", [*strict_files(), *loose_files()], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_laws_rules_and_phases_hide_no_number(path: Path) -> None:
    found = problems(path)
    assert not found, "\n".join(found)


def test_the_lint_looks_at_what_there_is() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in [*strict_files(), *loose_files()]}
    assert {"sim/laws/politics.py", "agents/rules/stance/bloc.py", "sim/phases/home.py", "sim/state/ladder.py"} <= names


def test_every_allowed_constant_is_used_and_has_a_reason() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*strict_files(), *loose_files()])
    for name, constant in ALLOWED.items():
        assert constant.why, name
        assert name in text, f"{name} is allowed and nobody uses it"


RULE = "@rule(source='own: a test')\ndef one(view: View, {trait}) -> float:\n    return {body}\n"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("def law(x):\n    return 0.3 * x", "`0.3`"),
        ("def law(x):\n    return -3 * x", "`3`"),
        ("def law(x, size=0.3):\n    return size * x", "`0.3`"),
        ("HIDDEN = 0.35", "`0.35`"),
        ("QUARTER = 90.0", "`90.0`"),
        ("WEEK: float = 7.0", "`7.0`"),
        ("def law(x):\n    return (0.5 / 2.0) * x", "`0.5 / 2.0`"),
        ("def law(x):\n    return float('0.3') * x", "`float('0.3')`"),
        ("from agents.views import PAIN\ndef law(x):\n    return PAIN * x", "`PAIN`"),
        ("from agents import views\ndef law(x):\n    return views.PAIN * x", "`PAIN`"),
        (RULE.format(trait="a: Share = 0.3", body="a * 0.7"), "`0.7`"),
        ("def helper(x, a=0.3):\n    return a", "`0.3`"),
    ],
)
def test_the_lint_finds(source: str, what: str) -> None:
    assert [found for _, found in lint(source)] == [what]


@pytest.mark.parametrize(
    "source",
    [
        '"""In a text 0.3 is a word."""',
        "def law(x):\n    return 1.0 - 0.5 * x + 2 * x / 365.0",
        "QUARTER = 91.25\ndef law(x):\n    return x / QUARTER",
        "MOST_STEPS, DEEPEST = 64, 16",
        "Hope = Annotated[Share, 'chance', assumed(0.05, 0.95, 'A test.')]",
        RULE.format(trait="a: Annotated[Share, 'a trait', assumed(0.1, 0.4, 'A test.')] = 0.3", body="a"),
        RULE.format(trait="pain: Pain = PAIN", body="pain"),
        "def law(x):\n    return True",
    ],
)
def test_the_lint_lets_pass(source: str) -> None:
    assert list(lint(source)) == []


def test_the_lint_says_where_and_what_instead(tmp_path: Path) -> None:
    folder = tmp_path / "sim" / "laws"
    folder.mkdir(parents=True)
    path = folder / "one.py"
    path.write_text("def law(x):\n    return 0.3 * x\n", encoding="utf-8")
    (said,) = problems(path, root=tmp_path)
    assert said.startswith("sim/laws/one.py:2: `0.3` decides")
    assert "make it a weight" in said
