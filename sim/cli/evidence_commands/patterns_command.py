"""`demarche patterns`: what an explanation must show, row by row."""

import json
from textwrap import fill
from typing import Annotated, Any

import typer

from agents.errors import InputError

INDENT = " " * 6


def patterns(
    scenario: Annotated[str, typer.Argument(help="Scenario with rows in configs/patterns, or a file of rows.")],
    runs: Annotated[int, typer.Option(help="Runs of each world.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of all worlds.")] = 1,
    null: Annotated[str | None, typer.Option(help="In the target's place: never, always, coin, hazard.")] = None,
    weights: Annotated[str, typer.Option(help="Weight set, by name or file.")] = "default",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Judge each pattern of a scenario: target, measured, interval, PASS or FAIL; exit code 1 on a FAIL."""
    from sim.evidence.expectations.null_models import find_null_model
    from sim.evidence.expectations.patterns import judge, read_patterns

    if runs < 1:
        raise InputError(f"--runs {runs}: expected a whole number of 1 or more.")
    instead = find_null_model(null)
    found = read_patterns(scenario)
    verdicts = []
    for verdict in judge(found, runs, seed, instead, weights):
        verdicts.append(verdict)
        if not as_json:
            typer.echo(_line(verdict))
    failed = [verdict.row.id for verdict in verdicts if not verdict.passed]
    if as_json:
        rows = [
            {"id": v.row.id, "kind": v.row.kind, "target": v.target, "passed": v.passed, **v.measured._asdict()}
            for v in verdicts
        ]
        typer.echo(json.dumps({"scenario": found.scenario, "runs": runs, "seed": seed, "null": null, "rows": rows}))
    else:
        share = 100 * len(failed) / max(len(verdicts), 1)
        typer.echo(f"{len(verdicts) - len(failed)} of {len(verdicts)} rows pass, {share:.0f} % fail"
                   f" ({found.scenario}, {runs} runs, seed {seed}, {null or 'the scientific default'}).")  # fmt: skip
    if failed:
        raise typer.Exit(1)


def _line(verdict: Any) -> str:
    m = verdict.measured
    word = "PASS" if verdict.passed else "FAIL"
    line = f"{word}  {verdict.row.id:<32} {verdict.target:>24}  {m.value:8.2f}  [{m.low:.2f}, {m.high:.2f}]"
    if not verdict.row.why:
        return line
    because = f"{verdict.row.says} {verdict.row.why}"
    return f"{line}\n{fill(because, 100, initial_indent=INDENT, subsequent_indent=INDENT)}"
