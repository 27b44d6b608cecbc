"""Running a study with a bar on stderr: for the command line, a script and a notebook alike."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from agents.isolation import watchdog
from sim.studies.design.experiment import Experiment
from sim.studies.running.runner import RunOptions, run
from sim.studies.store.results import Results
from sim.telling.progress_bar import ProgressBar


@contextlib.contextmanager
def with_bar(options: RunOptions) -> Iterator[RunOptions]:
    """The same options, with a bar; Ctrl-C is answered with how much is kept."""
    bar = ProgressBar(says_rate=True)
    try:
        with watchdog.call("The compiled rules", watchdog.COMPILE):
            yield replace(options, progress=bar)
    except KeyboardInterrupt:
        kept = f"{bar.done:,} of {bar.total:,} runs are on disk; run the same command to resume."
        print(kept, file=sys.stderr)
        raise
    finally:
        bar.close()


def run_study(
    experiment: Experiment,
    out: str | Path | None = None,
    *,
    options: RunOptions | None = None,
    progress: bool = True,
) -> Results:
    """Run an experiment, or resume it, and return its results.

    Args:
        experiment: The experiment to run.
        out: The study's folder; `studies/<name>` unless you say otherwise.
        options: Where and how it is computed; see `RunOptions`.
        progress: Show a bar, in a terminal as in a notebook.

    Raises:
        InputError: The experiment or the folder does not fit.
        RunError: The study stopped; finished runs are kept.
    """
    options = options or RunOptions()
    if not progress:
        return run(experiment, out, options=options)
    with with_bar(options) as shown:
        return run(experiment, out, options=shown)
