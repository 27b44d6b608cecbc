"""The commands there are. What a command needs is imported when it is called, so that `--help` answers at once."""

from importlib.metadata import entry_points, version
from typing import Annotated

import typer

from sim.cli.commands import (
    check_command,
    compare_command,
    ensemble_command,
    numbers_command,
    play_command,
    rules_command,
    run_command,
    scenarios_command,
    why_command,
    world_command,
)
from sim.cli.evidence_commands import endings_command, evidence_command, explore_command, patterns_command
from sim.cli.study_commands import analyse_command, figure_command, replay_command, report_command, sweep_command

app = typer.Typer(
    name="demarche",
    help="Agent-based simulation of economic coercion and diplomatic negotiation.",
    epilog="Begin with: demarche run colombia_2025",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"demarche {version('demarche')}")
        raise typer.Exit


@app.callback()
def _every_command(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")] = False,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Agent-based simulation of economic coercion and diplomatic negotiation."""


for _command in (
    *(
        run_command.run,
        ensemble_command.ensemble,
        compare_command.compare,
        why_command.why,
        patterns_command.patterns,
        explore_command.explore,
        endings_command.endings,
        play_command.play,
    ),
    *(analyse_command.analyse, figure_command.figure, report_command.report, replay_command.replay),
    *(rules_command.rules, rules_command.new_rule, check_command.check),
    *(evidence_command.calibrate,),
    *(
        scenarios_command.scenarios,
        scenarios_command.new_scenario,
        scenarios_command.mechanisms,
        numbers_command.numbers,
        scenarios_command.schema,
        scenarios_command.where,
    ),
):
    app.command(_command.__name__.replace("_", "-"))(_command)

app.add_typer(sweep_command.sweep, name="sweep")
app.add_typer(world_command.world, name="world")
app.add_typer(evidence_command.evidence, name="evidence")

for _point in sorted(entry_points(group="demarche.commands"), key=lambda point: point.name):
    app.command(_point.name)(_point.load())  # commands of the floor above
