"""The page in parts: paragraphs, tables of words, and the names of plots. Markdown and HTML say the same."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.engines.outcome import ENDINGS
from sim.evidence.report.gathered import Gathered
from sim.evidence.report.hindcast_text import WORDS, sentence
from sim.evidence.report.ties_text import ORDER, STAGES
from sim.evidence.ties.validate import Evidence
from sim.metrics.statistics import Interval

NO_TABLE = "No table of cases was given: `demarche evidence all TABLE.csv` adds it (docs/evidence-map.md)."
GOOD, BAD = "PASS", "**FAIL**"


class Grid(NamedTuple):
    """A table of words; `right` are columns of numbers."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    right: tuple[int, ...] = ()


class Part(NamedTuple):
    """A part of the page; a picture is the name of a plot and a sentence for who cannot see it."""

    title: str
    says: list[str]
    grids: list[Grid]
    pictures: Sequence[tuple[str, str]] = ()


def parts(found: Gathered) -> Iterator[Part]:
    """The parts in order."""
    yield summary(found)
    yield from cases(found)
    yield episodes(found)
    yield told_apart(found)
    yield literature(found)
    yield idle(found)
    yield transferred(found)


def summary(found: Gathered) -> Part:
    """What holds and what does not, in figures."""
    hold = sum(one.holds for one in found.claims)
    auc, blind = (found.held.scores[way][0] for way in ("without_salience", "without_hindsight"))
    lines = [
        f"{len(found.held.cases)} episodes coded by others, who knew how they ended: AUC {plain(auc)} without salience,"
        f" {plain(blind)} without the cost of complying as well.",
        f"Scenarios told apart: {sum(row.met for row in found.rows)} of {len(found.rows)} rows.",
        f"Claims of the literature: {hold} of {len(found.claims)} hold.",
    ]
    if found.cases:
        first = ", ".join(f"{name} {plain(one.auc)}" for name, one in found.cases.scores.items())
        met = sum(one.met for one in found.cases.contrasts)
        lines.insert(0, f"Cases of TIES, {len(found.cases.table)} predicted: AUC {first}; {met} of 7 contrasts.")
    says = [
        "Made by `demarche evidence all`; made again, it is the same page. What the model cannot say stands in"
        " docs/evidence.md, the map of cases in docs/evidence-map.md, the scenarios in docs/cases.md, the claims in"
        " docs/claims.md. Intervals are of 95 %. " + f"{found.runs} runs of each world, seed {found.seed}."
    ]
    return Part("Summary", [*says, *lines], [])


def cases(found: Gathered) -> Iterator[Part]:
    """Cases of TIES, with and without the cost codes."""
    if not found.cases or not found.uncosted:
        yield Part("Cases of TIES", [NO_TABLE], [])
        return
    one = found.cases
    says = [
        f"{len(one.table)} cases of {one.table.name}; {one.how}. A deal: the target conceded, or both negotiated a"
        " settlement. Gain: the model's AUC minus the other's on the same cases."
    ]
    pictures = [
        ("scores", "AUC of the model and of its baselines, with intervals."),
        ("calibration", "Predicted against seen shares, in fifths of the cases."),
        ("contrasts", "Seven contrasts: the model's beside the data's interval."),
    ]
    grids = [*(_scores(one, outcome) for outcome in one.scores), _contrasts(one), _cells(one), _targets(one)]
    yield Part("Cases of TIES", says, grids, pictures)
    grids = [_scores(found.uncosted, outcome) for outcome in found.uncosted.scores]
    says = ["Coders knew how a case ended when they coded anticipated costs. Both columns are emptied here."]
    yield Part("The same without the cost codes", says, [*grids, _contrasts(found.uncosted)])


def _scores(one: Evidence, outcome: str) -> Grid:
    ours = one.scores[outcome]
    rows = [
        ("the model", plain(ours.auc), f"{ours.brier.value:.3f}", f"{ours.log_loss.value:.3f}", plain(ours.slope), "")
    ]
    for name, rival in one.baselines.items():
        s = rival.scores[outcome]
        scores = (plain(s.auc), f"{s.brier.value:.3f}", f"{s.log_loss.value:.3f}", plain(s.slope))
        rows.append((name.replace("_", " "), *scores, plain(rival.gain[outcome])))
    title = f"{outcome}: Brier skill against the base rate {plain(one.skill[outcome])}"
    return Grid(title, ("", "AUC", "Brier", "log-loss", "slope", "gain in AUC"), rows, (1, 2, 3, 4, 5))


def _contrasts(one: Evidence) -> Grid:
    rows = [(row.name, f"{row.model:.3f}", plain(row.seen), GOOD if row.met else BAD) for row in one.contrasts]
    rows += [(f"{row.name} (null, not counted)", f"{row.model:.3f}", plain(row.seen), "") for row in one.nulls]
    title = f"Contrasts: {sum(row.met for row in one.contrasts)} of {len(one.contrasts)}"
    return Grid(title, ("contrast", "model", "data", ""), rows, (1, 2))


def _cells(one: Evidence) -> Grid:
    seen, model, distance = one.threat_cells
    rows = [
        (f"{stage}, {who}", *(f"{cells[place, ending]:.3f}" for ending in ORDER))
        for place, stage in enumerate(STAGES)
        for who, cells in (("seen", seen), ("model", model))
    ]
    title = f"Eight cells given a threat: total variation {distance:.3f}"
    return Grid(title, ("", *(ENDINGS[ending] for ending in ORDER)), rows, (1, 2, 3, 4))


def _targets(one: Evidence) -> Grid:
    rows = [(row.name, f"{row.model:.3f}", plain(row.seen), GOOD if row.met else BAD) for row in one.targets]
    title = f"Target rates: {sum(row.met for row in one.targets)} of {len(one.targets)}"
    return Grid(title, ("rate", "model", "data", ""), rows, (1, 2))


def episodes(found: Gathered) -> Part:
    """Coded episodes, the worst misses in words."""
    held = found.held
    scores = [(f"the model, {WORDS[way]}", plain(auc), plain(brier)) for way, (auc, brier) in held.scores.items()]
    scores += [(f"the {held.later.n} that began after {held.learnt}", plain(held.later), "")]
    scores += [(name, plain(auc), f"model minus it {plain(gain)}") for name, (auc, gain) in held.rivals.items()]
    rows = [
        (
            one.episode.title,
            one.episode.outcome,
            *(f"{100 * one.probability[way]:.0f}" for way in ("without_salience", "with_salience")),
            f"{100 * one.whole:.0f}",
            "none" if np.isnan(one.months) else f"{one.months:.0f}",
            "" if one.episode.days_to_concession is None else f"{one.episode.days_to_concession / 30.44:.1f}",
        )
        for one in held.cases
    ]
    columns = ("episode", "happened", "chance", "with salience", "whole", "months", "it took")
    says = [
        f"{len(held.cases)} episodes (configs/cases/episodes.yaml) by the same map, weights {held.weights}. Chances in"
        f" percent of giving way. The base rate has a Brier score of {held.base:.3f}. The five worst misses:",
        *(sentence(one) for one in held.misses),
    ]
    grids = [Grid("Scores", ("", "AUC", "Brier"), scores, (1, 2)), Grid("Episodes", columns, rows, (2, 3, 4, 5, 6))]
    return Part("Episodes", says, grids, [("episodes", "Predicted chance of giving way, by what happened.")])


def told_apart(found: Gathered) -> Part:
    """The discrimination rows."""
    rows = [(row.name, row.target, plain(row.measured, 1), GOOD if row.met else BAD) for row in found.rows]
    says = ["Full scenarios with the same rules and the same weights; only the facts differ (docs/cases.md)."]
    return Part("Scenarios told apart", says, [Grid("", ("row", "target", "measured", ""), rows, (2,))])


def literature(found: Gathered) -> Part:
    """The claims, those that fail with their reasons."""
    rows = [
        (
            str(one.claim.fact),
            one.claim.says.en,
            one.claim.citation,
            plain(one.effect, 2),
            one.unit,
            "holds" if one.holds else "**fails**" + (", unclear" if one.unclear else ""),
        )
        for one in found.claims
    ]
    says = [f"{sum(one.holds for one in found.claims)} of {len(found.claims)} hold. Those that do not, and why:"]
    says += [f"{one.claim.id}: {one.claim.why.en}" for one in found.claims if not one.holds and one.claim.why]
    columns = ("fact", "claim", "source", "effect", "unit", "verdict")
    return Part("Claims of the literature", says, [Grid("", columns, rows, (0, 3))])


def idle(found: Gathered) -> Part:
    """What each mechanism earns, and which are idle."""
    grids = []
    if found.earned:
        rows = [
            (one.name, plain(one.nats), *(plain(gain) for gain in one.auc.values()), "idle" if one.idle else "")
            for one in found.earned
        ]
        columns = ("mechanism of a case", "nats a case", "AUC acquiesce", "AUC deal", "")
        grids.append(Grid("Cases of TIES: with it minus without", columns, rows, (1, 2, 3)))
    needed = [(one.name, ", ".join(one.failing), "idle" if one.idle else "") for one in found.needed]
    grids.append(Grid("The flagship: patterns that fail without it", ("mechanism", "rows", ""), needed))
    quiet = [one.name for one in found.needed if one.idle]
    says = [
        "A mechanism that costs no accuracy when it is taken away is idle. On the flagship, settled within days, idle"
        f" are {', '.join(quiet)}. Most of these act over weeks or on other governments, and the patterns of"
        " hemisphere_2025 need them (`demarche patterns hemisphere_2025`)."
    ]
    return Part("What each mechanism earns", says, grids)


def transferred(found: Gathered) -> Part:
    """The calibrated set in the flagship."""
    rows = [
        (one.speed, str(one.of), str(one.always), str(one.sometimes), ", ".join(one.failing)) for one in found.costs
    ]
    columns = ("paces", "rows", "pass always", "sometimes", "fail in some seed")
    says = [
        f"Both sides of colombia_2025 answer by the rule `outlast` with the weights {found.weights.name}, in"
        f" {found.seeds} seeds. As calibrated, a side gives way within months, and nearly every row fails: TIES codes"
        " how a case ends within five years, not in how many hours. With an hour for a month the rows about pace,"
        " offers and the channel come back; what stays lost are rows about rules that read support, stands and dates,"
        " which `outlast` does not."
    ]
    return Part("Months against hours: the calibrated set in the flagship", says, [Grid("", columns, rows, (1, 2, 3))])


def plain(one: Interval, digits: int = 3) -> str:
    """A value with its interval."""
    if np.isnan(one.value):
        return "none"
    return f"{one.value:.{digits}f} [{one.low:.{digits}f}, {one.high:.{digits}f}]"
