"""`demarche endings`: how often a scenario ends in which way, and the seed it is shown with."""

from typing import Annotated, Any

import typer

from agents.errors import InputError
from sim.cli.common import output
from sim.cli.common.options import Json

MOST = 12
"""Endings that are listed, the most common first."""


def endings(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or `all` for those that come with Demarche.")],
    runs: Annotated[int | None, typer.Option(help="Runs to count.  [default: 1000; 200 for a region]")] = None,
    write: Annotated[bool, typer.Option("--write", help="Put it on file, where `run` and the page read it.")] = False,
    json: Json = False,
) -> None:
    """Count how a scenario ends under luck alone, and find a seed whose run has the most common ending."""
    from sim.cli.common.options import whole
    from sim.evidence.expectations import typical_seeds
    from sim.scenario.files.locate import CONFIGS

    shipped = sorted(path.stem for path in (CONFIGS / "scenarios").glob("*.yaml"))
    if write and scenario != "all" and scenario not in shipped:
        raise InputError(f"--write: `{scenario}` does not come with Demarche; its endings are counted as it is run.")
    names = shipped if scenario == "all" else [scenario]
    found = {}
    for name in names:
        found[name] = typical_seeds.found_for(name, None if runs is None else whole(runs))
        if not json:
            _print(name, found[name])
    if json:
        output.put_json(found)
    if write:
        typical_seeds.write_file(found)


def _print(name: str, found: dict[str, Any]) -> None:
    runs = found["runs"]
    output.put(f"{name}: {runs} runs of seed 1")
    for outcome, given, count in found["endings"][:MOST]:
        output.put(f"{100 * count / runs:6.1f} %  {outcome:<6} {', '.join(given) or 'nothing given'}")
    if found["as_recorded"] is not None:
        output.put(f"{100 * found['as_recorded'] / runs:6.1f} %  as is on record")
    output.put(f"Shown with seed {found['seed']}. {found['why']}\n")
