"""`demarche check FILE`: is this rule, or this scenario, right?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from agents.errors import InputError
from sim.cli.common import output

File = Annotated[Path, typer.Argument(metavar="FILE", help="A rule (.py) or a scenario (.yaml).")]


def check(file: File) -> None:
    """Check a rule or a scenario, and say what is wrong and what would be right."""
    if file.suffix == ".py":
        from sim.engines.rule_contract import checks

        if not file.is_file():
            raise InputError(f"{file}: there is no such file.")
        found = checks(file)
    elif file.suffix in (".yaml", ".yml"):
        found = _scenario(file)
    else:
        raise InputError(f"{file}: expected a rule (.py) or a scenario (.yaml).")
    for sentence in found:
        output.put(f"ok  {sentence}")
    output.put(f"{file} is fine.")


def _scenario(path: Path) -> Iterator[str]:
    from sim.run.prepare import prepare
    from sim.run.spec import RunSpec
    from sim.scenario import Scenario

    scenario = Scenario.read(path)
    prepared = prepare(RunSpec(scenario=scenario.name), scenario)
    for name, inject in scenario.injects.items():
        prepared.addresses.find(inject.path, f"{path}: injects.{name}.path")
    numbers, assumed = len(scenario.numbers()), len(scenario.assumptions())
    yield f"every key, unit and source is known: {len(scenario.governments)} governments, {len(scenario.crises)} crises"
    yield f"{numbers} numbers, {numbers - assumed} with a source and {assumed} assumed, each with range and reason"
    yield f"its {len(scenario.injects)} injects lead to numbers there are"
    yield f"its rules, traits and measures fit together; {prepared.template.rounds} rounds"
