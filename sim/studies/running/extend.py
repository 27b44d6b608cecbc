"""A longer design or more runs: added at the end, so that all that is done stays."""

from agents.errors import InputError
from sim.studies.design.experiment import PREFIXED, Experiment
from sim.studies.design.plan import Batch
from sim.studies.design.study import refuse_too_much
from sim.studies.store import manifest
from sim.studies.store.results import Results


def extend(results: Results, n: int | None = None, runs: int | None = None) -> Results:
    """The study as it will be; its manifest is rewritten, and nothing is computed yet.

    Args:
        results: The study. n: Points, base samples or trajectories in all. runs: Runs of each point in all.

    Raises:
        InputError: When it would not grow, or its design has no longer one that begins with it.
    """
    made, plan, store = results.made, results.plan, results.store
    design, before = made.experiment.design, made.experiment.runs
    if (n is None) == (runs is None):
        raise InputError("Expected one of --n (a longer design) and --runs (more runs of each point).")
    if n is not None and design.kind not in PREFIXED:
        raise InputError(
            f"--n {n}: a {design.kind} design has no longer one that begins with it; expected --runs, or a new study."
        )
    for option, new, old in (("--n", n, design.n), ("--runs", runs, before)):
        if new is not None and new <= (old or 0):
            raise InputError(f"{option} {new}: the study has {old} already; expected more.")
    experiment = _checked(made.experiment, n, runs)
    points = len(made.points)
    made = made.sized(experiment.design.n, experiment.runs).without_end()
    refuse_too_much(made)
    more = Batch(points, len(made.points), 0, before) if n else Batch(0, points, before, experiment.runs)
    plan = made.plan((*plan.batches, more), plan.size)
    manifest.write(store, made, plan)
    return Results(made, store, plan)


def _checked(experiment: Experiment, n: int | None, runs: int | None) -> Experiment:
    design = experiment.design.model_dump() | ({"n": n} if n else {})
    try:
        return experiment.but(design=design, runs=runs or experiment.runs)
    except ValueError as error:
        said = str(error.errors()[0].get("ctx", {}).get("what", error)) if hasattr(error, "errors") else str(error)
        raise InputError(f"{'--n ' + str(n) if n else '--runs ' + str(runs)}: {said}") from None
