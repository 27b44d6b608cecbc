"""How a study goes, on stderr: a bar with rate, time left and failures; lines where stderr is no terminal."""

import contextlib
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from agents.isolation import watchdog

if TYPE_CHECKING:
    from sim.studies.running.runner import How

TENTH = 0.1


class _Rate(ProgressColumn):
    """Runs a second, since the first of them was done."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} runs/s" if task.speed else "")


class Bar:
    """Tells a person at a terminal, or a log, how many runs are done."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} / {task.total:,.0f}"),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
        )
        self._progress = Progress(*columns, console=self._console, speed_estimate_period=30.0)
        self._task = self._progress.add_task("", total=None, failed="")
        self.rows = self.done = self.computed = self._failed = 0
        self._since, self._next = time.monotonic(), TENTH

    def begin(self, rows: int, done: int) -> None:
        """Say what is there already, and begin."""
        self.rows, self.done = rows, done
        if done:
            self._console.print(f"resumed: {done:,} done, {rows - done:,} left, 0 repeated")
        if done == rows:
            return
        self._progress.update(self._task, total=rows, completed=done, description="compiling rules and laws")
        if self._console.is_terminal or self._console.is_jupyter:
            self._progress.start()
        else:
            self._console.print(f"{rows - done:,} runs; the first ones take a while: rules and laws are compiled")

    def advance(self, rows: int, failed: int) -> None:
        """So many more are on disk."""
        watchdog.alive()
        if not self.computed:
            self._since = time.monotonic()
        self.done, self.computed, self._failed = self.done + rows, self.computed + rows, self._failed + failed
        lost = f"{self._failed:,} failed" if self._failed else ""
        self._progress.update(self._task, advance=rows, description="runs", failed=lost)
        shown = self._console.is_terminal or self._console.is_jupyter
        if not shown and self.done >= self._next * self.rows:
            self._next = self.done / self.rows + TENTH
            self._console.print(f"{self.done:,} of {self.rows:,} runs{', ' + lost if lost else ''}")

    def close(self) -> None:
        """Take the bar away and say how fast it was."""
        if self._progress.live.is_started:
            self._progress.stop()
        seconds = time.monotonic() - self._since
        if self.computed and seconds > 1.0:
            rate = f"{self.computed / seconds:,.0f} a second"
            self._console.print(f"{self.computed:,} runs in {seconds:,.1f} s after the compiler: {rate}")


@contextlib.contextmanager
def told(how: "How") -> Iterator["How"]:
    """The same `how`, with a bar; Ctrl-C is answered with what is kept."""
    bar = Bar()
    try:
        with watchdog.call("The compiled rules", watchdog.COMPILE):
            yield replace(how, progress=bar)
    except KeyboardInterrupt:
        bar.close()
        kept = f"{bar.done:,} of {bar.rows:,} runs are on disk; the same command goes on with the rest."
        print(kept, file=sys.stderr)
        raise
    finally:
        bar.close()
