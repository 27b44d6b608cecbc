"""`demarche report`: a study as one HTML file that needs nothing else."""

from pathlib import Path
from typing import Annotated

import typer

from agents.errors import InputError
from sim.cli.common import output
from sim.cli.common.options import Folders
from sim.cli.study_commands.analyse_command import Folder, Language, read
from sim.cli.study_commands.figure_command import Replace, put

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE.html", help="The file.  [default: STUDY/report.html]")]


def report(
    study: Folder, out: Out = None, lang: Language = "en", replace: Replace = False, rules: Folders = None
) -> None:
    """Write a study as one HTML file: findings, figures, provenance, how to repeat it. It needs no network."""
    file = out or study / ("report.html" if lang == "en" else f"report-{lang}.html")
    if file.suffix != ".html":
        raise InputError(f"--out {file}: expected a file that ends in .html.")
    results = read(study, rules)
    from sim.studies.report.report_page import page

    output.put("\n".join(put(file.parent, {file.name: page(results, lang).encode()}, replace)))
