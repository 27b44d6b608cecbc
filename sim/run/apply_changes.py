"""Changes put into a template, in one loop. What they amount to comes back: equal runs have equal changes."""

from collections.abc import Iterable
from typing import NamedTuple

from agents.errors import InputError, names_there_are
from agents.rule import Rule
from sim.run.addresses import Addresses
from sim.run.changes import EXPRESSION, RULE, Change
from sim.run.expressions import Expression, read
from sim.run.put_rules import SIDES, put_expression, put_rule, table_of
from sim.run.template import Template
from sim.state.tables import State, windows


class Applied(NamedTuple):
    """A change that changed something, by the one name of its number, and what was there before."""

    change: Change
    old: float | str


def apply_changes(template: Template, addresses: Addresses, changes: Iterable[Change]) -> tuple[Applied, ...]:
    """Put changes into a template: rules first, since they bring their traits, then numbers in their order.

    Returns:
        What is different now, with what was before: one change a rule, expression or number, in a fixed order. A
        change that leaves everything as it was is not among them.

    Raises:
        InputError: One sentence for a change that names what does not exist or does not fit.
    """
    said = list(changes)
    state = windows(template.cells, template.shape, plain=False)
    rules = _follow_rules(template, state, [one for one in said if one.path.startswith(RULE)])
    expressions = _follow_expressions(template, state, [one for one in said if one.path.startswith(EXPRESSION)])
    numbers = [one for one in said if not one.path.startswith((RULE, EXPRESSION))]
    return (*rules, *expressions, *_put_numbers(template, addresses, numbers))


def _put_numbers(template: Template, addresses: Addresses, changes: list[Change]) -> list[Applied]:
    before: dict[int, float] = {}
    for change in changes:
        cell = addresses.find(change.path, change.text)
        old = float(template.cells[cell.address])
        value = {"=": change.number, "+=": old + change.number, "*=": old * change.number}[change.op]
        addresses.check(change.path, value, change.text)
        before.setdefault(cell.address, old)
        for address in (cell.address, *addresses.twins(change.path, cell)):
            template.cells[address] = value
    names = sorted((addresses.name(address), address) for address, old in before.items())
    return [
        Applied(Change(path=name, value=float(template.cells[address])), before[address])
        for name, address in names
        if template.cells[address] != before[address]
    ]


def _follow_rules(template: Template, state: State, changes: list[Change]) -> list[Applied]:
    """`rules.answer.target = never`: for a side of the first crisis, a government by code, or `crisis.target`.

    The last word on each row counts, and only where it differs from the scenario's own rule.
    """
    wanted: dict[tuple[str, int, int], Rule] = {}
    for change in changes:
        family, _, who = change.path.removeprefix(RULE).partition(".")
        if family not in ("answer", "press", "stance") or change.op != "=":
            raise InputError(f"{change.text}: expected rules.FAMILY.WHO=NAME with FAMILY answer, press or stance.")
        try:
            rule = template.library.find(family, str(change.value))
        except InputError as error:
            raise InputError(f"{change.text}: {error}") from error
        wanted |= {(family, *place): rule for place in rows_of(template, family, who, change.text)}
    applied = []
    for (family, crisis, row), rule in wanted.items():
        table, number, _ = table_of(state, family)
        old = template.library.family(family)[int(table[crisis, row, number])]
        if old is not rule:
            put_rule(state, rule, template.library, crisis, row)
            path = f"{RULE}{family}.{_name(template, family, crisis, row)}"
            applied.append(Applied(Change(path=path, value=rule.name), old.name))
    return sorted(applied, key=lambda one: one.change.path)


def _follow_expressions(template: Template, state: State, changes: list[Change]) -> list[Applied]:
    """`expressions.target = max(answer, 0.2)`: a person's own line on top of a side's answer rule; the last counts."""
    wanted: dict[tuple[int, int], Expression] = {}
    for change in changes:
        who = change.path.removeprefix(EXPRESSION)
        try:
            expression = read(str(change.value))
        except InputError as error:
            raise InputError(f"{EXPRESSION}{who}: {error}") from error
        wanted |= dict.fromkeys(rows_of(template, "answer", who, change.text), expression)
    applied = []
    for (crisis, side), expression in sorted(wanted.items()):
        put_expression(state, expression, crisis, side)
        template.expressions[crisis, side] = expression
        path = f"{EXPRESSION}{_name(template, 'answer', crisis, side)}"
        applied.append(Applied(Change(path=path, value=" ".join(expression.text.split())), ""))
    return applied


def _name(template: Template, family: str, crisis: int, row: int) -> str:
    """The one name of a row: `target` or `BRA` where there is one crisis, else with the crisis before it."""
    place = template.names.governments[row] if family == "stance" else list(SIDES)[row]
    only = len(template.names.crises) == 1 or (family != "stance" and crisis == 0)
    return place if only else f"{template.names.crises[crisis]}.{place}"


def rows_of(template: Template, family: str, who: str, where: str) -> list[tuple[int, int]]:
    """Crisis and row of those who are to follow a rule.

    Raises:
        InputError: When there is no such side or government.
    """
    names, crises = template.names, template.scenario.crises
    if family == "stance":
        crisis_name, dot, code = who.rpartition(".")
        if dot and crisis_name not in names.crises:
            raise InputError(
                f"{where}: there is no crisis `{crisis_name}`. {names_there_are(crisis_name, names.crises)}"
            )
        chosen = [crisis_name] if dot else list(names.crises)
        if code in ("all", "default"):
            rows = list(range(len(names.governments)))
        elif code in names.governments:
            rows = [names.governments.index(code)]
        else:
            there = names_there_are(code, [*names.governments, "all"])
            raise InputError(f"{where}: there is no government `{code}`. {there}")
        return [(names.crises.index(name), row) for name in chosen for row in rows]
    if who in SIDES:
        return [(0, SIDES[who])]
    found = [
        (crisis, side)
        for crisis, name in enumerate(names.crises)
        for role, side in SIDES.items()
        if who in (getattr(crises[name], role), f"{name}.{role}")
    ]
    if not found:
        known = {*SIDES, *(getattr(crises[name], role) for name in names.crises for role in SIDES)}
        if len(names.crises) > 1:
            known |= {f"{name}.{role}" for name in names.crises for role in SIDES}
        raise InputError(f"{where}: there is no side `{who}`. {names_there_are(who, known)}")
    return found
