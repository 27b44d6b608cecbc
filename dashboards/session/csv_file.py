"""A run to take away: every round as a row of CSV, with the name of the run above it."""

import csv
import io
from pathlib import Path

from agents.library import Library
from dashboards.session import read_link
from sim.engines.history import play
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.state.columns import GOV, SIDE, STANCE, VIEW
from sim.state.tables import State
from sim.telling.changes_page import changes_in_words

SIDE_COLUMNS = ("strain", "pressure", "threat", "belief", "stand", "given")
HEAD = "# shares from 0 to 1, losses as shares of GDP a year, times in hours from the ultimatum; the run: "


def table(spec: RunSpec, rules: Library | None = None) -> str:
    """A run as CSV: a line with its spec, the columns' names, a row for the start and one after every round."""
    prepared = prepare(spec, rules=rules)
    history = play(prepared)
    codes = prepared.template.names.governments
    out = io.StringIO()
    out.write(f"{HEAD}{prepared.spec.to_json()}\n")
    out.writelines(f"# {sentence}\n" for sentence in changes_in_words(prepared, "en"))
    writer = csv.writer(out, lineterminator="\n")
    first = _row(history.state(0), codes)
    writer.writerow(["round", "hours", *first])
    for played in range(history.rounds + 1):
        numbers = _row(history.state(played), codes).values()
        writer.writerow([played, round(history.time(played) * 24.0, 6), *(round(value, 9) for value in numbers)])
    return out.getvalue()


def named(text: str, rules: Library | None = None) -> tuple[str, str]:
    """The CSV of the run in a link, and a name for its file.

    Raises:
        InputError: As `link.decode`.
    """
    spec = read_link.decode(text, rules)
    return table(spec, rules), f"{Path(spec.scenario).stem}-seed{spec.seed}-run{spec.run}.csv"


def _row(state: State, codes: tuple[str, ...]) -> dict[str, float]:
    """The numbers of one moment, by column."""
    row: dict[str, float] = {}
    for place, code in enumerate(codes):
        for column in ("support", "elite", "mood"):
            row[f"{code}.{column}"] = float(state.governments[place, getattr(GOV, column)])
    for crisis in range(len(state.crises)):
        for side, role in enumerate(("sender", "target")):
            for column in SIDE_COLUMNS:
                value = state.sides[crisis, side, getattr(VIEW, column)]
                row[f"crisis{crisis}.{role}.{column}"] = float(value)
            row[f"crisis{crisis}.{role}.willingness"] = float(state.sides[crisis, side, SIDE.willingness])
        for place, code in enumerate(codes):
            row[f"crisis{crisis}.stance.{code}"] = float(state.stances[crisis, place, STANCE.stance])
    return row
