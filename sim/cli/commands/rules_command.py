"""`demarche rules` and `new-rule`: what rules there are, what one says, and how to begin one."""

import inspect
import keyword
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError, names_there_are
from sim.cli.commands.scenarios_command import new_file
from sim.cli.common import output
from sim.cli.common.options import Folders

if TYPE_CHECKING:
    from agents.rule import Rule

Which = Annotated[str | None, typer.Argument(metavar="[NAME]", help="A rule, for its page.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and _.")]
Kind = Annotated[str, typer.Option("--family", help="answer, press or stance.")]
Folder = Annotated[Path, typer.Option("--folder", help="Where to put it.")]


def rules(name: Which = None, rules: Folders = None) -> None:
    """List the rules there are, or show the page of one."""
    from agents.isolation.user_rules import library
    from agents.rule import FAMILIES

    found = list(library(rules or []).values())
    if name is None:
        for family in FAMILIES.values():
            rows = [(rule.name, rule.summary, _traits(rule)) for rule in found if rule.family is family]
            output.put_table(f"{family.name} rules: {family.answer}", ("rule", "what it does", "traits"), rows)
        return
    named = [rule for rule in found if rule.name == name]
    if not named:
        raise InputError(f"There is no rule `{name}`. {names_there_are(name, {rule.name for rule in found})}")
    for rule in named:
        _page(rule)


def _traits(rule: "Rule") -> str:
    return ", ".join(f"{trait.name}={trait.default:g}" for trait in rule.traits)


def _page(rule: "Rule") -> None:
    from agents.errors import shown
    from sim.scenario.files.bibliography import cite

    output.put(f"{rule.name}: {rule.family.name} rule, answers {rule.family.answer}\n")
    output.put(f"{inspect.getdoc(rule.function) or ''}\n")
    output.put(f"Source: {cite(rule.source)}\nFile: {shown(rule.path)}")
    if rule.terms:
        output.put(f"Terms: {', '.join(term.replace('_', ' ') for term in rule.terms)}")
    if rule.traits:
        rows = [
            (
                trait.name,
                f"{trait.default:g}",
                f"{trait.unit.low:g} to {trait.unit.high:g}",
                trait.unit.name,
                trait.help,
            )
            for trait in rule.traits
        ]
        output.put_table("", ("trait", "default", "bounds", "unit", ""), rows, right=(1,))


def new_rule(name: Name, family: Kind = "answer", folder: Folder = Path("homework")) -> None:
    """Begin a rule of your own: a commented file that runs as it is."""
    from agents.library import shipped
    from agents.rule import FAMILIES
    from sim.cli.common.new_files import TEMPLATES

    if family not in FAMILIES:
        raise InputError(f"--family {family}: there is no such family. {names_there_are(family, FAMILIES)}")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) or keyword.iskeyword(name) or name in ("view", "rule"):
        raise InputError(f"`{name}` cannot be a rule's name; expected small letters, digits and _, as my_rule.")
    if (family, name) in shipped():
        raise InputError(f"There is a {family} rule `{name}` already; choose another name.")
    path = new_file(folder, f"{name}.py", TEMPLATES[family].replace("NAME", name))
    who = {"answer": "target", "press": "sender", "stance": "all"}[family]
    output.put(
        f"Wrote {path}. Change it, then:\n"
        f"  demarche check {path}\n"
        f"  demarche run two_countries --rules {folder} --rule {family}:{who}={name}"
    )
