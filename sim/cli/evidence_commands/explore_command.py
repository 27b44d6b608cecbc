"""`demarche explore`: how much of what is declared unknown agrees with each row."""

import json
from typing import Annotated, Any

import typer

MOST_WIDTHS = 12
"""Numbers listed: those that the case narrows most."""


def explore(
    scenario: Annotated[str, typer.Argument(help="Scenario with rows in configs/patterns, or a file of rows.")],
    draws: Annotated[int, typer.Option(help="Joint draws of every assumed weight and trait.")] = 200,
    runs: Annotated[int, typer.Option(help="Runs of each world at each draw.")] = 100,
    full: Annotated[int, typer.Option(help="Draws at which all rows are judged, whatever the case's rows say.")] = 50,
    width: Annotated[
        float, typer.Option(help="Part of each declared range, around the default; 1 is all of it.")
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="Seed of the draws and of all worlds.")] = 1,
    save: Annotated[bool, typer.Option(help="Keep the draws of the posterior, for --weights posterior.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Draw every assumed weight and trait from its range at once: the share of draws under which each row holds."""
    from sim.evidence.expectations import explore as exploring
    from sim.evidence.expectations.patterns import read_patterns
    from sim.telling.progress_bar import show_progress

    patterns = read_patterns(scenario)
    with show_progress(draws, "compiling rules and laws", "draws") as advance:
        found = exploring.explore(patterns, draws, runs, seed, width, full, advance)
    rows = list(exploring.shares(found))
    kept = exploring.save(found, patterns.scenario, runs) if save else 0
    if as_json:
        said = [{"id": row, "prior": prior, "posterior": _or_none(later)} for row, prior, later in rows]
        typer.echo(
            json.dumps(
                {"draws": draws, "posterior": int(found.posterior.sum()), "rows": said, "widths": found.widths()}
            )
        )
        return
    _print(found, rows)
    if save:
        typer.echo(f"\n{kept} draws are kept; `demarche ensemble {patterns.scenario} --weights posterior` uses them.")


def _print(found: Any, rows: list[tuple[str, float, float]]) -> None:
    kept = int(found.posterior.sum())
    typer.echo(f"{len(found.free)} assumed weights and traits drawn at once, {len(found.points)} draws.")
    if kept:
        typer.echo(f"Under {kept} of them the case goes as it went (all rows of the case hold): the posterior.\n")
    else:
        typer.echo("Under none of them does the case go as it went; use more draws, or a smaller --width.\n")
    typer.echo(f"{'row':<34}{'prior':>8}{'posterior':>12}   percent of draws under which it holds")
    typer.echo(f"{'draws behind it, rows of the case':<34}{len(found.points):8}{kept:12}")
    typer.echo(f"{'draws behind it, other rows':<34}{found.full:8}{kept:12}")
    for row, prior, later in rows:
        note = "   a point, not a region" if later < 50.0 else ""
        typer.echo(f"{row:<34}{prior:8.0f}" + (f"{later:12.0f}{note}" if kept else f"{'-':>12}"))
    widths = sorted(found.widths().items(), key=lambda pair: pair[1])
    if widths:
        typer.echo(f"\nSpread in the posterior over spread in the prior; of {len(widths)} the {MOST_WIDTHS} narrowest:")
        for name, width in widths[:MOST_WIDTHS]:
            typer.echo(f"  {name:<32}{width:5.2f}")


def _or_none(value: float) -> float | None:
    return value if value == value else None
