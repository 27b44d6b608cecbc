"""`demarche sweep`: begin, plan, run, resume, extend and verify a study."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError, RunError
from sim.cli.common import output
from sim.cli.common.options import Folders, Json

if TYPE_CHECKING:
    from agents.library import Library
    from sim.studies.design.study import Study
    from sim.studies.running.runner import RunOptions
    from sim.studies.running.work import Engine
    from sim.studies.store.results import Results

sweep = typer.Typer(
    help="Studies: run, interrupt and resume sweeps. Begin with: demarche sweep plan tariff_threshold",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)

What = Annotated[str, typer.Argument(metavar="EXPERIMENT|STUDY", help="An experiment by name or file, or a study.")]
Kept = Annotated[Path, typer.Argument(metavar="STUDY", help="The folder of a study.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The study's folder.  [default: studies/NAME]")]
WorkerCount = Annotated[int | None, typer.Option(min=1, max=1024, help="As many as there are processors, unless said.")]
Processes = Annotated[bool, typer.Option("--processes", help="In processes: for rules the compiler cannot take.")]
Cluster = Annotated[str, typer.Option(metavar="ADDRESS|local", help="On a Dask cluster, tcp://HOST:PORT.")]
Mesa = Annotated[str, typer.Option("--engine", metavar="compiled|mesa", help="What computes; the values are equal.")]
KeepGoing = Annotated[bool, typer.Option("--keep-going", help="Do not pause when over 1 % of the runs fail.")]


@sweep.command()
def new(file: Annotated[Path, typer.Argument(metavar="FILE", help="As in my_sweep.yaml.")]) -> None:
    """Begin an experiment of your own: a commented file that works."""
    from sim.cli.commands.scenarios_command import new_file
    from sim.cli.common.new_files import EXPERIMENT

    if file.suffix != ".yaml":
        raise InputError(f"{file}: expected a name that ends in .yaml, as my_sweep.yaml.")
    path = new_file(file.parent, file.name, EXPERIMENT.replace("NAME", file.stem))
    output.put(f"Wrote {path}. Change it, then: demarche sweep plan {path}")


@sweep.command()
def plan(experiment: What, rules: Folders = None) -> None:
    """Count the runs, try some, and say how long it takes, how large it gets, and how wide the intervals will be."""
    from sim.cli.study_commands.study_pages import plan_page
    from sim.studies.running.pilot import pilot

    made = _study(experiment, rules)
    output.put(plan_page(made, pilot(made, _folders(rules))))


@sweep.command()
def run(
    experiment: What,
    out: Out = None,
    workers: WorkerCount = None,
    processes: Processes = False,
    cluster: Cluster = "",
    engine: Mesa = "compiled",
    keep_going: KeepGoing = False,
    rules: Folders = None,
) -> None:
    """Run a study; the same command again goes on with what is missing."""
    options = _options(workers, processes, cluster, engine, keep_going, rules)
    if _is_study(experiment):
        if out is not None:
            raise InputError(f"{experiment} is a study with a folder of its own: leave --out {out} out.")
        _go_on(Path(experiment), options)
        return
    from sim.studies.design.experiment import Experiment
    from sim.studies.running.runner import run as run_study

    found = Experiment.read(experiment)
    from sim.studies.running.run_study import with_bar

    with with_bar(options) as options:
        _ended(run_study(found, out, options=options, library=_library(rules)))


@sweep.command()
def status(study: Kept, json: Json = False, rules: Folders = None) -> None:
    """What a study holds: runs done and left, failures, hashes, and one SHA-256 over all values."""
    from sim.cli.study_commands.study_pages import status_page, status_record

    results = _results(study, rules)
    if json:
        output.put_json(status_record(results))
        return
    output.put(status_page(results))


@sweep.command()
def extend(
    study: Kept,
    n: Annotated[int | None, typer.Option("--n", help="Base samples, points or trajectories in all.")] = None,
    runs: Annotated[int | None, typer.Option("--runs", help="Runs of each point in all.")] = None,
    workers: WorkerCount = None,
    processes: Processes = False,
    cluster: Cluster = "",
    engine: Mesa = "compiled",
    keep_going: KeepGoing = False,
    rules: Folders = None,
) -> None:
    """Make a study longer, or give each point more runs; all that is done is kept."""
    from sim.studies.running.extend import extend as longer

    options = _options(workers, processes, cluster, engine, keep_going, rules)
    results = _results(study, rules, to_run=True)
    with results.store.lock():
        longer(results, n, runs)
    _go_on(study, options)


@sweep.command()
def verify(
    study: Kept,
    rows: Annotated[int, typer.Option(min=1, help="How many rows to compute again.")] = 50,
    seed: Annotated[int, typer.Option(min=0, help="Which rows: another seed, another sample.")] = 1,
    engine: Mesa = "mesa",
    rules: Folders = None,
) -> None:
    """Compute a random sample of the stored rows again, in the Mesa engine, and compare them bit for bit."""
    from sim.studies.running.verify import verify as check

    results = _results(study, rules)
    verdict = check(results, rows, seed, _engine(engine), _folders(rules))
    names = {"mesa": "the Mesa engine", "compiled": "the compiled engine"}
    what = f"{verdict.rows} of {results.done} stored rows computed again in {names[verdict.engine]}"
    if verdict.differ:
        row, columns = next(iter(verdict.differ.items()))
        raise RunError(f"{what}: {len(verdict.differ)} differ, first row {row} in {', '.join(columns)}.")
    output.put(f"{what}: all are equal, bit for bit.")


def _study(experiment: str, rules: list[Path] | None) -> "Study":
    from sim.studies.design.experiment import Experiment
    from sim.studies.design.study import study

    if _is_study(experiment):
        return _results(Path(experiment), rules).made
    return study(Experiment.read(experiment), library=_library(rules))


def _results(folder: Path, rules: list[Path] | None, to_run: bool = False) -> "Results":
    from sim.studies.store.results import Results

    return Results.read(folder, library=_library(rules), to_run=to_run)


def _is_study(name: str) -> bool:
    return Path(name).is_dir()


def _go_on(folder: Path, options: "RunOptions") -> None:
    from sim.studies.running.run_study import with_bar
    from sim.studies.running.runner import proceed
    from sim.studies.store.results import Results

    results = Results.read(folder, library=_library(list(options.folders)), to_run=True)
    with with_bar(options) as options, results.store.lock():
        _ended(proceed(results.made, results.store, results.plan, options))


def _ended(results: "Results") -> None:
    from sim.cli.study_commands.study_pages import status_page

    output.put(status_page(results))


def _options(
    workers: int | None, processes: bool, cluster: str, engine: str, keep_going: bool, rules: list[Path] | None
) -> "RunOptions":
    from sim.studies.running.executors import Workers
    from sim.studies.running.runner import RunOptions

    if processes and cluster:
        raise InputError("Expected one of --processes and --cluster.")
    where = Workers("cluster" if cluster else "processes" if processes else "threads", workers, cluster)
    return RunOptions(where, _engine(engine), tuple(rules or ()), keep_going)


def _engine(engine: str) -> "Engine":
    if engine == "mesa":
        return "mesa"
    if engine != "compiled":
        raise InputError(f"--engine {engine}: expected compiled or mesa.")
    return "compiled"


def _folders(rules: list[Path] | None) -> tuple[str, ...]:
    return tuple(str(folder.resolve()) for folder in rules or ())


def _library(rules: list[Path] | None) -> "Library":
    from agents.isolation.user_rules import library

    return library(rules or [])
