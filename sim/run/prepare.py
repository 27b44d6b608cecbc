"""From a spec to a run that can start: the world it names, with every change in its place."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from agents.errors import InputError, names_there_are
from agents.library import Library, discover
from agents.rule import Rule
from sim.run.addresses import Addresses
from sim.run.expressions import read
from sim.run.fingerprint import model_hash, text_hash
from sim.run.spec import Change, RunSpec
from sim.run.template import SIDES, Template, build, put_expression, put_rule
from sim.scenario import Quantity, Scenario, read_weights
from sim.scenario.scenario_file import Clock
from sim.state.columns import MEASURE
from sim.state.intervene import OPERATIONS
from sim.state.mechanisms import MECHANISMS, ON
from sim.state.tables import windows

HOURS = 24.0
MOST_ROUNDS = 20_000


@dataclass(frozen=True)
class Prepared:
    """A spec with the world it names; `at` holds the interventions as rows of round, address, operation, value."""

    spec: RunSpec
    template: Template
    addresses: Addresses
    at: np.ndarray[Any, np.dtype[np.float64]]


@lru_cache(maxsize=8)
def shipped() -> Library:
    """The rules of the repository."""
    return discover()


def library(folders: Sequence[Path] = ()) -> Library:
    """The rules of the repository and of further folders."""
    return discover(*folders) if folders else shipped()


def prepare(spec: RunSpec, scenario: Scenario | None = None, rules: Library | None = None) -> Prepared:
    """Build what a spec names.

    Args:
        spec: The run. scenario: The scenario itself, where it has been read (or made) already. rules: As `library()`.

    Raises:
        InputError: One sentence for whatever in the spec does not exist or does not fit.
    """
    rules = rules or shipped()
    scenario = scenario or Scenario.read(spec.scenario)
    _, weights = read_weights(spec.weights)
    values = {name: quantity.value for name, quantity in weights.items()}
    template = build(scenario, values, rules, round_times(scenario.clock, spec))
    _switch_off(template, spec.without)
    _follow(template, spec.rules)
    _express(template, spec.expressions)
    _trait_defaults(template)
    addresses = Addresses(template)
    for path, value in spec.traits.items():
        _put(template, addresses, Change(path=path, op="=", value=value), "--trait")
    for change in spec.changes:
        _put(template, addresses, change, "--set")
    _check_sense(template)
    hashes = {
        "model": model_hash(rules),
        "scenario_hash": scenario.content_hash[:12],
        "weights_hash": text_hash(repr(sorted(values.items()))),
    }
    for field, now in hashes.items():
        said = getattr(spec, field)
        if said and said != now:
            raise InputError(f"This run was made with {field.replace('_', ' ')} {said}; here it is {now}.")
    return Prepared(spec.but(**hashes), template, addresses, _interventions(template, addresses, spec))


def round_times(clock: Clock, spec: RunSpec) -> list[float]:
    """Start of every round and end of the last, in days.

    Raises:
        InputError: When the horizon or the length of a round is not possible.
    """
    legs = [(leg.hours, leg.until_hours) for leg in clock.rounds]
    horizon = legs[-1][1] if spec.horizon is None else spec.horizon * HOURS
    if not 0.0 < horizon < math.inf:
        raise InputError(f"--horizon {spec.horizon:g}: right is a number of days above 0.")
    if spec.round_hours is not None:
        if not 0.0 < spec.round_hours <= horizon:
            raise InputError(f"--round-hours {spec.round_hours:g}: right is above 0 and at most {horizon:g} hours.")
        legs = [(spec.round_hours, horizon)]
    legs[-1] = (legs[-1][0], max(legs[-1][1], horizon))
    times, start = [0.0], 0.0
    for hours, until in legs:
        count = round((min(until, horizon) - start) / hours)
        if len(times) + count > MOST_ROUNDS:
            raise InputError(f"{len(times) + count - 1} rounds are too many; right is at most {MOST_ROUNDS}.")
        times += [(start + hours * (step + 1)) / HOURS for step in range(max(count, 0))]
        start = times[-1] * HOURS
    if len(times) == 1:
        raise InputError(f"--horizon {horizon / HOURS:g}: right is at least one round, {legs[0][0]:g} hours.")
    return times


def _switch_off(template: Template, without: Sequence[str]) -> None:
    state = windows(template.cells, template.shape, plain=False)
    for name in without:
        if name not in ON._fields:
            known = [mechanism.name for mechanism in MECHANISMS]
            raise InputError(f"--without {name}: there is no such mechanism. {names_there_are(name, known)}")
        state.on[ON._fields.index(name)] = 0.0


def _follow(template: Template, rules: dict[str, str]) -> None:
    """`answer:target` -> a rule; a side of the first crisis, a government by code, or `crisis.target`."""
    state = windows(template.cells, template.shape, plain=False)
    for key, name in rules.items():
        where = f"--rule {key}={name}"
        family, colon, who = key.partition(":")
        if family not in ("answer", "press", "stance") or not colon:
            raise InputError(f"{where}: right is FAMILY:WHO=NAME with FAMILY answer, press or stance.")
        rule = template.library.find(family, name)
        for crisis, row in _rows(template, family, who, where):
            put_rule(state, rule, template.library, crisis, row)


def _express(template: Template, expressions: Mapping[str, str]) -> None:
    """`target` -> an expression on top of its answer rule."""
    state = windows(template.cells, template.shape, plain=False)
    for who, text in expressions.items():
        where = f"--expression {who}"
        try:
            expression = read(text)
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
        for crisis, side in _rows(template, "answer", who, where):
            put_expression(state, expression, crisis, side)
            template.expressions[crisis, side] = expression


def _rows(template: Template, family: str, who: str, where: str) -> list[tuple[int, int]]:
    """Crisis and row of those who are to follow a rule."""
    names = template.names
    if family == "stance":
        rows = (
            range(len(names.governments)) if who in ("all", "default") else [_row(names.governments, who, where, "all")]
        )
        return [(crisis, row) for crisis in range(len(names.crises)) for row in rows]
    if who in SIDES:
        return [(0, SIDES[who])]
    found = [
        (crisis, side)
        for crisis, name in enumerate(names.crises)
        for role, side in SIDES.items()
        if who in (getattr(template.scenario.crises[name], role), f"{name}.{role}")
    ]
    if not found:
        known = {
            "sender",
            "target",
            *(getattr(template.scenario.crises[name], role) for name in names.crises for role in SIDES),
        }
        raise InputError(f"{where}: there is no side `{who}`. {names_there_are(who, known)}")
    return found


def _row(codes: Sequence[str], who: str, where: str, *others: str) -> int:
    if who not in codes:
        raise InputError(f"{where}: there is no government `{who}`. {names_there_are(who, [*codes, *others])}")
    return list(codes).index(who)


def _trait_defaults(template: Template) -> None:
    """The scenario's own traits, for the rules it names; a rule put in another's place keeps its own defaults."""
    addresses = Addresses(template)
    for row, (name, crisis) in enumerate(template.scenario.crises.items()):
        for family, sides in crisis.traits.items():
            for who, traits in sides.items():
                rule = addresses.rule(family, row, SIDES[who])
                if rule.name == getattr(getattr(crisis.rules, family), who):
                    _put_traits(template, addresses, rule, f"{name}.{getattr(crisis, who)}", traits)


def _put_traits(
    template: Template, addresses: Addresses, rule: Rule, side: str, traits: Mapping[str, Quantity]
) -> None:
    known = {trait.name: trait for trait in rule.traits}
    for name, quantity in traits.items():
        where = f"{template.scenario.path or template.scenario.name}: traits of {side}"
        if name not in known:
            raise InputError(f"{where}: rule `{rule.name}` has no trait `{name}`. {names_there_are(name, known)}")
        value = quantity.to(known[name].unit).value
        _put(template, addresses, Change(path=f"{side}.{name}", op="=", value=value), where)


def _put(template: Template, addresses: Addresses, change: Change, where: str) -> None:
    cell = addresses.find(change.path, where)
    value = _applied(change, float(template.cells[cell.address]))
    addresses.check(change.path, value, where)
    template.cells[cell.address] = value
    for twin in addresses.twins(change.path, cell):
        template.cells[twin] = value


def _applied(change: Change, old: float) -> float:
    return {"=": change.value, "+=": old + change.value, "*=": old * change.value}[change.op]


def _check_sense(template: Template) -> None:
    """What must hold between numbers after all changes."""
    state = windows(template.cells, template.shape, plain=False)
    for row, (_, name) in enumerate(template.names.measures):
        announced, due = state.measures[row, MEASURE.announced], state.measures[row, MEASURE.due]
        if due < announced:
            raise InputError(f"measure {name}: due on day {due:g}, before it is announced on day {announced:g}.")


def _interventions(template: Template, addresses: Addresses, spec: RunSpec) -> np.ndarray[Any, np.dtype[np.float64]]:
    rows = []
    for intervention in sorted(spec.at, key=lambda item: item.round):
        where = f"--at {intervention.round}:{intervention.path}{intervention.op}{intervention.value:g}"
        if intervention.round >= template.rounds:
            raise InputError(f"{where}: there is no such round; right is 0 to {template.rounds - 1}.")
        cell = addresses.find(intervention.path, where)
        if intervention.path.endswith(".latent"):
            right = f"right is --set {intervention.path}=0, for one made at the start"
            raise InputError(f"{where}: during a run a demand is made by its sender's agenda; {right}.")
        if intervention.op == "=":
            addresses.check(intervention.path, intervention.value, where)
        kind = OPERATIONS.index(intervention.op)
        bounds = (cell.unit.low, cell.unit.high)
        rows.append((float(intervention.round), float(cell.address), float(kind), intervention.value, *bounds))
    return np.array(rows, dtype=np.float64).reshape(len(rows), 6)
