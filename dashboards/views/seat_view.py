"""A seat as data for the screen: the question, the choices and the end in both languages, and advice when asked for."""

from typing import Any

from sim.engines.seat import Option, Seat
from sim.scenario.text.texts import LANGUAGES
from sim.telling.events import events
from sim.telling.narrator import Narrator
from sim.telling.seat_page import SeatText

Bilingual = dict[str, str]


def shown(seat: Seat) -> dict[str, Any]:
    """The present question, or how it ended."""
    tables = _tables(seat)
    return {
        "who": seat.who,
        "name": {key: table.name for key, table in tables.items()},
        "round": seat.model.round,
        "decisions": len(seat.chosen),
        "last": seat.chosen[-1].round if seat.chosen else None,
        "over": seat.over,
        **(_end(tables) if seat.over else _question(seat, tables)),
    }


def advice(seat: Seat) -> list[dict[str, Any]]:
    """What each answer rule would do, the most willing first."""
    tables = _tables(seat)
    answers = seat.advice()
    return [
        {
            "rule": rule.name,
            "own": rule.name == seat.own_rule(),
            "answer": answers[rule.name],
            "meaning": _said(tables, seat.meaning(answers[rule.name])),
            "summary": {key: rule.summary_in(key) for key in LANGUAGES},
        }
        for rule in sorted(seat.rules(), key=lambda rule: (-answers[rule.name], rule.name))
    ]


def _question(seat: Seat, tables: dict[str, SeatText]) -> dict[str, Any]:
    begin: Bilingual = {}
    ladder = [
        {"id": option.id, "willingness": option.willingness, "label": _said(tables, option)} for option in seat.ladder()
    ]
    if not seat.chosen:  # the ultimatum, which no round played so far has told
        history = seat.whole()
        first = [event for event in events(history) if event.kind == "ultimatum" and event.crisis == 0]
        for key, table in tables.items():
            teller = Narrator(history, key)
            begin[key] = " ".join([table.begin(), *(teller.sentence(event) for event in first)])
    situation = {key: table.situation() for key, table in tables.items()}
    return {"begin": begin, "situation": situation, "ladder": ladder}


def _end(tables: dict[str, SeatText]) -> dict[str, Any]:
    return {
        "ending": {key: table.ending() for key, table in tables.items()},
        "otherwise": {key: table.otherwise() for key, table in tables.items()},
    }


def _said(tables: dict[str, SeatText], option: Option) -> Bilingual:
    return {key: table.option(option) for key, table in tables.items()}


def _tables(seat: Seat) -> dict[str, SeatText]:
    return {language: SeatText(seat, language) for language in LANGUAGES}
