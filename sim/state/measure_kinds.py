"""Kinds of measures, with the unit of their size. Their order is their number in the state."""

from typing import Any, NamedTuple

from agents.units import Days, LossRate, Share, Tariff, Unit, unit_of


class Kinds(NamedTuple):
    """One column a kind."""

    tariff: int
    import_ban: int
    embargo: int
    inspection: int
    visa: int
    travel_ban: int
    finance: int
    aid_cut: int


KIND = Kinds(*range(len(Kinds._fields)))

_SIZES: dict[str, Any] = {
    "tariff": Tariff,
    "import_ban": Share,
    "embargo": Share,
    "inspection": Days,
    "visa": Share,
    "travel_ban": Share,
    "finance": LossRate,
    "aid_cut": LossRate,
}


def size_unit(kind: str) -> Unit:
    """The unit of a measure's size: a rate for a tariff, days of delay for inspections, the elite hit for visas."""
    unit = unit_of(_SIZES[kind])
    assert unit is not None
    return unit
