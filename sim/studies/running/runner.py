"""Running a study, and going on with it: what is on disk is not computed again."""

import json
import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from agents.errors import InputError, RunError
from agents.library import Library
from sim.engines.ensemble import compile_rules
from sim.engines.kernel import NotCompiledError
from sim.run.prepare import prepare
from sim.scenario import Scenario
from sim.studies.design.experiment import Experiment
from sim.studies.design.plan import Chunk, Plan
from sim.studies.design.study import Study, study
from sim.studies.running.executors import Pool, Workers, pool
from sim.studies.running.stopping import narrow_enough
from sim.studies.running.work import Engine, Job, compute, prepared_for
from sim.studies.store import manifest, rows
from sim.studies.store.part_store import Store, key_of
from sim.studies.store.results import Results
from sim.studies.store.rows import Done
from sim.studies.store.same_design import same_design

FOLDER = Path("studies")
BYTES_A_ROW = 150
"""What a run takes on disk, generously."""
FAILING, ENOUGH = 0.01, 200
"""A study pauses when more than this share of its runs fail, once so many are done."""


class Progress(Protocol):
    """Receives the progress of a study."""

    def begin(self, total: int, done: int) -> None:
        """Of `total` runs, `done` are on disk already."""

    def advance(self, done: int, failed: int) -> None:
        """`done` more runs are on disk; `failed` of them failed."""


class Silent:
    """Shows nothing."""

    def begin(self, total: int, done: int) -> None:
        """Nothing."""

    def advance(self, done: int, failed: int) -> None:
        """Nothing."""


@dataclass(frozen=True)
class RunOptions:
    """Options for running a study. None of them affects the results."""

    where: Workers = field(default_factory=Workers)
    engine: Engine = "compiled"
    folders: Sequence[Path] = ()
    keep_going: bool = False
    progress: Progress = field(default_factory=Silent)


@dataclass
class _Counts:
    """What has been done so far, to be told."""

    rows: int
    done: int = 0
    failed: int = 0
    computed: int = 0
    first: str = ""


def run(
    experiment: Experiment,
    out: str | Path | None = None,
    *,
    options: RunOptions | None = None,
    library: Library | None = None,
    scenario: Scenario | None = None,
) -> Results:
    """Run an experiment into a folder, or go on with what is there.

    Args:
        experiment: What to run. out: The study's folder; `studies/<name>` unless said otherwise.
        how: Where it is computed, and who is told. library, scenario: As in `sim.run.prepare.prepare`.

    Raises:
        InputError: The experiment or the folder does not fit. RunError: It stopped; what is done is kept.
    """
    options = options or RunOptions()
    made = study(experiment, scenario, library)
    store = Store(Path(out) if out else FOLDER / experiment.name)
    store.begin()
    with store.lock():
        made, plan = manifest.open_or_write(store, made)
        manifest.write(store, made, plan)  # its words, metrics and `until` may have changed since
        return proceed(made, store, plan, options)


def proceed(made: Study, store: Store, plan: Plan, options: RunOptions) -> Results:
    """Compute what is missing of a plan; the folder is locked."""
    whole, damaged = store.parts()
    store.clear(damaged)
    chunks = list(plan.chunks())
    counts = _Counts(plan.rows)
    here = [chunk for _, chunk in chunks if key_of(made.id, chunk) in whole]
    counts.done = sum(chunk.rows for chunk in here)
    options.progress.begin(plan.rows, counts.done)
    same_design(made, store, plan)
    store.room_for((plan.rows - counts.done) * BYTES_A_ROW)
    options = _able(made, options)
    store.log(event="begin", rows=plan.rows, done=counts.done, damaged=len(damaged), where=options.where.on)
    started = time.monotonic()
    try:
        _batches(made, store, plan, options, counts, set(whole))
    finally:
        seconds = time.monotonic() - started
        store.log(event="end", computed=counts.computed, failed=counts.failed, seconds=round(seconds, 3))
    return Results(made, store, plan)


def _able(made: Study, options: RunOptions) -> RunOptions:
    """Rules of others that the compiler cannot take run in Mesa, in processes."""
    if not options.folders or options.engine == "mesa":
        return options
    try:
        for variant in made.variants:
            compile_rules(prepare(variant.spec, made.scenario, made.library))
    except NotCompiledError as reason:
        logging.getLogger("demarche").warning("not compiled, so it runs slower, in processes: %s", reason)
        where = replace(options.where, on="processes") if options.where.on == "threads" else options.where
        return replace(options, engine="mesa", where=where)
    return options


def _batches(made: Study, store: Store, plan: Plan, options: RunOptions, counts: _Counts, have: set[str]) -> None:
    """Batch after batch; between two, `until` is judged on what is on disk."""
    todo: list[list[tuple[int, Chunk]]] = [[] for _ in plan.batches]
    for place, chunk in plan.chunks():
        if key_of(made.id, chunk) not in have:
            todo[place].append((place, chunk))
    if not any(todo):
        return
    folders = tuple(str(Path(folder).resolve()) for folder in options.folders)
    work = jobs(made, options.engine, folders)
    if options.where.on == "threads":
        for job in work:
            prepared_for(job)  # once, before the threads ask for it at the same time
    with pool(options.where) as workers:
        for place, missing in enumerate(todo):
            if place and narrow_enough(made, store, plan, place):
                return
            for _, chunk, done in _computed(made, missing, work, workers):
                _keep(made, store, place, chunk, done, options, counts)


def jobs(made: Study, engine: Engine, folders: tuple[str, ...] = ()) -> list[Job]:
    """What a worker has to know, for each variant."""
    scenario = json.dumps(made.scenario.data())  # unsorted: the order of clauses is part of it
    specs = [one.spec.but(**made.hashes).to_json() for one in made.variants]
    return [Job(spec, scenario, folders, engine) for spec in specs]


def _computed(
    made: Study, missing: list[tuple[int, Chunk]], work: list[Job], workers: Pool
) -> Iterator[tuple[int, Chunk, Done]]:
    """Chunks as they are done; one a worker is in hand, so no more than that is ever lost, and memory stays flat.

    What is in hand when it stops early, the pool cancels: nothing to clean up here, where Ctrl-C would be lost.
    """
    paths = tuple(one.path for one in made.dimensions)
    queue = iter(missing)
    running: dict[Future[Done], tuple[int, Chunk]] = {}
    while True:
        while len(running) < workers.workers and (following := next(queue, None)):
            points, repetitions = following[1].pairs()
            runs, values = made.points.runs(points, repetitions), made.points.values[points]
            running[workers.executor.submit(compute, work[following[1].variant], runs, paths, values)] = following
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            place, chunk = running.pop(future)
            yield place, chunk, future.result()


def _keep(
    made: Study, store: Store, place: int, chunk: Chunk, done: Done, options: RunOptions, counts: _Counts
) -> None:
    store.put(made.id, place, chunk, rows.part(made, chunk, done))
    counts.done += chunk.rows
    counts.computed += chunk.rows
    counts.failed += len(done.errors)
    if done.errors and not counts.first:
        row, error = next(iter(done.errors.items()))
        again = f"`demarche replay {store.where} {chunk.first_row + row}{made.with_rules}` plays it"
        counts.first = f"Row {chunk.first_row + row}: {error} {again}"
    options.progress.advance(chunk.rows, len(done.errors))
    over = counts.failed > FAILING * counts.computed
    if counts.computed >= ENOUGH and over and counts.done < counts.rows and not options.keep_going:
        paused = f"{store.where}: paused, {counts.failed} of {counts.computed} runs failed."
        raise RunError(f"{paused} {counts.first}; with --keep-going the study runs on all the same.")


__all__ = ["FOLDER", "InputError", "Progress", "RunOptions", "run"]
