"""The files that come with Demarche are complete and sourced; reading them is stable and exact."""

import copy
import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.errors import InputError
from agents.library import discover
from sim.engines.history import play
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario, json_schema, read_weights, scenario_names
from sim.scenario.files import bibliography
from sim.scenario.files.locate import CONFIGS
from sim.scenario.files.tree import parse, scalar
from sim.state.columns import CLAUSE
from sim.state.mechanisms import MECHANISMS
from sim.state.weights import Weights

GOOD = (CONFIGS / "scenarios" / "two_countries.yaml").read_text(encoding="utf-8")
TREE: dict[str, Any] = parse(GOOD, "two_countries.yaml").data


@pytest.fixture(params=scenario_names())
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return Scenario.read(request.param)


def test_every_number_has_one_origin(scenario: Scenario) -> None:
    assert scenario.numbers()
    for path, number in scenario.numbers():
        assert (number.source is None) != (number.assumed is None), path
        if number.assumed:
            assert number.assumed.low <= number.value <= number.assumed.high, path
            assert number.assumed.why.endswith("."), path
        else:
            assert bibliography.resolve(number.source or "")["title"], path
    assert all(number.assumed for _, number in scenario.assumptions())


def test_paths_of_numbers_are_distinct(scenario: Scenario) -> None:
    paths = [path for path, _ in scenario.numbers()]
    assert len(set(paths)) == len(paths)


def test_a_government_has_every_number_its_own_before_the_common_one() -> None:
    scenario = Scenario.read("colombia_2025")
    for code in scenario.governments:
        assert len(scenario.government(code).numbers()) - ("term_limit" in scenario.government(code).numbers()) == 16
    assert scenario.government("VEN").coalition != scenario.government("HND").coalition == scenario.common.coalition
    with pytest.raises(InputError, match="no government `CHL`"):
        scenario.government("CHL")


def test_words_of_units_become_base_units() -> None:
    crisis = Scenario.read("colombia_2025").crises["flights"]
    assert crisis.measures["tariff_50"].due.value == 7.0
    assert crisis.measures["tariff_25"].size.value == 0.25
    assert crisis.private_latency.value == 1.5 / 24
    assert crisis.private_latency.assumed and crisis.private_latency.assumed.high == 4 / 24
    assert crisis.clauses["resume_flights"].value.value == 0.04
    exports = dict(Scenario.read("colombia_2025").numbers())["exports.COL.USA"]
    assert exports.value == pytest.approx(11.6243) and exports.source == "comtrade_2021"


def test_both_governments_tell_their_story() -> None:
    scenario = Scenario.read("colombia_2025")
    for crisis in scenario.crises.values():
        for code in (crisis.sender, crisis.target):
            assert scenario.accounts[code].en and scenario.accounts[code].es


def test_what_is_read_can_be_written_and_read_again(scenario: Scenario, tmp_path: Path) -> None:
    again = Scenario.from_data(json.loads(json.dumps(scenario.data())))
    assert again.data() == scenario.data() and again.content_hash == scenario.content_hash
    assert again.numbers() == scenario.numbers()
    path = tmp_path / f"{scenario.name}.yaml"
    path.write_text(yaml.safe_dump(scenario.data(), sort_keys=False, allow_unicode=True), encoding="utf-8")
    assert Scenario.read(path).content_hash == scenario.content_hash
    assert Scenario.read(path).path == path


def test_the_hash_is_of_the_content_alone(tmp_path: Path) -> None:
    def digest(text: str) -> str:
        path = tmp_path / "two_countries.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        return Scenario.read(path).content_hash

    first = digest(GOOD)
    assert digest("# A remark\n\n" + GOOD.replace("hours: 6,", "hours: 6.0, ")) == first
    assert digest(GOOD.replace("\n", "\r\n")) == first
    assert digest("\ufeff" + GOOD) == first
    assert (
        digest(
            GOOD.replace("    AUR: {BOR: 8}\n", "").replace("    BOR: {AUR: 6}", "    AUR: {BOR: 8}\n    BOR: {AUR: 6}")
        )
        == first
    )
    assert digest(GOOD.replace("value: 20, range: [5, 50]", "value: 21, range: [5, 50]")) != first
    assert Scenario.read("two_countries").content_hash == first


def test_the_callers_data_may_change_afterwards() -> None:
    data = copy.deepcopy(TREE)
    scenario = Scenario.from_data(data)
    before = scenario.content_hash
    data["common"]["support"]["assume"]["value"] = 60
    assert scenario.content_hash == before


def test_weights_fill_every_field() -> None:
    name, weights = read_weights("default")
    assert name == "default" and tuple(weights) == Weights._fields
    assert weights["half_point"].value == 0.01 and weights["elite_half_time"].value == 6 / 24
    assert all(number.source or number.assumed for number in weights.values())


def test_a_quantity_of_any_unit_is_converted_once_its_unit_is_known() -> None:
    data = copy.deepcopy(TREE)
    trait = {"assume": {"value": 16, "range": [4, 30], "why": "A guess."}, "unit": "support points"}
    data["crises"]["bridge"]["traits"] = {"answer": {"target": {"climb_down": trait}}}
    found = Scenario.from_data(data).crises["bridge"].traits["answer"]["target"]["climb_down"]
    assert (found.value, found.unit) == (16.0, "support points")
    from agents.units import Days, Points, unit_of

    points, days = unit_of(Points), unit_of(Days)
    assert points and days
    assert found.to(points).value == 0.16 and found.to(points).assumed == (0.04, 0.3, "A guess.")
    with pytest.raises(InputError, match="'support points' is not a unit"):
        found.to(days)


def test_words_without_quotes_are_read_as_one_expects() -> None:
    assert [scalar(word) for word in ("NO", "on", "12:30", "2025-01-26", "1_000", "0x10")] == [
        "NO", "on", "12:30", "2025-01-26", "1_000", "0x10",
    ]  # fmt: skip
    assert [scalar(word) for word in ("1e-3", ".5", "-2", "007", "", "~", "True")] == [
        1e-3,
        0.5,
        -2,
        7,
        None,
        None,
        True,
    ]


def test_the_bibliography_is_well_formed_and_used() -> None:
    entries = bibliography.read()
    for key, entry in entries.items():
        assert {"author", "title", "year"} <= set(entry), key
        assert entry["year"].isdigit() and len(entry["year"]) == 4, key
    with pytest.raises(InputError, match="line 2: the key `a` stands twice"):
        bibliography.parse("@misc{a, title = {x}}\n@misc{a, title = {y}}")
    with pytest.raises(InputError, match="never closed"):
        bibliography.parse("@misc{a, title = {x}")


def test_a_reference_is_one_line() -> None:
    assert bibliography.reference("fearon1994") == (
        "Fearon, James D. (1994). Domestic Political Audiences and the Escalation of International Disputes."
        " American Political Science Review 88(3), 577–592."
    )
    for key in bibliography.read():
        assert not set("{}\\\n") & set(bibliography.reference(key)), key


def test_rules_and_mechanisms_name_sources_there_are() -> None:
    named = {rule.source for rule in discover().values()} | {mechanism.source for mechanism in MECHANISMS}
    for source in named:
        assert source.split(":")[0] == "own" or bibliography.resolve(source)


OTHER_YEARS = {("COL", "gdp"), ("VEN", "gdp"), ("COL", "polity"), ("USA", "polity")}
"""Numbers of another year than the table's: that of the exports, the last there is, one before the crisis."""


def test_the_flagship_repeats_its_data() -> None:
    """Against the tables the figures were taken from, where they are at hand."""
    folder = CONFIGS.parents[1] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    scenario = Scenario.read("colombia_2025")
    with (folder / "governments.csv").open(encoding="utf-8") as stream:
        rows = {row["iso3"]: row for row in csv.DictReader(stream)}
    for code, government in scenario.governments.items():
        numbers = government.numbers()
        for field, column in (("gdp", "gdp_usd_bn"), ("polity", "polyarchy"), ("ideal_point", "un_ideal_point")):
            if (code, field) not in OTHER_YEARS:
                assert numbers[field].value == float(rows[code][column]), (code, field)
    tables = (scenario.exports[0], scenario.exports[2])  # between them, what Venezuela sold to the sender in 2023
    for table, name in zip(tables, ("exports_2021", "exports_2014_nonreporters"), strict=True):
        with (folder / f"{name}.csv").open(encoding="utf-8") as stream:
            known = {(row["exporter"], row["importer"]): float(row["usd_mn"]) for row in csv.DictReader(stream)}
        stated = {(i, j): value for i, flows in table.flows.items() for j, value in flows.items()}
        there = {pair for pair in known if set(pair) <= set(scenario.governments)} - {("VEN", "USA")}
        assert stated == {pair: known[pair] for pair in there}


def test_editors_get_a_schema_that_fits_the_files() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json_schema()
    for name in scenario_names():
        jsonschema.validate(
            parse((CONFIGS / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8"), name).data, schema
        )
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**TREE, "clocks": {}}, schema)


def test_what_can_be_given_in_part_is_so_many_clauses_with_one_luck() -> None:
    scenario = Scenario.read("japan_2025")
    clauses = scenario.crises["letter"].clauses
    parts = [clauses[f"investment_{place}"] for place in (1, 2, 3)]
    assert sum(part.value.value for part in parts) == pytest.approx(0.04)
    assert all(part.cost.assumed.high == pytest.approx(0.05 / 3) for part in parts)
    assert [part.label.en.partition(" the funds")[0] for part in parts] == [
        "a third of",
        "a second third of",
        "the last third of",
    ]
    assert parts[0].whole_label.en == "the funds for investment in the United States"
    assert scenario.crises["letter"].record.given[:3] == ("investment_1", "investment_2", "investment_3")
    assert Scenario.from_data(scenario.data()).content_hash == scenario.content_hash
    state = play(prepare(RunSpec(scenario="japan_2025", horizon=1))).state(1)
    values = [state.clauses[0, place, CLAUSE.value] for place in range(3)]
    assert values[0] == values[1] == values[2] != parts[0].value.value, "drawn once for the whole"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"label": {"en": "a fund", "es": "{part} los fondos"}}, "says where `{part}` stands"),
        ({"parts": 9}, "parts"),
    ],
)
def test_a_mistake_about_parts_is_a_sentence(changed: dict[str, Any], said: str) -> None:
    data = Scenario.read("canada_mexico_2025").data()
    clause = data["crises"]["mexico"]["clauses"]["prisoners"]
    clause.update({"parts": 2, **changed})
    with pytest.raises(InputError, match=re.escape(said)):
        Scenario.from_data(data)
