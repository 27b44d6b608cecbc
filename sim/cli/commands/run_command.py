"""`demarche run`: one run, its transcript and its outcome."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError
from sim.cli.common import output
from sim.cli.common.options import Json, RunArguments, names_a_run

if TYPE_CHECKING:
    from sim.engines.endings import Endings
    from sim.engines.history import History

Language = Annotated[str, typer.Option("--lang", metavar="en|es", help="Language of the transcript.")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Also write run.json, transcript.txt, rounds.csv.")
]
HowOften = Annotated[
    bool | None,
    typer.Option(
        "--how-often/--alone", help="Also say how often it ends so; --alone does not.  [default: not with --json]"
    ),
]
LANGUAGES = ("en", "es")


@names_a_run
def run(
    arguments: RunArguments, out: Out = None, json: Json = False, lang: Language = "en", how_often: HowOften = None
) -> None:
    """Run a scenario once and print what happened, hour by hour, and how it ended."""
    from sim.telling.run_record import record, rounds_csv

    if lang not in LANGUAGES:
        raise InputError(f"--lang {lang}: expected {' or '.join(LANGUAGES)}.")
    if out:
        output.free_folder(out)
    history = played(arguments)
    counted = rarity(history, how_often) if how_often or (how_often is None and not json) else None
    found = record(history, counted if how_often else None)
    if json and not out:
        output.put_json(found)
        return
    from sim.telling.region_page import page

    told = page(history, lang, counted)
    if out:
        files = {
            "run.json": output.as_json(found),
            "transcript.txt": told.rstrip("\n") + "\n",
            "rounds.csv": rounds_csv(history),
        }
        output.write_folder(out, {name: output.text_writer(text) for name, text in files.items()})
    if json:
        output.put_json(found)
        return
    output.put(told)


def rarity(history: "History", asked: bool | None) -> "Endings | None":
    """How often a run like this one ends in which way; who has not asked for it does not wait for the compiler."""
    from sim.engines.endings import counts_at_once, endings

    if not asked and not counts_at_once(history.prepared):
        typer.echo("--how-often also says how often it ends so; the first time, that compiles the engine.", err=True)
        return None
    return endings(history.prepared)


def played(arguments: RunArguments) -> "History":
    """The run that the options name, with a bar if it takes long."""
    spec, rules = arguments.typical().run_spec(), arguments.library()  # a bad rule is found before Mesa is loaded
    from sim.engines.history import play
    from sim.run.prepare import prepare
    from sim.telling.progress_bar import show_progress

    prepared = prepare(spec, rules=rules)
    last = 0

    def progress(done: int) -> None:
        nonlocal last
        advance(done - last)
        last = done

    with show_progress(prepared.template.rounds, "preparing", "rounds") as advance:
        return play(prepared, progress)
