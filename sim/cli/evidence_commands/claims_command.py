"""`demarche evidence claims`: what the literature reports, each as a paired experiment in the model."""

import json
from textwrap import fill
from typing import Annotated, Any

import typer

INDENT = " " * 7


def claims(
    file: Annotated[str, typer.Argument(help="Claims by name (in configs/evidence) or file.")] = "claims",
    runs: Annotated[int, typer.Option(help="Paired runs of each claim; long worlds have fewer.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of all worlds.")] = 1,
    only: Annotated[list[str] | None, typer.Option(help="One claim by its id; may be given again.")] = None,
    null: Annotated[str | None, typer.Option(help="In the target's place: never, always, coin, hazard.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Hold the model to the literature's stylised facts: effect, 95 % interval, HOLDS or FAILS, claim by claim."""
    from sim.evidence.expectations.claim_file import chosen, read_claims
    from sim.evidence.expectations.claims import judge_claims

    found = []
    for each in judge_claims(chosen(read_claims(file), only or ()), runs, seed, null):
        found.append(each)
        if not as_json:
            typer.echo(_line(each))
    if as_json:
        hold = sum(each.holds for each in found)
        record = {
            "n": runs,
            "seed": seed,
            "null": null,
            "hold": hold,
            "of": len(found),
            "claims": [_record(each, null) for each in found],
        }
        typer.echo(json.dumps(record, ensure_ascii=False))
        return
    for line in _summary(found, runs, seed, null):
        typer.echo(line)


def _line(found: Any) -> str:
    claim, effect = found.claim, found.effect
    measured = f"{effect.value:8.2f}  [{effect.low:.2f}, {effect.high:.2f}]"
    doubt = "unclear" if found.unclear else ""
    line = f"{found.verdict}  fact {claim.fact:>2}  {claim.id:<27} {measured:<28} {_bar(claim):<12} {doubt}"
    says = f"{claim.says.en} {claim.citation}. n = {effect.n}, {found.unit}."
    return f"{line.rstrip()}\n{fill(says, 110, initial_indent=INDENT, subsequent_indent=INDENT)}"


def _bar(claim: Any) -> str:
    """The bounds, in words."""
    if claim.low is not None and claim.high is not None:
        return f"{claim.low:g} to {claim.high:g}"
    return f"above {claim.low:g}" if claim.low is not None else f"below {claim.high:g}"


def _summary(found: list[Any], runs: int, seed: int, null: str | None) -> list[str]:
    hold = [each for each in found if each.holds]
    direct = sum(each.claim.direct for each in hold)
    target = f", the target answers by {null}" if null else ""
    lines = [
        "",
        f"{len(hold)} of {len(found)} hold ({runs} paired runs, seed {seed}{target}), {direct} of them because one law"
        " or weight says so.",
    ]
    for each in found:
        if not each.holds and null is None:
            why = each.claim.why.en if each.claim.why else "no reason is written down."
            lines.append(fill(f"{each.claim.id}: {why}", 110, subsequent_indent=INDENT))
    return lines


def _record(found: Any, null: str | None) -> dict[str, Any]:
    """A claim as JSON; what was not measured is null, and a null model's failures are not the model's to explain."""
    claim, effect = found.claim, found.effect
    numbers = {name: None if value != value else value for name, value in effect._asdict().items()}
    return {
        "id": claim.id,
        "fact": claim.fact,
        "text": claim.says.en,
        "text_es": claim.says.es,
        "citation": claim.citation,
        "figure": claim.figure,
        "basis": claim.basis,
        "direct": claim.direct,
        "effect": numbers["value"],
        "low": numbers["low"],
        "high": numbers["high"],
        "n": effect.n,
        "unit": found.unit,
        "bar": _bar(claim),
        "verdict": found.verdict,
        "unclear": found.unclear,
        "why": claim.why.en if claim.why and not found.holds and null is None else "",
    }
