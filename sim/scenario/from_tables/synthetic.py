"""An invented world of any size: economies spread over a sphere that trade by gravity. For tests of scale."""

import math
from typing import Any

from agents.arithmetic import normal
from agents.errors import InputError
from sim.scenario.from_tables import placeholder
from sim.scenario.from_tables.writing import text_of_world
from sim.state.chance import luck

SOURCE = "synthetic_world"
FEWEST, MOST, MOST_CRISES = 2, 300, 60
MIDDLE, SPREAD = 60.0, 1.8
"""Median GDP (US$ billion a year) and standard deviation of its logarithm: about those of the world in 2023."""
OPENNESS = 0.2
"""Exports of all, as a share of the GDP of all: goods, in 2021 (UN Comtrade) a little over a fifth."""
RADIUS = 6371.0
NEAREST = 200.0
"""Least distance that counts, km: capitals next to each other trade no more than that."""


def synthetic(name: str, governments: int, seed: int, crises: int) -> str:
    """The file of a gravity world (Tinbergen 1962): exports go with both GDPs and against the distance.

    Args:
        name: Of the scenario. governments: How many. seed: Key of its luck: the same, the same world.
        crises: Demands of the largest on those that depend on it most; the first is made, the others are latent.

    Raises:
        InputError: For a size that cannot be.
    """
    if not FEWEST <= governments <= MOST:
        raise InputError(f"--governments {governments}: expected a whole number from {FEWEST} to {MOST}.")
    if not 1 <= crises <= min(MOST_CRISES, governments - 1):
        right = f"from 1 to {min(MOST_CRISES, governments - 1)}"
        raise InputError(f"--crises {crises}: expected a whole number {right}; each has a target of its own.")
    head = f"Made by `demarche world synthetic --governments {governments} --seed {seed} --crises {crises}`."
    return text_of_world(world(name, governments, seed, crises), head)


def world(name: str, governments: int, seed: int, crises: int) -> dict[str, Any]:
    """The plain data of a gravity world."""
    codes = [_code(place) for place in range(governments)]
    drawn = {code: [luck(seed, 0, 0, place, 0, draw) for draw in range(6)] for place, code in enumerate(codes)}
    gdp = {code: _digits(MIDDLE * math.exp(SPREAD * normal(u[0]))) for code, u in drawn.items()}
    places = {
        code: (_digits(math.degrees(math.asin(2.0 * u[1] - 1.0))), _digits(360.0 * u[2] - 180.0))
        for code, u in drawn.items()
    }
    flows = _gravity(gdp, places)
    sender = max(codes, key=lambda code: (gdp[code], code))
    exposed = sorted(
        (code for code in codes if code != sender), key=lambda code: -flows[code].get(sender, 0.0) / gdp[code]
    )
    text = f"An invented world: {governments} governments, {crises} demands, seed {seed}; trade by gravity."
    hecho = f"Un mundo inventado: {governments} gobiernos, {crises} exigencias, semilla {seed}; comercio por gravedad."
    return {
        "format": 1,
        "name": name,
        "title": {"en": f"Gravity world of {governments}", "es": f"Mundo de gravedad de {governments}"},
        "summary": {"en": text, "es": hecho},
        "clock": {"start": "2030-01-01T00:00+00:00", "rounds": [{"hours": 168, "until_hours": 17472}]},
        "common": placeholder.common(),
        "governments": {code: _government(code, gdp[code], places[code], drawn[code]) for code in codes},
        "exports": {"unit": "US$ billion a year", "source": SOURCE, "flows": flows},
        "agenda": {sender: _agenda()},
        "crises": {
            f"demand_{place + 1}": _demand(sender, code, codes, place > 0)
            for place, code in enumerate(exposed[:crises])
        },
    }


def _code(place: int) -> str:
    """AAA, AAB and so on."""
    return "".join(chr(65 + place // 26**power % 26) for power in (2, 1, 0))


def _digits(value: float) -> float:
    """Four digits: the same on any machine, and enough for a number that is invented."""
    return float(f"{value:.4g}")


def _gravity(gdp: dict[str, float], places: dict[str, tuple[float, float]]) -> dict[str, dict[str, float]]:
    """Exports (US$ billion a year), scaled to `OPENNESS`."""
    raw = {
        (one, two): gdp[one] * gdp[two] / max(distance(places[one], places[two]), NEAREST)
        for one in gdp for two in gdp if one != two
    }  # fmt: skip
    scale = OPENNESS * math.fsum(gdp.values()) / math.fsum(raw.values())
    flows: dict[str, dict[str, float]] = {code: {} for code in gdp}
    for (one, two), value in raw.items():
        flows[one][two] = _digits(value * scale)
    return flows


def distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Great circle between two places (latitude and longitude, degrees), in km."""
    a, b = math.radians(one[0]), math.radians(two[0])
    across = math.radians(one[1] - two[1])
    half = math.sin((a - b) / 2.0) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2.0) ** 2
    return 2.0 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def _government(code: str, gdp: float, place: tuple[float, float], drawn: list[float]) -> dict[str, Any]:
    said = {
        "gdp": (gdp, "US$ billion a year"), "latitude": (place[0], "degrees"), "longitude": (place[1], "degrees"),
        "ideal_point": (_digits(max(-2.5, min(2.5, normal(drawn[3])))), "UN ideal point"),
        "polity": (_digits(drawn[4]), "share"), "leaning": (_digits(2.0 * drawn[5] - 1.0), "score"),
    }  # fmt: skip
    numbers = {field: {"value": value, "unit": unit, "source": SOURCE} for field, (value, unit) in said.items()}
    return {"name": {"en": code, "es": code}, **numbers}


def _agenda() -> dict[str, Any]:
    """A sender that presses three at a time and takes up one in a month: as in hemisphere_2025."""
    said = {
        "attention": (3, [1, 6], "number"),
        "pace": (0.03, [0.01, 0.08], "per day"),
        "success": (0.5, [0.3, 0.7], "share"),
    }
    why = "Invented, as in hemisphere_2025."
    return {
        name: {"assume": {"value": value, "range": ends, "why": why}, "unit": unit}
        for name, (value, ends, unit) in said.items()
    }


def _demand(sender: str, target: str, codes: list[str], latent: bool) -> dict[str, Any]:
    """The placeholder, with every tenth government in the target's bloc."""
    bloc = [code for code in codes[::10] if code not in (sender, target)]
    found = placeholder.crisis((sender, sender), (target, target), bloc, len(codes))
    return {**found, "latent": True} if latent else found
