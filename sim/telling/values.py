"""Numbers with their unit, in words: `90 percent`, `3 days`, `0.5 percent of GDP a year`."""

from typing import NamedTuple

from agents.units import Unit
from sim.scenario.text.texts import number, say


class _Shown(NamedTuple):
    """How a unit is written: the factor to what is shown, the id of its words, digits at most."""

    factor: float
    word: str
    digits: int = 2


_UNITS = {
    "share": _Shown(100.0, "percent"),
    "share of the public": _Shown(100.0, "points"),
    "ad valorem rate": _Shown(100.0, "percent"),
    "share of GDP a year": _Shown(100.0, "gdp", 4),
    "days": _Shown(1.0, "days"),
    "US$ billion a year": _Shown(1.0, "money"),
    "per day": _Shown(100.0, "per_day", 4),
}
_PLAIN = _Shown(1.0, "plain", 4)


def value_in_words(value: float, unit: Unit, language: str) -> str:
    """A number in base units with the word for its unit, as a person would say it."""
    shown = _UNITS.get(unit.name, _PLAIN)
    exact = f"{value * shown.factor:.10g}"
    text = exact if "e" not in exact else f"{value * shown.factor:.{shown.digits}f}".rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    one = ".one" if shown.word in ("days", "points") and text == "1" else ""
    return say(f"value.{shown.word}{one}", language, value=number_as(text, language))


def number_as(text: str, language: str) -> str:
    """Digits as a language writes them."""
    return text.replace(".", number(0.5, language, 1)[1])
