"""What a person may turn: numbers of the scenario and of the rules, with the unit and bounds of their annotations."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from agents.units import Unit
from dashboards.text.screen_texts import wording
from sim.run.prepare import Prepared
from sim.run.put_rules import SIDES
from sim.run.template import Template
from sim.scenario.text.texts import LANGUAGES
from sim.telling.labels import measure_label

Bilingual = dict[str, str]


class Display(NamedTuple):
    """How a unit is shown: factor and word, the highest value where its bounds are too wide for a slider, decimals."""

    factor: float
    word: str
    most: float
    digits: int


_DISPLAYS = {
    "share": Display(100.0, "percent", 100.0, 0),
    "share of the public": Display(100.0, "points", 100.0, 1),
    "ad valorem rate": Display(100.0, "percent", 100.0, 0),
    "share of GDP a year": Display(100.0, "gdp", 20.0, 2),
    "days": Display(1.0, "days", 60.0, 1),
    "US$ billion a year": Display(1.0, "money", 0.0, 1),
    "score from -1 to 1": Display(1.0, "score", 1.0, 2),
}
_PLAIN = Display(1.0, "plain", 10.0, 2)


def parameters(prepared: Prepared, crisis: int = 0) -> list[dict[str, Any]]:
    """The sliders of a run, most telling first; values as they are shown, with the factor back to base units."""
    return [
        _parameter(prepared, path, label, key)
        for path, label, key in _listed(prepared, crisis)
        if path in prepared.addresses
    ]


def _listed(prepared: Prepared, crisis: int) -> Iterator[tuple[str, Bilingual, str]]:
    """Path, label, and the id of the sentence that explains it."""
    template = prepared.template
    name = template.names.crises[crisis]
    part = template.scenario.crises[name]
    names = {role: template.scenario.governments[getattr(part, role)].name for role in SIDES}

    def told(identity: str, role: str = "") -> Bilingual:
        who = names.get(role)
        return {key: wording(identity, key, who=getattr(who, key) if who else "") for key in LANGUAGES}

    yield from _measures(template, name, "size")
    for field, role in (("support", "target"), ("defiance", "target"), ("elite", "target"), ("support", "sender")):
        yield f"{getattr(part, role)}.{field}", told(f"parameter.{field}", role), f"parameter.{field}.help"
    exports = f"exports.{part.target}.{part.sender}"
    yield exports, told("parameter.exports", "target"), "parameter.exports.help"
    for field in ("salience", "publicity", "private_opens", "private_latency", "quorum"):
        yield f"{name}.{field}", told(f"parameter.{field}"), f"parameter.{field}.help"
    yield f"{name}.{part.target}.belief", told("parameter.belief", "target"), "parameter.belief.help"
    yield from _measures(template, name, "due")
    state = prepared.addresses.rule("answer", crisis, SIDES["target"])
    for trait in state.traits:
        label = {key: wording(f"trait.{trait.name}", key, otherwise=trait.name) for key in LANGUAGES}
        yield f"{name}.{part.target}.{trait.name}", label, f"trait.{trait.name}.help"


def _measures(template: Template, name: str, field: str) -> Iterator[tuple[str, Bilingual, str]]:
    for code, measure in template.scenario.crises[name].measures.items():
        if measure.by == "sender" and measure.kind in ("tariff", "import_ban", "embargo", "finance"):
            what = {key: measure_label(template, name, code, key) for key in LANGUAGES}
            label = {key: wording(f"parameter.{field}", key, what=what[key]) for key in LANGUAGES}
            yield f"{name}.measures.{code}.{field}", label, f"parameter.{field}.help"


def _parameter(prepared: Prepared, path: str, label: Bilingual, help_: str) -> dict[str, Any]:
    cell = prepared.addresses.find(path, "")
    unit, value = cell.unit, float(prepared.template.cells[cell.address])
    shown = _DISPLAYS.get(unit.name, _PLAIN)
    low, high = _ends(unit, shown, value)
    return {
        "path": path,
        "label": label,
        "help": {key: wording(help_, key, otherwise="") for key in LANGUAGES},
        "unit": shown.word,
        "factor": shown.factor,
        "value": round(value * shown.factor, shown.digits + 1),
        "low": low,
        "high": high,
        "step": _step(high - low),
        "digits": shown.digits,
    }


def _ends(unit: Unit, shown: Display, value: float) -> tuple[float, float]:
    """The ends of the slider: the unit's bounds, or what is sensible where those are out of sight."""
    most = shown.most or round(value * shown.factor * 4.0, 0) or 10.0
    high = min(unit.high * shown.factor, max(most, value * shown.factor))
    return max(unit.low * shown.factor, -most), high


def _step(span: float) -> float:
    return next(step for step in (10.0, 5.0, 1.0, 0.5, 0.1, 0.05, 0.01) if span / step >= 20.0 or step == 0.01)
