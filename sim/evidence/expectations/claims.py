"""Claims of the literature, held against the model: each experiment run, with its interval and a verdict."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from agents.errors import InputError, RunError
from sim.engines.ensemble import ensemble, trace, wide
from sim.evidence.expectations.claim_file import EXITS, KNOWN, Claim, Pair
from sim.evidence.expectations.null_models import find_null_model
from sim.metrics import statistics
from sim.metrics.metric import POINT
from sim.metrics.statistics import Interval, Z
from sim.run.counterfactual import Counterfactual
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.state.columns import CRISIS, GOV
from sim.state.tables import windows

CORRELATION = "correlation"
Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Found:
    """A claim with the effect (95 % interval, n pairs or runs), its unit, and whether the model bears it out."""

    claim: Claim
    effect: Interval
    unit: str

    @property
    def holds(self) -> bool:
        """Whether the whole interval lies within the bounds; nothing measured (NaN) holds nothing."""
        above = self.claim.low is None or self.effect.low > self.claim.low
        below = self.claim.high is None or self.effect.high < self.claim.high
        return bool(above and below)

    @property
    def unclear(self) -> bool:
        """Whether it fails only because the interval straddles a bound."""
        inside = self.claim.low is None or self.effect.high > self.claim.low
        return bool(not self.holds and inside and (self.claim.high is None or self.effect.low < self.claim.high))

    @property
    def verdict(self) -> str:
        """HOLDS or FAILS."""
        return "HOLDS" if self.holds else "FAILS"


class Worlds:
    """Ensembles by spec: a world that claims share is run once."""

    def __init__(self, seed: int, null: str | None = None) -> None:
        self._seed, self._null = seed, null
        self._scenarios: dict[str, Scenario] = {}
        self._tables: dict[tuple[str, int], pl.DataFrame] = {}

    def prepared(self, claim: Claim, world: Counterfactual) -> Prepared:
        """One world of a claim, ready to run.

        Raises:
            InputError: Naming the claim, for whatever in it does not exist or does not fit.
        """
        spec: RunSpec = claim.spec(world, self._seed, self._null)
        try:
            scenario = self._scenarios.setdefault(claim.scenario, Scenario.read(claim.scenario))
            return prepare(spec, scenario)
        except InputError as error:
            raise InputError(f"claim {claim.id}: {error}") from error

    def table(self, claim: Claim, world: Counterfactual, runs: int) -> pl.DataFrame:
        """A row a run; where leaders are asked about, whether they left office and nothing else.

        Raises:
            RunError: When runs failed.
        """
        prepared = self.prepared(claim, world)
        if claim.measure == EXITS:
            return pl.DataFrame({EXITS: _exits(prepared, runs)})
        key = (prepared.spec.to_json(), runs)
        if key not in self._tables:
            self._tables[key] = wide(ensemble(prepared, runs))
            if self._tables[key]["failed"].any():
                raise RunError(f"claim {claim.id}: a rule failed in some runs, so that there are no pairs to compare.")
        return self._tables[key]


def judged(claims: Sequence[Claim], runs: int, seed: int = 1, null: str | None = None) -> Iterator[Found]:
    """Run the experiments one by one.

    Args:
        claims: What to hold the model to. runs: Pairs of each, or fewer where a claim says so. seed: Of all worlds.
        null: One of `NULL_MODELS` in the target's place.

    Raises:
        InputError: When there is nothing to run, or a claim names what does not exist.
    """
    if runs < 2:
        raise InputError(f"--runs {runs}: right is a whole number of 2 or more.")
    find_null_model(null)
    worlds = Worlds(seed, null)
    for claim in claims:
        yield _judged(claim, min(runs, claim.runs or runs), worlds)


def _judged(claim: Claim, runs: int, worlds: Worlds) -> Found:
    unit = KNOWN[claim.measure].unit
    if claim.of == "runs":
        return Found(claim, _correlation(claim, worlds.table(claim, claim.second, runs)), CORRELATION)
    if claim.of == "stages":
        return Found(claim, _between_stages(claim, worlds.table(claim, claim.second, runs)), unit)
    found = _differences(claim, claim, runs, worlds)
    if claim.than is not None:
        return Found(
            claim, statistics.mean(found - claim.than.times * _differences(claim, claim.than, runs, worlds)), unit
        )
    if not KNOWN[claim.measure].share:
        return Found(claim, statistics.mean(found), unit)
    shares = statistics.paired_share(found / POINT)
    return Found(claim, Interval(shares.value * POINT, shares.low * POINT, shares.high * POINT, shares.n), unit)


def _differences(claim: Claim, pair: Pair, runs: int, worlds: Worlds) -> Values:
    """Second minus first, run by run, in the measure's unit."""
    of = KNOWN[claim.measure]
    first, second = (of.values(worlds.table(claim, world, runs)) for world in (pair.first, pair.second))
    return np.asarray(second - first)


def _settled(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("settled_in_hours").is_not_null())


def _between_stages(claim: Claim, table: pl.DataFrame) -> Interval:
    """Runs that settle with measures in force minus those that settle before: two groups, an interval of Welch's."""
    of, done = KNOWN[claim.measure], _settled(table)
    late, early = (of.values(done.filter((pl.col("stage") == "imposed") == imposed)) for imposed in (True, False))
    if min(len(late), len(early)) < 2:
        return Interval(np.nan, np.nan, np.nan, len(done))
    half = Z * float(np.sqrt(late.var(ddof=1) / len(late) + early.var(ddof=1) / len(early)))
    gap = float(late.mean() - early.mean())
    return Interval(gap, gap - half, gap + half, len(done))


def _correlation(claim: Claim, table: pl.DataFrame) -> Interval:
    """Pearson's correlation of two measures over runs that settle, with the interval of Fisher (1921)."""
    done = _settled(table)
    x, y = (KNOWN[name].values(done) for name in (claim.measure, str(claim.against)))
    if len(done) < 4 or x.std() == 0.0 or y.std() == 0.0:
        return Interval(np.nan, np.nan, np.nan, len(done))
    r = float(np.clip(np.corrcoef(x, y)[0, 1], -1.0 + 1e-12, 1.0 - 1e-12))
    middle, half = np.arctanh(r), Z / np.sqrt(len(done) - 3)
    return Interval(r, float(np.tanh(middle - half)), float(np.tanh(middle + half)), len(done))


def _exits(prepared: Prepared, runs: int) -> list[float]:
    """1 for each run in which a leader of the first crisis' target left office, else 0."""
    shape = prepared.template.shape

    def left(run: int) -> float:
        last = trace(replace(prepared, spec=prepared.spec.but(run=run)))[-1]
        state = windows(last, shape, plain=False)
        target = int(state.crises[0, CRISIS.target])
        return 1.0 if state.governments[target, GOV.exits] > 0.0 else 0.0

    trace(prepared)  # compiles, before threads ask for it at once
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(left, range(runs)))
