"""A run as numbers and sentences to draw: one frame for the start and one after every round, for all screens.

Everything a browser needs to play, scrub and explain a run is in here, so that it never has to ask while it plays.
"""

import inspect
from collections.abc import Iterator
from hashlib import blake2b
from threading import Lock

from dashboards import compile_ahead
from dashboards.views import region_view
from dashboards.views.crisis_view import Frames, both, crisis_of, rounded
from dashboards.views.map_positions import positions
from sim.engines.endings import Endings, known_endings
from sim.engines.explain import rule_of
from sim.engines.history import History
from sim.run.changes import switched_off
from sim.run.prepare import Prepared
from sim.scenario import Scenario
from sim.scenario.government_file import Telling
from sim.scenario.text.texts import LANGUAGES, say
from sim.state.columns import GOV
from sim.state.network import network, strongest
from sim.state.tables import State
from sim.telling.changes_page import changes_in_words
from sim.telling.events import events
from sim.telling.how_often import how_often
from sim.telling.narrator import Narrator

REMEMBERED = 8
"""Runs whose frames are kept; those of a region are a few megabytes."""
TIES = 18
"""Ties drawn at once; more would hide the picture."""
MARKS = {
    "in_force", "missed", "lifted", "changed", "joint", "settled", "offers", "concedes", "private", "reopened",
    "demanded",
}  # fmt: skip
"""Events that get a mark on the scrubber."""
AT_ONCE = {"ultimatum", "announces", "changed", "decided", "settled", "reopened", "demanded"}
"""Events that a round begins with, or that carry the number of the frame they show in."""


_remembered: dict[str, Frames] = {}
_lock = Lock()


def frames_of(prepared: Prepared) -> Frames:
    """The frames of a run, played now or a moment ago: a reload, an undo and a branch that is kept come at once."""
    name = prepared.spec.to_json()  # holds the hashes of model, scenario and weights
    with _lock:
        found = _remembered.pop(name, None)
    found = found or frames(compile_ahead.history(prepared))
    with _lock:
        _remembered[name] = found
        while len(_remembered) > REMEMBERED:
            del _remembered[next(iter(_remembered))]
    return found


def frames(history: History) -> Frames:
    """All that is drawn of a run. Lists over rounds have one entry for the start and one after every round played.

    `until` is the last round played; `hours` and `moments` go on to the horizon, which is no secret.
    """
    template = history.prepared.template
    states = [history.state(played) for played in range(history.rounds + 1)]
    tellers = {language: Narrator(history, language) for language in LANGUAGES}
    region = region_view.region(history, states)
    return {
        "scenario": _scenario(history),
        "until": history.rounds,
        "hours": [round(float(time) * 24.0, 3) for time in template.times],
        "moments": {
            key: [teller.day(float(time)) if region else teller.moment(float(time)) for time in template.times]
            for key, teller in tellers.items()
        },
        "governments": _governments(history, states),
        "ties": _ties(history, states[0]),
        "crises": [crisis_of(history, states, crisis, tellers) for crisis in range(template.shape.crises)],
        "rules": _rules(history, states[0]),
        "events": _events(history, tellers) if region is None else region_view.told(history, AT_ONCE, MARKS),
        "region": region,
        "rarity": rarity_of(history, known) if (known := known_endings(history.prepared)) else None,
        "hashes": [blake2b(row.tobytes(), digest_size=6).hexdigest() for row in history.cells],
    }


def rarity_of(history: History, found: Endings) -> Frames:
    """How often the first crisis ends as in this run, in sentences of both languages."""
    tellers = {language: Narrator(history, language) for language in LANGUAGES}
    return {language: list(how_often(teller, found, teller.ending())) for language, teller in tellers.items()}


def _scenario(history: History) -> Frames:
    scenario, spec = history.prepared.template.scenario, history.prepared.spec
    return {
        "name": scenario.name,
        "title": both(scenario.title),
        "summary": both(scenario.summary),
        "tellings": [*_tellings(scenario)],
        "seed": spec.seed,
        "run": spec.run,
        "model": spec.model,
        "assumptions": len(scenario.assumptions()),
        "numbers": len(scenario.numbers()),
        "without": list(switched_off(spec.changes)),
        "changed": {language: changes_in_words(history.prepared, language) for language in LANGUAGES},
    }


def _tellings(scenario: Scenario) -> Iterator[Frames]:
    """Who tells it: both governments, then voices, named as such; and how they tell the ending."""
    named: list[tuple[dict[str, str], Telling]] = [
        (both(scenario.governments[code].name), account) for code, account in scenario.accounts.items()
    ]
    for voice in scenario.voices.values():
        named.append(({key: say("transcript.voice", key, name=text) for key, text in both(voice.name).items()}, voice))
    for name, telling in named:
        after = getattr(telling, "after", None)
        yield {"name": name, "text": both(telling), "after": both(after) if after else None}


def _governments(history: History, states: list[State]) -> list[Frames]:
    template = history.prepared.template
    capitals = {}
    for code in template.names.governments:
        numbers = template.scenario.government(code).numbers()
        capitals[code] = (numbers["latitude"].value, numbers["longitude"].value)
    places = positions(capitals)
    return [
        {
            "code": code,
            "name": both(template.scenario.governments[code].name),
            "place": places[code],
            "support": rounded(state.governments[row, GOV.support] for state in states),
            "elite": rounded(state.governments[row, GOV.elite] for state in states),
            "mood": rounded(state.governments[row, GOV.mood] for state in states),
        }
        for row, code in enumerate(template.names.governments)
    ]


def _ties(history: History, start: State) -> Frames:
    codes = history.prepared.template.names.governments
    graph = network(start, codes)
    return {
        "trade": [[codes.index(i), codes.index(j), round(v, 4)] for i, j, v in strongest(graph, "dependence", TIES)],
        "alignment": [[codes.index(i), codes.index(j), round(v, 4)] for i, j, v in strongest(graph, "alignment", TIES)],
    }


def _rules(history: History, start: State) -> Frames:
    """The answer rules that sides follow: what each says of itself, and its text."""
    found = {rule_of(history, start, crisis, side) for crisis in range(len(start.crises)) for side in range(2)}
    return {
        rule.name: {
            "about": {key: rule.summary_in(key) for key in LANGUAGES},
            "code": inspect.getsource(rule.function),
        }
        for rule in found
    }


def _events(history: History, tellers: dict[str, Narrator]) -> list[Frames]:
    return [
        {
            # what a round brings shows in the frame after it
            "frame": min(event.round + (event.kind not in AT_ONCE), history.rounds),
            "kind": event.kind,
            "crisis": event.crisis,
            "who": event.who,
            "mark": event.kind in MARKS,
            "text": {key: teller.sentence(event) for key, teller in tellers.items()},
        }
        for event in events(history)
    ]
