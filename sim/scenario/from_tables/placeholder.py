"""What no table says: the assumed numbers of a government, and a crisis to begin with, both from two_countries."""

from functools import lru_cache
from typing import Any

from sim.scenario import Scenario

EXAMPLE, SENDER, TARGET = "two_countries", ("BOR", "Borduria"), ("AUR", "Aurelia")
MAP_ONLY = {"latitude": (-90, 90), "longitude": (-180, 180)}


@lru_cache(maxsize=1)
def _example() -> dict[str, Any]:
    return Scenario.read(EXAMPLE).data()


def clock() -> Any:
    """Ten days: hours at first."""
    return _example()["clock"]


def common() -> dict[str, Any]:
    """The numbers of every government that no file states: assumptions, with their ranges."""
    why = "Not in the files; for the map only."
    places = {
        name: {"assume": {"value": 0, "range": list(ends), "why": why}, "unit": "degrees"}
        for name, ends in MAP_ONLY.items()
    }
    return {**_told(_example()["common"], {"A teaching example": "Not in the files; as in two_countries"}), **places}


def crisis(sender: tuple[str, str], target: tuple[str, str], bloc: list[str], governments: int) -> dict[str, Any]:
    """The bridge of two_countries between two other governments, to be replaced by a demand of one's own.

    Args:
        sender, target: Code and name. bloc: Codes of the target's allies. governments: How many there are.
    """
    words = {
        SENDER[1]: sender[1], TARGET[1]: target[1],
        "A teaching example": "A placeholder, as in two_countries",
    }  # fmt: skip
    found: dict[str, Any] = _told(_example()["crises"]["bridge"], words)
    found |= {"sender": sender[0], "target": target[0]}
    found["title"] = {"en": f"A placeholder: {found['title']['en']}", "es": f"Provisional: {found['title']['es']}"}
    most = len(bloc) or governments
    why = (
        "Half of the target's allies."
        if bloc
        else "No ally of the target is known: nobody is expected to take a stand."
    )
    need = (most + 1) // 2 if bloc else most
    found["quorum"] = {"assume": {"value": need, "range": [1, most], "why": why}, "unit": "governments"}
    if bloc:
        found["bloc"] = bloc
        found["rules"]["stance"] = {"default": "bloc"}
    return found


def _told(value: Any, words: dict[str, str]) -> Any:
    """The same data with other words in its texts."""
    if isinstance(value, dict):
        return {key: _told(below, words) for key, below in value.items()}
    if isinstance(value, list):
        return [_told(below, words) for below in value]
    if isinstance(value, str):
        for old, new in words.items():
            value = value.replace(old, new)
    return value
