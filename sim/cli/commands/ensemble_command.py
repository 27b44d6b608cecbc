"""`demarche ensemble`: many runs, what share of them ended how."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agents.errors import RunError
from agents.isolation import watchdog
from sim.cli.common import output
from sim.cli.common.options import Json, RunArguments, Runs, names_a_run, whole

if TYPE_CHECKING:
    import polars as pl

    from sim.metrics.metric import Metric
    from sim.run.prepare import Prepared

Threads = Annotated[int | None, typer.Option(min=1, help="As many as the machine has, unless said otherwise.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Also write all runs: .parquet or .csv.")]
COMPILING = "compiling rules and laws"


@names_a_run
def ensemble(arguments: RunArguments, runs: Runs, threads: Threads = None, out: Out = None, json: Json = False) -> None:
    """Run a scenario many times and print the shares of endings, with 95 % intervals."""
    whole(runs)
    if out:
        output.free_file(out, (".parquet", ".csv"))
    spec, rules = arguments.run_spec(), arguments.library()
    from sim.engines.ensemble import ensemble as simulate
    from sim.metrics.summary import summary
    from sim.run.prepare import prepare
    from sim.telling.changes_page import changes_in_words
    from sim.telling.progress_bar import show_progress

    prepared = prepare(spec, rules=rules)
    with watchdog.call("The compiled rules", watchdog.COMPILE), show_progress(runs, COMPILING, "runs") as advance:
        frame = simulate(prepared, runs, threads=threads, progress=advance)
    stop_at_failures(prepared, frame)
    found = {name: summary(frame, name) for name in prepared.template.names.crises}
    if out:
        output.write_file(out, frame.write_parquet if out.suffix == ".parquet" else frame.write_csv)
    said = {"changed": changes_in_words(prepared, "en"), "run_spec": prepared.spec.model_dump(mode="json")}
    first = found[prepared.template.names.crises[0]] | said
    if json:
        output.put_json(first if len(found) == 1 else first | {"crises": found})
        return
    for numbers in found.values():
        _print(prepared, numbers)
    output.put_changes(prepared)


def stop_at_failures(prepared: "Prepared", frame: "pl.DataFrame") -> None:
    """Say why the first failed run failed, by playing it again in plain Python."""
    from sim.engines.history import play

    failed = frame.filter(frame["failed"])["run"].unique().sort()
    if len(failed) == 0:
        return
    where = f"{len(failed)} of {frame['run'].n_unique()} runs failed; run {failed[0]}"
    try:
        play(type(prepared)(prepared.spec.but(run=int(failed[0])), prepared.template, prepared.addresses, prepared.at))
    except RunError as error:
        raise RunError(f"{where}: {error}") from error
    raise RunError(f"{where}: a rule left its range when compiled, and not in plain Python.")


ENDINGS = {
    "CD": "the target conceded",
    "DEAL": "a deal",
    "BD": "the sender backed down",
    "STALE": "nothing settled",
}


def _print(prepared: "Prepared", numbers: dict[str, Any]) -> None:
    from sim.metrics.metric import shown_in

    clauses = prepared.template.scenario.crises[numbers["crisis"]].clauses
    rows = [(f"ending: {ENDINGS.get(name, name)}", value, "share") for name, value in numbers["outcome"].items()]
    rows += [(one.labels["en"], numbers[one.name], _unit(one)) for one in shown_in("summary")]
    for code, value in numbers.get("clauses", {}).items():
        verb = "won by the target" if clauses[code].owner == "sender" else "given by the target"
        rows.append((f"settled: {code} {verb}", value, "share"))
    title = f"{prepared.spec.scenario}, {numbers['crisis']}: {numbers['runs']} runs, seed {prepared.spec.seed}"
    lines = [(label, _shown(value["value"], unit), _range(value, unit)) for label, value, unit in rows]
    output.put_table(title, ("", "estimate", "95 % interval"), lines, right=(1, 2))


def _unit(metric: "Metric") -> str:
    """How a metric of the summary is written: hours, percent, or percent with more digits for small losses."""
    if metric.factor == 1.0:
        return "hours"
    return "small" if "GDP" in metric.unit else "share"


def _range(value: dict[str, float], unit: str) -> str:
    return f"{_shown(value['low'], unit)} to {_shown(value['high'], unit)}"


def _shown(value: float, unit: str) -> str:
    if value != value:
        return "-"
    return {"share": f"{value * 100:.1f} %", "small": f"{value * 100:.3f} %", "hours": f"{value:.1f} h"}[unit]
