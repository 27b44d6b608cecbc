"""`demarche play`: take a government's seat and decide yourself; the run has a name like any other."""

from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError
from sim.cli.commands.run_command import LANGUAGES
from sim.cli.common import output
from sim.cli.common.options import RunArguments, names_a_run

if TYPE_CHECKING:
    from sim.engines.seat import Seat
    from sim.telling.seat_page import SeatText

As = Annotated[str, typer.Option("--as", metavar="CODE", help="The government you decide for, as COL, or target.")]
Every = Annotated[float, typer.Option("--every", metavar="HOURS", help="Ask again after so many quiet hours.")]


@names_a_run
def play(arguments: RunArguments, who: As = "target", every: Every = 3.0, lang: str = "en") -> None:
    """Decide for one government. At each decision you see what it knows, and may ask what each rule would do."""
    from sim.engines.seat import Seat
    from sim.run.prepare import prepare
    from sim.telling.seat_page import SeatText

    if lang not in LANGUAGES:
        raise InputError(f"--lang {lang}: expected {' or '.join(LANGUAGES)}.")
    if every <= 0.0:
        raise InputError(f"--every {every:g}: expected a number of hours above 0.")
    seat = Seat(prepare(arguments.typical().run_spec(), rules=arguments.library()), who, every / 24.0)
    table = SeatText(seat, lang)
    output.put(table.opening())
    while seat.advance():
        if not _decide(seat, table):
            break
    output.put(table.closing())


def _decide(seat: "Seat", table: "SeatText") -> bool:
    """One decision; False when the person leaves."""
    output.put(table.page())
    while True:
        try:
            word = typer.prompt(table.question(), default="1", show_default=False).strip().lower()
        except (typer.Abort, EOFError):
            return False
        if word in ("q", "quit", "salir"):
            return False
        if word in ("?", "r"):
            output.put(table.advice())
            continue
        willing = table.understood(word)
        if willing is None:
            output.put(table.not_understood(word))
            continue
        seat.choose(willing)
        return True
