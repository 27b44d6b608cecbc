"""The commands there are. What a command needs is imported when it is called, so that `--help` answers at once."""

from importlib.metadata import entry_points
from typing import Annotated

import typer

from sim.cli import (
    analyse,
    check,
    compare,
    ensemble,
    evidence,
    figure,
    patterns,
    play,
    replay,
    report,
    rules,
    run,
    scenarios,
    sweep,
    why,
    world,
)

app = typer.Typer(
    name="demarche",
    help="Agent-based simulation of economic coercion and diplomatic negotiation.",
    epilog="Begin with: demarche run colombia_2025",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback()
def _every_command(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")] = False,
) -> None:
    """Agent-based simulation of economic coercion and diplomatic negotiation."""


for _command in (
    *(run.run, ensemble.ensemble, compare.compare, why.why, patterns.patterns, play.play),
    *(analyse.analyse, figure.figure, report.report, replay.replay),
    *(rules.rules, rules.new_rule, check.check),
    *(evidence.calibrate,),
    *(scenarios.scenarios, scenarios.new_scenario, scenarios.mechanisms, scenarios.schema),
):
    app.command(_command.__name__.replace("_", "-"))(_command)

app.add_typer(sweep.sweep, name="sweep")
app.add_typer(world.world, name="world")
app.add_typer(evidence.evidence, name="evidence")

for _point in sorted(entry_points(group="demarche.commands"), key=lambda point: point.name):
    app.command(_point.name)(_point.load())  # commands of the floor above
