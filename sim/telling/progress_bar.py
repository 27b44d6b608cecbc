"""The one progress bar, on stderr: for a run, an ensemble, a study. Lines instead where stderr is no terminal."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from agents.isolation import watchdog

PATIENCE = 2.0
"""Seconds that work may take before a bar appears."""
TENTH = 0.1


class _Rate(ProgressColumn):
    """Runs a second, since the first of them was done."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} {task.fields['unit']}/s" if task.speed else "")


class ProgressBar:
    """Shows how many runs (or rounds) are done, how fast, how long it will take and how many failed."""

    def __init__(self, unit: str = "runs", says_rate: bool = False) -> None:
        self.console = Console(stderr=True, highlight=False)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} / {task.total:,.0f}"),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
        )
        self._progress = Progress(*columns, console=self.console, transient=True, speed_estimate_period=30.0)
        self._task = self._progress.add_task("", total=None, failed="", unit=unit)
        self.unit, self.total, self.done, self.computed, self.failed = unit, 0, 0, 0, 0
        self._since, self._next, self._shown, self._says_rate = time.monotonic(), TENTH, False, says_rate
        self._timer: threading.Timer | None = None

    def begin(
        self, total: int, done: int = 0, waiting: str = "compiling rules and laws", patience: float = 0.0
    ) -> None:
        """Show `waiting` until the first work is done; after so many seconds of patience."""
        self.total, self.done = total, done
        if done:
            self.console.print(f"resumed: {done:,} done, {total - done:,} left, 0 repeated")
        if done == total:
            return
        self._progress.update(self._task, total=total, completed=done, description=waiting)
        self._timer = threading.Timer(patience, self._show)
        self._timer.daemon = True
        self._timer.start() if patience else self._show()

    def _show(self) -> None:
        self._shown = True
        if self.console.is_terminal or self.console.is_jupyter:
            self._progress.start()
        else:
            self.console.print(f"{self.total - self.done:,} {self.unit}: {self._progress.tasks[0].description}...")

    def advance(self, done: int, failed: int = 0) -> None:
        """Count work that was just done."""
        watchdog.alive()
        if not self.computed:
            self._since = time.monotonic()
        self.done, self.computed, self.failed = self.done + done, self.computed + done, self.failed + failed
        lost = f"{self.failed:,} failed" if self.failed else ""
        self._progress.update(self._task, advance=done, description=self.unit, failed=lost)
        drawn = self.console.is_terminal or self.console.is_jupyter
        if self._shown and not drawn and self.done >= self._next * self.total:
            self._next = self.done / self.total + TENTH
            self.console.print(f"{self.done:,} of {self.total:,} {self.unit}{', ' + lost if lost else ''}")

    def close(self) -> None:
        """Take the bar away, and say how fast it was if that was asked for."""
        if self._timer:
            self._timer.cancel()
        if self._progress.live.is_started:
            self._progress.stop()
        seconds = time.monotonic() - self._since
        if self._says_rate and self.computed and seconds > 1.0:
            rate = f"{self.computed / seconds:,.0f} a second"
            self.console.print(f"{self.computed:,} {self.unit} in {seconds:,.1f} s after the compiler: {rate}")


@contextlib.contextmanager
def show_progress(total: int, waiting: str, unit: str = "runs") -> Iterator[Callable[[int], None]]:
    """Show a bar for whatever takes over two seconds; gives a function that takes the number just done."""
    bar = ProgressBar(unit)
    bar.begin(total, waiting=waiting, patience=PATIENCE)
    try:
        yield bar.advance
    finally:
        bar.close()
