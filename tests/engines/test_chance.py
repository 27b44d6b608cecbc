"""Luck: numpy's Philox in both engines, evenly spread, and nobody's draw depends on anybody else's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.law import make_ready
from sim.state.chance import ALWAYS, PURPOSE, luck

STABLE = st.integers(0, 2**48 - 1)  # codes of governments and crises
KEYS = st.tuples(
    st.integers(0, 2**63 - 1),
    st.integers(0, 2**31 - 1),
    st.one_of(st.integers(0, 20_000), st.just(ALWAYS)),
    STABLE,
    STABLE,
    st.integers(0, len(PURPOSE) - 1),
)


def numpys(seed: int, run: int, step: int, who: int, where: int, purpose: int) -> float:
    """The same draw from numpy, which adds 1 to its counter before the first block."""
    counter = (who + (where << 64) + (step << 128) + (run << 192) - 1) % 2**256
    key = seed + (purpose // 4 << 64)
    word = int(np.random.Philox(key=key, counter=counter).random_raw(4)[purpose % 4])
    return ((word >> 12) + 0.5) / 2**52


@pytest.fixture(scope="module")
def compiled():  # type: ignore[no-untyped-def]
    from numba import njit

    make_ready()

    @njit
    def call(seed, run, step, who, where, purpose):  # type: ignore[no-untyped-def]
        return luck(seed, run, step, who, where, purpose)

    return call


@given(KEYS)
def test_luck_is_a_word_of_numpys_philox(key: tuple[int, ...]) -> None:
    assert luck(*key) == numpys(*key)


@given(KEYS)
def test_both_engines_have_the_same_luck(compiled, key: tuple[int, ...]) -> None:  # type: ignore[no-untyped-def]
    assert compiled(*key) == luck(*key)


@given(KEYS)
def test_luck_lies_inside_its_bounds_and_is_the_same_when_asked_again(key: tuple[int, ...]) -> None:
    first = luck(*key)
    assert 0.0 < first < 1.0
    assert luck(*key) == first


@given(KEYS, st.integers(0, 5))
def test_another_key_is_another_draw(key: tuple[int, ...], place: int) -> None:
    other = list(key)
    other[place] = (other[place] + 1) % (len(PURPOSE) if place == 5 else 2**31)
    assert luck(*other) != luck(*key)


@pytest.mark.parametrize("place", range(6))
def test_draws_along_a_key_are_even_and_independent(place: int) -> None:
    """Whichever part of the key counts up: mean, variance, every tenth, and no memory from one draw to the next."""
    keys = [[7, 3, 5, 1234, 99, 0] for _ in range(4000)]
    for count, key in enumerate(keys):
        key[place] += count
    draws = np.array([luck(*key) for key in keys])
    assert abs(draws.mean() - 0.5) < 4 * np.sqrt(1 / 12 / len(draws))
    assert abs(draws.var() - 1 / 12) < 0.006
    tenths = np.histogram(draws, bins=10, range=(0.0, 1.0))[0]
    assert np.sum((tenths - 400) ** 2 / 400) < 33.7  # chi-square with 9 degrees of freedom, 1 in 10,000
    assert abs(np.corrcoef(draws[1:], draws[:-1])[0, 1]) < 4 / np.sqrt(len(draws))


def test_two_governments_two_crises_and_two_purposes_share_nothing() -> None:
    base = np.array([luck(1, run, 0, 11, 22, PURPOSE.answer) for run in range(3000)])
    others = {
        "who": [luck(1, run, 0, 12, 22, PURPOSE.answer) for run in range(3000)],
        "where": [luck(1, run, 0, 11, 23, PURPOSE.answer) for run in range(3000)],
        "purpose": [luck(1, run, 0, 11, 22, PURPOSE.message) for run in range(3000)],
        "who and where swapped": [luck(1, run, 0, 22, 11, PURPOSE.answer) for run in range(3000)],
        "seed": [luck(2, run, 0, 11, 22, PURPOSE.answer) for run in range(3000)],
        "round": [luck(1, run, 1, 11, 22, PURPOSE.answer) for run in range(3000)],
    }
    for name, draws in others.items():
        assert abs(np.corrcoef(base, draws)[0, 1]) < 0.075, name
