"""`demarche scenarios`, `new-scenario`, `mechanisms` and `schema`."""

import re
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError
from sim.cli.common import output

if TYPE_CHECKING:
    from sim.scenario import Scenario

WIDTH = 100
Name = Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and _.")]
Which = Annotated[str | None, typer.Argument(metavar="[SCENARIO]", help="A scenario, for its page.")]
Folder = Annotated[Path, typer.Option("--folder", help="Where to put it.")]


def scenarios(name: Which = None) -> None:
    """List the scenarios there are, or what one is about and what it assumes."""
    from sim.scenario import Scenario, scenario_names

    if name is not None:
        _page(Scenario.read(name))
        return
    rows, wrong = [], []
    for name in scenario_names():
        try:
            scenario = Scenario.read(name)
        except InputError as error:  # one file of a person's own that is wrong hides no other
            wrong.append(str(error))
            continue
        rows.append((name, scenario.title.en, str(len(scenario.governments)), str(len(scenario.assumptions()))))
    output.put_table("", ("name", "title", "governments", "assumptions"), rows, right=(2, 3))
    for sentence in wrong:
        output.put(f"Left out: {sentence}")


def where() -> None:
    """Show where scenarios, experiments, weights and sources are looked up by name, in order."""
    from sim.scenario.files.locate import CONFIGS, NAMED, config_folders, own_folder

    says = {CONFIGS: "comes with Demarche", own_folder(): "your own folder"}
    rows = [
        (
            str(place),
            str(folder),
            says.get(folder, f"named by {NAMED}") + ("" if folder.is_dir() else "; not there yet"),
        )
        for place, folder in enumerate(config_folders(), 1)
    ]
    output.put_table("", ("", "folder", ""), rows)
    output.put(
        "The first folder that has a name counts; a path to a file always works. Each may hold scenarios/,"
        " experiments/, weights/, patterns/ and sources.bib. Rules are read only from folders named with --rules."
    )


def _page(scenario: "Scenario") -> None:
    """The accounts of those concerned, and every number that nobody knows."""
    assumptions = scenario.assumptions()
    output.put(f"{scenario.title.en}\n\n{fill(scenario.summary.en, WIDTH)}")
    for code, account in scenario.accounts.items():
        output.put("\n" + fill(f"{scenario.governments[code].name.en}: {account.en} [{account.source}]", WIDTH))
    output.put(f"\n{len(assumptions)} of its {len(scenario.numbers())} numbers are assumptions:")
    for path, number in assumptions:
        if number.assumed:
            bounds = f"{number.value:g} ({number.assumed.low:g} to {number.assumed.high:g}) {number.unit}"
            output.put(f"{path} = {bounds}\n    {number.assumed.why}")


def new_scenario(name: Name, folder: Folder = Path()) -> None:
    """Begin a scenario of your own: a copy of the smallest complete one, under a new name."""
    from sim.scenario import scenario_names
    from sim.scenario.files.locate import CONFIGS

    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise InputError(f"`{name}` cannot be a scenario's name; expected small letters, digits and _, as my_crisis.")
    if name in scenario_names():
        raise InputError(f"There is a scenario `{name}` already; choose another name.")
    text = (CONFIGS / "scenarios" / "two_countries.yaml").read_text(encoding="utf-8")
    path = new_file(folder, f"{name}.yaml", text.replace("name: two_countries", f"name: {name}", 1))
    output.put(f"Wrote {path}. Change it, then: demarche check {path}")


def new_file(folder: Path, name: str, text: str) -> Path:
    """A new file in a folder, made if needed; an existing one is never touched."""
    path = folder / name
    if path.exists():
        raise InputError(f"{path}: it is there already, and nothing is overwritten; choose another name.")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: this is a file; expected a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    output.write_file(path, output.text_writer(text))
    return path


def mechanisms() -> None:
    """List the mechanisms that --without switches off."""
    from sim.state.mechanisms import MECHANISMS

    rows = [(m.name, "on", m.meaning, m.source) for m in MECHANISMS]
    output.put_table("", ("name", "default", "what it does", "source"), rows)


def schema() -> None:
    """Print the JSON Schema of a scenario file, for editors."""
    from sim.scenario import json_schema

    output.put_json(json_schema())
