"""`demarche world`: a world from a user's own tables, what its ties say, and an invented one of any size."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError
from sim.cli.common import output
from sim.cli.common.options import Json

if TYPE_CHECKING:
    from sim.scenario.from_tables.build import Built

world = typer.Typer(
    help="Worlds from data. Begin with: demarche world show hemisphere_2025",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)

CSV = "CSV"
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The scenario's file, as my_world.yaml.")]
Governments = Annotated[Path, typer.Option("--governments", metavar=CSV, help="A line a government: code, name, GDP.")]
Exports = Annotated[
    list[Path],
    typer.Option("--exports", metavar=CSV, help="A line a flow, Comtrade-like or COW-like. May be repeated."),
]
Alliances = Annotated[Path | None, typer.Option("--alliances", metavar=CSV, help="A line a pair of allies.")]
Votes = Annotated[
    Path | None, typer.Option("--votes", metavar=CSV, help="UN ideal points, before the governments' own.")
]
Year = Annotated[int | None, typer.Option("--year", help="Of the tables that have a column `year`.")]
Only = Annotated[str | None, typer.Option("--only", metavar="CODES", help="Keep these alone, as in USA,COL,MEX.")]


@world.command()
def build(
    governments: Governments,
    exports: Exports,
    out: Out,
    alliances: Alliances = None,
    votes: Votes = None,
    sender: Annotated[
        str | None, typer.Option("--sender", metavar="CODE", help="Who demands, in the placeholder.")
    ] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="CODE", help="Of whom.")] = None,
    year: Year = None,
    only: Only = None,
    skip_unknown: Annotated[
        bool, typer.Option("--skip-unknown", help="Leave out codes without a line or a GDP.")
    ] = False,
) -> None:
    """Build a scenario from your own tables, with a placeholder for its crisis."""
    from sim.scenario.from_tables.build import Files
    from sim.scenario.from_tables.build import build as made
    from sim.scenario.from_tables.governments import Keep

    name = _name(out)
    kept = frozenset(code.strip().upper() for code in (only or "").split(",") if code.strip())
    if only is not None and not kept:
        raise InputError("--only: nobody is named; expected codes with commas, as USA,COL,MEX.")
    files = Files(governments, tuple(exports), alliances, votes, year)
    found = made(name, files, Keep(kept, skip_unknown), sender, target)
    output.write_file(out, output.text_writer(found.text))
    output.put(_built(out, found))


@world.command()
def show(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Name of a scenario, or its file.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Also draw it: .svg or .png.")] = None,
    alliances: Alliances = None,
    year: Year = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Lines of a table at most.")] = 30,
    bear: Annotated[
        float,
        typer.Option("--bear", min=0.0, max=100.0, help="Exports to the sender that a bloc's member bears, % of GDP."),
    ] = 5.0,
    json: Json = False,
) -> None:
    """Print who is exposed, who is central, which bloc would hold and who would feel it; draw it too."""
    from sim.cli.commands.world_pages import pages
    from sim.scenario import Scenario
    from sim.scenario.from_tables.findings import findings
    from sim.scenario.from_tables.flows import allies_of_world

    if out:
        output.free_file(out, (".svg", ".png"))
    read = Scenario.read(scenario)
    found = findings(read, allies_of_world(alliances, read, year) if alliances else [], bear / 100.0)
    if out:
        from sim.scenario.from_tables.drawing import picture

        drawn = picture(read, found, out.suffix)
        output.write_file(out, lambda path: path.write_bytes(drawn))
    if json:
        output.put_json(found.record())
        return
    pages(read, found, most, bear / 100.0)


@world.command()
def synthetic(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The scenario's file; else gravity_200_1.yaml, as the case is."),
    ] = None,
    governments: Annotated[int, typer.Option("--governments", help="How many.")] = 200,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Key of its luck.")] = 1,
    crises: Annotated[int, typer.Option("--crises", help="Demands: one made, the others latent.")] = 1,
) -> None:
    """Make an invented world: GDP lognormal, places on a sphere, trade by gravity."""
    from sim.scenario.from_tables.synthetic import synthetic as made

    out = out or Path(f"gravity_{governments}_{seed}.yaml")
    text = made(_name(out), governments, seed, crises)
    output.write_file(out, output.text_writer(text))
    output.put(f"Wrote {out}: {governments} governments, {crises} demands, seed {seed}. Next: demarche run {out}")


def _name(out: Path) -> str:
    """The scenario's name, from its file's."""
    from sim.scenario.files.codes import file_name

    output.free_file(out, (".yaml",))
    try:
        return file_name(out.stem)
    except ValueError:
        right = "a name in small letters, digits and _, as my_world.yaml"
        raise InputError(f"--out {out}: the file's name is the scenario's; expected {right}.") from None


def _built(out: Path, found: "Built") -> str:
    """What was made of the tables, and what was left out."""
    who = f"{len(found.governments.facts)} governments, {found.flows:,} flows, {found.alliances:,} alliances"
    lines = [f"Wrote {out}: {who}. Placeholder: {found.sender} demands of {found.target}."]
    if found.trade.left_out:
        lines.append(f"Left out: {found.trade.said()}.")
    if found.silent:
        some = ", ".join(found.silent[:12]) + (" ..." if len(found.silent) > 12 else "")
        lines.append(f"Without any exports in the tables: {len(found.silent)} ({some}).")
    return "\n".join([*lines, f"Next: demarche world show {out}, then: demarche run {out}"])
