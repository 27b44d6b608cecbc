"""A region as data to draw: its chronicle, layers for the picture, and what one crisis sets off, round by round."""

from itertools import groupby
from typing import Any

from dashboards.views.crisis_view import Frames, rounded
from sim.engines.history import History
from sim.engines.outcome import OUT, write_outcome
from sim.scenario.text.texts import LANGUAGES
from sim.state.columns import CRISIS, DYAD, GOV
from sim.state.tables import State
from sim.telling.events import Event, events
from sim.telling.region_page import TOLD, RegionPage

CONSEQUENCES = {
    "agenda": ("agenda",),
    "mood": ("watchers", "mood"),
    "drift": ("contagion", "hedging", "drift", "joining"),
    "stand": ("third_parties", "helpers", "rerouting"),
}
"""What a crisis sets off, with the mechanisms that do it: each can be switched off in a second world."""


def region(history: History, states: list[State]) -> Frames | None:
    """What is drawn of a region only; nothing where no sender has an agenda of demands.

    `sender` is that of the first crisis; layers and plots are seen from it, as in the measures of a region.
    """
    if not history.prepared.template.scenario.agenda:
        return None
    sender = int(states[0].crises[0, CRISIS.sender])
    return {
        "sender": sender,
        "layers": {
            "sentiment": _layer(states, lambda state, row: state.dyads[row, sender, DYAD.sentiment]),
            "alignment": _layer(states, lambda state, row: state.dyads[row, sender, DYAD.alignment]),
            "money": _layer(states, lambda state, row: 1.0 - state.governments[row, GOV.invoiced]),
        },
        "plots": _plots(states),
        "consequences": {name: list(mechanisms) for name, mechanisms in CONSEQUENCES.items()},
    }


def _layer(states: list[State], value: Any) -> list[list[float]]:
    """A number for every government and round."""
    return [rounded((value(state, row) for state in states), 3) for row in range(len(states[0].governments))]


def _plots(states: list[State]) -> dict[str, list[float]]:
    """The consequences as numbers a round, each as ensembles measure it."""
    rows = [_row(state) for state in states]
    return {name: rounded(row[name] for row in rows) for name in rows[0]}


def _row(state: State) -> dict[str, float]:
    """One moment: means over those who only watch the first crisis, and over the demands that have been made."""
    crises = range(len(state.crises))
    outcomes = [[0.0] * len(OUT) for _ in crises]
    for crisis, out in zip(crises, outcomes, strict=True):
        write_outcome(state, crisis, out)
    made = [out for out in outcomes if out[OUT.made] == 1.0]
    first = outcomes[0]
    others = [row for row in range(len(state.governments)) if row != int(state.crises[0, CRISIS.sender])]
    open_now = [crisis for crisis in crises
                if state.crises[crisis, CRISIS.latent] == state.crises[crisis, CRISIS.settled] == 0.0]  # fmt: skip
    return {
        "demands": float(len(made)),
        "mood": first[OUT.watcher_mood],
        "sentiment": first[OUT.watcher_sentiment],
        "trade": first[OUT.watcher_trade],
        "money": 1.0 - sum(state.governments[row, GOV.invoiced] for row in others) / len(others),
        "covered": sum(out[OUT.covered] for out in made) / len(made),
        "standing": max((state.crises[crisis, CRISIS.standing] for crisis in open_now), default=0.0),
        "joint": sum(out[OUT.joint] for out in made),
    }


def told(history: History, at_once: set[str], marks: set[str]) -> list[Frames]:
    """The chronicle: what matters to a region, with the month it stands under; events of a kind as one sentence.

    Args:
        history: The run. at_once, marks: Kinds of events, as in `dashboards.views.run_view`.
    """
    tellers = {language: RegionPage(history, language) for language in LANGUAGES}

    def frame(event: Event) -> int:
        return min(event.round + (event.kind not in at_once), history.rounds)

    found: list[Frames] = []
    listed = sorted((event for event in events(history) if event.kind in TOLD), key=lambda one: (frame(one), one.time))
    for (shown, _), grouped in groupby(listed, lambda one: (frame(one), tellers["en"].month(one))):
        some = list(grouped)
        months = {key: teller.month(some[0]) for key, teller in tellers.items()}
        for sentences in zip(*(teller.sentences(some) for teller in tellers.values()), strict=True):
            first = sentences[0]
            found.append(
                {
                    "frame": shown,
                    "kind": first.kind,
                    "crisis": first.crisis,
                    "who": first.who[0],
                    "about": [*first.who, _target(history, first.crisis)],
                    "mark": first.kind in marks,
                    "month": months,
                    "text": {key: one.text for key, one in zip(tellers, sentences, strict=True)},
                }
            )
    return found


def _target(history: History, crisis: int) -> str:
    template = history.prepared.template
    return template.scenario.crises[template.names.crises[crisis]].target
