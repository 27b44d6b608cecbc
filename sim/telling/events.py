"""What happened, as events: found by comparing the state after each round with the one before."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sim.engines.history import History
from sim.state.columns import CLAUSE, CRISIS, GOV, MEASURE, SENDER, SIDE, STANCE, STEP, TARGET
from sim.state.ladder import is_open
from sim.state.mechanisms import ON
from sim.state.pace import is_private
from sim.state.tables import State

LOUD = 0.1
"""Elites are news each time another tenth of them has turned."""


@dataclass(frozen=True)
class Event:
    """Something that happened in a round of a crisis.

    Attributes:
        round: The round it happened in. time: Days since the ultimatum. kind: Id of the sentence, without `event.`.
        crisis: Row of the crisis. who: Code of the one who acts. codes: Clauses or measures it is about.
        values: Numbers of the sentence.
    """

    round: int
    time: float
    kind: str
    crisis: int = 0
    who: str = ""
    codes: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


def events(history: History) -> list[Event]:
    """All events of a run, in order."""
    found: list[Event] = []
    loud: dict[str, Any] = dict.fromkeys(history.prepared.template.names.governments)
    for step in range(history.rounds):
        before, after = history.state(step), history.state(step + 1)
        found += _changes(history, step)
        for crisis in range(history.prepared.template.shape.crises):
            if after.crises[crisis, CRISIS.latent] == 1.0:
                continue
            if before.crises[crisis, CRISIS.latent] == 1.0:
                made = _demanded(history, step, crisis)
                same = _in_crisis(history, step, before, after, crisis, loud)  # it may be settled in the same round
                found += [made, *(replace(event, time=max(event.time, made.time)) for event in same)]
            elif before.crises[crisis, CRISIS.settled] == 0.0:
                found += _in_crisis(history, step, before, after, crisis, loud)
            elif after.crises[crisis, CRISIS.settled] == 0.0:
                found.append(Event(step + 1, history.time(step + 1), "reopened", crisis))
            if after.crises[crisis, CRISIS.collapsed] > before.crises[crisis, CRISIS.collapsed]:
                found.append(Event(step, history.time(step + 1), "collapsed", crisis))
    return found


def _demanded(history: History, step: int, crisis: int) -> Event:
    """A latent demand is made: with what its sender threatens."""
    template = history.prepared.template
    name = template.names.crises[crisis]
    part = template.scenario.crises[name]
    codes = tuple(code for code, measure in part.measures.items() if measure.by == "sender")
    moment = float(history.state(step + 1).crises[crisis, CRISIS.opened_at])
    return Event(step + 1, moment, "demanded", crisis, part.sender, codes)


def _changes(history: History, step: int) -> Iterator[Event]:
    names, scenario = history.prepared.template.names, history.prepared.template.scenario
    for change in history.prepared.spec.at:
        if change.round != step:
            continue
        who, _, what = change.path.rpartition(".")
        first = scenario.crises[names.crises[0]]
        who = {"sender": first.sender, "target": first.target}.get(who, who)
        if what == "answer" and change.op == "=" and who in names.governments:
            yield Event(step, history.time(step), "decided", who=who, values={"now": change.value})
        else:
            yield Event(step, history.time(step), "changed", values={"intervention": change})


def _in_crisis(
    history: History, step: int, before: State, after: State, crisis: int, loud: dict[str, Any]
) -> Iterator[Event]:
    time = history.time(step)
    names = history.prepared.template.names
    sides = [names.governments[int(after.crises[crisis, CRISIS.sender + side])] for side in range(2)]
    yield from _announced(history, step, crisis, sides)
    if step == 0:
        answered = after.sides[crisis, TARGET, SIDE.first_answer]
        yield Event(step, time, "yields" if answered > 0.0 else "holds", crisis, sides[TARGET])
    yield from _private(history, step, after, crisis)
    yield from _measures(history, step, before, after, crisis, sides)
    yield from _stances(history, step, before, after, crisis)
    yield from _moves(history, step, before, after, crisis, sides)
    yield from _elites(step, time, before, after, crisis, sides, loud)
    if after.crises[crisis, CRISIS.settled] == 1.0:
        yield Event(step + 1, float(after.crises[crisis, CRISIS.settled_at]), "settled", crisis, sides[TARGET])


def _announced(history: History, step: int, crisis: int, sides: list[str]) -> Iterator[Event]:
    """Round 0 is the ultimatum; what is announced later comes in the first round that knows of it."""
    template = history.prepared.template
    measures = history.state(step).measures
    last = history.time(step - 1) if step else -1.0
    mine: dict[int, list[str]] = {SENDER: [], TARGET: []}
    for row, (_, name) in enumerate(template.names.measures):
        here = int(measures[row, MEASURE.crisis]) == crisis
        if here and last < measures[row, MEASURE.announced] <= history.time(step):
            mine[int(measures[row, MEASURE.by])].append(name)
    if step == 0 and mine[SENDER]:
        yield Event(step, history.time(step), "ultimatum", crisis, sides[SENDER], tuple(mine.pop(SENDER)))
    for side, codes in mine.items():
        was_latent = template.scenario.crises[template.names.crises[crisis]].latent  # told with the demand itself
        switched_off = side == TARGET and history.state(step).on[ON.counter_measures] == 0.0
        if codes and not switched_off and not (side == SENDER and was_latent):
            yield Event(step, history.time(step), "announces", crisis, sides[side], tuple(codes))


def _private(history: History, step: int, after: State, crisis: int) -> Iterator[Event]:
    def open_at(moment: float) -> bool:
        return is_private(after, _At(moment), crisis)  # type: ignore[arg-type]

    time = history.time(step)
    if open_at(time) and (step == 0 or not open_at(history.time(step - 1))):
        yield Event(step, time, "private", crisis)


@dataclass(frozen=True)
class _At:
    """A clock that knows nothing but the time."""

    time: float


def _measures(
    history: History, step: int, before: State, after: State, crisis: int, sides: list[str]
) -> Iterator[Event]:
    kinds = (
        ("in_force", MEASURE.in_force),
        ("struck", MEASURE.struck),
        ("lifted", MEASURE.lifted),
        ("missed", MEASURE.missed),
    )
    for row, (_, name) in enumerate(history.prepared.template.names.measures):
        if int(after.measures[row, MEASURE.crisis]) != crisis:
            continue
        who = sides[int(after.measures[row, MEASURE.by])]
        for kind, column in kinds:
            if kind == "struck" and not is_open(after, crisis):
                continue
            if after.measures[row, column] > before.measures[row, column]:
                yield Event(step, history.time(step), kind, crisis, who, (name,))


def _stances(history: History, step: int, before: State, after: State, crisis: int) -> Iterator[Event]:
    for row, code in enumerate(history.prepared.template.names.governments):
        stance = after.stances[crisis, row, STANCE.stance]
        if stance != before.stances[crisis, row, STANCE.stance]:
            yield Event(step, history.time(step), f"stance_{_stance(stance)}", crisis, code)
    quorum = after.crises[crisis, CRISIS.quorum]
    if before.crises[crisis, CRISIS.standing] < quorum <= after.crises[crisis, CRISIS.standing]:
        values = {"count": int(after.crises[crisis, CRISIS.standing])}
        yield Event(step, history.time(step), "joint", crisis, values=values)


def _stance(stance: float) -> str:
    if stance <= 0.0:
        return "sender" if stance < 0.0 else "out"
    return "words" if stance < 1.0 else "stands" if stance < 2.0 else "credit"


def _moves(history: History, step: int, before: State, after: State, crisis: int, sides: list[str]) -> Iterator[Event]:
    """Steps of the ladder that a side climbed this round. What the target concedes by not winning is no event."""
    clauses = history.prepared.template.names.clauses[history.prepared.template.names.crises[crisis]]
    for side, kind in ((TARGET, "offers"), (SENDER, "concedes")):
        start, end = (int(state.sides[crisis, side, SIDE.line]) for state in (before, after))
        rows = [
            int(after.ladder[crisis, place, STEP.clause]) for place in range(min(start, end) + 1, max(start, end) + 1)
        ]
        codes = tuple(clauses[row] for row in rows if int(after.clauses[crisis, row, CLAUSE.owner]) == side)
        if codes:
            yield Event(step, history.time(step), kind, crisis, sides[side], codes)


def _elites(
    step: int, time: float, before: State, after: State, crisis: int, sides: list[str], loud: dict[str, Any]
) -> Iterator[Event]:
    row = int(after.crises[crisis, CRISIS.target])
    now, said = pressure_of_elites(after, row), loud[sides[TARGET]]
    if said is None:
        said = loud[sides[TARGET]] = pressure_of_elites(before, row)
    if abs(now - said) >= LOUD:
        loud[sides[TARGET]] = now
        yield Event(step, time, "elites", crisis, sides[TARGET], values={"before": said, "now": now})


def pressure_of_elites(state: State, row: int) -> float:
    """Share of a government's elites that press it beyond the usual; below zero where more than usual back it."""
    return state.governments[row, GOV.elite_usual] - state.governments[row, GOV.elite]
