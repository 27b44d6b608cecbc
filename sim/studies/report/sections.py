"""The sections of a report: findings, figures, what was varied, assumptions, failures, provenance, how to repeat it."""

import shlex
from collections.abc import Iterator
from typing import Any

import yaml

from agents.errors import InputError
from sim.run.prepare import prepare
from sim.scenario.text.texts import say
from sim.studies.analysis import effects
from sim.studies.design.dimensions import declared_assumptions
from sim.studies.figures.figure_files import make
from sim.studies.figures.numbers import Asked, kinds
from sim.studies.report.html import element, grid, picture, table, wrap
from sim.studies.store.part_store import MANIFEST
from sim.studies.store.results import Results

EVERY_METRIC = ("effects", "indices", "morris")
"""Figures drawn for every metric; of the other kinds, one for the first."""
HASHES = ("model", "scenario_hash", "weights_hash")


def found(results: Results, language: str) -> Iterator[str]:
    """Notes and tables."""
    said = effects.findings(results, language)
    yield from (element("p", note, class_="soft") for note in said.notes)
    yield from (table(one) for one in said.tables)


def figures(results: Results, language: str) -> Iterator[str]:
    """Every figure the design allows, with the command that makes it for a paper."""
    where = results.store.where
    for kind in kinds(results):
        for place, metric in enumerate(results.metrics if kind in EVERY_METRIC else results.metrics[:1]):
            try:
                made = make(results, Asked(kind, metric), "single", language, ("svg",))
            except InputError:  # no index where nothing varies; the notes say so
                continue
            again = shlex.join(["demarche", "figure", where, kind, "--metric", metric])
            caption = wrap("figcaption", [element("span", made.says), "<br>", element("code", again)])
            yield wrap("figure", [picture(made.pictures["svg"], f"{kind}{place}", made.says), caption])


def design(results: Results, language: str) -> Iterator[str]:
    """What was varied, with units and who set the ends; what was compared."""
    made = results.made
    if not made.dimensions:
        yield element("p", say("report.nothing_varied", language))
    else:
        rows = [
            (one.path, f"{one.low / one.factor:g}", f"{one.high / one.factor:g}", one.word,
             say(f"report.ends_{one.origin}", language))
            for one in made.dimensions
        ]  # fmt: skip
        heads = [say(name, language) for name in ("study.number", "report.from", "report.until", "study.unit")]
        yield grid("", [*heads, say("report.ends", language)], rows, (1, 2))
    if len(made.variants) > 1:
        yield wrap("ul", [element("li", one.name) for one in made.variants])


def assumptions(results: Results, language: str) -> Iterator[str]:
    """Every declared assumption of the scenario and the weights; those that were varied first."""
    made = results.made
    yield element("p", say("report.assumptions_note", language))
    paths = prepare(made.variants[0].spec, made.scenario, made.library).addresses
    cells = {paths.find(one.path, "vary").address for one in made.dimensions}
    declared = declared_assumptions(made.scenario, made.experiment.weights)
    varied = {path for path in declared if path in paths and paths.find(path, "").address in cells}
    rows = [
        (path, f"{one.low:g} – {one.high:g}", say("report.yes" if path in varied else "report.no", language), one.why)
        for path, one in sorted(declared.items(), key=lambda item: item[0] not in varied)
    ]
    heads = [say(name, language) for name in ("study.number", "report.range", "report.varied", "report.why")]
    yield grid("", heads, rows, (1,))


def failed(results: Results, language: str) -> Iterator[str]:
    """The first runs that failed."""
    rows = effects.failures(results)
    if rows.is_empty():
        yield element("p", say("report.no_failures", language))
        return
    heads = [say("report.row", language), say("report.error", language)]
    yield grid("", heads, [(str(row), error) for row, error in rows.iter_rows()], (0,))


def provenance(results: Results, language: str) -> Iterator[str]:
    """Hashes, versions, numbers of runs."""
    made, experiment = results.made, results.made.experiment
    versions: dict[str, Any] = results.store.read(MANIFEST).get("versions", {})
    rows = [
        (say("report.study", language), f"{experiment.name} ({made.id})"),
        (say("report.model", language), made.hashes["model"]),
        (say("report.scenario", language), f"{experiment.scenario} ({made.hashes['scenario_hash']})"),
        (say("report.weights", language), f"{experiment.weights} ({made.hashes['weights_hash']})"),
        (say("report.seed", language), str(experiment.seed)),
        (say("report.runs", language), f"{len(results.frame)} / {results.plan.rows}"),
        (say("report.hash_values", language), results.hash),
        *((say("report.version", language, package=name), text) for name, text in versions.items()),
    ]
    yield grid("", ("", ""), rows)


def repeat(results: Results, language: str) -> Iterator[str]:
    """The commands, and the experiment as it was run."""
    experiment, where = results.made.experiment, results.store.where
    yield element("p", say("report.repeat_note", language, name=experiment.name))
    lines = [
        f"demarche sweep run {experiment.name}.yaml --out {shlex.quote(where)}",
        f"demarche sweep verify {shlex.quote(where)}",
        f"demarche analyse {shlex.quote(where)}",
        f"demarche report {shlex.quote(where)} --lang {language}",
    ]
    yield wrap("pre", [element("code", "\n".join(lines))])
    data = experiment.model_dump(mode="json", exclude_defaults=True)
    yield element("h3", say("report.written", language))
    yield element("pre", yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100))
