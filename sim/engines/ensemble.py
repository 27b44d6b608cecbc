"""The ensemble: many runs of one world, compiled, in threads. Row n equals Mesa's run n, bit for bit."""

import logging
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from agents.errors import InputError
from agents.library import Library
from sim.engines.outcome import ENDINGS, OUT, STAGES
from sim.engines.uncompiled import run_uncompiled
from sim.run.prepare import Prepared, prepare
from sim.run.spec import RunSpec
from sim.scenario import Scenario
from sim.scenario.weight_file import POSTERIOR, read_draws
from sim.state.columns import SIDE, STANCE
from sim.state.tables import windows

Array = np.ndarray[Any, np.dtype[np.float64]]
CHUNK = 256
LAW_FAILED = 9.0
"""What `failed` holds when a law, not a rule, failed."""
RULE_COLUMNS = {
    "answer": ("sides", SIDE.answer_rule),
    "press": ("sides", SIDE.press_rule),
    "stance": ("stances", STANCE.rule),
}


@dataclass(frozen=True)
class Rows:
    """What the kernel gives: `out`, (runs, crises, columns of `Outcome`), and `failed`, (runs, family and rule)."""

    runs: np.ndarray[Any, np.dtype[np.int64]]
    out: Array
    failed: Array


def ensemble(
    spec: RunSpec | Prepared,
    runs: int,
    *,
    scenario: Scenario | None = None,
    rules: Library | None = None,
    first: int = 0,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> pl.DataFrame:
    """Runs `first` to `first + runs - 1` of a spec, a row for each run and crisis.

    Args:
        spec: What names the runs; its own `run` is not used. scenario, rules: As in `sim.run.prepare.prepare`.
        threads: As many as the machine has processors unless said otherwise. progress: Told the runs just done.

    Raises:
        InputError: When there is nothing to run, or the spec does not fit.
    """
    if runs < 1:
        raise InputError(f"--runs {runs}: expected a whole number of 1 or more.")
    prepared = spec if isinstance(spec, Prepared) else prepare(spec, scenario, rules)
    numbers = np.arange(first, first + runs, dtype=np.int64)
    return frame(prepared, simulate(prepared, numbers, threads=threads, progress=progress))


def simulate(
    prepared: Prepared,
    runs: np.ndarray[Any, np.dtype[np.int64]],
    vary: Mapping[str, Array] | None = None,
    *,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Rows:
    """Run the compiled kernel over runs, each with its own values of what varies.

    Args:
        runs: Number of each run, shape (R,). vary: For each path, a value a run, shape (R,), in base units.
    """
    from sim.engines import kernel

    cells, values = varied(prepared, {**drawn_weights(prepared, runs), **(vary or {})}, len(runs))
    rows = Rows(runs, np.zeros((len(runs), prepared.template.shape.crises, len(OUT))), np.zeros((len(runs), 2)))
    try:
        tables = kernel.tables_for(prepared.template.library, _used(prepared, cells, values))
    except kernel.NotCompiledError as reason:
        logging.getLogger("demarche").warning("not compiled, runs slower: %s", reason)
        run_uncompiled(prepared, rows, cells, values, progress)
        return rows

    def work(start: int) -> int:
        part = slice(start, min(start + CHUNK, len(runs)))
        _run_chunk(prepared, tables, rows, part, cells, values)
        if progress:
            progress(part.stop - start)
        return start

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        list(pool.map(work, range(0, len(runs), CHUNK)))
    return rows


def compile_rules(prepared: Prepared) -> None:
    """Compile the rules of a world, ahead of its runs.

    Raises:
        NotCompiledError: For a rule that numba does not take.
    """
    from sim.engines import kernel

    kernel.tables_for(prepared.template.library, _used(prepared, np.zeros(0, dtype=np.int64), np.zeros((1, 0))))


def _run_chunk(prepared: Prepared, tables: Any, rows: Rows, part: slice, cells: Any, values: Array) -> None:
    """Compiled runs of one chunk; a run that fails is one marked row, and the next ones go on."""
    from sim.engines import kernel

    simulate_rows = kernel.simulate()
    now, new = _scratch(prepared)
    failed, cursor = rows.failed[part], np.zeros(1, dtype=np.int64)
    template, seed = prepared.template, prepared.spec.seed
    while cursor[0] < len(failed):
        try:
            simulate_rows(
                template.cells, template.times, now, new, tables, cells, values[part], prepared.at,
                seed,
                rows.runs[part], rows.out[part], failed, cursor,
            )  # fmt: skip
        except (ArithmeticError, ValueError, IndexError):
            failed[cursor[0], 0] = LAW_FAILED
            cursor[0] += 1


def trace(prepared: Prepared) -> Array:
    """The compiled history of one run: the whole buffer at the start and after every round, (rounds + 1, cells)."""
    from sim.engines import kernel

    none = np.zeros(0, dtype=np.int64)
    tables = kernel.tables_for(prepared.template.library, _used(prepared, none, np.zeros((1, 0))))
    now, new = _scratch(prepared)
    history = np.zeros((prepared.template.rounds + 1, len(prepared.template.cells)))
    kernel.trace()(
        prepared.template.times,
        now,
        new,
        tables,
        prepared.at,
        prepared.spec.seed,
        prepared.spec.run,
        history,
    )
    return history


def _scratch(prepared: Prepared) -> tuple[Any, Any]:
    shape = prepared.template.shape
    from sim.engines.compiled_table import CompiledTable

    states = []
    for _ in range(2):
        state = windows(prepared.template.cells.copy(), shape, plain=False)
        tables: dict[str, Any] = {
            name: CompiledTable(getattr(state, name)) for name in state._fields if name != "spans"
        }
        states.append(state._replace(**tables))
    return states[0], states[1]


def drawn_weights(prepared: Prepared, runs: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, Array]:
    """With `--weights posterior`, what each run draws, a value a run by path; what the spec changes stays so."""
    if prepared.spec.weights != POSTERIOR:
        return {}
    draws, changed = read_draws(), {one.change.path for one in prepared.applied}
    chosen = np.array(draws.points)[runs % len(draws.points)]
    return {
        name: chosen[:, column]
        for column, name in enumerate(draws.names)
        if name in prepared.addresses and name not in changed
    }


def varied(prepared: Prepared, vary: Mapping[str, Array], runs: int) -> tuple[Any, Array]:
    """Addresses of what varies, and their values, (runs, addresses); a level takes its starting twin along."""
    found: dict[int, Array] = {}
    for path, given in vary.items():
        cell = prepared.addresses.find(path, "vary")
        for address in (cell.address, *prepared.addresses.twins(path, cell)):
            found[address] = given
    values = np.zeros((runs, len(found)))
    for column, given in enumerate(found.values()):
        values[:, column] = given
    return np.array(list(found), dtype=np.int64), values


def _used(prepared: Prepared, cells: Any, values: Array) -> dict[str, set[int]]:
    """The numbers of the rules that some run asks, so that only those are compiled."""
    shape, first = prepared.template.shape, prepared.template.cells
    used: dict[str, set[int]] = {}
    for family, (table, column) in RULE_COLUMNS.items():
        start, end = shape.offsets()[table], shape.offsets()[table] + int(np.prod(shape.tables()[table]))
        width = shape.tables()[table][-1]
        used[family] = {int(rule) for rule in first[start + column : end : width]}
        for place, cell in enumerate(cells):
            if start <= cell < end and (cell - start) % width == column:
                used[family] |= {int(rule) for rule in np.unique(values[:, place])}
    programs = windows(first, shape, plain=False).programs
    used["expression"] = {side for crisis in programs for side in range(2) if crisis[side, 0] > 0.0}  # type: ignore[attr-defined]
    return used


def frame(prepared: Prepared, rows: Rows) -> pl.DataFrame:
    """Rows of the kernel as a table: one line a run and crisis, units in the names."""
    names = prepared.template.names
    parts = [_crisis_frame(rows, index, name, names.clauses[name]) for index, name in enumerate(names.crises)]
    return pl.concat(parts, how="diagonal").sort("run", maintain_order=True) if len(parts) > 1 else parts[0]


def wide(table: pl.DataFrame) -> pl.DataFrame:
    """A row a run: the first crisis' columns by their names, those of the others as `crisis.column`."""
    first, *others = table.partition_by("crisis", maintain_order=True)
    parts = [first.drop("crisis")]
    for part in others:
        columns = pl.all().exclude("run", "crisis", "failed")
        parts.append(part.select(columns.name.prefix(f"{part['crisis'][0]}.")))
    return pl.concat(parts, how="horizontal")


def _crisis_frame(rows: Rows, index: int, name: str, clauses: tuple[str, ...]) -> pl.DataFrame:
    columns = {"run": rows.runs, "crisis": [name] * len(rows.runs), **outcomes(rows.out[:, index, :], clauses)}
    return pl.DataFrame(columns | {"failed": rows.failed[:, 0] != 0.0})


def outcomes(out: Array, clauses: tuple[str, ...]) -> dict[str, pl.Series]:
    """What came of a crisis, a value a run in every column. `out`: (runs, columns of `Outcome`)."""
    columns: dict[str, Any] = {
        "outcome": np.array(ENDINGS)[out[:, OUT.ending].astype(np.int64)],
        "stage": np.array(STAGES)[out[:, OUT.stage].astype(np.int64)],
        "settled_in_hours": pl.Series(out[:, OUT.settled_at] * 24.0).set(pl.Series(out[:, OUT.settled] != 1.0), None),
    }
    for column in OUT._fields:
        if column not in ("ending", "stage", "settled", "settled_at", "granted"):
            columns[column] = out[:, getattr(OUT, column)]
    columns["first_held"] = out[:, OUT.first_answer] == 0.0
    granted = out[:, OUT.granted].astype(np.int64)
    for place, clause in enumerate(clauses):
        columns[f"granted_{clause}"] = (granted >> place) & 1 == 1
    return {name: pl.Series(name, values) for name, values in columns.items()}
