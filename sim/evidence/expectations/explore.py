"""What the declared ranges say: joint draws of every assumed weight and trait, and under how many each row holds.

The posterior is that of rejection: of all draws, those under which the case goes as it went (the rows of kind
`flagship`). Rows about mechanisms were not used to choose them, so their share of the posterior says something.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from agents.errors import InputError
from agents.library import shipped
from agents.numbers import AssumedRange
from sim.evidence.expectations.patterns import PatternFile, judge
from sim.run.counterfactual import Counterfactual
from sim.run.fingerprint import model_hash
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.scenario import read_weights
from sim.scenario.weight_file import posterior_file
from sim.state.columns import SIDE

Array = np.ndarray[Any, np.dtype[Any]]
CASE = "flagship"
"""Kind of the rows that describe the case itself."""
NUMERICS = "robustness"
"""Kind of the rows about numerics: they hold or fail whatever the numbers are, and cost most; they are left out."""


MOST_DRAWS, MOST_RUNS = 1_000_000, 100_000
KEPT = 200
"""Draws of the posterior that are stored, at most."""
ENOUGH = 100
"""Draws of the posterior from which a spread says something: its standard error is then about seven percent."""


class Free(NamedTuple):
    """A number that is drawn: its path, and its default and declared range in base units."""

    name: str
    default: float
    low: float
    high: float


@dataclass(frozen=True)
class Explored:
    """What was found.

    Attributes:
        points: In base units, (draws, numbers). passed: 1 where a row holds, 0 where not, NaN where it was not judged,
            (draws, rows). full: Draws, from the first on, at which all rows were judged.
    """

    free: tuple[Free, ...]
    rows: tuple[str, ...]
    kinds: tuple[str, ...]
    points: Array
    passed: Array
    full: int

    @property
    def posterior(self) -> Array:
        """Which draws tell the case as it went, (draws,)."""
        case = [place for place, kind in enumerate(self.kinds) if kind == CASE]
        return np.asarray((self.passed[:, case] == 1.0).all(axis=1))

    def widths(self) -> dict[str, float]:
        """Spread of each number in the posterior over its spread in the prior; 1 where the case says nothing of it.

        Nothing while fewer than `ENOUGH` draws are kept: a ratio is then within chance.
        """
        kept = self.posterior
        if kept.sum() < ENOUGH:
            return {}
        scaled = np.column_stack([to_unit(free, column) for free, column in zip(self.free, self.points.T, strict=True)])
        spread = scaled[kept].std(axis=0, ddof=1) / scaled.std(axis=0, ddof=1)
        return {free.name: float(value) for free, value in zip(self.free, spread, strict=True)}


def free_numbers(scenario: str) -> tuple[Free, ...]:
    """Every assumed weight, and every assumed trait of the answer rules that the scenario's first crisis uses."""
    weights = read_weights("default")[1]
    found = [
        Free(f"weights.{name}", weight.value, weight.assumed.low, weight.assumed.high)
        for name, weight in weights.items()
        if weight.assumed and weight.assumed.low < weight.assumed.high
    ]
    prepared = prepare(RunSpec(scenario=scenario))
    sides = np.reshape(prepared.template.cells, -1)[prepared.template.shape.offsets()["sides"] :]
    width = prepared.template.shape.tables()["sides"][-1]
    rules = list(shipped().family("answer"))
    for side, who in enumerate(("sender", "target")):
        rule = rules[int(sides[side * width + SIDE.answer_rule])]
        for trait in rule.traits:
            if isinstance(trait.origin, AssumedRange):
                path = f"{who}.{trait.name}"
                found.append(Free(path, trait.default, trait.origin.low, trait.origin.high))
    return tuple(found)


def to_unit(free: Free, value: Any) -> Any:
    """Where a value lies between the ends of its range, 0 to 1: by its logarithm where the range leaves out zero."""
    if free.low > 0.0:
        return np.log(value / free.low) / np.log(free.high / free.low)
    return (value - free.low) / (free.high - free.low)


def from_unit(free: Free, place: Any) -> Any:
    """The value at a place of the range; the inverse of `to_unit`."""
    if free.low > 0.0:
        return free.low * (free.high / free.low) ** place
    return free.low + place * (free.high - free.low)


def draw(free: tuple[Free, ...], draws: int, seed: int, width: float = 1.0) -> Array:
    """A Latin hypercube over the ranges, (draws, numbers), in base units.

    Args:
        width: 1 for the whole ranges; less for a box of that part of each, around the default.
    """
    rng = np.random.default_rng(seed)
    places = np.column_stack([(rng.permutation(draws) + rng.random(draws)) / draws for _ in free])
    middle = np.array([to_unit(one, one.default) for one in free])
    places = middle + width * (places - middle)
    return np.column_stack([from_unit(one, places[:, column]) for column, one in enumerate(free)])


def explore(
    patterns: PatternFile,
    draws: int,
    runs: int = 100,
    seed: int = 1,
    width: float = 1.0,
    full: int = 100,
    progress: Callable[[int], None] | None = None,
) -> Explored:
    """Judge the rows at joint draws of every assumed weight and trait.

    The rows of the case are judged at every draw; all others at the first `full` draws, for their share of the prior,
    and at every draw of the posterior.

    Raises:
        InputError: When there is nothing to draw.
    """
    for option, number, most in (
        ("--draws", draws, MOST_DRAWS),
        ("--runs", runs, MOST_RUNS),
        ("--full", full, MOST_DRAWS),
    ):
        if not 1 <= number <= most:
            raise InputError(f"{option} {number}: expected a whole number from 1 to {most:,}.")
    if not 0.0 < width <= 1.0:
        raise InputError(f"--width {width:g}: expected above 0 and up to 1.")
    if not any(row.kind == CASE for row in patterns.rows):
        raise InputError(f"{patterns.scenario}: no row is of the kind `{CASE}`, so nothing says how the case went.")
    rows = tuple(row for row in patterns.rows if row.kind != NUMERICS)
    case = patterns.model_copy(update={"rows": tuple(row for row in rows if row.kind == CASE)})
    others = patterns.model_copy(update={"rows": tuple(row for row in rows if row.kind != CASE)})
    rows = case.rows + others.rows
    free = free_numbers(patterns.scenario)
    points = draw(free, draws, seed, width)
    passed = np.full((draws, len(rows)), np.nan)
    for number, point in enumerate(points):
        there = at(free, point)
        held = [one.passed for one in judge(case, runs, seed, instead=there)]
        passed[number, : len(held)] = held
        if number < full or all(held):
            passed[number, len(held) :] = [one.passed for one in judge(others, runs, seed, instead=there)]
        if progress:
            progress(1)
    return Explored(
        free, tuple(row.id for row in rows), tuple(row.kind for row in rows), points, passed, min(full, draws)
    )


def at(free: tuple[Free, ...], point: Array) -> Counterfactual:
    """The counterfactual that sets every free number to a draw."""
    return Counterfactual(trait={one.name: float(value) for one, value in zip(free, point, strict=True)})


def shares(found: Explored) -> Iterator[tuple[str, float, float]]:
    """Each row with the percent of the prior and of the posterior under which it holds (NaN without a posterior)."""
    kept = found.posterior
    for place, row in enumerate(found.rows):
        held = found.passed[:, place]
        prior = held if found.kinds[place] == CASE else held[: found.full]
        yield row, 100.0 * float(prior.mean()), 100.0 * float(held[kept].mean()) if kept.any() else float("nan")


def save(found: Explored, scenario: str, runs: int) -> int:
    """Keep the draws of the posterior for `--weights posterior`; how many were kept.

    Raises:
        InputError: When there are none.
    """
    points = found.points[found.posterior][:KEPT]
    if not len(points):
        raise InputError("No draw tells the case as it went, so there is nothing to save; use more draws.")
    rows = [[float(f"{value:.6g}") for value in point] for point in points]
    kept = {
        "model": model_hash(shipped()),
        "scenario": scenario,
        "draws": len(found.points),
        "runs": runs,
        "full": found.full,
        "kept": int(found.posterior.sum()),
        "rows": [[row, round(prior), round(later)] for row, prior, later in shares(found)],
        "names": [free.name for free in found.free],
    }
    lines = ",\n".join(json.dumps(row) for row in rows)
    posterior_file().write_text(f'{json.dumps(kept)[:-1]}, "points": [\n{lines}\n]}}\n', encoding="utf-8")
    return len(points)
