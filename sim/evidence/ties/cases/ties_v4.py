"""The original TIES v4 file, saved as CSV, read as the table that the map knows (Morgan, Bapat and Kobayashi 2014).

It has no trade, alliances or regimes: those columns are empty, and dependence then tells no case from another. Cases
whose ending is not coded are left out and counted.
"""

from collections.abc import Iterable

COLUMNS = {
    "caseid": "caseid",
    "year": "startyear",
    "sender_cow": "primarysender",
    "target_cow": "targetstate",
    "threat": "threat",
    "imposed": "imposition",
    "issue1": "issue1",
    "via_institution": "institution",
    "sender_commitment_1to3": "scommit",
    "demand_specificity_1to2": "bspecif",
    "antic_target_cost_1to3": "anticipatedtargetcosts",
    "antic_sender_cost_1to3": "anticipatedsendercosts",
}
"""Our columns by the names that TIES gives them. Names are compared without regard to case."""
MARKS = ("finaloutcome", "targetstate")
"""What tells the original file."""
ENDINGS = {
    **dict.fromkeys(("1", "2", "6", "7"), "target_concedes"),
    **dict.fromkeys(("3", "8"), "sender_backs_down"),
    **dict.fromkeys(("4", "9"), "stalemate"),
    **dict.fromkeys(("5", "10"), "negotiated"),
}
"""Final outcomes of TIES: 1 to 5 at the threat, 6 to 10 after imposition; acquiescence in part and in full alike."""
UNKNOWN = ("", "-9", "-9.0", "-99", "-99.0", "NA", ".")


def is_original(header: Iterable[str]) -> bool:
    """Whether a header is that of the original file."""
    return set(MARKS) <= {name.strip().lower() for name in header}


def missing(header: Iterable[str]) -> list[str]:
    """Columns of the original file that a header lacks."""
    known = {name.strip().lower() for name in header}
    return [name for name in COLUMNS.values() if name not in known]


def translated(given: dict[str, str], ours: tuple[str, ...]) -> dict[str, str] | None:
    """A row of the original as one with our columns, or None where its ending is not known."""
    row = {name.strip().lower(): _first(text) for name, text in given.items() if name}
    ending = row[MARKS[0]]
    return None if ending in UNKNOWN else _row(row, ours) | {"outcome4": _ending(ending)}


def _row(row: dict[str, str], ours: tuple[str, ...]) -> dict[str, str]:
    known = {name: row[theirs] for name, theirs in COLUMNS.items()}
    return {name: "" if known.get(name, "") in UNKNOWN else known[name] for name in ours}


def _ending(text: str) -> str:
    """Our word for a code; another text stays, so that it is said what is wrong with it."""
    return ENDINGS.get(text.removesuffix(".0"), text)


def _first(text: str | None) -> str:
    """Of several codes in a field (`2,7`) the first; a whole number without its `.0`."""
    return (text or "").split(",")[0].strip()
