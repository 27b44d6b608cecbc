"""What is on a page is what was run: labels take the number, and every page lists what was changed, in words."""

import json
from typing import Any

import numpy as np
import pytest
from command import Demarche, demarche
from hypothesis import given
from hypothesis import strategies as st
from kit import ready

from agents.errors import InputError
from dashboards.session import csv_file, html_file, read_link
from dashboards.session.session import Session
from sim.engines.history import play
from sim.run.changes import Change
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.telling.changes_page import changes_in_words
from sim.telling.region_page import page

__all__ = ["demarche"]
NINETY = {"path": "measures.tariff_25.size", "value": 0.9}


@pytest.mark.parametrize(
    ("language", "told", "listed"),
    [
        (
            "en",
            "a tariff of 90 percent on all goods",
            "A tariff of 90 percent on all goods (25 percent in the scenario).",
        ),
        (
            "es",
            "un arancel del 90 por ciento a todos los bienes",
            "Un arancel del 90 por ciento a todos los bienes (25 por ciento en",
        ),
    ],
)
def test_a_tariff_of_ninety_percent_is_told_as_one(language: str, told: str, listed: str) -> None:
    prepared = ready("colombia_2025", changes=[NINETY], horizon=1.0)
    text = " ".join(page(play(prepared), language).split())
    assert told in text and "25 percent on all goods," not in text and "25 por ciento a todos" not in text
    assert changes_in_words(prepared, language)[-1].startswith(listed) and listed in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"without": ("rally",)}, "The mechanism `rally` is switched off."),
        ({"traits": {"target.climb_down": 0.3}}, "Price of climbing down, Colombia: 30 support points instead of 16"),
        ({"rules": {"answer:target": "never"}}, "Colombia: answers by the rule `never` instead of `two_level`."),
        ({"rules": {"stance:BRA": "neutral"}}, "Brazil: takes sides by the rule `neutral` instead of `"),
        ({"expressions": {"target": "answer / 2"}}, "Colombia adds an expression to its rule: `answer / 2`."),
        ({"horizon": 3.0}, "The run ends after 3 days."),
        ({"round_hours": 6.0}, "Every round lasts 6 hours."),
        (
            {"changes": [{"path": "exports.COL.USA", "op": "*=", "value": 0.5}]},
            "Exports of Colombia to United States: US",
        ),
        ({"changes": [{"path": "weights.rally_size", "value": 0.1}]}, "`rally_size`: 10 support points instead of 9.2"),
        (
            {"changes": [{"path": "clauses.no_photographs.cost", "value": 0.05}]},
            "no photographs of those on board: cost to",
        ),
        (
            {"at": [{"round": 6, "path": "target.support", "op": "=", "value": 0.5}]},
            "From round 6 (+6 h): support of",
        ),
        (
            {"at": [{"round": 3, "path": "on.shocks", "op": "=", "value": 0}]},
            "From round 3 (+3 h) the mechanism `sho",
        ),
    ],
)
def test_every_kind_of_change_is_said(fields: dict[str, Any], said: str) -> None:
    prepared = ready("colombia_2025", **fields)
    (sentence,) = changes_in_words(prepared, "en")
    assert sentence.startswith(said[0].upper() + said[1:]), sentence
    (other,) = changes_in_words(prepared, "es")
    assert other != sentence and other[0].isupper() | (other[0] == "`")


def test_the_scenario_as_it_is_lists_nothing() -> None:
    prepared = ready("colombia_2025", changes=[{"path": "on.rally", "value": 1.0}])
    assert changes_in_words(prepared, "en") == [] and "Changed from" not in page(play(prepared))


def test_a_region_and_every_export_list_their_changes(demarche: Demarche) -> None:
    spec = RunSpec(scenario="two_countries", without=("rally",), horizon=2.0)
    said = "The mechanism `rally` is switched off."
    assert said in csv_file.table(spec)
    assert said in html_file.named(read_link.encode(ready("two_countries", without=("rally",), horizon=2.0).spec))[0]
    assert said in json.loads(Session(spec).world())["scenario"]["changed"]["en"]
    assert said in json.loads(demarche("run", "two_countries", "--without", "rally", "--json").out)["changed"]
    assert said in demarche("ensemble", "two_countries", "--without", "rally", "--runs", 5).out
    assert said in demarche("compare", "two_countries", "--without", "rally", "--runs", 5).out


@pytest.mark.parametrize("label", ["a tariff of 20 percent", "a tariff of {sise}"])
def test_a_label_that_repeats_or_misspells_its_number_is_refused(label: str, demarche: Demarche, tmp_path: Any) -> None:
    text = demarche("new-scenario", "mine").out and (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(text.replace("a tariff of {size}", label), encoding="utf-8")
    answer = demarche("check", "mine.yaml")
    assert answer.code == 2 and "{size}" in answer.err and "label" in answer.err, answer


ANY_CHANGES = st.lists(
    st.sampled_from(
        [
            *(Change(path=f"rules.answer.{who}", value=name) for who in ("target", "COL", "USA") for name in
              ("never", "always", "two_level")),
            *(Change(path=f"rules.stance.{who}", value=name) for who in ("all", "BRA") for name in
              ("neutral", "follow_alignment")),
            *(Change(path="target.support", op=op, value=0.1) for op in ("=", "+=", "*=")),
            *(Change(path="on.rally", value=value) for value in (0.0, 1.0)),
            *(Change(path="expressions.target", value=text) for text in ("answer", "answer / 2")),
            Change(path="measures.tariff_25.size", value=0.25),
        ]
    ),
    max_size=5,
)  # fmt: skip


@given(ANY_CHANGES)
def test_a_spec_in_its_one_form_stays_as_it_is(changes: list[Change]) -> None:
    usual, once = ready("colombia_2025"), ready("colombia_2025", changes=changes)
    again = prepare(once.spec)
    assert again.spec == once.spec and np.array_equal(again.template.cells, once.template.cells)
    assert all(one.old != one.change.value for one in once.applied)
    assert bool(once.applied) or np.array_equal(once.template.cells, usual.template.cells)


@pytest.mark.parametrize(
    ("scenario", "words", "said"),
    [
        ("canada_mexico_2025", {"rules": {"answer:USA": "never"}}, "United States (in 2 crises): answers"),
        (
            "canada_mexico_2025",
            {"rules": {"answer:mexico.target": "never"}},
            "Mexico (Mexico: the southern border): answers",
        ),
        ("hemisphere_2025", {"rules": {"stance:all": "neutral"}, "horizon": 20.0}, "governments (in 11 crises): takes"),
    ],
)
def test_where_there_are_several_crises_a_change_names_its_own(scenario: str, words: Any, said: str) -> None:
    found = [one for one in changes_in_words(ready(scenario, **words), "en") if "rule" in one]
    assert 1 <= len(found) <= 5 and any(said in one for one in found), found


@pytest.mark.parametrize("who", ["canda.target", "canda.BRA"])
def test_a_crisis_that_is_not_there_is_a_sentence(who: str) -> None:
    family = "answer" if who.endswith("target") else "stance"
    with pytest.raises(InputError, match="canada"):
        ready("canada_mexico_2025", rules={f"{family}:{who}": "never" if family == "answer" else "neutral"})
