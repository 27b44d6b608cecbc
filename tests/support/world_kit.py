"""A small world as tables: the good files, and flows in the forms of others."""

# ruff: noqa: E501 - a table is easiest to read with one line a row

from pathlib import Path

GOVERNMENTS = (
    "iso3,name,ccode,gdp_usd_bn,polyarchy,un_ideal_point,capital_lat,capital_lon\n"
    "AAA,Arland,10,1000,0.8,1.5,50,10\nBBB,Berland,20,200,0.5,0.1,40,20\nCCC,Corland,30,50,,0,30,30\n"
)
EXPORTS = "exporter,importer,usd_mn\nAAA,WLD,90000\nAAA,BBB,5000\nBBB,AAA,40000\nCCC,AAA,1000\nCCC,BBB,500\n"
ALLIANCES, VOTES = "a,b\nBBB,CCC\nAAA,BBB\n", "iso3,un_ideal_point\nCCC,-1\n"
FORMS = {
    "comtrade": "reporterISO,partnerISO,flowCode,primaryValue\nBBB,AAA,X,40000000000\nAAA,BBB,M,1\nAAA,W00,X,5\nCCC,AAA,X,1000000000\n",
    "comtrade, years": "refYear,reporterISO,partnerISO,flowCode,primaryValue\n2014,BBB,AAA,X,40000000000\n2014,CCC,AAA,X,1000000000\n2013,CCC,AAA,X,9\n",
    "dollars": "exporter,importer,value\nBBB,AAA,40000000000\nCCC,AAA,1000000000\n",
    "cow": "ccode1,ccode2,year,flow1,flow2\n10,20,2014,40000,-9\n10,30,2014,1000,-9\n10,20,2013,7,7\n",
    "cow, names": "importer1,importer2,year,smoothflow1,smoothflow2\nArland,Berland,2014,40000,-9\nArland,Corland,2014,1000,-9\n",
}  # fmt: skip
BUILD = ("world", "build", "--governments", "g.csv", "--exports", "e.csv", "--out", "mine.yaml")


def put(folder: Path, **texts: str) -> None:
    """The good files, some of them replaced."""
    for name, text in {"g": GOVERNMENTS, "e": EXPORTS, "a": ALLIANCES, "v": VOTES, **texts}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
