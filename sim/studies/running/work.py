"""One chunk of a study, computed: a function of plain data, the same in a thread, a process or on a cluster."""

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from agents.errors import RunError
from agents.library import Library
from sim.engines.ensemble import Rows, simulate, varied
from sim.engines.outcome import OUT
from sim.engines.uncompiled import run_uncompiled
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.studies.store.rows import Array, Done, Whole

Engine = Literal["compiled", "mesa"]
LONGEST_ERROR = 300


@dataclass(frozen=True)
class Job:
    """What a worker has to know about a variant: spec and scenario as JSON, folders of rules, and the engine."""

    spec: str
    scenario: str
    folders: tuple[str, ...]
    engine: Engine


def compute(job: Job, runs: Whole, paths: tuple[str, ...], values: Array) -> Done:
    """Run the rows of a chunk.

    Args:
        job: The variant. runs: Number of each run. paths: What varies. values: (rows, paths), in base units.
    """
    prepared = prepared_for(job)
    vary = {path: values[:, place] for place, path in enumerate(paths)}
    rows = Rows(runs, np.zeros((len(runs), prepared.template.shape.crises, len(OUT))), np.zeros((len(runs), 2)))
    if job.engine == "compiled":
        rows = simulate(prepared, runs, vary, threads=1)
    else:
        run_uncompiled(prepared, rows, *varied(prepared, vary, len(runs)))
    failed = np.flatnonzero(rows.failed[:, 0])
    return Done(rows.out, {int(row): _error(prepared, int(runs[row]), paths, values[row]) for row in failed})


@lru_cache(maxsize=512)
def prepared_for(job: Job) -> Prepared:
    """The world of a job; a worker keeps those it has met."""
    scenario = _scenario(job.scenario)
    return prepare(RunSpec.from_json(job.spec), scenario, _library(job.folders))


@lru_cache(maxsize=4)
def _scenario(text: str) -> Scenario:
    return Scenario.from_data(json.loads(text))


@lru_cache(maxsize=4)
def _library(folders: tuple[str, ...]) -> Library | None:
    if not folders:
        return None
    from agents.isolation.user_rules import library

    return library([Path(folder) for folder in folders])


def _error(prepared: Prepared, run: int, paths: tuple[str, ...], values: Array) -> str:
    """Why a run fails: it is played again in plain Python, which says so in a sentence, whatever engine it was."""
    from sim.engines.history import play

    vary = {path: np.array([value]) for path, value in zip(paths, values, strict=True)}
    cells, row = varied(prepared, vary, 1)
    template = prepared.template.with_values(cells, row[0])
    try:
        play(replace(prepared, template=template, spec=prepared.spec.but(run=run)))
    except RunError as error:
        return str(error)[:LONGEST_ERROR]
    return "a rule left its range when compiled, and not in plain Python."
