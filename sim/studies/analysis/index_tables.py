"""The tables and the sentence of a design with indices: what carries the variance, and how the indices settle."""

from collections.abc import Iterator

from sim.scenario.text.texts import number, say
from sim.studies.analysis.sensitivity import Indices, Step, estimate_convergence, estimate_indices
from sim.studies.analysis.text_table import Table
from sim.studies.analysis.wording import figure, interval, name_of, unit_of
from sim.studies.store.results import Results

DIGITS = 3
MOST_PAIRS = 10
"""Pairs shown, strongest first; all are in the JSON."""


def tables(results: Results, names: tuple[str, ...], language: str) -> Iterator[Table]:
    """Indices of each metric in each world, and how they settle in the first."""
    for name in names:
        for place in range(len(results.made.variants)):
            found = estimate_indices(results, name, place)
            if not found.constant:
                yield from _indices(found, language, several=len(results.made.variants) > 1)
        steps = estimate_convergence(results, name)
        if steps:
            yield _convergence(steps, name, language)


def notes(results: Results, names: tuple[str, ...], language: str) -> Iterator[str]:
    """What has to be known to read the indices; nothing where the design has none."""
    kind = results.made.experiment.design.kind
    if kind not in ("sobol", "morris"):
        return
    found = estimate_indices(results, names[0])
    if found.missing:
        yield say("study.partly", language, n=found.n, missing=found.missing)
    if found.left_out:
        yield say("study.left_out", language, count=found.left_out)
    yield say("study.chance" if kind == "sobol" else "study.morris_note", language)
    for name in names:
        for place in range(len(results.made.variants)):
            one = estimate_indices(results, name, place)
            if one.constant and (name, place) != (names[0], 0):  # that one is the sentence
                yield say("study.constant", language, metric=name_of(name, language), world=one.variant)


def sentence(results: Results, name: str, language: str) -> str:
    """What carries most of a metric, in one sentence."""
    found, words = estimate_indices(results, name), name_of(name, language)
    if found.constant:
        return say("study.constant", language, metric=words, world=found.variant)
    if found.morris:
        top = found.morris[0]
        if top.mu_star - top.half <= 0.0:
            return say("study.found_nothing", language, metric=words, n=found.n)
        return say(
            "study.found_morris", language, path=top.path, metric=words, unit=unit_of(name, language), n=found.n,
            value=figure(top.mu_star, language), low=figure(top.mu_star - top.half, language),
            high=figure(top.mu_star + top.half, language),
        )  # fmt: skip
    most = found.sobol[0]
    if most.total - most.total_half <= 0.0:
        return say("study.found_nothing", language, metric=words, n=found.n)
    return say(
        "study.found_sobol", language, path=most.path, metric=words, n=found.n,
        total=figure(most.total, language), low=figure(most.total - most.total_half, language),
        high=figure(most.total + most.total_half, language),
        first=figure(sum(one.first for one in found.sobol), language),
    )  # fmt: skip


def _indices(found: Indices, language: str, several: bool) -> Iterator[Table]:
    words = name_of(found.metric, language)
    if found.morris:
        yield _screened(found, _title("morris", words, found, language, several), language)
        return
    rows = [
        (one.path, _share(one.first, language), _ends(one.first, one.first_half, language),
         _share(one.total, language), _ends(one.total, one.total_half, language))
        for one in found.sobol
    ]  # fmt: skip
    columns = ("number", "first", "interval", "total", "interval")
    title = _title("sobol", words, found, language, several)
    yield Table.of("sobol", title, columns, rows, (1, 2, 3, 4), language)
    if found.pairs:
        pairs = [(f"{one.one} × {one.two}", _share(one.second, language), _ends(one.second, one.half, language))
                 for one in found.pairs[:MOST_PAIRS]]  # fmt: skip
        title = _title("pairs", words, found, language, several)
        yield Table.of("pairs", title, ("number", "second", "interval"), pairs, (1, 2), language)


def _screened(found: Indices, title: str, language: str) -> Table:
    rows = [
        (one.path, figure(one.mu_star, language), interval(one.mu_star - one.half, one.mu_star + one.half, language),
         figure(one.mu, language), figure(one.sigma, language), unit_of(found.metric, language))
        for one in found.morris
    ]  # fmt: skip
    columns = ("number", "mu_star", "interval", "mu", "sigma", "unit")
    return Table.of("morris", title, columns, rows, (1, 2, 3, 4), language)


def _title(kind: str, words: str, found: Indices, language: str, several: bool) -> str:
    title = say(f"study.{kind}", language, metric=words)
    return say("study.in_world", language, title=title, world=found.variant) if several else title


def _convergence(steps: list[Step], name: str, language: str) -> Table:
    """A row a size; a column a number varied, strongest at the end first."""
    sizes = sorted({step.n for step in steps})
    last = sorted((step for step in steps if step.n == sizes[-1]), key=lambda step: -step.value)
    by = {(step.n, step.path): step for step in steps}
    rows = [
        (one.path, *(f"{figure(by[n, one.path].value, language)} ± {figure(by[n, one.path].half, language)}"
                     if (n, one.path) in by else "–" for n in sizes))
        for one in last
    ]  # fmt: skip
    title = say("study.convergence", language, metric=name_of(name, language))
    columns = (say("study.number", language), *(f"N = {n}" for n in sizes))
    return Table("convergence", title, columns, tuple(rows), tuple(range(1, len(columns))))


def _share(value: float, language: str) -> str:
    return number(round(value, DIGITS) + 0.0, language, DIGITS)  # never -0.000


def _ends(value: float, half: float, language: str) -> str:
    low, high = _share(value - half, language), _share(value + half, language)
    return say("study.to", language, low=low, high=high)
