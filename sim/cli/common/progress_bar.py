"""A progress bar on stderr for whatever takes over two seconds."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from agents.isolation import watchdog

PATIENCE = 2.0


@contextlib.contextmanager
def bar(total: int, first: str, then: str) -> Iterator[Callable[[int], None]]:
    """Show `first` until something is done, then `then` with a bar; gives what to tell the number just done.

    Where stderr is no terminal, one line says that it takes a while.
    """
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:.0f}/{task.total:.0f}"))
    progress = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
    task = progress.add_task(first, total=total)

    def begin() -> None:
        if console.is_terminal:
            progress.start()
        else:
            console.print(f"{progress.tasks[0].description}...")

    def advance(done: int) -> None:
        watchdog.alive()
        progress.update(task, advance=done, description=then)

    timer = threading.Timer(PATIENCE, begin)
    timer.daemon = True
    timer.start()
    try:
        yield advance
    finally:
        timer.cancel()
        if progress.live.is_started:
            progress.stop()
