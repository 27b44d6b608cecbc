"""One spec names a run: it survives JSON, refuses what it does not know, and gives the same bytes every time."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import ready
from places import ROOT

from agents.errors import InputError
from agents.library import library, shipped
from sim.engines.history import play
from sim.run.changes import Change, Intervention, parse_change, parse_intervention
from sim.run.fingerprint import _leaves, model_hash
from sim.run.prepare import prepare
from sim.run.spec import RunSpec

WORDS = st.from_regex(r"[a-z]{1,8}(\.[a-z_]{1,8}){0,2}", fullmatch=True)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
OPERATIONS = st.sampled_from(["=", "+=", "*="])
CHANGES = st.builds(Change, path=WORDS, op=OPERATIONS, value=NUMBERS | WORDS)
KEYS = st.builds("{}:{}".format, st.sampled_from(["answer", "press", "stance"]), WORDS)
SPECS = st.builds(
    RunSpec,
    scenario=WORDS,
    model=st.text(max_size=12),
    without=st.lists(WORDS, max_size=3).map(tuple),
    rules=st.dictionaries(KEYS, WORDS, max_size=3),
    traits=st.dictionaries(WORDS, NUMBERS, max_size=3),
    changes=st.lists(CHANGES, max_size=3).map(tuple),
    horizon=st.none() | st.floats(0.1, 1000),
    seed=st.integers(0, 2**63 - 1),
    run=st.integers(0, 2**31 - 1),
    at=st.lists(
        st.builds(Intervention, round=st.integers(0, 1000), path=WORDS, op=OPERATIONS, value=NUMBERS), max_size=3
    ).map(tuple),
)


@given(SPECS)
def test_a_spec_survives_its_json(spec: RunSpec) -> None:
    text = spec.to_json()
    assert "\n" not in text
    assert RunSpec.from_json(text) == spec
    assert RunSpec.from_json(text).to_json() == text
    assert list(json.loads(text)) == sorted(json.loads(text))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"scenario": "two_countries", "sede": 3}', "sede"),
        ('{"scenario": "two_countries", "format": 3}', "format"),
        ('{"scenario": "two_countries", "seed": -1}', "seed"),
        ('{"scenario": "two_countries", "run": "first"}', "run"),
        ('{"scenario": "two_countries", "at": [{"round": -1, "path": "a", "op": "=", "value": 1}]}', "at.0.round"),
        ('{"scenario": "two_countries", "changes": [{"path": "a", "op": "/=", "value": 1}]}', "changes.0.op"),
        ('{"seed": 3}', "scenario"),
        ("[1, 2]", "the whole text"),
        ("not json", "the whole text"),
        ("", "the whole text"),
    ],
)
def test_what_is_no_spec_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(InputError) as found:
        RunSpec.from_json(text)
    assert f"format 2: {place}: " in str(found.value)


@pytest.mark.parametrize("field", ["model", "scenario_hash", "weights_hash"])
def test_a_run_made_with_another_model_is_refused(field: str) -> None:
    spec = ready().spec
    assert prepare(spec).spec == spec
    with pytest.raises(InputError, match=r"This run was made with .* 000000000000; here it is [0-9a-f]{12}"):
        prepare(spec.but(**{field: "000000000000"}))


@given(path=WORDS, op=OPERATIONS, value=NUMBERS, at=st.integers(0, 10_000))
def test_what_is_typed_is_what_is_meant(path: str, op: Any, value: float, at: int) -> None:
    assert parse_change(f"{path}{op}{value!r}") == Change(path=path, op=op, value=value)
    typed = parse_intervention(f"{at}:{path} {op} {value!r}")
    assert typed == Intervention(round=at, path=path, op=op, value=value)


@pytest.mark.parametrize(
    "text", ["", "target.support", "=0.4", "target.support==0.4", "a=much", "a=nan", "a=inf", "a b=1"]
)
def test_a_change_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--set"):
        parse_change(text)


@pytest.mark.parametrize("text", ["target.support=0.4", "x:a=1", "-1:a=1", "1.5:a=1", "6:", "6:a", ":a=1", "²:a=1"])
def test_an_intervention_without_a_round_or_a_change_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--at"):
        parse_intervention(text)


def tree(text: str) -> str:
    return "".join(_leaves(ast.parse(text)))


LAW = '"""A law."""\n\n\ndef loss(x: float) -> float:\n    """Text."""\n    return x * 0.5  # half\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [("# half", "# one of two"), ('"""Text."""', '"""Other text."""'), ("A law", "Another"), ("x * 0.5", "( x*0.50 )")],
)
def test_a_comment_breaks_no_hash(old: str, new: str) -> None:
    assert old in LAW
    assert tree(LAW.replace(old, new)) == tree(LAW)


def test_a_spanish_sentence_breaks_no_hash() -> None:
    marked = '@rule(source="own: a test", es="Ceder.")\n'
    assert tree(marked + "def a(): ...") == tree(marked.replace(', es="Ceder."', "") + "def a(): ...")
    assert tree(marked + "def a(): ...") != tree(marked.replace("a test", "b test") + "def a(): ...")


@pytest.mark.parametrize(("old", "new"), [("0.5", "0.51"), ("x *", "x +"), ("return x", "return -x"), ("loss", "lost")])
def test_any_other_law_is_another_hash(old: str, new: str) -> None:
    assert tree(LAW.replace(old, new)) != tree(LAW)


def test_a_homework_rule_is_part_of_the_model(tmp_path: Path) -> None:
    from command import rule_text

    (tmp_path / "homework.py").write_text(rule_text("homework", "return 0.5"), encoding="utf-8")
    assert model_hash(library([tmp_path])) != model_hash(shipped())
    assert model_hash(library()) == model_hash(shipped())


def test_the_same_spec_is_the_same_run() -> None:
    spec = ready("colombia_2025", seed=7, horizon=1.0).spec
    first, second = (play(prepare(RunSpec.from_json(spec.to_json()))) for _ in range(2))
    assert first.cells.tobytes() == second.cells.tobytes()


def test_the_same_command_prints_the_same_bytes() -> None:
    """In two processes with other hash seeds, another folder and another thread count."""
    words = [sys.executable, "-c", "import sys; from sim.cli.main import main; sys.exit(main())"]
    printed = []
    for number in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": number, "NUMBA_NUM_THREADS": number, "PYTHONPATH": str(ROOT)}
        command = [*words, "run", "colombia_2025", "--seed", "7", "--json"]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        printed.append(done.stdout)
    assert printed[0] == printed[1]
    said = json.loads(printed[0])
    assert {"outcome", "stage", "settled_in_hours", "clauses_won", "run_spec"} <= set(said)
    assert RunSpec.model_validate(said["run_spec"]).seed == 7
