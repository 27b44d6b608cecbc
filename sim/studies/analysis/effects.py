"""What a study says: one sentence, and the tables its design allows, in either language."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from sim.run.fingerprint import model_hash
from sim.scenario.text.texts import listing, say
from sim.studies.analysis import index_tables
from sim.studies.analysis.ranks import Rank, factors, ranked
from sim.studies.analysis.sensitivity import WITH_INDICES
from sim.studies.analysis.text_table import Table
from sim.studies.analysis.wording import figure, interval, name_of, unit_of
from sim.studies.design.variants import WHOLE
from sim.studies.store.results import Level, Results, StudyEffect

MOST_EFFECTS = 30
"""Worlds a table shows for a metric; the JSON has all."""


@dataclass(frozen=True)
class Findings:
    """The sentence that sums up, what has to be known beside it, and the tables."""

    sentence: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]


def findings(results: Results, language: str = "en", metrics: tuple[str, ...] | None = None) -> Findings:
    """What a study says of these metrics, or of all it has.

    Raises:
        RunError: When nothing has been computed yet.
    """
    names = metrics or results.metrics
    notes = (*_notes(results, language), *index_tables.notes(results, names, language))
    return Findings(_sentence(results, names, language), notes, tuple(_tables(results, names, language)))


def _notes(results: Results, language: str) -> Iterator[str]:
    done, rows = len(results.frame), results.plan.rows
    failed = int(results.frame["error"].is_not_null().sum())
    if done < rows:
        yield say("study.unfinished", language, done=done, rows=rows)
    now = model_hash(results.made.library)
    if results.made.hashes["model"] != now:
        yield say("study.older", language, was=results.made.hashes["model"], now=now)
    if failed:
        yield say("study.failed", language, failed=failed, done=done)


def _tables(results: Results, names: tuple[str, ...], language: str) -> Iterator[Table]:
    if len(results.made.variants) == 1:
        yield levels(results, names, language)
    for factor in factors(results):
        yield ranking(results, names[0], factor, language)
    if len(results.made.variants) > 1 and not factors(results):  # of a crossing the figure and the JSON have them
        yield from (effects(results, name, language) for name in names)
    if results.made.experiment.design.kind in WITH_INDICES:
        yield from index_tables.tables(results, names, language)


def levels(results: Results, names: tuple[str, ...], language: str) -> Table:
    """The mean of each metric in each world."""
    rows = [
        (level.variant, name_of(name, language), figure(level.value, language),
         interval(level.low, level.high, language), str(level.n), unit_of(name, language))
        for name in names
        for level in results.levels(name)
    ]  # fmt: skip
    columns = ("world", "metric", "mean", "interval", "n", "unit")
    return Table.of("levels", say("study.levels", language), columns, rows, (2, 3, 4), language)


def effects(results: Results, name: str, language: str) -> Table:
    """What each world changes in a metric; of many worlds, those that change most."""
    base, found = results.made.variants[0].name, results.effects(name)
    title = say("study.effects", language, base=base, **_words(name, language))
    if len(found) > MOST_EFFECTS:
        title += " " + say("study.table_most", language, most=MOST_EFFECTS, count=len(found))
        found = sorted(found, key=lambda one: -abs(one.difference))[:MOST_EFFECTS]
    rows = [(one.variant, *_effect(one, language)) for one in found]
    columns = ("world", "base", "value", "difference", "interval", "n")
    return Table.of("effects", title, columns, rows, (1, 2, 3, 4, 5), language)


def short_names(results: Results) -> dict[str, str]:
    """Worlds by what was chosen, without what it was chosen for."""
    return {
        one.name: ", ".join(map(_choice, one.chosen, one.chosen.values())) or one.name for one in results.made.variants
    }


def _choice(factor: str, option: str) -> str:
    return f"without {option}" if factor == "without" and option != WHOLE else option


def _effect(one: StudyEffect, language: str) -> tuple[str, ...]:
    return (
        figure(one.base, language),
        figure(one.value, language),
        figure(one.difference, language, sign=True),
        interval(one.low, one.high, language, sign=True),
        str(one.n),
    )


def ranking(results: Results, name: str, factor: str, language: str) -> Table:
    """The options of a factor, highest first."""
    rows = [
        (one.option, figure(one.value, language), interval(one.low, one.high, language), str(one.n))
        for one in ranked(results, name, factor)
    ]  # fmt: skip
    title = say("study.ranked", language, factor=factor, **_words(name, language))
    return Table(f"ranked {factor}", title, (factor, *Table.heads(("mean", "interval", "n"), language)),
                 tuple(rows), (1, 2, 3))  # fmt: skip


def _sentence(results: Results, names: tuple[str, ...], language: str) -> str:
    if results.made.experiment.design.kind in WITH_INDICES:
        return index_tables.sentence(results, names[0], language)
    if crossed := factors(results):
        return _rank_sentence(results, names[0], next(iter(crossed)), language)
    if len(results.made.variants) > 1:
        return _effect_sentence(results, names, language)
    found = results.levels(names[0])[0]
    return say("study.found_level", language, **_ends(found, language), **_words(names[0], language),
               value=figure(found.value, language))  # fmt: skip


def _rank_sentence(results: Results, name: str, factor: str, language: str) -> str:
    best, *_, worst = ranked(results, name, factor)
    return say(
        "study.found_rank", language, factor=factor, best=best.option, worst=worst.option,
        value=figure(best.value, language), least=figure(worst.value, language), **_ends(best, language),
        **_words(name, language),
    )  # fmt: skip


def _effect_sentence(results: Results, names: tuple[str, ...], language: str) -> str:
    """The largest effect on the first metric on which there is one that can be told from none."""
    base = results.made.variants[0].name
    for name in names:
        sure = [one for one in results.effects(name) if not one.low <= 0.0 <= one.high]
        if sure:
            most = max(sure, key=lambda one: abs(one.difference))
            return say(
                "study.found_effect", language, base=base, world=most.variant, **_words(name, language),
                **_ends(most, language, sign=True), difference=figure(most.difference, language, sign=True),
            )  # fmt: skip
    words = listing([name_of(name, language) for name in names], language)
    return say("study.found_no_effect", language, base=base, metric=words)


def _words(name: str, language: str) -> dict[str, str]:
    return {"metric": name_of(name, language), "unit": unit_of(name, language)}


def _ends(found: Level | Rank | StudyEffect, language: str, sign: bool = False) -> dict[str, str]:
    return {
        "low": figure(found.low, language, sign),
        "high": figure(found.high, language, sign),
        "n": str(found.n),
    }


def failures(results: Results, most: int = 20) -> pl.DataFrame:
    """The first rows that failed: `row` and `error`."""
    return results.frame.filter(pl.col("error").is_not_null()).select("row", "error").head(most)
