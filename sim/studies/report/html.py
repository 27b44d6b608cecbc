"""Pieces of a page: every text is escaped here, and nowhere else is HTML put together from a person's words."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from sim.studies.analysis.text_table import Table

_HEAD = re.compile(r"^.*?(?=<svg)", re.S)
_ID = re.compile(r'(?<=\bid=")|(?<=url\(#)|(?<=href="#)')
_BACKGROUND = re.compile(r'(<g id="patch_[12]">\s*<path [^>]*?)fill: #ffffff', re.S)


def element(tag: str, text: str, **attributes: str) -> str:
    """An element with a text in it."""
    return f"<{tag}{_attributes(attributes)}>{escape(text)}</{tag}>"


def wrap(tag: str, inner: Iterable[str], **attributes: str) -> str:
    """An element around elements."""
    return f"<{tag}{_attributes(attributes)}>" + "\n".join(inner) + f"</{tag}>"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())


def table(found: Table) -> str:
    """A table that scrolls by itself where it is too wide; the first column names its rows."""
    return grid(found.title, found.columns, found.rows, found.right)


def grid(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table of texts; `right` holds the columns of numbers."""

    def cell(tag: str, place: int, text: str, scope: str = "") -> str:
        kinds = {"class": "number"} if place in right else {}
        return element(tag, text, **kinds | ({"scope": scope} if scope else {}))

    head = wrap("tr", [cell("th", place, column, "col") for place, column in enumerate(columns)])
    body = [
        wrap("tr", [cell("td" if place else "th", place, text, "" if place else "row")
                    for place, text in enumerate(row)])
        for row in rows
    ]  # fmt: skip
    inner = wrap("table", [wrap("thead", [head]), wrap("tbody", body)])
    label = title or ", ".join(column for column in columns if column) or "table"
    above = element("p", title, class_="title") if title else ""  # no caption: it would scroll away
    return above + wrap("div", [inner], class_="scroll", tabindex="0", role="region", aria_label=label)


def picture(svg: bytes, name: str, says: str) -> str:
    """An SVG inside the page, in the page's ink, with ids of its own and a sentence for who cannot see it."""
    text = _HEAD.sub("", svg.decode(), count=1)
    text = _BACKGROUND.sub(r"\1fill: none", text)
    text = _ID.sub(f"{name}-", text).replace("#000000", "currentColor").replace("#dddddd", "var(--line)")
    label = f'<svg role="img" aria-label="{escape(says)}" fill="currentColor" '
    return text.replace("<svg ", label, 1).strip()
