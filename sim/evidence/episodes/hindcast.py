"""Episodes held against what happened: who gives way, on which terms, how soon; and why the model missed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engines.outcome import ENDINGS, OUT
from sim.evidence.episodes.coding import coded, steps
from sim.evidence.episodes.episode_file import Episode, Episodes
from sim.evidence.ties.cases.imputation import filled
from sim.evidence.ties.cases.mapping import CaseWeights, balance_of
from sim.evidence.ties.cases.ties_table import Array, Inputs, Whole
from sim.evidence.ties.scores import auc, brier, difference, interval, samples
from sim.evidence.ties.simulated import outcomes, rows_of
from sim.evidence.ties.weight_sets import WeightSet
from sim.metrics.statistics import Interval

DRAWS, RUNS = 40, 25
TIMES = 10_000
"""Bootstrap samples: with so few cases the ends of an interval move by .01 between sets of 500."""
MONTH = 365.25 / 12.0
MISSES = 5
RIVALS: dict[str, Callable[[Inputs, Array], Array]] = {
    "the cost of complying alone": lambda _, cost: -cost,
    "whether it began with a threat": lambda inputs, _: inputs.values["threat"],
}
"""Rules of one column, to be set beside the model."""
CODINGS = ("without_salience", "with_salience", "without_hindsight")
"""What a case is judged by. Salience was coded knowing the outcome, and so, by its coders' own word, was the cost of
complying: the last leaves both out."""


@dataclass(frozen=True)
class Judged:
    """A case. Probabilities of giving way by coding; shares of whole concessions and of halves (without salience).

    `months`: median time until it gives way, where it does. `terms`: what its balance consists of beyond the mean case.
    """

    episode: Episode
    probability: dict[str, float]
    whole: float
    half: float
    months: float
    terms: dict[str, float]

    @property
    def gave_way(self) -> bool:
        """Whether it conceded, wholly or in part."""
        return self.episode.outcome != "resisted"

    @property
    def missed_by(self) -> float:
        """How far the probability lies from what happened."""
        return abs(self.gave_way - self.probability["without_salience"])

    @property
    def reasons(self) -> list[tuple[str, float]]:
        """The two terms that push it most towards what did not happen."""
        towards = -1.0 if self.gave_way else 1.0
        ordered = sorted(self.terms.items(), key=lambda term: -towards * term[1])
        return [term for term in ordered[:2] if towards * term[1] > 0.0]


@dataclass(frozen=True)
class Held:
    """All cases with the scores of each coding: AUC and Brier of giving way.

    `rivals`: AUC of a rule of one column, and the model's minus it (without salience). `later`: AUC of the cases that
    began after `learnt`, the last year that the weights were learned from. `base`: Brier of the base rate.
    """

    name: str
    weights: str
    cases: list[Judged]
    scores: dict[str, tuple[Interval, Interval]]
    rivals: dict[str, tuple[Interval, Interval]]
    later: Interval
    learnt: int
    base: float

    @property
    def misses(self) -> list[Judged]:
        """The five worst."""
        return sorted(self.cases, key=lambda one: -one.missed_by)[:MISSES]


def hold_episodes(found: Episodes, given: WeightSet, seed: int) -> Held:
    """Run every episode by the map of TIES and score it.

    Args:
        found: The episodes; what one of them does not tell is drawn from the others. given: A calibrated set. seed: Of
            draws, runs and bootstrap.
    """
    inputs, weights = coded(found), given.numbers()
    ways = {
        "without_salience": _run(inputs, weights, steps(found, salience=False), seed),
        "with_salience": _run(inputs, weights, steps(found, salience=True), seed),
        "without_hindsight": _run(inputs, weights, np.zeros(len(found)), seed),
    }
    terms = _terms(inputs, weights, steps(found, salience=False), seed)
    cases = [_judged(one, place, ways, terms) for place, one in enumerate(found.cases)]
    hit = np.array([one.gave_way for one in cases], dtype=np.int64)
    drawn = samples(_dyads(found), seed, TIMES)
    scores = {way: _scored(hit, np.array([one.probability[way] for one in cases]), drawn) for way in CODINGS}
    ours, cost = np.array([one.probability["without_salience"] for one in cases]), steps(found, salience=False)
    rivals = {name: _rival(hit, ours, rule(inputs, cost), drawn) for name, rule in RIVALS.items()}
    new = np.flatnonzero(inputs.year > given.provenance.last_year)
    later = _scored(hit[new], ours[new], samples(_dyads(found)[new], seed, TIMES))[0]
    base = brier(hit, np.full(len(hit), hit.mean()))
    return Held(found.name, given.name, cases, scores, rivals, later, given.provenance.last_year, base)


def _rival(hit: Whole, ours: Array, theirs: Array, drawn: list[Whole]) -> tuple[Interval, Interval]:
    own = interval(auc(hit, theirs), [auc(hit[rows], theirs[rows]) for rows in drawn], len(hit))
    return own, difference(hit, ours, theirs, drawn)


def _run(inputs: Inputs, weights: CaseWeights, degrees: Array, seed: int) -> Array:
    vary, numbers = rows_of(inputs, inputs, weights, seed, DRAWS, RUNS, degrees)
    return outcomes(vary, numbers, seed)


def _terms(inputs: Inputs, weights: CaseWeights, degrees: Array, seed: int) -> dict[str, Array]:
    """Each term of the balance less its mean over the cases, (n,)."""
    row = {name: column.T.reshape(-1) for name, column in filled(inputs, inputs, DRAWS, seed).items()}
    parts = balance_of(weights, row, np.repeat(degrees, DRAWS))
    means = {
        name: (0.0 * degrees[:, None] + part.reshape(len(inputs), -1)).mean(axis=1) for name, part in parts.items()
    }
    return {name: mean - mean.mean() for name, mean in means.items()}


def _judged(one: Episode, place: int, ways: dict[str, Array], terms: dict[str, Array]) -> Judged:
    ending = {way: out[place, :, OUT.ending].astype(int) for way, out in ways.items()}
    conceded, dealt = ENDINGS.index("CD"), ENDINGS.index("DEAL")
    plain = ending["without_salience"]
    gives = np.isin(plain, (conceded, dealt))
    days = ways["without_salience"][place, gives, OUT.settled_at]
    return Judged(
        one,
        {way: float(np.isin(each, (conceded, dealt)).mean()) for way, each in ending.items()},
        float((plain == conceded).mean()),
        float((plain == dealt).mean()),
        float(np.median(days)) / MONTH if len(days) else np.nan,
        {name: float(term[place]) for name, term in terms.items()},
    )


def _dyads(found: Episodes) -> Whole:
    pairs = [f"{'+'.join(one.sender)} {'+'.join(one.target)}" for one in found.cases]
    return np.unique(pairs, return_inverse=True)[1].astype(np.int64)


def _scored(hit: Whole, chance: Array, drawn: list[Whole]) -> tuple[Interval, Interval]:
    def one(measure: Any) -> Interval:
        return interval(measure(hit, chance), [measure(hit[rows], chance[rows]) for rows in drawn], len(hit))

    return one(auc), one(brier)
