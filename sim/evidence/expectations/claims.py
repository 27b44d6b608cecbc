"""Claims of the literature, held against the model: each experiment run, with its interval and a verdict."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from agents.errors import InputError
from sim.evidence.expectations.claim_file import Claim, Pair
from sim.evidence.expectations.expectation import Bounds, Ensembles, Expectation, Tables
from sim.evidence.expectations.null_models import find_null_model
from sim.metrics import statistics
from sim.metrics.metric import METRICS, POINT, Values, scale
from sim.metrics.statistics import Interval, Z
from sim.run.spec import RunSpec

CORRELATION, LEADERS = "correlation", "left_office"


@dataclass(frozen=True)
class Found:
    """A claim with the effect (95 % interval, n pairs or runs), its unit, and whether the model bears it out.

    `holds`: the whole interval lies within the bounds. `unclear`: it fails only because it straddles a bound.
    """

    claim: Claim
    effect: Interval
    unit: str
    holds: bool
    unclear: bool

    @property
    def verdict(self) -> str:
        """HOLDS or FAILS."""
        return "HOLDS" if self.holds else "FAILS"


def judge_claims(claims: Sequence[Claim], runs: int, seed: int = 1, null: str | None = None) -> Iterator[Found]:
    """Run the experiments one by one.

    Args:
        claims: What to hold the model to.
        runs: Pairs of each, or fewer where a claim says so.
        seed: Of all ensembles.
        null: One of `NULL_MODELS` in the target's place.

    Raises:
        InputError: When there is nothing to run, or a claim names what does not exist.
    """
    if runs < 2:
        raise InputError(f"--runs {runs}: expected a whole number of 2 or more.")
    find_null_model(null)
    ensembles = Ensembles()
    for claim in claims:
        verdict = ensembles.judge(expectation_of(claim, min(runs, claim.runs or runs), seed, null))
        unit = CORRELATION if claim.of == "runs" else METRICS[claim.metric].unit
        yield Found(claim, verdict.measured, unit, verdict.passed, verdict.unclear)


def expectation_of(claim: Claim, runs: int, seed: int, null: str | None = None) -> Expectation:
    """A claim as an expectation: its ensembles, the number it is about, its bounds."""
    second = claim.spec(claim.second, seed, null)
    specs: tuple[RunSpec, ...] = (second,)
    number = _between_stages if claim.of == "stages" else _correlation
    if claim.of == "pairs":
        pairs: tuple[Pair, ...] = (claim, *((claim.than,) if claim.than else ()))
        specs = tuple(claim.spec(world, seed, null) for pair in pairs for world in (pair.first, pair.second))
        number = _paired
    bounds = Bounds(claim.low, claim.high)
    leaders = claim.metric == LEADERS
    return Expectation(f"claim {claim.id}", specs, runs, _about(claim, number), bounds, leaders=leaders)


def _about(claim: Claim, number: Callable[[Claim, Tables], Interval]) -> Callable[[Tables], Interval]:
    return lambda tables: number(claim, tables)


def _paired(claim: Claim, tables: Tables) -> Interval:
    """The mean difference of a pair, second minus first, less that of another pair where there is one."""
    of = METRICS[claim.metric]
    found = _difference(claim, tables[0], tables[1])
    if claim.than is not None:
        return statistics.mean(found - claim.than.times * _difference(claim, tables[2], tables[3]))
    return scale(statistics.paired_share(found / POINT), POINT) if of.share else statistics.mean(found)


def _difference(claim: Claim, first: pl.DataFrame, second: pl.DataFrame) -> Values:
    of = METRICS[claim.metric]
    return np.asarray(of.values(second) - of.values(first))


def _settled(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("settled_in_hours").is_not_null())


def _between_stages(claim: Claim, tables: Tables) -> Interval:
    """Runs that settle with measures in force minus those that settle before: two groups, an interval of Welch's."""
    of, done = METRICS[claim.metric], _settled(tables[0])
    late, early = (of.values(done.filter((pl.col("stage") == "imposed") == imposed)) for imposed in (True, False))
    if min(len(late), len(early)) < 2:
        return Interval(np.nan, np.nan, np.nan, len(done))
    half = Z * float(np.sqrt(late.var(ddof=1) / len(late) + early.var(ddof=1) / len(early)))
    gap = float(late.mean() - early.mean())
    return Interval(gap, gap - half, gap + half, len(done))


def _correlation(claim: Claim, tables: Tables) -> Interval:
    """Pearson's correlation of two metrics over runs that settle, with the interval of Fisher (1921)."""
    done = _settled(tables[0])
    x, y = (METRICS[name].values(done) for name in (claim.metric, str(claim.against)))
    if len(done) < 4 or x.std() == 0.0 or y.std() == 0.0:
        return Interval(np.nan, np.nan, np.nan, len(done))
    r = float(np.clip(np.corrcoef(x, y)[0, 1], -1.0 + 1e-12, 1.0 - 1e-12))
    middle, half = np.arctanh(r), Z / np.sqrt(len(done) - 3)
    return Interval(r, float(np.tanh(middle - half)), float(np.tanh(middle + half)), len(done))
