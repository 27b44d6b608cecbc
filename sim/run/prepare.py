"""From a spec to a run that can start: read the scenario, make its template, put every change in its place."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.errors import InputError
from agents.library import Library, shipped
from sim.run.addresses import Addresses
from sim.run.apply_changes import Applied, apply_changes
from sim.run.changes import Intervention
from sim.run.fingerprint import model_hash, text_hash
from sim.run.spec import RunSpec
from sim.run.template import Template, build
from sim.scenario import Scenario, read_weights
from sim.scenario.scenario_file import Clock
from sim.scenario.weight_file import POSTERIOR, Draws, read_draws
from sim.state.columns import MEASURE
from sim.state.tables import OPERATIONS, windows

HOURS = 24.0
MOST_ROUNDS = 20_000


@dataclass(frozen=True)
class Prepared:
    """A spec with its template; `at` holds the interventions as rows of round, address, operation, value, bounds.
    `applied` holds the changes with what was there before.

    The spec is in its one form: with all hashes, and only with changes that change something.
    """

    spec: RunSpec
    template: Template
    addresses: Addresses
    at: np.ndarray[Any, np.dtype[np.float64]]
    applied: tuple[Applied, ...] = ()


def prepare(spec: RunSpec, scenario: Scenario | None = None, rules: Library | None = None) -> Prepared:
    """Build what a spec names: read, make the template, apply the changes.

    Args:
        spec: The run.
        scenario: The scenario itself, where it has been read (or made) already.
        rules: The rules there are; those of the repository unless said otherwise.

    Raises:
        InputError: One sentence for whatever in the spec does not exist or does not fit.
    """
    rules, scenario = rules or shipped(), scenario or Scenario.read(spec.scenario)
    draws = read_draws() if spec.weights == POSTERIOR else None
    named = "default" if draws else spec.weights
    weights = {name: quantity.value for name, quantity in read_weights(named)[1].items()}
    times = round_times(scenario.clock, spec)
    own_clock = _own_clock(spec, scenario.clock, times)
    template = build(scenario, weights, rules, times)
    addresses = Addresses(template)
    if draws:
        _draw(template, addresses, draws, spec.run)
    applied = apply_changes(template, addresses, spec.changes)
    addresses.refuse_shadows()
    _check_sense(template)
    hashes = {
        "model": model_hash(rules),
        "scenario_hash": scenario.content_hash[:12],
        "weights_hash": text_hash(draws.text if draws else repr(sorted(weights.items()))),
    }
    _refuse_others(spec, hashes)
    at, rows = _interventions(template, addresses, spec.at)
    spec = spec.but(**hashes, **own_clock, changes=tuple(one.change for one in applied), at=at)
    return Prepared(spec, template, addresses, rows, applied)


def _draw(template: Template, addresses: Addresses, draws: Draws, run: int) -> None:
    """Put the draw of one run in its place; names that a scenario has no number for are left out."""
    for name, value in zip(draws.names, draws.points[run % len(draws.points)], strict=True):
        if name in addresses:
            cell = addresses.find(name, POSTERIOR)
            for address in (cell.address, *addresses.twins(name, cell)):
                template.cells[address] = value


def _refuse_others(spec: RunSpec, hashes: dict[str, str]) -> None:
    for field, now in hashes.items():
        said = getattr(spec, field)
        if said and said != now:
            raise InputError(f"This run was made with {field.replace('_', ' ')} {said}; here it is {now}.")


def _own_clock(spec: RunSpec, clock: Clock, times: list[float]) -> dict[str, float | None]:
    """Horizon and length of a round, where they differ from what the scenario says."""
    if spec.horizon is None and spec.round_hours is None:
        return {}
    same = times == round_times(clock, spec.but(horizon=None, round_hours=None))
    return {"horizon": None, "round_hours": None} if same else {}


def round_times(clock: Clock, spec: RunSpec) -> list[float]:
    """Start of every round and end of the last, in days.

    Raises:
        InputError: When the horizon or the length of a round is not possible.
    """
    legs = [(leg.hours, leg.until_hours) for leg in clock.rounds]
    horizon = legs[-1][1] if spec.horizon is None else spec.horizon * HOURS
    if not 0.0 < horizon < math.inf:
        raise InputError(f"--horizon {spec.horizon:g}: expected a number of days above 0.")
    if spec.round_hours is not None:
        if not 0.0 < spec.round_hours <= horizon:
            raise InputError(f"--round-hours {spec.round_hours:g}: expected above 0 and at most {horizon:g} hours.")
        legs = [(spec.round_hours, horizon)]
    legs[-1] = (legs[-1][0], max(legs[-1][1], horizon))
    times, start = [0.0], 0.0
    for hours, until in legs:
        length = (min(until, horizon) - start) / hours
        if not length < MOST_ROUNDS or len(times) + round(length) > MOST_ROUNDS:
            raise InputError(f"More than {MOST_ROUNDS} rounds are too many; take longer rounds or a nearer horizon.")
        times += [(start + hours * (step + 1)) / HOURS for step in range(max(round(length), 0))]
        start = times[-1] * HOURS
    if len(times) == 1:
        raise InputError(f"--horizon {horizon / HOURS:g}: expected at least one round, {legs[0][0]:g} hours.")
    return times


def _check_sense(template: Template) -> None:
    """What must hold between numbers after all changes."""
    state = windows(template.cells, template.shape, plain=False)
    for row, (_, name) in enumerate(template.names.measures):
        announced, due = state.measures[row, MEASURE.announced], state.measures[row, MEASURE.due]
        if due < announced:
            raise InputError(f"measure {name}: due on day {due:g}, before it is announced on day {announced:g}.")


def _interventions(
    template: Template, addresses: Addresses, said: tuple[Intervention, ...]
) -> tuple[tuple[Intervention, ...], np.ndarray[Any, np.dtype[np.float64]]]:
    """Interventions by round, each by the one name of its number, and their rows."""
    rows, named = [], []
    for one in sorted(said, key=lambda item: item.round):
        where = f"--at {one.round}:{one.text}"
        if one.round >= template.rounds:
            raise InputError(f"{where}: there is no such round; expected 0 to {template.rounds - 1}.")
        cell = addresses.find(one.path, where)
        if one.path.endswith(".latent"):
            right = f"expected --set {one.path}=0, for one made at the start"
            raise InputError(f"{where}: during a run a demand is made by its sender's agenda; {right}.")
        if one.path.startswith("on.") and one.op != "=":
            raise InputError(f"{where}: a switch is set, not moved; expected on.NAME=0 or on.NAME=1.")
        if one.op == "=":
            addresses.check(one.path, one.value, where)
        kind = OPERATIONS.index(one.op)
        rows.append((float(one.round), float(cell.address), float(kind), one.value, cell.unit.low, cell.unit.high))
        named.append(one.model_copy(update={"path": addresses.name(cell.address)}))
    return tuple(named), np.array(rows, dtype=np.float64).reshape(len(rows), 6)
