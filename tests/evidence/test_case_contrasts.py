"""Cases told apart by their facts alone: coded numbers follow one table, rules and weights are the flagship's."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from command import Demarche, demarche
from places import ROOT

from agents.errors import InputError
from sim.evidence.episodes.coding import STEP
from sim.evidence.expectations import case_contrasts as cases
from sim.scenario import Scenario
from sim.scenario.crisis_file import Crisis
from sim.scenario.files.quantity import Quantity

__all__ = ["demarche"]
CODING = yaml.safe_load((ROOT / "configs" / "evidence" / "coding.yaml").read_text(encoding="utf-8"))
CODES: dict[str, Any] = CODING["codes"]
CODED = [(name, crisis) for name, crises in CODING["cases"].items() for crisis in crises]
RUNS = 120
FAILS: set[str] = set()
"""Rows that the model does not meet; docs/cases.md says why."""


@pytest.fixture(scope="module")
def measured() -> list[cases.Compared]:
    return cases.judge_contrasts(runs=RUNS)


@pytest.mark.long
def test_every_row_holds_but_those_known_to_fail(measured: list[cases.Compared]) -> None:
    """By value: with so few runs the intervals of small differences are wider than what they must lie in."""
    bounds = {row.id: row for row in cases.read_rows().rows}
    for row in measured:
        low, high = bounds[row.name].low, bounds[row.name].high
        inside = (low is None or row.measured.value > low) and (high is None or row.measured.value < high)
        assert inside == (row.name not in FAILS), row


@pytest.mark.long
def test_every_row_is_met_with_its_interval_but_those_known_to_fail() -> None:
    assert {row.name for row in cases.judge_contrasts() if not row.met} == FAILS


def test_a_row_is_met_only_where_its_whole_interval_lies_inside(measured: list[cases.Compared]) -> None:
    bounds = {row.id: row for row in cases.read_rows().rows}
    for row in measured:
        assert row.measured.n == RUNS * (cases.MORE if "brazil_rall" in row.name else 1) and row.target
        low, high = bounds[row.name].low, bounds[row.name].high
        inside = (low is None or row.measured.low > low) and (high is None or row.measured.high < high)
        assert row.met == inside


@pytest.mark.long
@pytest.mark.parametrize("null", ["always"])
def test_a_null_model_tells_no_cases_apart(null: str) -> None:
    apart = [row for row in cases.judge_contrasts(runs=40, null=null) if "_above_" in row.name]
    assert len(apart) == 5 and not any(row.met for row in apart)


def test_what_is_gone_of_a_rally() -> None:
    peak, late = np.array([4.0, 6.0, 5.0]), np.array([1.0, 2.0, 3.0])
    assert cases.share_gone(peak, late).value == pytest.approx(0.6)
    assert cases.share_gone(peak, peak)[:3] == (0.0, 0.0, 0.0)
    assert np.isnan(cases.share_gone(-peak, late).value)


@pytest.mark.long
def test_the_command_says_every_row_after_the_episodes(demarche: Demarche) -> None:
    answer = demarche("evidence", "cases", "--runs", "4", "--json")
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)["discrimination"]
    assert [row["name"] for row in found["rows"]] == [row.id for row in cases.read_rows().rows]
    assert found["of"] == len(found["rows"])
    for wrong, sentence in ((("--runs", "0"), "--runs 0: expected a whole number of 2 or more"),
                            (("--null", "dice"), "--null dice: there is no such null model")):  # fmt: skip
        refused = demarche("evidence", "cases", *wrong)
        assert refused.code == 2 and sentence in refused.err


def test_what_cannot_be_asked_is_answered_with_a_sentence() -> None:
    with pytest.raises(InputError, match="expected a whole number of 2 or more"):
        cases.judge_contrasts(runs=1)
    with pytest.raises(InputError, match="no such null model"):
        cases.judge_contrasts(null="dice")


def test_a_degree_of_cost_is_the_same_factor_for_episodes_and_scenarios() -> None:
    low, medium, high = (CODES["cost"][degree][0] for degree in ("low", "medium", "high"))
    assert medium / low == pytest.approx(high / medium) == pytest.approx(np.exp(STEP))


@pytest.mark.parametrize(("name", "crisis"), CODED)
def test_coded_numbers_are_those_of_the_table(name: str, crisis: str) -> None:
    scenario, codes = Scenario.read(name), CODING["cases"][name][crisis]
    found = scenario.crises[crisis]
    for field, number in _plain(scenario, found).items():
        code = codes["channel" if field.startswith(("private_", "public_")) else field]
        _is_coded(number, field, code)
    wholes = {clause.whole or code for code, clause in found.clauses.items()}
    assert wholes == set(codes["clauses"]) and set(found.measures) == set(codes["humiliating"])
    for code, clause in found.clauses.items():
        value, cost = codes["clauses"][clause.whole or code]
        parts = sum(other.whole == clause.whole for other in found.clauses.values()) if clause.whole else 1
        first, second = ("value", "cost") if clause.owner == "target" else ("grant_value", "grant_cost")
        _is_coded(clause.value, first, value, parts)
        _is_coded(clause.cost, second, cost, parts)
    for measure, code in codes["humiliating"].items():
        _is_coded(found.measures[measure].humiliating, "humiliating", code)


def _plain(scenario: Scenario, crisis: Crisis) -> dict[str, Quantity]:
    """The coded numbers of a crisis that are no list, by their line in the table."""
    lines = ("salience", "publicity", "fading", "private_opens", "private_latency", "public_latency")
    return {
        **{line: getattr(crisis, line) for line in lines},
        "defiance": scenario.government(crisis.target).numbers()["defiance"],
        "stand_sender": crisis.stand.sender,
        "stand_target": crisis.stand.target,
        "belief_sender": crisis.belief.sender,
        "belief_target": crisis.belief.target,
    }


def _is_coded(number: Quantity, line: str, code: str, parts: int = 1) -> None:
    """As the table says; of a clause in parts, each has its part of it."""
    written = number.written["assume"]
    assert [written["value"], *written["range"]] == [value / parts for value in CODES[line][code]], (line, code)
    assert number.written["unit"] == CODES[line]["unit"], line


ANCHOR = {
    "salience": "medium", "publicity": "leaders", "defiance": "personal", "stand_target": "firm",
    "stand_sender": "usual", "belief_target": "named", "belief_sender": "small", "fading": "one_of_many",
    "private_opens": "telephone", "private_latency": "telephone", "public_latency": "telephone",
}  # fmt: skip


def test_the_flagship_is_the_anchor_of_the_table() -> None:
    scenario = Scenario.read(CODING["anchor"])
    for line, number in _plain(scenario, scenario.crises["flights"]).items():
        assert number.written["assume"]["value"] == CODES[line][ANCHOR[line]][0], line


def test_the_page_has_the_table_as_it_is() -> None:
    told = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in row.split("|")] for row in told.splitlines() if row.startswith("| ")]
    shown = [(row[2], float(row[3])) for row in rows if len(row) == 8 and " to " in row[4]]
    assert shown == [(code, of[0]) for line in CODES.values() for code, of in line.items() if code != "unit"]


@pytest.mark.parametrize(("name", "crisis"), CODED)
def test_every_case_follows_the_flagships_rules(name: str, crisis: str) -> None:
    """How the two sides decide; who else may take a side is a fact of the case."""
    anchor, case = Scenario.read(CODING["anchor"]).crises["flights"].rules, Scenario.read(name).crises[crisis].rules
    assert (case.answer, case.press) == (anchor.answer, anchor.press)
    assert not Scenario.read(name).crises[crisis].traits


OTHER_YEARS = ("vdem_2019", "focuseconomics_colombia", "imf_weo_2024_10")
"""Sources of numbers of another year than the table's: before the crisis, that of the exports, the last there is."""


@pytest.mark.parametrize("name", CODING["cases"])
def test_every_case_repeats_its_data(name: str) -> None:
    """Against the tables the figures were taken from, where they are at hand."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    scenario = Scenario.read(name)
    known = {row["iso3"]: row for row in _rows(folder / "governments.csv")}
    for code, government in scenario.governments.items():
        for field, column in (("gdp", "gdp_usd_bn"), ("polity", "polyarchy"), ("ideal_point", "un_ideal_point")):
            number = government.numbers()[field]
            if number.source not in OTHER_YEARS:
                assert number.value == float(known[code][column]), (code, field)
    for table in scenario.exports:
        if table.source not in FLOWS:
            continue
        flows = {
            (row["exporter"], row["importer"]): float(row["usd_mn"]) for row in _rows(folder / FLOWS[table.source])
        }
        there = {pair: value for pair, value in flows.items() if set(pair) <= set(scenario.governments)}
        if table.source == "cow_trade_4":  # what it sold to the sender is of 2023, in a table of its own
            there.pop(("VEN", "USA"), None)
        assert {(i, j): value for i, to in table.flows.items() for j, value in to.items()} == there


FLOWS = {"comtrade_2021": "exports_2021.csv", "cow_trade_4": "exports_2014_nonreporters.csv"}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
