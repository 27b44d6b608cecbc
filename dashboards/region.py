"""What a region's screen draws beside a crisis': months, layers of the picture, the four consequences over time."""

from collections.abc import Callable, Iterable
from typing import Any

from agents.arithmetic import over
from sim.columns import CRISIS, DYAD, GOV, SIDE, TARGET
from sim.history import History
from sim.region import Region
from sim.say import LANGUAGES
from sim.state import State

Series = Callable[[State], float]
SWITCHES = {
    "next": ("agenda",),
    "defiance": ("watchers", "mood"),
    "drift": ("contagion", "hedging", "joining"),
    "together": ("helpers", "third_parties"),
}
"""The mechanisms behind each consequence that a screen can switch off."""


def region(history: History, states: list[State]) -> dict[str, Any] | None:
    """Months, layers and consequences, one value for each of the states; nothing for a scenario without an agenda."""
    world = history.prepared.world
    if not world.scenario.agenda:
        return None
    tellers = {language: Region(history, language) for language in LANGUAGES}
    times = [history.time(played) for played in range(len(states))]
    return {
        "months": {key: [teller.month(time) for time in times] for key, teller in tellers.items()},
        "layers": _layers(states, len(world.names.governments)),
        "consequences": [
            {
                "id": name,
                "mechanisms": [one for one in switches if history.prepared.spec.without.count(one) == 0],
                "off": [one for one in switches if one in history.prepared.spec.without],
                "lines": [
                    {"id": line, "digits": digits, "values": _rounded((of(state) for state in states), 3)}
                    for line, digits, of in _LINES[name]
                ],
            }
            for name, switches in SWITCHES.items()
        ],
    }


def _layers(states: list[State], governments: int) -> dict[str, list[list[float]]]:
    """A list over governments of lists over states, in percent."""
    sender = int(states[0].crises[0, CRISIS.sender])
    of: dict[str, Callable[[State, int], float]] = {
        "mood": lambda state, row: state.governments[row, GOV.mood],
        "sentiment": lambda state, row: state.dyads[row, sender, DYAD.sentiment],
        "alignment": lambda state, row: state.dyads[row, sender, DYAD.alignment],
        "currency": lambda state, row: 1.0 - state.governments[row, GOV.invoiced],
    }
    return {
        name: [_rounded((value(state, row) * 100.0 for state in states), 1) for row in range(governments)]
        for name, value in of.items()
    }


def _later(state: State) -> Iterable[int]:
    return (row for row in range(1, len(state.crises)) if state.crises[row, CRISIS.latent] == 0.0)


def _conceded(state: State) -> float:
    return float(
        sum(state.crises[row, CRISIS.settled] == 1.0 and state.crises[row, CRISIS.position] >= 0.5
            for row in _later(state))
    )  # fmt: skip


def _others(state: State) -> list[int]:
    pair = (int(state.crises[0, CRISIS.sender]), int(state.crises[0, CRISIS.target]))
    return [row for row in range(len(state.governments)) if row not in pair]


def _mean(column: int) -> Series:
    def mean(state: State) -> float:
        others = _others(state)
        return float(100.0 * sum(state.governments[row, column] for row in others) / max(len(others), 1))

    return mean


def _sentiment(state: State) -> float:
    sender, others = int(state.crises[0, CRISIS.sender]), _others(state)
    return float(100.0 * sum(state.dyads[row, sender, DYAD.sentiment] for row in others) / max(len(others), 1))


def _trade(state: State) -> float:
    sender, others = int(state.crises[0, CRISIS.sender]), _others(state)
    now, before = (sum(state.dyads[row, sender, column] for row in others) for column in (DYAD.exports, DYAD.before))
    return float(over(100.0 * now, before, 100.0))


def _crises(state: State, column: int) -> list[float]:
    return [float(state.crises[row, column]) for row in range(len(state.crises))]


def _covered(state: State) -> float:
    """Losses of all targets that others made good so far, in percent."""
    rows = range(len(state.crises))
    covered, lost = (sum(state.sides[row, TARGET, column] for row in rows) for column in (SIDE.covered, SIDE.lost))
    return float(over(100.0 * covered, covered + lost))


_LINES: dict[str, tuple[tuple[str, int, Series], ...]] = {
    "next": (("demands", 0, lambda state: float(len(list(_later(state))))), ("conceded", 0, _conceded)),
    "defiance": (
        ("target_mood", 1, lambda state: 100.0 * state.governments[int(state.crises[0, CRISIS.target]), GOV.mood]),
        ("watcher_mood", 1, _mean(GOV.mood)),
    ),
    "drift": (
        ("sentiment", 1, _sentiment),
        ("trade", 2, _trade),
        ("money", 2, _mean(GOV.invoiced)),
        ("joined", 0, lambda state: float(sum(state.governments[row, GOV.joined] for row in _others(state)))),
    ),
    "together": (
        ("covered", 1, _covered),
        ("standing", 0, lambda state: max(_crises(state, CRISIS.most))),
        ("joint", 0, lambda state: sum(_crises(state, CRISIS.joint))),
        ("collapsed", 0, lambda state: sum(_crises(state, CRISIS.collapsed))),
    ),
}


def _rounded(values: Iterable[float], digits: int) -> list[float]:
    return [round(float(value), digits) for value in values]
