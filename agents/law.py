"""`law`: the one mark for a function that both engines use, plain in Mesa and compiled in the ensemble.

A law stays the Python function it is. Marking it only puts it on a list; the list is handed to numba when the
compiled engine starts, so that `demarche run` does not wait for a compiler it does not need.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

# Scalar laws gain nothing from vector instructions or the last round of optimising, and compile a quarter faster
# without; numba reads this when it is first imported. A user's own settings stay.
for _name, _value in (("NUMBA_OPT", "1"), ("NUMBA_LOOP_VECTORIZE", "0"), ("NUMBA_SLP_VECTORIZE", "0")):
    os.environ.setdefault(_name, _value)

ROOT = Path(__file__).parent.parent
F = TypeVar("F", bound=Callable[..., Any])

_waiting: list[Callable[..., Any]] = []
_twins: list[tuple[Callable[..., Any], Callable[..., Any]]] = []


def law(function: F) -> F:
    """Mark a function as usable in both engines; it must give the same bits in both."""
    _waiting.append(function)
    return function


def compiled_twin(of: Callable[..., Any]) -> Callable[[F], F]:
    """Give the compiled engine another body for `of`, where numba needs one (dice, calls through a table)."""

    def keep(implementation: F) -> F:
        _twins.append((of, implementation))
        return implementation

    return keep


def make_ready() -> None:
    """Hand every law marked so far to numba. Cheap to call again."""
    from numba.extending import overload, register_jitable

    while _waiting:
        register_jitable(forceinline=True)(_waiting.pop(0))
    while _twins:
        function, implementation = _twins.pop(0)
        overload(function, strict=False)(implementation)


def kernel(function: F) -> F:
    """Compile a whole loop over runs, releasing Python's lock so that threads run side by side.

    `_nrt=False` leaves reference counting out (2-10 times faster with states of grouped arrays). It is a private
    switch of numba: kept here alone, the version of numba is pinned to a range, and a test holds it.
    """
    from numba import config, njit

    make_ready()
    before = config.CACHE_DIR
    config.CACHE_DIR = str(cache_folder())
    try:
        compiled: F = njit(nogil=True, _nrt=False, cache=True)(function)
    except (OSError, RuntimeError):  # no folder to keep it in: compile for this run alone
        compiled = njit(nogil=True, _nrt=False)(function)
    finally:
        config.CACHE_DIR = before
    return compiled


def _sources(root: Path) -> bytes:
    """A hash of every source file of both floors."""
    digest = hashlib.sha256()
    for path in sorted(p for floor in ("agents", "sim") for p in (root / floor).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


_AT_IMPORT = _sources(ROOT)
"""Taken when the program starts: a file edited meanwhile must not lend its name to what was compiled from the old."""


def cache_folder(root: Path = ROOT) -> Path:
    """Where compiled kernels are kept between runs of the program.

    numba looks only at the file of the kernel itself and would serve stale code after an edit elsewhere, so the folder
    is named by a hash of every source file of both floors, of the versions and of the settings that compiled it.
    """
    import numba
    from platformdirs import user_cache_path

    settings = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_"))
    digest = hashlib.sha256(" ".join([sys.version, numba.__version__, *settings]).encode())
    digest.update(_AT_IMPORT if root == ROOT else _sources(root))
    return user_cache_path("demarche") / digest.hexdigest()[:16]
