"""`demarche replay`: one row of a study as a transcript, compared with what is stored, and as a link."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agents.errors import RunError
from sim.cli.common import output
from sim.cli.common.options import Folders, Json
from sim.cli.study_commands.analyse_command import Folder, Language, read

if TYPE_CHECKING:
    from sim.studies.running.replay import Replay
    from sim.studies.store.results import Results

Row = Annotated[int, typer.Argument(metavar="ROW", help="Number of the row, from 0.")]


def replay(study: Folder, row: Row, lang: Language = "en", json: Json = False, rules: Folders = None) -> None:
    """Play one run of a study again: its transcript, a link, and whether it equals the stored row, bit for bit."""
    results = read(study, rules)
    from sim.scenario.text.texts import texts
    from sim.studies.running.replay import replay as again

    texts(lang)
    found = again(results, row)
    if json and found.history is not None:
        output.put_json(_record(found, lang))
    elif found.history is not None:
        output.put(_page(results, found, lang, rules))
    _told(results, found)


def _told(results: "Results", found: "Replay") -> None:
    """Whatever is wrong with the run, in a sentence: it fails, or it is not what is stored."""
    where = f"{results.store.where}: row {found.row}"
    if found.differs:
        said = f" It fails now: {found.error}" if found.error else ""
        raise RunError(
            f"{where}: the replay differs from the stored row in {', '.join(found.differs)}.{said} This must not be;"
            f" `demarche sweep verify {results.store.where}` looks at more rows."
        )
    if found.error:
        raise RunError(f"{where} fails again, as is stored: {found.error} Its spec: {found.spec.to_json()}")


def _page(results: "Results", found: "Replay", lang: str, rules: list[Any] | None) -> str:
    from sim.scenario.text.texts import say
    from sim.telling.crisis_page import transcript
    from sim.telling.share_link import MOST_CHARACTERS, address

    assert found.history is not None
    stored, link = found.stored, address(found.spec, lang)
    command = " ".join(["demarche dashboard", found.spec.scenario, *(f"--rules {folder}" for folder in rules or [])])
    lines = [
        say("replay.where", lang, row=found.row, where=results.store.where, world=stored["variant"][0],
            point=stored["point"][0], repetition=stored["repetition"][0], run=found.spec.run, seed=found.spec.seed),
        "" if found.differs else say("replay.same", lang, count=len(stored.columns)),
        say("replay.spec", lang, spec=found.spec.to_json()),
        say("replay.link", lang, address=link, command=command) if link
        else say("replay.no_link", lang, most=MOST_CHARACTERS),
    ]  # fmt: skip
    return "\n".join([transcript(found.history, lang), *(line for line in lines if line)])


def _record(found: "Replay", lang: str) -> dict[str, Any]:
    from sim.telling.run_record import record
    from sim.telling.share_link import address

    assert found.history is not None
    stored = found.stored.to_dicts()[0]
    said = {"row": found.row, "stored": stored, "equal": not found.differs, "differs": list(found.differs)}
    return record(found.history) | said | {"link": address(found.spec, lang)}
