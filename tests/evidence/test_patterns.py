"""What separates an explanation from a coin: every row of the flagship passes, and null models miss most of them."""

import json

import pytest
from command import Demarche, demarche

from agents.errors import InputError
from sim.evidence.expectations.null_models import NULL_MODELS
from sim.evidence.expectations.patterns import judge, read_patterns

__all__ = ["demarche"]
ROWS = read_patterns("colombia_2025")
REGION = read_patterns("hemisphere_2025")


MISSED = {
    "deadline_without_anticipation": "44 percent settle in the last day, not half: what is in force presses before it",
    "manner": "77 percent, not 30: with private types one of the three is cheap in most runs, even ten times dearer",
}
"""Rows that the model does not meet, and by how much; docs/explanation/what-the-patterns-pin-down.md says more."""


MISSED_IN_THE_REGION = {
    "six_who_stand_concede_less": "1 point, not 3: most targets give way within hours, before six can stand",
    "a_quorum_concedes_less": "2.5 points, not 5, for the same reason",
    "fact_sentiment_decays": "none of it, not .3 of a point: a crisis of hours turns less of a public",
}


def test_every_row_holds_but_those_known_to_be_missed() -> None:
    failed = {verdict.row.id for verdict in judge(ROWS, runs=300) if not verdict.passed}
    assert failed == set(MISSED)


@pytest.mark.long
def test_every_row_of_the_region_holds_but_those_known_to_be_missed() -> None:
    failed = {verdict.row.id for verdict in judge(REGION, runs=60) if not verdict.passed}
    assert failed <= set(MISSED_IN_THE_REGION)


@pytest.mark.long
@pytest.mark.parametrize("null", NULL_MODELS)
def test_a_null_model_misses_at_least_three_rows_in_five(null: str) -> None:
    verdicts = list(judge(ROWS, runs=150, instead=NULL_MODELS[null]))
    assert sum(not verdict.passed for verdict in verdicts) >= 0.6 * len(verdicts)


def test_rows_say_what_they_claim_and_where_it_comes_from() -> None:
    rows = (*ROWS.rows, *REGION.rows)
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert row.says.endswith(".") and row.source
    assert all(row.why for row in REGION.rows)


def test_a_fail_is_exit_code_1_and_json_is_one_object(demarche: Demarche) -> None:
    answer = demarche("patterns", "colombia_2025", "--runs", "20", "--null", "never", "--json")
    assert answer.code == 1
    rows = json.loads(answer.out)["rows"]
    assert len(rows) == len(ROWS.rows) and {row["passed"] for row in rows} == {True, False}


def test_an_unknown_file_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(InputError, match="colombia_2025"):
        read_patterns("columbia_2025")
