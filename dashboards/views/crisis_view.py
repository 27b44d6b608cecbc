"""The crises of a run as data to draw: what each side did and why, who stood with whom, and what came of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from sim.engines.explain import Explanation, explain, rule_of
from sim.engines.history import History
from sim.laws.economy import strain
from sim.scenario.files.fields import Text
from sim.state.columns import CRISIS, SENDER, SIDE, STANCE, STEP, TARGET, VIEW, WEIGHT
from sim.state.tables import State
from sim.telling.narrator import Narrator

Frames = dict[str, Any]


def crisis_of(history: History, states: list[State], crisis: int, tellers: dict[str, Narrator]) -> Frames:
    template = history.prepared.template
    name = template.names.crises[crisis]
    part = template.scenario.crises[name]
    codes = template.names.governments
    settled = [state.crises[crisis, CRISIS.settled] == 1.0 for state in states]
    made = [state.crises[crisis, CRISIS.latent] == 0.0 for state in states]
    return {
        "name": name,
        "title": both(part.title),
        "opening": both(part.opening),
        "sender": codes.index(part.sender),
        "target": codes.index(part.target),
        "sides": [_side(history, states, crisis, side, tellers) for side in (SENDER, TARGET)],
        "stances": [
            rounded(state.stances[crisis, row, STANCE.stance] for state in states) for row in range(len(codes))
        ],
        "backing": rounded(state.crises[crisis, CRISIS.backing] for state in states),
        "settled": settled.index(True) if True in settled else None,
        "spells": spells(settled),
        "made": made.index(True) if True in made else None,
        "quorum": int(states[0].crises[crisis, CRISIS.quorum]),
        "standing": [int(state.crises[crisis, CRISIS.standing]) for state in states],
        "clauses": _clauses(history, states, crisis),
        "record": both(part.record.text) if part.record else None,
        "outcome": {key: teller.outcome(crisis) for key, teller in tellers.items()},
    }


def _side(history: History, states: list[State], crisis: int, side: int, tellers: dict[str, Narrator]) -> Frames:
    def column(place: Any) -> list[float]:
        return rounded(state.sides[crisis, side, place] for state in states)

    half_point = states[0].weights[WEIGHT.half_point]
    pressure, threat = column(VIEW.pressure), column(VIEW.threat)
    told = [_asked(history, states[played], played, crisis, side) for played in range(history.rounds)]
    first = next(filter(None, told), None)
    rule = rule_of(history, states[0], crisis, side)
    own = history.prepared.template.expressions.get((crisis, side))
    return {
        "rule": rule.name,
        "expression": own.text if own else "",
        "pressure": rounded(strain(value, half_point) for value in pressure),
        "threat": rounded(strain(value, half_point) for value in threat),
        "strain": column(VIEW.strain),
        "loss": rounded((value * 100.0 for value in pressure), 3),
        "threatened": rounded((value * 100.0 for value in threat), 3),
        "belief": column(VIEW.belief),
        "willing": column(SIDE.willingness),
        "given": column(VIEW.given),
        "terms": [
            {key: teller.term(term) for key, teller in tellers.items()} for term in (first.terms if first else ())
        ],
        "values": [rounded((value * 100.0 for value in one.terms.values()), 3) if one else [] for one in told],
        "margins": [round(one.margin * 100.0, 3) if one and one.margin is not None else None for one in told],
        "answers": rounded(one.willingness if one else 0.0 for one in told),
        "forced": [one is not None and one.forced for one in told],
    }


def _asked(history: History, before: State, played: int, crisis: int, side: int) -> Explanation | None:
    """Why a side answered so; nothing where it was asked nothing: before the demand is made and once it is settled."""
    row = before.crises
    if row[crisis, CRISIS.latent] == 1.0 or row[crisis, CRISIS.settled] == 1.0:
        return None
    return explain(history, played, ("sender", "target")[side], crisis)


def spells(flags: Sequence[bool]) -> list[list[int]]:
    """Where a row of flags is true, as pairs of the first place and the one after the last.

    >>> spells([False, True, True, False, True])
    [[1, 3], [4, 5]]
    """
    edges = [place for place in range(len(flags) + 1)
             if (place > 0 and flags[place - 1]) != (place < len(flags) and flags[place])]  # fmt: skip
    return [list(pair) for pair in zip(edges[::2], edges[1::2], strict=True)]


def _clauses(history: History, states: list[State], crisis: int) -> list[Frames]:
    """The ladder of clauses in order, with the round from which each is on the table (for its giver) or granted."""
    template = history.prepared.template
    name = template.names.crises[crisis]
    codes = template.names.clauses[name]
    granted = int(history.outcome(crisis)["granted"])
    found = []
    for place in range(1, len(codes) + 1):
        row = int(states[0].ladder[crisis, place, STEP.clause])
        clause = template.scenario.crises[name].clauses[codes[row]]
        found.append(
            {
                "code": codes[row],
                "label": both(clause.label),
                "owner": clause.owner,
                "unstated": clause.unstated,
                "granted": bool(granted >> row & 1),
            }
        )
    return found


def both(text: Text) -> dict[str, str]:
    """A text of a scenario in both languages."""
    return {"en": text.en, "es": text.es}


def rounded(values: Iterable[float], digits: int = 4) -> list[float]:
    """Numbers as short as a screen needs them; whole ones without a point."""
    short = (round(float(value), digits) for value in values)
    return [int(value) if value.is_integer() else value for value in short]
