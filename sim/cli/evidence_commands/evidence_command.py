"""`demarche evidence` and `demarche calibrate`: the model held against cases of the world."""

import json
from pathlib import Path
from typing import Annotated

import typer

from agents.errors import InputError
from sim.cli.evidence_commands.claims_command import claims
from sim.cli.evidence_commands.evidence_all_command import everything

evidence = typer.Typer(
    name="evidence",
    help="Hold the model against cases of the world, with baselines beside it.",
    no_args_is_help=True,
    add_completion=False,
)


@evidence.callback()
def _evidence() -> None:
    """Hold the model against cases of the world, with baselines beside it."""


evidence.command("claims")(claims)
evidence.command("all")(everything)


@evidence.command("ties")
def ties(
    file: Annotated[Path, typer.Argument(help="A table of cases, shaped like TIES (docs/evidence-map.md).")],
    train: Annotated[Path | None, typer.Option(help="Cases to fit on; else rolling origin within FILE.")] = None,
    weights: Annotated[str | None, typer.Option(help="A calibrated set, by name or file; else one is fitted.")] = None,
    without_cost_codes: Annotated[
        bool, typer.Option("--without-cost-codes", help="Draw anticipated costs as if nobody had coded them.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of draws, runs and bootstraps.")] = 1,
    brief: Annotated[bool, typer.Option("--brief", help="Leave the case-by-case table out.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Predict how each case ends, score it, and print what the model gets right and wrong beside simple baselines."""
    from sim.evidence.report.ties_text import lines, record
    from sim.evidence.ties.cases.ties_table import read_table
    from sim.evidence.ties.validate import hold_against
    from sim.evidence.ties.weight_sets import read_set

    arguments = read_set(weights) if weights else None
    table, learnt = read_table(file), read_table(train) if train else None
    numbers = arguments.numbers() if arguments else None
    last = arguments.provenance.last_year if arguments else None
    found = hold_against(table, learnt, numbers, seed, not without_cost_codes, last)
    if as_json:
        typer.echo(json.dumps(record(found)))
        return
    for line in lines(found, not brief):
        typer.echo(line.rstrip())


@evidence.command("cases")
def cases(
    file: Annotated[str, typer.Argument(help="A file of episodes, by name or path.")] = "episodes",
    weights: Annotated[str, typer.Option(help="A calibrated set, by name or file.")] = "ties_1945_1997",
    seed: Annotated[int, typer.Option(min=0, help="Seed of draws, runs and bootstrap.")] = 1,
    runs: Annotated[int, typer.Option(help="Runs of each scenario that must be told apart.")] = 1000,
    null: Annotated[str | None, typer.Option(help="In the target's place there: never, always, coin, hazard.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Who gives way in coded episodes, how and how soon, against what happened; then what must tell scenarios apart."""
    from sim.evidence.episodes.episode_file import read_episodes
    from sim.evidence.episodes.hindcast import hold_episodes
    from sim.evidence.expectations.case_contrasts import check_arguments, judge_contrasts
    from sim.evidence.report.hindcast_text import lines, record, row_lines, row_record
    from sim.evidence.ties.weight_sets import read_set

    check_arguments(runs, null)
    arguments = read_set(weights)
    found = hold_episodes(read_episodes(file), arguments, seed)
    rows = judge_contrasts(runs, seed, null)
    if as_json:
        typer.echo(json.dumps(record(found) | {"discrimination": row_record(rows)}))
        return
    for line in (*lines(found), *row_lines(rows, runs)):
        typer.echo(line.rstrip())


def calibrate(
    file: Annotated[Path, typer.Argument(help="A table of training cases, shaped like TIES.")],
    name: Annotated[str, typer.Option(help="Name of the weight set.")] = "calibrated",
    out: Annotated[Path | None, typer.Option(help="File to write; else NAME.yaml here.")] = None,
    bootstrap: Annotated[int, typer.Option(help="Bootstrap samples of whole years, for the intervals.")] = 60,
    without_cost_codes: Annotated[
        bool, typer.Option("--without-cost-codes", help="Draw anticipated costs as if nobody had coded them.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of draws and of the bootstrap.")] = 1,
) -> None:
    """Fit the ten weights of a case to a table, with intervals, and write them as a named set with its origin."""
    from sim.evidence.ties.calibration import calibrated
    from sim.evidence.ties.cases.ties_columns import COST_CODES
    from sim.evidence.ties.cases.ties_table import read_table
    from sim.evidence.ties.weight_sets import set_of, text_of_set

    if bootstrap < 2:
        raise InputError(f"--bootstrap {bootstrap}: expected a whole number of 2 or more.")
    path = out or Path(f"{name}.yaml")
    if path.stem != name:
        raise InputError(f"--out {path}: the file has the name of the set; expected {name}.yaml.")
    if path.exists():
        raise InputError(f"{path}: this file is there already; expected another --name or --out.")
    table = read_table(file)
    seen = table.emptied(COST_CODES) if without_cost_codes else table
    found, sampled = calibrated(seen, bootstrap, seed)
    made = set_of(name, table, found, sampled, seed, not without_cost_codes)
    path.write_text(text_of_set(made), encoding="utf-8")
    for each, weight in made.weights.items():
        mark = "" if weight.identified else "  not identified: 0 lies inside"
        typer.echo(f"{each:14} {weight.value:10.5g}  [{weight.low:.5g}, {weight.high:.5g}]  {weight.unit}{mark}")
    typer.echo(f"Written to {path}.")
