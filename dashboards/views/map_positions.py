"""Where each government stands in the picture: by its capital, pushed apart until no two labels touch."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations

Point = tuple[float, float]
NEAR_X, NEAR_Y = 0.19, 0.25
"""Least distance of two governments, as shares of the picture's width and height."""
ROUNDS = 400


def positions(capitals: Mapping[str, Point]) -> dict[str, Point]:
    """Places in a picture of width and height 1, from (latitude, longitude) in degrees; north is up.

    The same capitals always give the same places, and where they are far apart the map is kept.
    """
    return dict(_placed(tuple(sorted(capitals.items()))))


@lru_cache(maxsize=32)
def _placed(capitals: tuple[tuple[str, Point], ...]) -> Mapping[str, Point]:
    places = _scaled(dict(capitals))
    for _ in range(ROUNDS):
        if not _pushed(places):
            break
    return {code: (round(x, 4), round(y, 4)) for code, (x, y) in places.items()}


def _scaled(capitals: Mapping[str, Point]) -> dict[str, Point]:
    """Longitude to the right, latitude upwards, each rank-smoothed: half by distance, half by order."""
    xs = _axis({code: longitude for code, (_, longitude) in capitals.items()})
    ys = _axis({code: -latitude for code, (latitude, _) in capitals.items()})
    return {code: (xs[code], ys[code]) for code in capitals}


def _axis(values: Mapping[str, float]) -> dict[str, float]:
    low, high = min(values.values()), max(values.values())
    order = sorted(values, key=lambda code: (values[code], code))
    most = max(len(order) - 1, 1)
    spread = (high - low) or 1.0
    return {
        code: 0.5 * (values[code] - low) / spread + 0.5 * place / most if len(order) > 1 else 0.5
        for place, code in enumerate(order)
    }


def _pushed(places: dict[str, Point]) -> bool:
    """Push every pair that is too near a little apart; whether there was one."""
    found = False
    for one, other in combinations(sorted(places), 2):
        (x1, y1), (x2, y2) = places[one], places[other]
        dx, dy = (x2 - x1) / NEAR_X, (y2 - y1) / NEAR_Y
        far = max(abs(dx), abs(dy))  # labels are boxes, not discs
        if far >= 1.0:
            continue
        found = True
        if far < 1e-9:
            dx, dy, far = 1.0, 0.3, 1.0
        push = 0.25 * (1.0 - min(far, 1.0)) + 0.01
        mx, my = push * dx / far * NEAR_X, push * dy / far * NEAR_Y
        places[one] = (_inside(x1 - mx), _inside(y1 - my))
        places[other] = (_inside(x2 + mx), _inside(y2 + my))
    return found


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)
