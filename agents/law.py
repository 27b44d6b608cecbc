"""`law`: the one mark for a function that both engines use, plain in Mesa and compiled in the ensemble.

A law stays the Python function it is. Marking it only puts it on a list; the list is handed to numba when the
compiled engine starts, so that `demarche run` does not wait for a compiler it does not need.
"""

from collections.abc import Callable
from typing import Any, TypeVar

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
    from numba import njit

    make_ready()
    compiled: F = njit(nogil=True, _nrt=False)(function)
    return compiled
