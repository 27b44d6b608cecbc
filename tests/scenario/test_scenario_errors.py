"""One wrong input each: the sentence names file, line, place, what is wrong and what would be right. Nothing else leaks."""

# ruff: noqa: E501 - a table is easiest to read with one line a row

import os
import re
import time
from pathlib import Path

import pytest

from agents.errors import InputError
from sim.scenario import Scenario, read_weights
from sim.scenario.files.locate import CONFIGS, LARGEST

GOOD = (CONFIGS / "scenarios" / "two_countries.yaml").read_text(encoding="utf-8")


def refusal(path: Path | str) -> str:
    """What a person reads who asks for this scenario."""
    with pytest.raises(InputError) as caught:
        Scenario.read(path)
    assert caught.value.exit_code == 2
    return str(caught.value)


def written(folder: Path, text: str | bytes, name: str = "two_countries.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


BELIEF = 'target: {assume: {value: 0.6, range: [0, 1], why: "A teaching example: Aurelia takes the tariff seriously."}, unit: share}'
TARIFF = 'size: {assume: {value: 20, range: [5, 50], why: "A teaching example: noticeable."}, unit: percent}'
CLAUSES = re.compile(r"    clauses:\n.*?(?=    measures:)", re.S).search(GOOD)[0]  # type: ignore[index]
CRISES = GOOD[GOOD.index("crises:") : GOOD.index("injects:")]

WRONG = {
    # name: (what stands in the good file, what replaces it, where it is reported, what the sentence says)
    "misspelt key": ("    salience:", "    saliense:", "saliense", ["there is no `saliense` here", "Did you mean `salience`?"]),
    "misspelt key of a number": ("unit: UN ideal point", "unitt: UN ideal point", "unitt", ["common.ideal_point", "Did you mean `unit`?"]),
    "missing key": ("    quorum:", "    bloc: []\n    # quorum:", "  bridge:", ["crises.bridge", "`quorum` is missing"]),
    "missing number": ("  polity:", "  # polity:", "  BOR:", ["governments.BOR", "`polity` is missing", "`common`"]),
    "missing text": ("{en: Borduria, es: Borduria}", "{en: Borduria}", "{en: Borduria}", ["`es` is missing", "en, es"]),
    "empty text": ("{en: Borduria, es: Borduria}", '{en: Borduria, es: " "}', 'es: " "', ["the text is empty"]),
    "text for a mapping": ("{en: Aurelia, es: Aurelia}", "Aurelia", "name: Aurelia", ["the text 'Aurelia'", "expected a mapping with the keys en, es"]),
    "out of bounds": ("value: 45, range: [20, 70]", "value: 450, range: [20, 700]", "value: 450", ["450 percent is out of bounds", "expected 0 to 100 percent"]),
    "bound of the range": ("value: 45, range: [20, 70]", "value: 45, range: [20, 170]", "range: [20, 170]", ["170 percent is out of bounds"]),
    "latitude": ("value: 48, range: [40, 56]", "value: 98, range: [40, 99]", "value: 98", ["98 degrees is out of bounds", "-90 to 90"]),
    "text for a number": (BELIEF, BELIEF.replace("0.6", "much"), "much", ["'much' is text where a number belongs"]),
    "number in quotes": (BELIEF, BELIEF.replace("0.6", "'0.6'"), "'0.6'", ["without quotes"]),
    "1.1 notation": (BELIEF, BELIEF.replace("0.6", "0:36"), "0:36", ["'0:36' is text where a number belongs"]),
    "boolean for a number": (BELIEF, BELIEF.replace("0.6", "true"), "true", ["true stands where a number belongs"]),
    "nothing for a number": (BELIEF, BELIEF.replace("value: 0.6", "value: "), "value: ,", ["nothing stands where a number"]),
    "list for a number": (BELIEF, BELIEF.replace("value: 0.6", "value: [0.6]"), "[0.6]", ["a list stands where a number"]),
    "nan": (BELIEF, BELIEF.replace("0.6", ".nan"), ".nan", ["nan is not a finite number"]),
    "inf": (BELIEF, BELIEF.replace("0.6", "1e999"), "1e999", ["inf is not a finite number"]),
    "bare number": (BELIEF, "target: 0.6", "target: 0.6", ["0.6 is a bare number", "{value, unit, source}"]),
    "no number": (BELIEF, "target: {unit: share}", "target: {unit", ["there is no number", "{value, unit, source}"]),
    "value and assume": (BELIEF, BELIEF.replace("target: {", "target: {value: 1, "), "value: 1, ", ["both `value` and `assume`"]),
    "assume and source": (BELIEF, BELIEF.replace("target: {", "target: {source: tomz_2007, "), "source: tomz", ["no assumption"]),
    "missing unit": (BELIEF, BELIEF.replace(", unit: share", ""), "seriously", ["`unit` is missing", "share, percent"]),
    "unknown unit": (BELIEF, BELIEF.replace("unit: share", "unit: shares"), "shares", ["'shares' is not a unit", "share, percent"]),
    "unit of another kind": (TARIFF, TARIFF.replace("percent", "days"), "noticeable", ["'days' is not a unit", "ad valorem rate, percent"]),
    "missing source": (BELIEF, "target: {value: 0.6, unit: share}", "target: {value", ["`source` is missing", "assume"]),
    "unknown source": (BELIEF, "target: {value: 0.6, unit: share, source: tomz_2008}", "tomz_2008", ["no source `tomz_2008`", "Near: tomz_2007"]),
    "outside its range": (BELIEF, BELIEF.replace("[0, 1]", "[0, 0.5]"), "[0, 0.5]", ["0.6 lies outside its own range, 0 to 0.5 share"]),
    "range backwards": (BELIEF, BELIEF.replace("[0, 1]", "[1, 0]"), "[1, 0]", ["outside its own range"]),
    "range of one": (BELIEF, BELIEF.replace("[0, 1]", "[1]"), "[1]", ["expected [low, high]"]),
    "no range": (BELIEF, BELIEF.replace(" range: [0, 1],", ""), "seriously", ["`range` is missing in `assume`"]),
    "no reason": (BELIEF, re.sub('why: ".*?"', 'why: ""', BELIEF), 'why: ""', ["`why` holds an empty text"]),
    "assumption in a word": (BELIEF, "target: {assume: guess, unit: share}", "guess", ["{value, range: [low, high], why}"]),
    "own target": ("    target: AUR", "    target: BOR", "target: BOR", ["BOR is sender and target at once"]),
    "unknown government": ("    target: AUR", "    target: AUT", "target: AUT", ["there is no government `AUT`", "Did you mean `AUR`?"]),
    "unknown exporter": ("    AUR: {BOR: 8}", "    AUT: {BOR: 8}", "    AUT:", ["exports.flows.AUT", "There are: AUR, BOR"]),
    "unknown importer": ("    AUR: {BOR: 8}", "    AUR: {BOT: 8}", "BOT", ["exports.flows.AUR.BOT", "Did you mean `BOR`?"]),
    "exports to itself": ("    AUR: {BOR: 8}", "    AUR: {AUR: 8}", "AUR: 8", ["AUR to AUR exports to itself"]),
    "negative exports": ("    AUR: {BOR: 8}", "    AUR: {BOR: -8}", "BOR: -8", ["-8 is out of bounds"]),
    "unit of exports": ("unit: US$ billion a year\n  source", "unit: euros\n  source", "unit: euros", ["'euros' is not a unit", "US$ billion a year, US$ million a year"]),
    "unknown in the bloc": ("    quorum:", "    bloc: [ZZZ]\n    quorum:", "[ZZZ]", ["crises.bridge.bloc.0", "no government `ZZZ`"]),
    "party in the bloc": ("    quorum:", "    bloc: [AUR]\n    quorum:", "[AUR]", ["AUR is a party to the crisis"]),
    "unknown account": ("\nclock:", "\naccounts:\n  ZZZ: {en: a, es: b, source: tomz_2007}\nclock:", "ZZZ", ["no government `ZZZ`"]),
    "code in small letters": ("  AUR:\n", "  aur:\n", "  aur:", ["'aur' is not a name that can stand here", "two to six capital letters"]),
    "raises an unknown measure": ("        by: sender\n        kind: tariff", "        raises: tarif_10\n        by: sender\n        kind: tariff", "raises", ["no measure `tarif_10`", "There are: slow_customs"]),
    "raises itself": ("        by: sender\n        kind: tariff", "        raises: tariff_20\n        by: sender\n        kind: tariff", "raises", ["`tariff_20` raises itself", "slow_customs"]),
    "raises another kind": ("        by: sender\n        kind: tariff", "        raises: slow_customs\n        by: sender\n        kind: tariff", "raises", ["no lower tier", "same kind"]),
    "raises the other side's": ("        by: sender\n        kind: tariff", "        raises: slow_customs\n        by: target\n        kind: tariff", "raises", ["measure of the sender", "the target's own"]),
    "channels": ("value: 0.7, range: [0.4, 1], why: \"A tariff", "value: 0.6, range: [0.4, 1], why: \"A tariff", "        channels:", ["the channels sum to 0.9", "expected 1"]),
    "unknown kind": ("kind: inspection", "kind: inspections", "kind: inspections", ["'inspections' cannot stand here", "Did you mean `inspection`?"]),
    "unknown side": ("        owner: sender", "        owner: both", "owner: both", ["There are: sender, target."]),
    "yes for true": ("unstated: true", "unstated: yes", "unstated: yes", ["the text 'yes'", "true or false"]),
    "duplicate key": ("  AUR:\n", "  BOR:\n", "  BOR:\n    name: {en: Aurelia", ["`BOR` stands twice", "first on line"]),
    "anchor": ("latitude: {assume", "latitude: &a {assume", "&a", ["the anchor `&a`"]),
    "alias": ("\ninjects:", "\nlater: *a\ninjects:", "*a", ["the alias `*a`"]),
    "tag": ("name: {en: Aurelia", "name: !!python/name:os.system {en: Aurelia", "!!python", ["the tag `", "write the value itself"]),
    "list as a key": ("  AUR:\n", "  [AUR]:\n", "[AUR]", ["a key is a list or a mapping"]),
    "syntax": ("{en: Borduria, es: Borduria}", "{en: Borduria, es: Borduria", "gdp", ["the YAML cannot be read"]),
    "tab": ("    latitude: {assume: {value: 48", "\tlatitude: {assume: {value: 48", "\tlatitude", ["a tab", "spaces"]),
    "second document": ("\ninjects:", "\n---\ninjects:", "---", ["a second document begins"]),
    "too deep": ("unstated: true", "unstated: " + "[" * 30 + "]" * 30, "unstated: [", ["more than 20 deep"]),
    "no clause of the target": (CLAUSES, CLAUSES.replace("owner: target", "owner: sender"), "    clauses:", ["no clause is owned by the target"]),
    "no crisis": (CRISES, "crises: {}\n\n", "crises: {}", ["there is no crisis"]),
    "crises missing": (CRISES, "", None, ["`crises` is missing"]),
    "rounds that do not rise": ("until_hours: 240", "until_hours: 60", "until_hours: 60", ["60 does not come after 72"]),
    "rounds that do not fill": ("hours: 6,", "hours: 5,", "hours: 5,", ["rounds of 5 hours do not fill 168 hours"]),
    "rounds of nothing": ("hours: 1,", "hours: 0,", "hours: 0,", ["0 is out of bounds", "above 0"]),
    "too many rounds": ("hours: 1,", "hours: 0.0001,", "  rounds:", ["rounds are too many"]),
    "no rounds": ("    - {hours: 1, until_hours: 72}\n    - {hours: 6, until_hours: 240}", "    []", "  rounds:", ["there are no rounds"]),
    "no moment": ('"2030-03-01T09:00+00:00"', '"1 March 2030"', "start:", ["not a moment with its time zone", "2025-01-26T13:28-05:00"]),
    "no time zone": ('"2030-03-01T09:00+00:00"', "2030-03-01T09:00", "start:", ["not a moment with its time zone"]),
    "format": ("format: 1", "format: 2", "format: 2", ["2 cannot be read", "expected 1"]),
    "format missing": ("format: 1\n", "", None, ["`format` is missing"]),
    "another name": ("name: two_countries", "name: three_countries", "name: three", ["not the file's name", "expected `two_countries`"]),
    "impossible name": ("name: two_countries", "name: Two Countries", "name: Two", ["'Two Countries' is not a name"]),
    "no default stance": ("stance: {default: neutral}", "stance: {BOR: neutral}", "stance:", ["`default` is missing"]),
    "stance of nobody": ("stance: {default: neutral}", "stance: {default: neutral, ZZZ: neutral}", "ZZZ", ["no government `ZZZ`"]),
    "traits of nobody": ("    rules:", "    traits: {answer: {watcher: {}}}\n    rules:", "watcher", ["There are: sender, target."]),
    "operation": ('op: "="', 'op: "-="', 'op: "-="', ["'-=' cannot stand here", "*=, +=, ="]),
}  # fmt: skip
WRONG["due before announced"] = (
    "announced: {assume: {value: 0, range: [0, 1], why: \"It comes with the ultimatum.\"}, unit: days}\n        due: {assume: {value: 5",
    "announced: {assume: {value: 6, range: [0, 9], why: \"It comes with the ultimatum.\"}, unit: days}\n        due: {assume: {value: 5",
    "due: {assume: {value: 5",
    ["it falls due on day 5, before it is announced on day 6"],
)  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_answered_with_its_place(name: str, tmp_path: Path) -> None:
    old, new, place, says = WRONG[name]
    assert old in GOOD, "the good file has changed: adapt this test"
    text = GOOD.replace(old, new, 1)
    path = written(tmp_path, text)
    answer = refusal(path).split("\n")[0]
    where = f", line {text.count(chr(10), 0, text.index(place)) + 1}" if place else ""
    assert answer.startswith(f"{path}{where}"), answer
    for words in says:
        assert words in answer, answer
    assert "pydantic" not in answer and "Error" not in answer and "errors.pydantic" not in answer
    assert len(answer) < 500


def test_at_most_five_problems_each_on_its_line_in_the_order_of_the_file(tmp_path: Path) -> None:
    answer = refusal(written(tmp_path, GOOD.replace("unit: share}", "unit: shares}"))).split("\n")
    assert len(answer) == 6
    assert re.search(r"and \d+ more\.$", answer[-1])
    lines = [int(match[1]) for line in answer[:-1] if (match := re.search(r", line (\d+)", line))]
    assert len(lines) == 5 and lines == sorted(lines)


def test_files_that_are_no_scenario(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert "there is no such file. Did you mean `two_countries.yaml`?" in refusal(tmp_path / "two_countrie.yaml")
    assert "this is a directory" in refusal(tmp_path)
    assert "the file is empty" in refusal(written(tmp_path, " \n", "empty.yaml"))
    assert "line 1: nothing stands here" in refusal(written(tmp_path, "# only a comment\n", "comment.yaml"))
    assert "not text in UTF-8" in refusal(written(tmp_path, b"format: 1\nname: \xff\xfe", "latin.yaml"))
    assert "binary" in refusal(written(tmp_path, b"format: 1\0\0", "binary.yaml"))
    assert "does not allow" in refusal(written(tmp_path, "format: 1\nname: \x07", "bell.yaml"))
    assert "line 2" in refusal(tmp_path / "bell.yaml")
    assert "a list stands here" in refusal(written(tmp_path, "- format: 1", "list.yaml"))
    assert "the text 'hello' stands here" in refusal(written(tmp_path, "hello", "word.yaml"))
    assert "cannot be read" in refusal("no\0where.yaml")
    assert "cannot be read" in refusal("x" * 5000 + ".yaml")


def test_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    answer = refusal("colombia_2024")
    assert "no scenario `colombia_2024`" in answer and "Did you mean `colombia_2025`?" in answer
    assert "two_countries" in refusal("")
    with pytest.raises(InputError, match=r"no weights `defalt`.*Did you mean `default`"):
        read_weights("defalt")


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "not a regular file" in refusal(tmp_path / "pipe.yaml")


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    start = time.perf_counter()
    assert "50 MB is too large" in refusal(path)
    assert time.perf_counter() - start < 0.5


def test_the_largest_files_are_answered_within_seconds(tmp_path: Path) -> None:
    for text in (
        "- 1\n" * (LARGEST // 4),
        "".join(f"k{i}: 1\n" for i in range(LARGEST // 12)),
        "[" * LARGEST,
        "a" * LARGEST,
    ):
        start = time.perf_counter()
        refusal(written(tmp_path, text[:LARGEST]))
        assert time.perf_counter() - start < 20.0


def test_laughs_do_not_multiply(tmp_path: Path) -> None:
    laughs = 'a: &a ["lol"]\n' + "".join(
        f"{y}: &{y} [{', '.join([f'*{x}'] * 9)}]\n" for x, y in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "the anchor `&a`" in refusal(written(tmp_path, laughs))


def test_weights_know_their_fields(tmp_path: Path) -> None:
    good = (CONFIGS / "weights" / "default.yaml").read_text(encoding="utf-8")
    for old, new, says in (
        ("  split: {", "  # split: {", "`split` is missing"),
        ("  split: {", "  spilt: {", "Did you mean `split`?"),
        ("name: default", "name: other", "not the file's name"),
        (
            "value: 0.5, unit: share, source: chatterjee",
            "value: 5, unit: share, source: chatterjee",
            "5 share is out of bounds",
        ),
    ):
        path = written(tmp_path, good.replace(old, new), "default.yaml")
        with pytest.raises(InputError, match=r"default\.yaml, line \d+") as caught:
            read_weights(path)
        assert says in str(caught.value)
