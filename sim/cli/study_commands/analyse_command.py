"""`demarche analyse`: what a study says, in a sentence and in the tables its design allows."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agents.errors import InputError, names_there_are
from sim.cli.common import output
from sim.cli.common.options import Folders, Json

if TYPE_CHECKING:
    from sim.studies.store.results import Results

Folder = Annotated[Path, typer.Argument(metavar="STUDY", help="The folder of a study.")]
Measured = Annotated[str | None, typer.Option("--metric", metavar="NAME", help="Only this metric.")]
Language = Annotated[str, typer.Option("--lang", metavar="en|es", help="Language of the words.")]


def analyse(
    study: Folder, metric: Measured = None, lang: Language = "en", json: Json = False, rules: Folders = None
) -> None:
    """Say what a study found: paired effects, rankings or indices, each with a 95 % interval and its n."""
    results = read(study, rules)
    names = (measured(results, metric),) if metric else None
    from sim.studies.analysis.effects import findings

    found = findings(results, lang, names)
    if json:
        output.put_json(record(results, names or results.metrics, found.sentence, found.notes))
        return
    for table in found.tables:
        output.put_table(table.title, table.columns, table.rows, right=table.right)
    output.put("\n".join((*found.notes, found.sentence)))


def read(study: Path, rules: list[Path] | None) -> "Results":
    """The results in a folder.

    Raises:
        InputError: When there is no study, or it was made with another model.
    """
    from agents.isolation.user_rules import library
    from sim.studies.store.results import Results

    return Results.read(study, library=library(rules or []))


def measured(results: "Results", name: str | None) -> str:
    """A metric the study has; the first one where none is named."""
    if name is not None and name not in results.metrics:
        where = f"{results.store.where}: --metric {name}: the study has no such metric."
        raise InputError(f"{where} {names_there_are(name, results.metrics)}")
    return name or results.metrics[0]


def record(results: "Results", names: tuple[str, ...], sentence: str, notes: tuple[str, ...]) -> dict[str, Any]:
    """The findings as data: every number, none rounded."""
    from sim.studies.analysis.ranks import factors, ranked
    from sim.studies.analysis.sensitivity import estimate_convergence, estimate_indices

    places = range(len(results.made.variants))
    found: dict[str, Any] = {
        "name": results.made.experiment.name,
        "study": results.made.id,
        "done": len(results.frame),
        "rows": results.plan.rows,
        "failed": int(results.frame["error"].is_not_null().sum()),
        "sentence": sentence,
        "notes": list(notes),
        "levels": [asdict(level) for name in names for level in results.levels(name)],
        "effects": [asdict(effect) for name in names for effect in results.effects(name)],
        "ranked": {factor: [asdict(rank) for rank in ranked(results, names[0], factor)] for factor in factors(results)},
    }
    if results.made.experiment.design.kind in ("sobol", "morris"):
        found["indices"] = [asdict(estimate_indices(results, name, place)) for name in names for place in places]
        found["convergence"] = {name: [asdict(step) for step in estimate_convergence(results, name)] for name in names}
    return found
