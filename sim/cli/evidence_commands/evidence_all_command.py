"""`demarche evidence all`: everything the model is held against, on one page."""

from pathlib import Path
from typing import Annotated

import typer

from agents.errors import InputError
from sim.cli.common import output
from sim.cli.study_commands.figure_command import put


def everything(
    file: Annotated[
        Path | None, typer.Argument(help="A table of cases, shaped like TIES; without one that part is left out.")
    ] = None,
    report: Annotated[
        bool, typer.Option("--report", help="Write evidence.html, evidence.md and the plots; else print Markdown.")
    ] = False,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the report goes.")] = Path("evidence"),
    replace: Annotated[bool, typer.Option("--replace", help="Write over a report that is there and differs.")] = False,
    runs: Annotated[int, typer.Option(help="Runs of each world.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of everything.")] = 1,
    seeds: Annotated[int, typer.Option(help="Seeds in which the calibrated set meets the flagship.")] = 5,
) -> None:
    """Hold the model against cases, episodes, scenarios and claims; say what each mechanism earns. About 20 minutes."""
    from sim.evidence.report.gathered import gather
    from sim.evidence.report.markdown import markdown
    from sim.evidence.report.parts import parts
    from sim.evidence.ties.cases.ties_table import read_table

    for name, number, least in (("--runs", runs, 10), ("--seeds", seeds, 1)):
        if number < least:
            raise InputError(f"{name} {number}: expected a whole number of {least} or more.")
    there = [name for name in ("evidence.md", "evidence.html") if (out / name).exists()]
    if report and there and not replace:
        raise InputError(f"{out / there[0]}: it is there already; expected another folder by --out, or --replace.")
    table = read_table(file) if file else None
    found = gather(table, runs, seed, seeds, lambda what: typer.echo(f"{what} ...", err=True))
    listed = list(parts(found))
    if not report:
        output.put(markdown(listed, plots=False))
        return
    from sim.evidence.report.evidence_page import page
    from sim.evidence.report.plots import plots

    drawn = plots(found)
    files = {"evidence.md": markdown(listed).encode(), "evidence.html": page(listed, drawn).encode()}
    pictures = {f"{name}.svg": svg for name, svg in drawn.items()}
    output.put("\n".join(put(out, files | pictures, replace)))
