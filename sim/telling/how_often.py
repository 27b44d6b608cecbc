"""How rare a run is, and how it went on record: what every page of a run ends with."""

from collections.abc import Iterator
from datetime import datetime

from sim.engines.endings import Ending, Endings
from sim.scenario.crisis_file import Record
from sim.scenario.text.texts import listing
from sim.telling.narrator import Narrator

SHOWN = 3
"""Endings that are told, the most common first."""


def how_often(teller: Narrator, found: Endings, this: Ending, crisis: int = 0) -> Iterator[str]:
    """Sentences: how many of a hundred runs end as `this`, how many as on record, and the most common endings."""
    kind = "none" if this.outcome == "STALE" else "this"
    share = _in_a_hundred(teller, found.count(this), found.runs)
    yield teller.say(f"how_often.{kind}", share=share, runs=f"{found.runs:,}".replace(",", " "))
    on_record = teller.scenario.crises[teller.template.names.crises[crisis]].record
    if on_record and found.as_recorded is not None:
        kind = "how_often.recorded" if on_record.settled else "how_often.recorded_none"
        tariff = teller.say("how_often.tariff" if on_record.tariff_in_force else "how_often.no_tariff")
        share = _in_a_hundred(teller, found.as_recorded, found.runs)
        yield teller.say(kind, share=share, when=when(teller), hours=_hours(teller, on_record), tariff=tariff)
    for place, (ending, count) in enumerate(found.counts[:SHOWN]):
        share = _in_a_hundred(teller, count, found.runs)
        first = "how_often.most" if place == 0 else "how_often.next"
        yield teller.say(first, share=share, ending=ending_in_words(teller, ending, crisis))


def _hours(teller: Narrator, on_record: Record) -> str:
    low, high = (moment.value * 24.0 if moment else 0.0 for moment in (on_record.earliest, on_record.latest))
    return teller.say("how_often.hours", low=f"{low:.0f}", high=f"{high:.0f}")


def when(teller: Narrator) -> str:
    """The month in which the crisis began: `January 2025`."""
    start = datetime.fromisoformat(teller.scenario.clock.start)
    return teller.say("how_often.when", month=teller.say("months.long").split()[start.month - 1], year=start.year)


def ending_in_words(teller: Narrator, ending: Ending, crisis: int) -> str:
    """An ending in a phrase: who gives what, as all, all but, or only."""
    if ending.outcome == "STALE":
        return teller.say("how_often.STALE")
    part = teller.scenario.crises[teller.template.names.crises[crisis]]
    given = {owner: _extent(teller, ending, crisis, owner) for owner in ("target", "sender")}
    return teller.say(
        "how_often.terms", target=teller.name(part.target), sender=teller.name(part.sender),
        kind=teller.say(f"how_often.{ending.outcome}"), given=given["target"], won=given["sender"],
    )  # fmt: skip


def _extent(teller: Narrator, ending: Ending, crisis: int, owner: str) -> str:
    part = teller.scenario.crises[teller.template.names.crises[crisis]]
    own = [code for code, clause in part.clauses.items() if clause.owner == owner]
    given = teller.clauses(crisis, [code for code in own if code in ending.given])
    kept = teller.clauses(crisis, [code for code in own if code not in ending.given])
    if not given:
        return teller.say("outcome.nothing")
    if not kept:
        return teller.say("how_often.all")
    if len(kept) < len(given):
        return teller.say("how_often.all_but", clauses=listing(kept, teller.language))
    return teller.say("how_often.only", clauses=listing(given, teller.language))


def _in_a_hundred(teller: Narrator, count: int, runs: int) -> str:
    share = 100.0 * count / runs if runs else 0.0
    return teller.say("how_often.few") if 0.0 < share < 1.0 else f"{share:.0f}"
