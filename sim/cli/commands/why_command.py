"""`demarche why`: the terms behind one answer, which sum to its margin."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agents.errors import InputError
from sim.cli.commands.run_command import played
from sim.cli.common import output
from sim.cli.common.options import Json, RunArguments, names_a_run

if TYPE_CHECKING:
    from agents.rule import Rule
    from sim.engines.explain import Explanation

POINT = 100.0
Round = Annotated[int, typer.Option("--round", help="Number of the round, from 0.")]
Who = Annotated[str, typer.Option("--who", help="Code of a government, or sender, or target.")]


@names_a_run
def why(arguments: RunArguments, round: Round, who: Who, json: Json = False) -> None:
    """Show why a government answered as it did in one round: the terms of its rule, in support points."""
    history = played(arguments)
    from sim.engines.explain import explain, settled_round

    end = settled_round(history, 0)
    if end is not None and end < round < history.rounds:
        raise InputError(f"--round {round}: the two settled in round {end}; expected 0 to {end}.")
    found = explain(history, round, who)
    if json:
        output.put_json(_data(found, history.prepared.spec.model_dump(mode="json")))
        return
    rule = found.rule
    output.put(f"{found.who}, round {found.round}, {found.time * 24:.1f} hours after the demand.")
    output.put(f"It follows `{rule.name}`: {rule.summary}")
    if found.terms:
        _print_terms(found.terms, found.margin or 0.0)
    else:
        output.put(f"\nThis rule gives no terms; it is short enough to read:\n\n{source(rule)}")
    if found.forced:
        output.put("It was told from outside what to answer; the terms are what its rule would have weighed.")
    if found.expression:
        output.put(f"Its rule says {found.by_rule:.2f}; the expression on top of it is `{found.expression}`.")
    output.put(f"It was willing to give {found.willingness:.2f} of what it could (0 holds, 1 gives all).")
    _print_view(found)


def source(rule: "Rule") -> str:
    """The code of a rule."""
    import inspect

    return inspect.getsource(rule.function)


def rounded(parts: Sequence[float], total: float, digits: int = 2) -> list[float]:
    """The parts rounded so that what is printed sums to the printed total: the largest remainders get the rest."""
    scale = 10**digits
    whole = [math.floor(part * scale) for part in parts]
    rest = round(total * scale) - sum(whole)
    order = sorted(range(len(parts)), key=lambda place: whole[place] - parts[place] * scale)
    for place in order[: max(rest, 0)]:
        whole[place] += 1
    return [number / scale for number in whole]


def _print_terms(terms: dict[str, float], margin: float) -> None:
    points = rounded([value * POINT for value in terms.values()], margin * POINT)
    rows = [(name.replace("_", " "), f"{value:+.2f}") for name, value in zip(terms, points, strict=True)]
    output.put_table("", ("term", "support points"), [*rows, ("margin", f"{margin * POINT:+.2f}")], right=(1,))


def _print_view(found: "Explanation") -> None:
    """The fields of its View that the rule's code names, with their units."""
    from agents.isolation.sample_views import units_of

    units = units_of(found.rule.family.view)
    read = [name for name in found.view if name in found.rule.function.__code__.co_names]
    rows = [(name, f"{found.view[name]:.6g}", units[name].name) for name in read]
    rows += [
        (f"{trait.name} (trait)", f"{found.traits[trait.name]:.6g}", trait.unit.name) for trait in found.rule.traits
    ]
    output.put_table("What it knew", ("", "value", "unit"), rows, right=(1,))


def _data(found: "Explanation", spec: dict[str, Any]) -> dict[str, Any]:
    plain = {
        name: getattr(found, name)
        for name in (
            "round",
            "time",
            "who",
            "terms",
            "margin",
            "willingness",
            "by_rule",
            "expression",
            "view",
            "traits",
        )
    }
    return plain | {"rule": found.rule.name, "run_spec": spec}
