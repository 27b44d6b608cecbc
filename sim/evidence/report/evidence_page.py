"""The page as one HTML file: readable without a network, without a script, in the dark and on paper."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.evidence.report.markdown import TITLE
from sim.evidence.report.parts import Part
from sim.studies import report
from sim.studies.report.html import element, grid, picture, wrap
from sim.studies.report.report_page import POLICY

_MARKS = re.compile(r"[`*]")
_NAME = re.compile(r"[^a-z]+")


def page(parts: Iterable[Part], plots: dict[str, bytes]) -> str:
    """The whole file. There is no date in it: the same evidence gives the same bytes."""
    listed = list(parts)
    look = (Path(report.__file__).parent / "look.css").read_text(encoding="utf-8")
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        element("title", f"Demarche: {TITLE.lower()}"),
        f"<style>{look}</style>",
    ]
    links = [wrap("li", [element("a", part.title, href=f"#{_id(part)}")]) for part in listed]
    body = [
        wrap("header", [element("h1", TITLE)]),
        wrap("nav", [wrap("ul", links)], aria_label="Contents"),
        wrap("main", [wrap("section", _section(part, plots), id=_id(part)) for part in listed]),
    ]
    return "<!doctype html>\n" + wrap("html", [wrap("head", head), wrap("body", body)], lang="en") + "\n"


def _section(part: Part, plots: dict[str, bytes]) -> Iterator[str]:
    yield element("h2", part.title)
    for says in part.says:
        yield element("p", _plain(says))
    for name, says in part.pictures:
        yield wrap("figure", [picture(plots[name], name, says), element("figcaption", says)])
    for each in part.grids:
        yield grid(each.title, each.columns, [tuple(map(_plain, row)) for row in each.rows], each.right)


def _plain(text: str) -> str:
    """Markdown's marks are words enough without them."""
    return _MARKS.sub("", text)


def _id(part: Part) -> str:
    return _NAME.sub("-", part.title.lower()).strip("-")
