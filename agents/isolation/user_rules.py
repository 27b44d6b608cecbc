"""Rules from a folder of the user's: read, tried and asked under the guard, their prints kept off stdout."""

import contextlib
import io
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from agents.errors import DemarcheError, InputError, RunError, shown
from agents.isolation import watchdog
from agents.isolation.sample_views import sampled
from agents.library import HERE, Library, read
from agents.rule import FAMILIES, Rule

TRIED = 200
LOUD: set[str] = set()
"""Rules that have printed while they were asked."""


class _Loud(io.TextIOBase):
    """Where a rule's prints go: to stderr, and it is remembered who printed."""

    def __init__(self, place: str) -> None:
        self._place = place

    def write(self, text: str) -> int:
        LOUD.add(self._place)
        return sys.stderr.write(text)


class Watched(Rule):
    """A rule that says when it is asked, so that it can be stopped, and whose errors are sentences."""

    def __call__(self, view: Any, *values: float, **traits: float) -> float:
        with self._asked():
            return super().__call__(view, *values, **traits)

    def reasons(self, view: Any, **traits: float) -> dict[str, float]:
        with self._asked():
            return super().reasons(view, **traits)

    @contextlib.contextmanager
    def _asked(self) -> Iterator[None]:
        place = f"{shown(self.path)}: rule `{self.name}`"
        try:
            with watchdog.call(place), contextlib.redirect_stdout(_Loud(place)):
                yield
        except DemarcheError:
            raise
        except MemoryError as error:
            raise RunError(f"{place} asked for more memory than there is{_line(error, self.path)}.") from error
        except (Exception, SystemExit) as error:
            raise RunError(f"{place} raised {type(error).__name__}: {error}{_line(error, self.path)}.") from error


def _line(error: BaseException, path: Path) -> str:
    trace, line = error.__traceback__, 0
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f" (line {line})" if line else ""


def read_watched(path: Path) -> Rule:
    """The rule in a file, watched unless it is one of ours."""
    if path.resolve().is_relative_to(HERE.resolve()):
        return read(path)
    with watchdog.call(f"{shown(path)}: importing it", watchdog.IMPORT), contextlib.redirect_stdout(sys.stderr):
        found = read(path)
    watched = Watched(**{name: getattr(found, name) for name in Rule.__dataclass_fields__})
    _try(watched)
    return watched


def _try(rule: Rule) -> None:
    """Ask a rule about some Views, in silence: one that never returns is found before the engines are loaded."""
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        for view in sampled(rule.family.view, TRIED, random.Random(rule.name)):
            with contextlib.suppress(DemarcheError):
                rule(view)


def library(folders: Sequence[Path]) -> Library:
    """The shipped rules and those of the folders, one rule a file.

    Raises:
        InputError: With the file and what would be right, as `agents.library.discover`.
    """
    from agents.library import shipped

    found = dict(shipped())
    for path in (path for folder in folders for path in _files(folder)):
        rule = read_watched(path)
        key = (rule.family.name, rule.name)
        if key in found:
            other = shown(found[key].path)
            raise InputError(f"{shown(path)}: there is a {key[0]} rule `{key[1]}` already, in {other}. Rename one.")
        found[key] = rule
    order = list(FAMILIES)
    return Library(found[key] for key in sorted(found, key=lambda key: (order.index(key[0]), key[1])))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(f"--rules {folder}: there is no such folder.")
    files = sorted(path for path in folder.rglob("*.py") if not path.name.startswith("_"))
    if not files:
        raise InputError(f"--rules {folder}: there is no rule (.py) in this folder.")
    return files
