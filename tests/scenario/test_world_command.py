"""Wrong input to `demarche world`: one sentence with file, line and what would be right, and nothing is written."""

# ruff: noqa: E501 - a table is easiest to read with one line a row

from pathlib import Path

import pytest
from command import Demarche, assert_refused, demarche
from world_kit import ALLIANCES, BUILD, EXPORTS, FORMS, GOVERNMENTS, VOTES, put

__all__ = ["demarche"]

# name: (which file, what stands there instead, words of the sentence)
WRONG = {
    "pair twice": ("e", EXPORTS + "BBB,AAA,1\n", ["e.csv, line 7:", "BBB to AAA stands twice, first on line 4"]),
    "negative flow": ("e", EXPORTS + "AAA,CCC,-4\n", ["e.csv, line 7:", "AAA to CCC is -4", "never negative"]),
    "unknown code": ("e", EXPORTS + "BBD,CCC,4\n", ["e.csv, line 7:", "`BBD`", "Did you mean `BBB`?", "--skip-unknown", "--only"]),
    "partner missing": ("e", EXPORTS + "AAA,,4\n", ["e.csv, line 7:", "`importer` is empty"]),
    "column missing": ("e", EXPORTS.replace("importer", "buyer"), ["e.csv, line 1:", "no column `importer`", "buyer"]),
    "number missing": ("e", EXPORTS + "AAA,CCC,\n", ["e.csv, line 7:", "`usd_mn` is empty", "0 or more"]),
    "text for a number": ("e", EXPORTS + "AAA,CCC,much\n", ["e.csv, line 7:", "'much' is no number, in `usd_mn`", "0 or more"]),
    "not a number": ("e", EXPORTS + "AAA,CCC,nan\n", ["e.csv, line 7:", "'nan' is no number", "expected"]),
    "infinite": ("e", EXPORTS + "AAA,CCC,inf\n", ["e.csv, line 7:", "'inf' is no number", "expected"]),
    "beyond any number": ("e", EXPORTS + "AAA,CCC,1e400\n", ["e.csv, line 7:", "holds inf", "expected"]),
    "commas in thousands": ("e", EXPORTS + 'AAA,CCC,"1,234.5"\n', ["e.csv, line 7:", "'1,234.5' is no number", "as 1234.5"]),
    "a decimal comma": ("e", EXPORTS + 'AAA,CCC,"3,5"\n', ["e.csv, line 7:", "'3,5' is no number", "as 1234.5"]),
    "python's thousands": ("e", EXPORTS + "AAA,CCC,1_000\n", ["e.csv, line 7:", "'1_000' is no number", "as 1234.5"]),
    "wrong unit": ("e", EXPORTS + "AAA,CCC,5e9\n", ["e.csv, line 7:", "5,000 times the GDP of AAA", "look at the units"]),
    "no trade at all": ("e", "exporter,importer,usd_mn\nAAA,BBB,0\n", ["e.csv", "one flow above 0"]),
    "self-trade alone": ("e", "exporter,importer,usd_mn\nAAA,AAA,5\n", ["e.csv", "one flow above 0", "1 line of a government with itself"]),
    "a quote left open": ("e", EXPORTS + '"AAA,CCC,3\n', ["e.csv, line 7:", "look for a quote"]),
    "a column twice": ("e", EXPORTS.replace("importer", "exporter", 1), ["e.csv, line 1:", "`exporter` stands twice"]),
    "COW, one flow": ("e", "ccode1,ccode2,flow1\n10,20,5\n", ["e.csv, line 1:", "no column `flow2`"]),
    "COW, negative": ("e", "ccode1,ccode2,flow1,flow2\n10,20,5,-4\n", ["e.csv, line 2:", "AAA to BBB is -4", "never negative"]),
    "COW, both ways": ("e", "ccode1,ccode2,flow1,flow2\n10,20,5,4\n20,10,4,5\n", ["e.csv, line 3:", "stands twice, first on line 2"]),
    "COW, all missing": ("e", "ccode1,ccode2,flow1,flow2\n10,20,-9,-9\n", ["e.csv", "2 lines that the file marks as missing"]),
    "too few cells": ("e", EXPORTS + "AAA,CCC\n", ["e.csv, line 7:", "2 cells; expected 3"]),
    "empty": ("e", "", ["e.csv", "empty"]),
    "header alone": ("e", "exporter,importer,usd_mn\n", ["e.csv", "nothing below the header"]),
    "semicolons": ("e", EXPORTS.replace(",", ";"), ["e.csv, line 1:", "semicolons where commas belong"]),
    "tabs": ("e", EXPORTS.replace(",", "\t"), ["e.csv, line 1:", "tabs where commas belong"]),
    "another table": ("e", GOVERNMENTS, ["e.csv, line 1:", "no column `usd_mn`", "gdp_usd_bn"]),
    "number of nobody": ("e", "ccode1,ccode2,flow1,flow2\n10,99,5,4\n", ["e.csv, line 2:", "`99`"]),
    "alliances of two years": ("a", "year,a,b\n2018,BBB,CCC\n2017,BBB,CCC\n", ["a.csv, line 3:", "stand twice", "--year"]),
    "two years": ("e", FORMS["cow"], ["e.csv, line 4:", "stands twice", "--year"]),
    "government twice": ("g", GOVERNMENTS + "AAA,Again,1,5,,,,\n", ["g.csv, line 5:", "AAA stands twice, first on line 2"]),
    "name twice": ("g", GOVERNMENTS + "DDD,Berland,40,5,,,,\n", ["g.csv, line 5:", "DDD is called 'Berland', as BBB is on line 3"]),
    "number twice": ("g", GOVERNMENTS + "DDD,Dorland,20,5,,,,\n", ["g.csv, line 5:", "DDD is called '20', as BBB is on line 3"]),
    "one government": ("g", GOVERNMENTS.split("BBB")[0], ["g.csv", "AAA alone", "at least two governments"]),
    "GDP below zero": ("g", GOVERNMENTS + "DDD,Dorland,40,-3,,,,\n", ["g.csv, line 5:", "`gdp_usd_bn` holds -3", "above 0"]),
    "no GDP": ("g", GOVERNMENTS + "DDD,Dorland,40,,,,,\n", ["g.csv, line 5:", "`gdp_usd_bn` of DDD is empty", "--skip-unknown"]),
    "GDP of zero": ("g", GOVERNMENTS + "DDD,Dorland,40,0,,,,\n", ["g.csv, line 5:", "`gdp_usd_bn` holds 0", "above 0"]),
    "GDP in dollars": ("g", GOVERNMENTS + "DDD,Dorland,40,5e12,,,,\n", ["g.csv, line 5:", "look at the unit"]),
    "share in percent": ("g", GOVERNMENTS + "DDD,Dorland,40,5,80,,,\n", ["g.csv, line 5:", "`polyarchy` holds 80", "from 0 to 1, or nothing"]),
    "code that cannot be": ("g", GOVERNMENTS + "d1,Dorland,40,5,,,,\n", ["g.csv, line 5:", "two to six capital letters"]),
    "alliance twice": ("a", ALLIANCES + "BBB,CCC\n", ["a.csv, line 4:", "stand twice, first on line 2"]),
    "alliance with oneself": ("a", ALLIANCES + "BBB,BBB\n", ["a.csv, line 4:", "BBB stands on both sides", "two governments"]),
    "ally unknown": ("a", ALLIANCES + "BBB,QQQ\n", ["a.csv, line 4:", "`QQQ`", "--skip-unknown"]),
    "vote twice": ("v", VOTES + "CCC,2\n", ["v.csv, line 3:", "CCC stands twice, first on line 2"]),
    "vote in words": ("v", VOTES + "AAA,far\n", ["v.csv, line 3:", "'far' is no number", "from -5 to 5"]),
    "vote out of bounds": ("v", VOTES + "AAA,9\n", ["v.csv, line 3:", "from -5 to 5"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_table(demarche: Demarche, tmp_path: Path, name: str) -> None:
    file, text, said = WRONG[name]
    put(tmp_path, **{file: text})
    assert_refused(demarche(*BUILD, "--alliances", "a.csv", "--votes", "v.csv"), 2, *said)
    assert not (tmp_path / "mine.yaml").exists()


FILES = {"absent": (None, "no such file"), "binary": (bytes(range(256)), "not text"),
         "Latin-1": ((EXPORTS + "# Per\xfa").encode("latin-1"), "line 7: this is not text in UTF-8"),
         "UTF-16": (EXPORTS.encode("utf-16"), "line 1: this is not text in UTF-8"), "zeros": (bytes(99), "binary"),
         "50 MB": (b"a,b,c\n" * 8_400_000, "50 MB is too large")}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_table(demarche: Demarche, tmp_path: Path, name: str) -> None:
    put(tmp_path)
    (tmp_path / "e.csv").unlink()
    content, said = FILES[name]
    if content is not None:
        (tmp_path / "e.csv").write_bytes(content)
    assert_refused(demarche(*BUILD), 2, "e.csv", said)
    assert not (tmp_path / "mine.yaml").exists()


# words typed after `world`: what the sentence says
TYPED = {
    "build --governments . --exports e.csv --out x.yaml": ["directory", ".csv"],
    "build --governments none.csv --exports e.csv --out x.yaml": ["none.csv", "no such file", "There are"],
    "build --governments g.xlsx --exports e.csv --out x.yaml": ["g.xlsx", "workbook", "CSV UTF-8"],
    "build --governments g.csv --exports e.csv --exports e.csv --out x.yaml": ["e.csv, line 3", "stands twice"],
    "build --governments g.csv --exports e.csv --out no/x.yaml": ["--out no/x.yaml", "no folder no"],
    "build --governments g.csv --exports e.csv --out x.yaml --year 2014": ["--year 2014", "no", "column `year`"],
    "build --governments g.csv --exports e.csv --out x.yaml --year soon": ["--year", "integer"],
    "build --governments g.csv --exports e.csv --out x.yaml --only ,": ["--only", "USA,COL,MEX"],
    "build --governments g.csv --exports e.csv --out x.csv": ["--out x.csv", ".yaml"],
    "build --governments g.csv --exports e.csv --out Bad-Name.yaml": ["Bad-Name", "my_world.yaml"],
    "build --governments g.csv --exports e.csv --out there.yaml": ["there already"],
    "build --governments g.csv --exports e.csv --out x.yaml --sender AAB": ["--sender AAB", "Near: AAA"],
    "build --governments g.csv --exports e.csv --out x.yaml --sender AAA --target AAA": ["two governments"],
    "build --governments g.csv --exports e.csv --out x.yaml --only AAA,BBD": ["--only BBD", "Near: BBB"],
    "build --governments g.csv --exports e.csv --out x.yaml --only AAA": ["at least two"],
    "synthetic --governments few --out x.yaml": ["--governments", "integer"],
    "synthetic --governments 1 --out x.yaml": ["--governments 1", "from 2 to 300"],
    "synthetic --governments 5 --crises 5 --out x.yaml": ["--crises 5", "from 1 to 4"],
    "show there.yaml": ["there.yaml"],
    "show other.yaml": ["other.yaml", "`format: 1`"],
    "show broken.yaml": ["broken.yaml, line 2", "bracket"],
    "show empty.yaml": ["empty.yaml", "empty", "scenario file in YAML"],
    "show picture.png": ["picture.png", "no scenario file", ".yaml"],
    "show g.csv": ["g.csv", "no scenario file", ".yaml"],
    "show nobody.yaml": ["nobody.yaml", "no such file"],
    "show two_contries": ["Did you mean `two_countries`?"],
    "show two_countries --out there.svg": ["there already"],
    "show two_countries --out no/x.svg": ["no folder no"],
    "show two_countries --bear 200": ["--bear", "100"],
    "show two_countries --alliances none.csv": ["none.csv", "no such file"],
    "show two_countries --out x.jpg": ["x.jpg", ".svg or .png"],
}  # fmt: skip


@pytest.mark.parametrize("words", TYPED)
def test_what_is_typed(demarche: Demarche, tmp_path: Path, words: str) -> None:
    put(tmp_path)
    for name, text in {"there.yaml": "mine", "there.svg": "mine", "other.yaml": "a: 1\n", "broken.yaml": "a: [1\n",
                       "empty.yaml": "", "picture.png": "\x89PNG"}.items():  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert_refused(demarche("world", *words.split()), 2, *TYPED[words])
    assert sorted(tmp_path.iterdir()) == before
