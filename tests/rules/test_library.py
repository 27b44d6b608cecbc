"""Rules from outside the repository: found by folder, and every file that is no rule answered in a sentence."""

from pathlib import Path

import pytest
from command import rule_text

from agents.errors import InputError
from agents.library import discover
from agents.rule import MOST_TRAITS

HEAD = (
    "from typing import Annotated\n\n"
    "from agents.rule import PressView, Share, StanceView, View, assumed, rule, sourced\n\n\n"
)


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.py").write_text(text, encoding="utf-8")


def declared(signature: str, returns: str = "-> float", mark: str = '@rule(source="own: a test")') -> str:
    return f'{HEAD}{mark}\ndef homework({signature}) {returns}:\n    """A test."""\n    return 0.0\n'


def test_a_folder_from_outside_adds_its_rules_to_those_there_are(tmp_path: Path) -> None:
    shipped = discover()
    write(tmp_path, "homework", rule_text("homework", "return view.support"))
    (tmp_path / "deeper").mkdir()
    write(tmp_path / "deeper", "aside", declared("view: StanceView").replace("homework", "aside"))
    write(tmp_path, "_helper", "this file is not read: its name begins with an underscore")
    found = discover(tmp_path)
    assert set(found) - set(shipped) == {("answer", "homework"), ("stance", "aside")}
    assert {key: found[key] for key in shipped} == dict(shipped)
    assert list(found.family("answer")) == sorted(found.family("answer"), key=lambda rule: rule.name)
    assert found.find("answer", "homework").path.parent == tmp_path


def test_a_rule_read_twice_is_the_rule_as_it_stands_now(tmp_path: Path) -> None:
    write(tmp_path, "homework", rule_text("homework", "return 0.25"))
    first = discover(tmp_path).find("answer", "homework")
    write(tmp_path, "homework", rule_text("homework", "return 0.5"))
    second = discover(tmp_path).find("answer", "homework")
    view = first.family.view()
    assert (first(view), second(view)) == (0.25, 0.5)


def test_a_misspelt_name_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(InputError) as found:
        discover().find("answer", "audience_cots")
    assert "Did you mean `audience_cost`?" in str(found.value)
    assert "two_level" in str(found.value)


MANY = ", ".join(f"t{place}: Share = 0.5" for place in range(MOST_TRAITS["answer"] + 1))
WRONG = {
    "never named so": (declared("view: View").replace("homework", "other"), "name the file other.py"),
    "no rule": ("x = 1\n", "holds 0 rules"),
    "two rules": (declared("view: View") + declared("view: View").replace("homework", "other"), "holds 2 rules"),
    "no unit": (declared("view: View, margin: float = 0.1"), "trait `margin` needs a unit"),
    "no annotation": (declared("view: View, margin=0.1"), "trait `margin` needs a unit"),
    "no default": (declared("view: View, margin: Share"), "needs a number as its default"),
    "a word as default": (declared("view: View, margin: Share = 'much'"), "needs a number as its default"),
    "a default out of bounds": (declared("view: View, margin: Share = 1.5"), "trait `margin` = 1.5"),
    "range that leaves its default out": (
        declared("view: View, a: Annotated[Share, 'a', assumed(0.1, 0.2, 'A test.')] = 0.5"),
        "does not fit the range 0.1 to 0.2",
    ),
    "range out of the unit": (
        declared("view: View, a: Annotated[Share, 'a', assumed(0.1, 20, 'A test.')] = 0.5"),
        "inside 0 to 1",
    ),
    "assumption without a reason": (
        declared("view: View, a: Annotated[Share, 'a', assumed(0.1, 0.9, ' ')] = 0.5"),
        "gives no reason",
    ),
    "source without a key": (declared("view: View, a: Annotated[Share, 'a', sourced('')] = 0.5"), "names no key"),
    "too many traits": (declared(f"view: View, {MANY}"), f"at most {MOST_TRAITS['answer']} fit"),
    "no View": (declared("support: Share"), "must take a View first"),
    "no argument": (declared(""), "must take a View first"),
    "another View": (declared("view: dict"), "one of: View, PressView, StanceView"),
    "no return type": (declared("view: View", ""), "must return float or a NamedTuple"),
    "text as an answer": (declared("view: View", "-> str"), "must return float or a NamedTuple"),
    "empty source": (declared("view: View", mark='@rule(source=" ")'), "empty source"),
    "an unknown name": (declared("view: View, margin: Shares = 0.1"), "cannot be imported: NameError"),
    "an unknown import": ("import nothing_of_this_name\n", "ModuleNotFoundError"),
    "syntax": ("def homework(:\n", "line 1"),
    "exit": ("raise SystemExit(3)\n", "cannot be imported: SystemExit"),
    "an error": ("x = 1 / 0\n", "See line 1."),
    "terms without how": (
        "from typing import NamedTuple\n" + HEAD + "class Terms(NamedTuple):\n    a: float\n\n\n"
        '@rule(source="own: a test")\ndef homework(view: View) -> Terms:\n    """A test."""\n    return Terms(0.0)\n',
        "say how they combine",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_no_rule_is_answered_in_a_sentence(tmp_path: Path, what: str) -> None:
    text, sentence = WRONG[what]
    write(tmp_path, "homework", text)
    with pytest.raises(InputError) as found:
        discover(tmp_path)
    assert sentence in str(found.value)
    assert "homework.py" in str(found.value)
    assert "\n" not in str(found.value)


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "never", rule_text("never", "return 0.0"))
    with pytest.raises(InputError, match="among the answer rules there is a `never` already"):
        discover(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder of rules"):
        discover(tmp_path / "nowhere")
