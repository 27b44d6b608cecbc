"""Episodes: a file of coded cases of economic coercion, and a sentence for whatever is wrong in it.

Only the fields below are read; others may stand beside them (notes, polls, reactions) and change nothing. A field that
looks like one of these with a slip of the pen is an error.
"""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from agents.errors import InputError, names_there_are, shown
from sim.scenario.files.fields import Filled
from sim.scenario.files.locate import locate, text_of
from sim.scenario.files.problems import sentences
from sim.scenario.files.tree import parse
from sim.scenario.files.words import problem

UNKNOWN = ("unknown", "none or unknown", "not applicable", "none")
Degree = Literal["low", "medium", "high"]
Kind = Literal[
    "tariff", "import_ban", "export_ban", "energy_cutoff", "financial", "aid_cut", "boycott", "travel_ban", "visa",
    "inspection", "military_threat", "other",
]  # fmt: skip
ISSUES = {
    "trade": 13, "tax_trade": 13, "migration_deportation": 8, "human_rights": 8, "detainee": 4, "justice": 15,
    "political_judicial": 15, "identity_recognition": 15, "migration_drugs": 11, "drugs_security": 11,
    "energy_price": 14, "asset_ownership": 14, "territorial": 5, "decolonisation": 5, "geopolitical_alignment": 7,
    "security_alliance": 7, "security_alignment": 7, "diplomatic_recognition": 7, "regime_orientation": 1,
    "security_rivalry": 1, "regime_change": 3, "war_termination": 2, "peace_conditionality": 2,
    "military_incident": 2, "nuclear_security": 9, "terrorism": 10,
}  # fmt: skip
"""The categories, each with the issue code of TIES that its words come nearest to (docs/evidence-map.md)."""


def _unknown(value: Any) -> Any:
    if isinstance(value, bool) or (isinstance(value, str) and value not in UNKNOWN):
        raise problem(f"{value!r} is no number; expected a number, or `unknown`.")
    return None if value in UNKNOWN else value


def _nothing(value: Any) -> Any:
    return None if isinstance(value, str) and value in UNKNOWN else value


def _category(value: str) -> str:
    if value not in ISSUES:
        raise problem(f"`{value[:40]}` is no category. {names_there_are(value[:40], ISSUES)}")
    return value


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _date(value: Any) -> Any:
    text = str(value)
    if value in (None, *UNKNOWN):
        return None
    try:
        return date.fromisoformat((text + "-01-01")[:10] if len(text) < 7 else (text + "-01")[:10]).isoformat()
    except ValueError:
        raise problem(f"{text[:40]!r} is no date; expected 2025-01-26, 2025-01, 2025 or `unknown`.") from None


def _trade(value: Any) -> Any:
    """Figures by data set: numbers of 0 to 10, all else beside them is a note."""
    blocks = value.items() if isinstance(value, dict) else ()
    for source, block in blocks:
        for name, number in block.items() if isinstance(block, dict) else ():
            if isinstance(number, int | float) and not 0.0 <= number <= 10.0:
                raise problem(f"{source}.{name}: {number:g} is out of bounds; expected 0 to 10.")
    return value


def _within(high: float) -> AfterValidator:
    def check(value: float | None) -> float | None:
        if value is not None and not 0.0 <= value <= high:
            raise problem(f"{value:g} is out of bounds; expected 0 to {high:g}, or `unknown`.")
        return value

    return AfterValidator(check)


def _some(value: Any) -> Any:
    if value == []:
        raise problem("the list is empty; expected at least one.")
    return value


Share = Annotated[float | None, BeforeValidator(_unknown), _within(1.0)]
Ratio = Annotated[float | None, BeforeValidator(_unknown), _within(10.0)]
Days = Annotated[float | None, BeforeValidator(_unknown), _within(40_000.0)]
Words = Annotated[Filled, BeforeValidator(_text)]


class Part(BaseModel):
    """A part of a file in which other fields may stand."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Instrument(Part):
    """What was announced or done. `size`: words; the first percentage in them is a tariff's rate.

    `date`: of the announcement, YYYY-MM-DD, YYYY-MM or YYYY. What lies long after the first tells how it went on.
    """

    type: Kind
    size: Words
    status: Literal["threatened", "imposed"]
    date: Annotated[str | None, BeforeValidator(_date)] = None


class Salience(Part):
    """How much the issue mattered to the target's public, coded with the outcome known."""

    level: Degree


class Episode(Part):
    """A case: who asked whom for what, by which means, with the trade between them, and how it ended.

    Shares of trade: 0 to 1; `target_trade_gdp`: exports and imports over GDP; `computed_trade`: the same by data set.
    """

    id: Words
    title: Words
    category: Annotated[str, AfterValidator(_category)]
    sender: Annotated[list[Words], BeforeValidator(_some)]
    target: Annotated[list[Words], BeforeValidator(_some)]
    start: Annotated[Words, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    demand: Words
    demand_compliance_cost: Degree
    instruments: Annotated[list[Instrument], BeforeValidator(_some)]
    outcome: Literal["conceded", "partial", "resisted"]
    issue_salience: Annotated[Salience | None, BeforeValidator(_nothing)] = None
    demand_specificity: Annotated[Literal["vague", "specific"] | None, BeforeValidator(_nothing)] = None
    deadline_days: Days = None
    target_export_share_to_sender: Share = None
    sender_export_share_to_target: Share = None
    target_trade_gdp: Ratio = None
    computed_trade: Annotated[dict[str, Any] | Literal["unknown"], BeforeValidator(_trade)] = "unknown"
    days_to_concession: Days = None
    terms: Words = "unknown"

    @property
    def year(self) -> int:
        """The year it began in."""
        return int(self.start[:4])

    def traded(self, name: str) -> float | None:
        """A figure of trade by its short name, from the first data set that has it."""
        if self.computed_trade == "unknown":
            return None
        blocks = [block for block in self.computed_trade.values() if isinstance(block, dict)]
        found = [block[name] for block in blocks if isinstance(block.get(name), int | float)]
        return float(found[0]) if found else None


class Listed(Part):
    """The file."""

    cases: Annotated[list[Episode], BeforeValidator(_some)]


@dataclass(frozen=True)
class Episodes:
    """The episodes of a file, in its order."""

    name: str
    cases: tuple[Episode, ...]

    def __len__(self) -> int:
        return len(self.cases)


def read_episodes(name_or_path: str | Path) -> Episodes:
    """The episodes of a file by name (in `configs/cases`) or path.

    Raises:
        InputError: File, line and path, what is wrong and what would be right; also for outcomes all alike.
    """
    path = locate(name_or_path, "cases", "file of cases")
    where = shown(path)
    tree = parse(text_of(path, "file of cases"), where)
    if not isinstance(tree.data, dict) or "cases" not in tree.data:
        raise InputError(f"{where}: there are no `cases` in it; expected a list of cases below `cases:`.")
    try:
        found = Listed.model_validate(tree.data).cases
    except ValidationError as error:
        raise InputError(sentences(error, Listed, tree, where)) from None
    for place, one in enumerate(found):
        _slips(one, f"{where}, line {tree.line(('cases', place))}, {one.id}")
    _distinct(found, where)
    return Episodes(path.name, tuple(found))


def _slips(one: Episode, where: str) -> None:
    for extra in one.model_extra or {}:
        near = get_close_matches(extra, Episode.model_fields, n=1, cutoff=0.85)
        if near:
            raise InputError(f"{where}: `{extra}` is not read; did you mean `{near[0]}`?")


def _distinct(found: list[Episode], where: str) -> None:
    names = [one.id for one in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"{where}: the case `{twice}` stands twice; expected once.")
    held = sum(one.outcome == "resisted" for one in found)
    if held in (0, len(found)):
        raise InputError(
            f"{where}: every case ended {'resisted' if held else 'conceded or partial'}; expected cases of both kinds."
        )
