"""`demarche figure`: one figure for a paper, with the numbers behind it and a caption, the same bytes each time."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError, names_there_are
from sim.cli.common import output
from sim.cli.common.options import Folders
from sim.cli.study_commands.analyse_command import Folder, Language, measured, read

if TYPE_CHECKING:
    from sim.studies.figures.numbers import Asked
    from sim.studies.store.results import Results

Kind = Annotated[
    str, typer.Argument(metavar="KIND", help="effects, indices, morris, convergence, heat, response or hist.")
]
Measured = Annotated[str | None, typer.Option("--metric", metavar="NAME", help="What is shown.  [default: the first]")]
World = Annotated[str | None, typer.Option("--world", metavar="NAME", help="In which world.  [default: the first]")]
By = Annotated[list[str] | None, typer.Option("--by", metavar="PATH", help="Along which number; twice for a heat map.")]
Width = Annotated[str, typer.Option("--width", metavar="single|double", help="8.4 or 17.5 cm.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Into this folder.  [default: STUDY/figures]")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over files that are there and differ.")]


def figure(
    study: Folder,
    kind: Kind,
    metric: Measured = None,
    world: World = None,
    by: By = None,
    width: Width = "single",
    lang: Language = "en",
    out: Out = None,
    replace: Replace = False,
    rules: Folders = None,
) -> None:
    """Draw a figure as SVG, PDF and PNG, with its CSV and a caption draft. Made again, it is the same file."""
    results = read(study, rules)
    from sim.studies.figures.figure_files import files, make
    from sim.studies.figures.numbers import Asked

    asked = Asked(kind, measured(results, metric), _place(results, world), tuple(by or ()))
    made = make(results, asked, width, lang)
    stem = _stem(asked, width, lang)
    found = files(made, results, _command(results, asked, width, lang, rules), lang)
    folder = out or study / "figures"
    written = put(folder, {f"{stem}.{ending}": data for ending, data in found.items()}, replace)
    output.put("\n".join([made.says, *written]))


def put(folder: Path, files: dict[str, bytes], replace: bool) -> list[str]:
    """Write files, each whole or not at all; gives a line for each. Equal files stay as they are.

    Raises:
        InputError: When a file is there and differs, unless it may be replaced; then nothing is written.
    """
    from agents.errors import shown

    there = {name: (folder / name).read_bytes() for name in files if (folder / name).is_file()}
    differ = [name for name, data in there.items() if data != files[name]]
    if differ and not replace:
        where = shown(folder / differ[0])
        raise InputError(
            f"{where}: it is there already and differs, and nothing was overwritten; expected another folder"
            " by --out, or --replace."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"--out {folder}: the folder cannot be made ({error.strerror}).") from None
    lines = []
    for name, data in files.items():
        same = there.get(name) == data
        if not same:
            output.write_file(folder / name, output.bytes_writer(data))
        lines.append(f"  {shown(folder / name)}{'  (was there, the same)' if same else ''}")
    return lines


def _place(results: "Results", world: str | None) -> int:
    names = [one.name for one in results.made.variants]
    if world is not None and world not in names:
        raise InputError(f"{results.store.where}: --world {world}: {names_there_are(world, names)}")
    return names.index(world) if world else 0


def _stem(asked: "Asked", width: str, lang: str) -> str:
    """The name of the files: what they show, and what is not as usual."""
    world = [f"world{asked.variant}"] if asked.variant else []
    parts = [asked.kind, asked.metric, *asked.by, *world]
    parts += [width] * (width != "single") + [lang] * (lang != "en")
    return "-".join(part.replace(":", ".") for part in parts)


def _command(results: "Results", asked: "Asked", width: str, lang: str, rules: list[Path] | None) -> str:
    words = ["demarche", "figure", results.store.where, asked.kind, "--metric", asked.metric]
    for path in asked.by:
        words += ["--by", path]
    if asked.variant:
        words += ["--world", results.made.variants[asked.variant].name]
    words += ["--width", width] + ["--lang", lang] * (lang != "en")
    for folder in rules or []:
        words += ["--rules", str(folder)]
    return shlex.join(words)
