"""A run as data: the JSON object of `demarche run --json`, and a table of what each side knew in each round."""

import csv
import io
from typing import Any

from agents.views import View
from sim.engines.endings import Endings, ending_of
from sim.engines.explain import view_of
from sim.engines.history import History
from sim.engines.outcome import ENDINGS, STAGES
from sim.state.columns import CRISIS
from sim.state.ladder import is_open
from sim.telling.changes_page import changes_in_words

HOURS = 24.0
_AS_THEY_ARE = ("position", "reciprocity", "sender_support", "target_support", "sender_elite", "target_elite")


def record(history: History, counted: Endings | None = None) -> dict[str, Any]:
    """What came of a run and what named it; of its other crises too, where there are some. No times, no paths.

    With how often it ends so, where that was counted: shares from 0 to 1.
    """
    prepared = history.prepared
    names = prepared.template.names.crises
    found = _outcome(history, 0) | {
        "assumptions": len(prepared.template.scenario.assumptions()),
        "changed": changes_in_words(prepared, "en"),
        "run_spec": prepared.spec.model_dump(mode="json"),
    }
    if counted:
        found["how_often"] = _how_often(history, counted)
    if len(names) > 1:
        found["crises"] = {name: _outcome(history, crisis) for crisis, name in enumerate(names)}
    return found


def _how_often(history: History, counted: Endings) -> dict[str, Any]:
    same = counted.count(ending_of(history.prepared, history.outcome()))
    recorded = None if counted.as_recorded is None else counted.as_recorded / counted.runs
    common = [
        {"outcome": ending.outcome, "given": list(ending.given), "share": count / counted.runs}
        for ending, count in counted.counts[:3]
    ]
    return {"runs": counted.runs, "this_ending": same / counted.runs, "as_recorded": recorded, "most_common": common}


def _outcome(history: History, crisis: int) -> dict[str, Any]:
    """Shares from 0 to 1. `clauses_won` are the sender's that the target won, `clauses_given` the target's own."""
    outcome = history.outcome(crisis)
    first = outcome["first_answer"]
    return {
        "outcome": ENDINGS[int(outcome["ending"])],
        "stage": STAGES[int(outcome["stage"])],
        # 8/24 of a day, times 24, is 8 hours up to the last bit: the same on every machine, and readable
        "settled_in_hours": round(outcome["settled_at"] * HOURS, 9) if outcome["settled"] else None,
        "clauses_won": _granted(history, crisis, outcome, "sender"),
        "clauses_given": _granted(history, crisis, outcome, "target"),
        "tariff_in_force": outcome["tariff_in_force"] == 1.0,
        "first_answer": first if first >= 0.0 else None,
    } | {name: outcome[name] for name in _AS_THEY_ARE}


def _granted(history: History, crisis: int, outcome: dict[str, float], owner: str) -> list[str]:
    template, bits = history.prepared.template, int(outcome["granted"])
    name = template.names.crises[crisis]
    clauses = template.scenario.crises[name].clauses
    codes = template.names.clauses[name]
    return [code for place, code in enumerate(codes) if bits >> place & 1 and clauses[code].owner == owner]


def rounds_csv(history: History) -> str:
    """A line for each round and side while its crisis is open: `rule(View(...))` of a line asks the decision again."""
    text = io.StringIO()
    several = history.prepared.template.shape.crises > 1
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["round", "time", "who", *(["crisis"] if several else []), *View._fields])
    for played in range(history.rounds):
        for crisis, name in enumerate(history.prepared.template.names.crises):
            if is_open(history.state(played), crisis):
                for who, view in _sides(history, played, crisis):
                    extra = [name] if several else []
                    lines.writerow([played, repr(history.time(played)), who, *extra, *map(repr, view)])
    return text.getvalue()


def _sides(history: History, played: int, crisis: int) -> list[tuple[str, View]]:
    state, codes = history.state(played + 1), history.prepared.template.names.governments
    return [(codes[int(state.crises[crisis, CRISIS.sender + side])], view_of(state, crisis, side)) for side in range(2)]
