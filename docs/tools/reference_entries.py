"""The reference pages of rules and of mechanisms: a list of each, and a page for every one."""

import inspect
import re
from collections.abc import Iterator
from functools import partial

from make_reference import ROOT, Page, table
from reference_science import MADE, NUMBER, bounds, source

from agents.library import shipped
from agents.rule import FAMILIES, Rule
from sim.scenario import Scenario, read_weights
from sim.state.mechanisms import MECHANISMS, Mechanism


def entries() -> dict[str, Page]:
    """A page for every rule and every mechanism."""
    rules = {f"rules/{rule.family.name}-{rule.name}.md": partial(rule_page, rule) for rule in shipped().values()}
    return rules | {f"mechanisms/{mechanism.name}.md": partial(mechanism_page, mechanism) for mechanism in MECHANISMS}


def rules() -> Iterator[str]:
    """The list of rules."""
    yield "# Rules"
    yield f"{MADE}\n\nA rule is a pure function of a [View](view.md) and of its traits. Use one with `--rule`, as in"
    yield "    demarche run colombia_2025 --rule answer:target=threshold --trait target.margin=0.1"
    for family in FAMILIES.values():
        found = [rule for rule in shipped().values() if rule.family is family]
        yield f"## {family.name.capitalize()} rules"
        yield f"A rule of this family reads a `{family.view.__name__}` and answers: {family.answer}."
        rows = [(f"[{rule.name}](rules/{family.name}-{rule.name}.md)", rule.summary, rule.source) for rule in found]
        yield table(("rule", "what it does", "source"), rows)


def rule_page(rule: Rule) -> Iterator[str]:
    """What there is to know about one rule."""
    file = rule.path.relative_to(ROOT).as_posix()
    words, _, example = (inspect.getdoc(rule.function) or "").partition(">>>")
    yield f"# {rule.name}"
    yield f"{MADE} [All rules](../rules.md)"
    yield f"One of the {rule.family.name} rules. {words}"
    if example:
        yield f"```text\n>>>{example.rstrip()}\n```"
    yield f"Source: {source(rule.source)}\n\nFile: [{file}](../../../{file})"
    read = sorted(set(re.findall(r"view\.(\w+)", inspect.getsource(rule.function))))
    if read:
        yield "Reads of its [View](../view.md): " + ", ".join(f"`{field}`" for field in read) + "."
    if rule.terms:
        terms = ", ".join(f"`{term}`" for term in rule.terms)
        yield f"Terms, in support points, which sum to the margin: {terms}."
    rows = [(f"`{t.name}`", format(t.default, "g"), bounds(t.unit), t.unit.name, t.help) for t in rule.traits]
    yield table(("trait", "default", "bounds", "unit", "meaning"), rows)
    yield f"Try it:\n\n    {_trial(rule)}"


def _trial(rule: Rule) -> str:
    who = "sender" if rule.family.name == "press" else "target"
    if rule.family.name == "stance":
        return f"demarche ensemble colombia_2025 --rule stance:all={rule.name}"
    crisis = Scenario.read("colombia_2025").crises["flights"]
    if rule.name == getattr(getattr(crisis.rules, rule.family.name), who):
        return "demarche run colombia_2025"
    return f"demarche compare colombia_2025 --runs 500 --rule {rule.family.name}:{who}={rule.name}"


def mechanisms() -> Iterator[str]:
    """The list of mechanisms."""
    yield "# Mechanisms"
    yield f"{MADE}\n\nEach is at work unless it is switched off: `demarche run colombia_2025 --without elite`."
    yield "The word a path uses is `on`: `--at 12:on.private_channel=0` closes the private channel in round 12."
    rows = [(f"[{m.name}](mechanisms/{m.name}.md)", "on", m.meaning, m.source) for m in MECHANISMS]
    yield table(("mechanism", "default", "what it does", "source"), rows)


def mechanism_page(mechanism: Mechanism) -> Iterator[str]:
    """What there is to know about one mechanism."""
    yield f"# {mechanism.name}"
    yield f"{MADE} [All mechanisms](../mechanisms.md)"
    yield f"{mechanism.meaning[0].upper()}{mechanism.meaning[1:]}.\n\nSource: {source(mechanism.source)}"
    yield "On by default. Its equation stands in [the model](../../model.md)."
    _, values = read_weights("default")
    rows = []
    for name in mechanism.weights:
        weight = values[name]
        why = weight.assumed.why if weight.assumed else f"{source(weight.source or '')} {weight.note}".rstrip()
        span = f"{weight.assumed.low:g} to {weight.assumed.high:g}" if weight.assumed else "published"
        rows.append((f"`{name}`", format(weight.value, NUMBER), weight.unit, span, why))
    yield table(("weight", "value", "unit", "range", "why"), rows)
    used = [path for path in sorted((ROOT / "sim").rglob("*.py")) if f"ON.{mechanism.name}" in path.read_text("utf-8")]
    names = [path.relative_to(ROOT).as_posix() for path in used]
    yield "Read in: " + ", ".join(f"[{name}](../../../{name})" for name in names) + "."
    horizon = " --horizon 120" if {"review_days", "joining"} & set(mechanism.weights) else ""
    command = f"demarche compare colombia_2025 --runs 500{horizon} --without {mechanism.name}"
    yield f"What it does to the flagship:\n\n    {command}"
