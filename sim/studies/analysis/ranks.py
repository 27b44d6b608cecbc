"""A crossing of rules, worlds or mechanisms: the mean of a metric for each option, over all the others."""

from dataclasses import dataclass

import polars as pl

from sim.metrics.metric import find_metric
from sim.metrics.statistics import Interval
from sim.studies.store.clusters import groups, level
from sim.studies.store.results import Results


@dataclass(frozen=True)
class Rank:
    """An option of a factor with the mean of a metric over all that it meets, its 95 % interval, and n lucks."""

    option: str
    value: float
    low: float
    high: float
    n: int


def factors(results: Results) -> dict[str, tuple[str, ...]]:
    """What was crossed: each factor with its options, where there are two factors or more."""
    found: dict[str, list[str]] = {}
    for variant in results.made.variants:
        for name, option in variant.chosen.items():
            found.setdefault(name, [])
            if option not in found[name]:
                found[name].append(option)
    crossed = {name: tuple(options) for name, options in found.items() if len(options) > 1}
    return crossed if len(crossed) > 1 else {}


def ranked(results: Results, name: str, factor: str) -> list[Rank]:
    """The options of a factor, highest mean first. Runs of one luck count once, however many worlds share it."""
    found = []
    for option in factors(results)[factor]:
        interval = mean_where(results, name, {factor: option})
        found.append(Rank(option, *interval))
    return sorted(found, key=lambda one: -one.value)


def mean_where(results: Results, name: str, chosen: dict[str, str]) -> Interval:
    """The mean of a metric over all worlds in which this was chosen; `n` counts lucks, which these worlds share."""
    places = [
        place for place, variant in enumerate(results.made.variants) if chosen.items() <= variant.chosen.items()
    ]  # fmt: skip
    rows = pl.concat([results.rows(place) for place in places])
    return level(results.made, find_metric(name), rows)._replace(n=groups(results.made, rows).n_unique())
