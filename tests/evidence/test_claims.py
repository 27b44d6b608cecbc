"""Claims of the literature: the list is whole and can be run, a few that are robust come out as they should."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from command import Demarche, demarche
from places import ROOT

from agents.errors import InputError
from sim.evidence.expectations.claim_file import Claim, chosen, read_claims
from sim.evidence.expectations.claims import expectation_of, judge_claims
from sim.evidence.expectations.expectation import Bounds
from sim.metrics.statistics import Interval
from sim.run.prepare import prepare

__all__ = ["demarche"]
CLAIMS = read_claims()
ROBUST = {
    "target_cost": True,
    "institution": True,
    "divisible_issues_deals": True,
    "high_politics": True,
    "words_of_black_knights": True,
    "alliance": False,
    "commitment": False,
    "specific_demand": False,
    "targeted_rally_less": False,
}
"""Claims that hold, or fail, whatever the seed."""
ONE = """
format: 1
claims:
  - id: mine
    fact: 6
    says: {en: More cost., es: Más coste.}
    citation: "Somebody 2020"
    basis: page
    second:
      set: ["target.support+=0.1"]
    metric: conceded
    low: 0
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_is_whole() -> None:
    assert len(CLAIMS) >= 20
    assert {6, 7, 8, 9, 10, 12, 13, 14, 16, 19, 20, 21, 23, 24, 25, 26, 28, 29} <= {claim.fact for claim in CLAIMS}
    assert [claim.fact for claim in CLAIMS] == sorted(claim.fact for claim in CLAIMS)
    for claim in CLAIMS:
        assert claim.says.en.endswith(".") and claim.says.es.endswith(".")
        assert any(character.isdigit() for character in claim.citation) or "Archigos" in claim.citation


def test_the_page_has_every_claim() -> None:
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if re.match(r"\| \d+ \|", line)]
    assert [row.split("`")[1] for row in rows] == [claim.id for claim in CLAIMS]
    assert [("**fails**" in row) for row in rows] == [claim.why is not None for claim in CLAIMS]


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.id for claim in CLAIMS])
def test_every_world_can_be_built(claim: Claim) -> None:
    specs = [prepare(spec).spec for spec in expectation_of(claim, runs=2, seed=1).specs]
    assert len(specs) == (1 if claim.of != "pairs" else 4 if claim.than else 2)
    assert all(first != second for first, second in zip(specs[::2], specs[1::2], strict=False))


@pytest.mark.long
def test_robust_claims_come_out_as_they_should() -> None:
    found = {each.claim.id: each.holds for each in judge_claims(chosen(CLAIMS, list(ROBUST)), runs=200)}
    assert found == ROBUST


@pytest.mark.parametrize("null", ["coin", "always"])
def test_a_null_model_bears_out_little_that_is_not_said_directly(null: str) -> None:
    asked = [claim for claim in CLAIMS if claim.id in ROBUST]
    held = {each.claim.id for each in judge_claims(asked, runs=150, null=null) if each.holds}
    # whoever reads nothing is moved by nothing; clauses that can be split are split, whatever anybody decides
    assert held <= {"words_of_black_knights", "divisible_issues_deals"}


def test_long_worlds_and_other_ways_of_comparing() -> None:
    ids = ["threats_end_sooner", "zero_sum", "democrats_leave_sooner", "embargo_cuts_trade"]
    found = {each.claim.id: each for each in judge_claims(chosen(CLAIMS, ids), runs=40)}
    assert (
        found["zero_sum"].unit == "correlation"
        and -1.0 <= found["zero_sum"].effect.low <= found["zero_sum"].effect.high < 0.0
    )
    assert found["threats_end_sooner"].effect.n <= 40
    assert found["democrats_leave_sooner"].effect.value >= 0.0
    assert found["embargo_cuts_trade"].effect.n == 20 and found["embargo_cuts_trade"].holds


def test_a_claim_that_fails_says_why() -> None:
    for claim in chosen(CLAIMS, [name for name, holds in ROBUST.items() if not holds]):
        assert claim.why is not None and claim.why.en and claim.why.es


@pytest.mark.parametrize(
    ("low", "high", "holds", "unclear"),
    [(0.1, 2.0, True, False), (-0.1, 2.0, False, True), (-2.0, -0.1, False, False), (np.nan, np.nan, False, False)],
)
def test_the_whole_interval_must_lie_within_the_bounds(low: float, high: float, holds: bool, unclear: bool) -> None:
    bounds, effect = Bounds(CLAIMS[0].low, CLAIMS[0].high), Interval(float(np.mean([low, high])), low, high, 9)
    assert bounds.hold_all(effect) == holds
    assert (bounds.touch(effect) and not holds) == unclear


def test_json_is_one_object_and_the_page_counts(demarche: Demarche) -> None:
    asked = ("evidence", "claims", "--only", "alliance", "--only", "target_cost", "--runs", "50")
    record = json.loads(demarche(*asked, "--json").out)
    assert (record["n"], record["hold"], record["of"]) == (50, 1, 2)
    assert [claim["id"] for claim in record["claims"]] == ["target_cost", "alliance"]
    assert set(record["claims"][1]) >= {"fact", "text", "citation", "effect", "low", "high", "unit", "verdict", "why"}
    page = demarche(*asked).out
    assert "1 of 2 hold" in page and "alliance: No rule of the two sides" in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("metric: conceded", "metric: conceeded", "there is no metric `conceeded`"),
        ("fact: 6", "fact: 5", "fact"),
        ("    low: 0\n", "", "no bound; expected `low`, `high` or both"),
        ("low: 0", "low: 0\n    high: -1", "low 0 is not below high -1"),
        ("low: 0", "low: 0\n    against: position", "a correlation needs two metrics"),
        ("basis: page", "basis: hearsay", "basis"),
        ("metric: conceded", "metrics: conceded", "metrics"),
        ("es: Más coste.", "es: ''", "the text is empty"),
    ],
)
def test_a_wrong_file_is_answered_with_where_and_what(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in ONE
    with pytest.raises(InputError, match=r"mine\.yaml, line") as wrong:
        read_claims(written(tmp_path, ONE.replace(old, new)))
    assert said in str(wrong.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("target.suport+=0.1", "there is no `target.suport`"),
        ("target.support", "expected PATH=VALUE"),
        ("target.support=7", "out of bounds"),
    ],
)
def test_a_world_that_cannot_be_is_named_by_its_claim(tmp_path: Path, change: str, said: str) -> None:
    claims = read_claims(written(tmp_path, ONE.replace("target.support+=0.1", change)))
    with pytest.raises(InputError, match="claim mine: ") as wrong:
        list(judge_claims(claims, runs=2))
    assert said in str(wrong.value)


def test_wrong_words_are_answered_with_the_names_there_are(demarche: Demarche, tmp_path: Path) -> None:
    answer = demarche("evidence", "claims", "--only", "aliance")
    assert answer.code == 2 and "there is no such claim" in answer.err and "`alliance`" in answer.err
    assert demarche("evidence", "claims", "--runs", "1").err.startswith("--runs 1: expected")
    assert "claims" in demarche("evidence", "claims", "claim").err
    assert "there is no such null model" in demarche("evidence", "claims", "--null", "dice").err
    twice = written(tmp_path, ONE + ONE.partition("claims:\n")[2])
    answer = demarche("evidence", "claims", twice)
    assert answer.code == 2 and "claim mine stands twice" in answer.err
