"""How often a crisis ends in which way, over runs that differ only by chance, and how often as it is on record."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from agents.law import cache_folder
from sim.engines.outcome import ENDINGS, OUT
from sim.run.prepare import Prepared
from sim.scenario.crisis_file import Record
from sim.scenario.files.locate import CONFIGS

FILE = CONFIGS / "evidence" / "endings.json"
"""What `demarche endings --write` found for the scenarios that come with Demarche, with the hashes it holds for."""
RUNS, REGION_RUNS = 200, 40
"""Runs that are counted where nothing is on file; fewer for a region, whose runs are long."""


class Ending(NamedTuple):
    """How a crisis ended: one of `ENDINGS`, and the clauses that were given, by either side, in the file's order."""

    outcome: str
    given: tuple[str, ...]


@dataclass(frozen=True)
class Endings:
    """How often which ending came, the most common first; `as_recorded` is `None` where nothing is on record."""

    runs: int
    counts: tuple[tuple[Ending, int], ...]
    as_recorded: int | None = None

    def count(self, ending: Ending) -> int:
        """Runs that ended so."""
        return dict(self.counts).get(ending, 0)


def endings(prepared: Prepared, crisis: int = 0) -> Endings | None:
    """How often a run like this one ends in which way: from the file where it is there, else counted now.

    Nothing where a rule cannot be compiled: hundreds of runs in plain Python are not for somebody who waits.
    """
    if crisis == 0 and (known := known_endings(prepared)) is not None:
        return known
    from sim.engines.ensemble import compile_rules
    from sim.engines.kernel import NotCompiledError

    try:
        compile_rules(prepared)
    except NotCompiledError:
        return None
    return count_endings(prepared, REGION_RUNS if prepared.template.scenario.agenda else RUNS, crisis)


def counts_at_once(prepared: Prepared) -> bool:
    """Whether nobody waits for the compiler: it is on file, or the engine was compiled on this machine before."""
    return known_endings(prepared) is not None or any(cache_folder().rglob("*.nbi"))


def count_endings(prepared: Prepared, runs: int, crisis: int = 0) -> Endings:
    """Play runs 0 to `runs` - 1 of a spec's seed, and count how one of its crises ends."""
    from sim.engines.ensemble import simulate  # only who counts pays for the compiler

    rows = simulate(prepared, np.arange(runs, dtype=np.int64))
    out = rows.out[rows.failed[:, 0] == 0.0, crisis]
    found = Counter(_ending(prepared, crisis, row[OUT.ending], row[OUT.granted]) for row in out)
    name = prepared.template.names.crises[crisis]
    on_record = prepared.template.scenario.crises[name].record
    clauses = prepared.template.names.clauses[name]
    same = None if on_record is None else int(as_recorded(out, on_record, clauses).sum())
    return Endings(len(out), tuple(found.most_common()), same)


def ending_of(prepared: Prepared, outcome: dict[str, float], crisis: int = 0) -> Ending:
    """The ending of one run, from what came of its crisis."""
    return _ending(prepared, crisis, outcome["ending"], outcome["granted"])


def _ending(prepared: Prepared, crisis: int, ending: float, granted: float) -> Ending:
    codes = prepared.template.names.clauses[prepared.template.names.crises[crisis]]
    given = tuple(code for place, code in enumerate(codes) if int(granted) >> place & 1)
    return Ending(ENDINGS[int(ending)], given if ending else ())


def as_recorded(out: Any, record: Record, clauses: tuple[str, ...]) -> Any:
    """Which runs went as is on record: the same clauses given, in the same time, a tariff in force or not.

    Args:
        out: What came of the crisis, (runs, columns of `Outcome`). clauses: Its clauses, in the file's order. Those on
            which the two sides differ are not compared.
    """
    settled = out[:, OUT.settled] == 1.0
    tariff = (out[:, OUT.tariff_in_force] == 1.0) == record.tariff_in_force
    if not record.settled:
        return ~settled & tariff
    told = sum(1 << place for place, code in enumerate(clauses) if code not in record.disputed)
    given = sum(1 << place for place, code in enumerate(clauses) if code in record.given)
    terms = (out[:, OUT.granted].astype(np.int64) & told) == given
    early = record.earliest.value if record.earliest else 0.0
    late = record.latest.value if record.latest else np.inf
    moment = (out[:, OUT.settled_at] >= early - 1e-9) & (out[:, OUT.settled_at] <= late + 1e-9)
    return settled & terms & moment & tariff


@cache
def on_file() -> dict[str, Any]:
    """What is on file, by scenario."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}


def default_seed(scenario: str) -> int:
    """The seed that a scenario is shown with: its first run has the most common ending; 1 where none is on file."""
    return int(on_file().get(scenario, {}).get("seed", 1))


def known_endings(prepared: Prepared) -> Endings | None:
    """What is on file for a spec without any change, as long as model, scenario and weights are the same."""
    spec, stored = prepared.spec, on_file().get(prepared.template.scenario.name)
    if stored is None or spec.changes or spec.at or spec.horizon is not None or spec.round_hours is not None:
        return None
    if any(stored[name] != getattr(spec, name) for name in ("model", "scenario_hash", "weights_hash")):
        return None
    counts = tuple((Ending(outcome, tuple(given)), count) for outcome, given, count in stored["endings"])
    return Endings(stored["runs"], counts, stored["as_recorded"])
