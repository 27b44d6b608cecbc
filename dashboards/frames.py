"""A run as numbers and sentences to draw: one frame for the start and one after every round, for all screens.

Everything a browser needs to play, scrub and explain a run is in here, so that it never has to ask while it plays.
"""

import inspect
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from dashboards.layout import positions
from dashboards.region import region
from sim.chronicle import events
from sim.columns import CRISIS, GOV, SENDER, SIDE, STANCE, STEP, TARGET, VIEW, WEIGHT
from sim.history import History
from sim.laws.economy import strain
from sim.narrator import Narrator
from sim.network import network, strongest
from sim.region import TOLD, Region
from sim.say import LANGUAGES
from sim.scenario.fields import Text
from sim.spec import RunSpec
from sim.state import State
from sim.why import explain, rule_of

Frames = dict[str, Any]
TIES = 18
"""Ties drawn at once; more would hide the picture."""
MARKS = {
    "demanded",
    "in_force",
    "missed",
    "lifted",
    "changed",
    "joint",
    "settled",
    "offers",
    "concedes",
    "private",
    "reopened",
}
"""Events that get a mark on the scrubber."""
AT_ONCE = {"ultimatum", "announces", "changed", "decided", "settled", "reopened"}
"""Events that a round begins with, or that carry the number of the frame they show in."""


def frames(history: History) -> Frames:
    """All that is drawn of a run. Lists over rounds have one entry for the start and one after every round played.

    `until` is the last round played; `hours` and `moments` go on to the horizon, which is no secret.
    """
    world = history.prepared.world
    states = [history.state(played) for played in range(history.rounds + 1)]
    tellers = {language: Narrator(history, language) for language in LANGUAGES}
    return {
        "scenario": _scenario(history),
        "until": history.rounds,
        "hours": [round(float(time) * 24.0, 3) for time in world.times],
        "moments": {key: _moments(history, teller) for key, teller in tellers.items()},
        "governments": _governments(history, states),
        "ties": _ties(history, states[0]),
        "crises": [_crisis(history, states, crisis, tellers) for crisis in range(world.shape.crises)],
        "region": region(history, states),
        "events": _events(history, tellers),
        "hashes": [blake2b(row.tobytes(), digest_size=6).hexdigest() for row in history.cells],
    }


def both(text: Text) -> dict[str, str]:
    """A text of a scenario in both languages."""
    return {"en": text.en, "es": text.es}


def _moments(history: History, teller: Narrator) -> list[str]:
    """The date and hour of each round; of a region the date with its year."""
    world = history.prepared.world
    told = Region(history, teller.language).day if world.scenario.agenda else teller.moment
    return [told(float(time)) for time in world.times]


def _scenario(history: History) -> Frames:
    scenario, spec = history.prepared.world.scenario, history.prepared.spec
    return {
        "name": scenario.name,
        "title": both(scenario.title),
        "summary": both(scenario.summary),
        "accounts": {code: both(account) for code, account in scenario.accounts.items()},
        "seed": spec.seed,
        "run": spec.run,
        "model": spec.model,
        "assumptions": len(scenario.assumptions()),
        "numbers": len(scenario.numbers()),
        "changes": [_change(change) for change in spec.changes],
        "others": [f"{name}: {value}" for name, value in _others(spec)],
        "at": [{**_change(change), "round": change.round} for change in spec.at],
    }


def _others(spec: RunSpec) -> Iterator[tuple[str, str]]:
    """What else differs from the scenario as its file says: rules, expressions, traits, switches, the clock."""
    for kind in ("rules", "expressions", "traits"):
        yield from ((who, str(what)) for who, what in getattr(spec, kind).items())
    yield from ((name, "off") for name in spec.without)
    usual = RunSpec(scenario=spec.scenario)
    for field in ("weights", "horizon", "round_hours"):
        if getattr(spec, field) != getattr(usual, field):
            yield field, str(getattr(spec, field))


def _change(change: Any) -> Frames:
    return {"path": change.path, "op": change.op, "value": change.value}


def _governments(history: History, states: list[State]) -> list[Frames]:
    world = history.prepared.world
    capitals = {}
    for code in world.names.governments:
        numbers = world.scenario.government(code).numbers()
        capitals[code] = (numbers["latitude"].value, numbers["longitude"].value)
    places = positions(capitals)
    return [
        {
            "code": code,
            "name": both(world.scenario.governments[code].name),
            "place": places[code],
            "support": _rounded(state.governments[row, GOV.support] for state in states),
            "elite": _rounded(state.governments[row, GOV.elite] for state in states),
            "mood": _rounded(state.governments[row, GOV.mood] for state in states),
        }
        for row, code in enumerate(world.names.governments)
    ]


def _ties(history: History, start: State) -> Frames:
    codes = history.prepared.world.names.governments
    graph = network(start, codes)
    return {
        "trade": [[codes.index(i), codes.index(j), round(v, 4)] for i, j, v in strongest(graph, "dependence", TIES)],
        "alignment": [[codes.index(i), codes.index(j), round(v, 4)] for i, j, v in strongest(graph, "alignment", TIES)],
    }


def _crisis(history: History, states: list[State], crisis: int, tellers: dict[str, Narrator]) -> Frames:
    world = history.prepared.world
    name = world.names.crises[crisis]
    part = world.scenario.crises[name]
    codes = world.names.governments
    settled = [state.crises[crisis, CRISIS.settled] == 1.0 for state in states]
    return {
        "name": name,
        "title": both(part.title),
        "opening": both(part.opening),
        "sender": codes.index(part.sender),
        "target": codes.index(part.target),
        "sides": [_side(history, states, crisis, side, tellers) for side in (SENDER, TARGET)],
        "stances": [
            _rounded(state.stances[crisis, row, STANCE.stance] for state in states) for row in range(len(codes))
        ],
        "made": next(
            (played for played, state in enumerate(states) if state.crises[crisis, CRISIS.latent] == 0.0), None
        ),
        "quorum": int(states[0].crises[crisis, CRISIS.quorum]),
        "backing": _rounded(state.crises[crisis, CRISIS.backing] for state in states),
        "settled": settled.index(True) if True in settled else None,
        "clauses": _clauses(history, states, crisis),
        "outcome": {key: teller.outcome(crisis) for key, teller in tellers.items()},
    }


def _side(history: History, states: list[State], crisis: int, side: int, tellers: dict[str, Narrator]) -> Frames:
    def column(place: Any) -> list[float]:
        return _rounded(state.sides[crisis, side, place] for state in states)

    half_point = states[0].weights[WEIGHT.half_point]
    pressure, threat = column(VIEW.pressure), column(VIEW.threat)
    told = [explain(history, played, ("sender", "target")[side], crisis) for played in range(history.rounds)]
    terms = list(told[0].terms) if told else []
    rule = rule_of(history, states[0], crisis, side)
    return {
        "rule": rule.name,
        "about": rule.summary,
        "code": inspect.getsource(rule.function),
        "expression": told[0].expression if told else "",
        "pressure": _rounded(strain(value, half_point) for value in pressure),
        "threat": _rounded(strain(value, half_point) for value in threat),
        "strain": column(VIEW.strain),
        "loss": _rounded((value * 100.0 for value in pressure), 3),
        "threatened": _rounded((value * 100.0 for value in threat), 3),
        "belief": column(VIEW.belief),
        "willing": column(SIDE.willingness),
        "given": column(VIEW.given),
        "terms": [{key: teller.term(term) for key, teller in tellers.items()} for term in terms],
        "values": [_rounded((value * 100.0 for value in one.terms.values()), 3) for one in told],
        "margins": [None if one.margin is None else round(one.margin * 100.0, 3) for one in told],
        "answers": _rounded(one.willingness for one in told),
        "forced": [one.forced for one in told],
    }


def _clauses(history: History, states: list[State], crisis: int) -> list[Frames]:
    """The ladder of clauses in order, with the round from which each is on the table (for its giver) or granted."""
    world = history.prepared.world
    name = world.names.crises[crisis]
    codes = world.names.clauses[name]
    granted = int(history.outcome(crisis)["granted"])
    found = []
    for place in range(1, len(codes) + 1):
        row = int(states[0].ladder[crisis, place, STEP.clause])
        clause = world.scenario.crises[name].clauses[codes[row]]
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


def _events(history: History, tellers: dict[str, Narrator]) -> list[Frames]:
    """What happened; of a region only what its page tells, each sentence with the name of its crisis."""
    regional = {language: Region(history, language) for language in tellers if history.prepared.world.scenario.agenda}
    return [
        {
            # what a round brings shows in the frame after it
            "frame": min(event.round + (event.kind not in AT_ONCE), history.rounds),
            "kind": event.kind,
            "crisis": event.crisis,
            "who": event.who,
            "mark": event.kind in MARKS,
            "text": {
                key: regional[key].told(event) if regional else teller.sentence(event)
                for key, teller in tellers.items()
            },
        }
        for event in events(history)
        if not regional or event.kind in TOLD
    ]


def _rounded(values: Iterable[float], digits: int = 4) -> list[float]:
    return [round(float(value), digits) for value in values]
