"""Where the default of a trait comes from: a declared range with a reason, or a source. It stands in the annotation."""

from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin


@dataclass(frozen=True)
class AssumedRange:
    """The author assumes the number: the range it may have, in the base unit of the trait, and the reason."""

    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Published:
    """Somebody published the number: its key in `configs/sources.bib`, and what a reader must know of it."""

    key: str
    note: str = ""


Origin = AssumedRange | Published


def assumed(low: float, high: float, why: str) -> AssumedRange:
    """Declare a default as an assumption.

    Args:
        low: Lower end of the range, in the base unit of the trait.
        high: Upper end of the range, in the base unit of the trait.
        why: The reason, in one plain sentence.

    >>> assumed(0.5, 0.95, "No survey asks for it.").high
    0.95
    """
    return AssumedRange(float(low), float(high), why)


def sourced(key: str, note: str = "") -> Published:
    """Declare a default as a published number.

    Args:
        key: Key of the source in `configs/sources.bib`.
        note: What a reader must know of the number, such as for whom it was measured.

    >>> sourced("tomz_2007").key
    'tomz_2007'
    """
    return Published(key, note)


def find_origin(annotation: Any) -> Origin | None:
    """The origin that an annotation carries, if any."""
    if get_origin(annotation) is Annotated:
        return next((part for part in get_args(annotation)[1:] if isinstance(part, AssumedRange | Published)), None)
    return None


def describe_misfit(origin: Origin | None, value: float, low: float, high: float) -> str:
    """Say in what way an origin does not fit a default and the bounds of its unit; an empty text where it fits."""
    if isinstance(origin, Published):
        return "" if origin.key.strip() else "`sourced` names no key. Expected a key of configs/sources.bib."
    if origin is None:
        return ""
    if not low <= origin.low <= value <= origin.high <= high:
        return (
            f"{value:g} does not fit the range {origin.low:g} to {origin.high:g}."
            f" Expected a range around the default, inside {low:g} to {high:g}."
        )
    return "" if origin.why.strip() else "`assumed` gives no reason. Expected one sentence."
