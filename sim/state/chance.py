"""Chance is an argument: luck keyed by (seed, run, round, who, where, purpose), the same in both engines.

Philox4x64-10 (Salmon et al. 2011) turns a key and a counter into random bits without any stream to share, so
neither order, workers, rewinds nor added bystanders can change anybody's luck. `luck` reads word `purpose % 4` of
`numpy.random.Philox(key=[seed, purpose // 4], counter=[who, where, round, run])`; a test holds it to that.
"""

from typing import Any, NamedTuple

from agents.law import compiled_twin, law
from sim.laws.bargaining import drawn
from sim.state.columns import CLAUSE, CRISIS, GOV
from sim.state.mechanisms import ON
from sim.state.tables import State

_M0, _M1 = 0xD2E7470EE14C6C93, 0xCA5A826395121157
_W0, _W1 = 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B
_MASK = (1 << 64) - 1
ALWAYS = 1_000_000_000
"""The round under which private types are drawn: once for the whole crisis."""


class Purpose(NamedTuple):
    """What a draw is for. New purposes go to the end, so that old runs keep their luck."""

    temper: int
    answer: int
    message: int
    press: int
    press_temper: int
    stance: int
    stance_temper: int
    support: int
    exit: int
    successor: int
    election: int
    delivery: int
    reopening: int
    joining: int
    agenda: int
    prospect: int
    dropping: int
    clause_value: int
    clause_cost: int
    pace: int
    court: int
    outlook: int


PURPOSE = Purpose(*range(len(Purpose._fields)))


def luck(seed: int, run: int, step: int, who: int, where: int, purpose: int) -> float:
    """A share evenly spread over (0, 1), the same whenever and wherever it is asked for.

    Args:
        seed: The study's seed. run: The run. step: The round, or `ALWAYS` for a private type.
        who: Stable code of the government. where: Stable code of the crisis, 0 for none.
        purpose: One of `PURPOSE`.
    """
    words = _philox(seed, purpose // 4, who, where, step, run)
    return ((words[purpose % 4] >> 12) + 0.5) * 2.220446049250313e-16


def _philox(key0: int, key1: int, c0: int, c1: int, c2: int, c3: int) -> tuple[int, int, int, int]:
    for _ in range(10):
        low0, low1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (low1 >> 64) ^ c1 ^ key0, low1 & _MASK, (low0 >> 64) ^ c3 ^ key1, low0 & _MASK
        key0, key1 = (key0 + _W0) & _MASK, (key1 + _W1) & _MASK
    return c0, c1, c2, c3


@compiled_twin(luck)
def _compiled_luck(seed: Any, run: Any, step: Any, who: Any, where: Any, purpose: Any) -> Any:
    """The same numbers from unsigned 64-bit words: Python's integers have no size, the machine's have."""
    import numpy as np
    from numba import njit

    m0, m1, w0, w1 = (np.uint64(word) for word in (_M0, _M1, _W0, _W1))
    half, low = np.uint64(32), np.uint64(0xFFFFFFFF)

    @njit(inline="always")
    def high(a, b):  # type: ignore[no-untyped-def]
        a0, a1, b0, b1 = a & low, a >> half, b & low, b >> half
        middle = a1 * b0 + ((a0 * b0) >> half)
        other = a0 * b1 + (middle & low)
        return a1 * b1 + (middle >> half) + (other >> half)

    def draw(seed, run, step, who, where, purpose):  # type: ignore[no-untyped-def]
        k0, k1 = np.uint64(seed), np.uint64(purpose // 4)
        c0, c1, c2, c3 = np.uint64(who), np.uint64(where), np.uint64(step), np.uint64(run)
        for _ in range(10):
            h0, h1 = high(m0, c0), high(m1, c2)
            c0, c1, c2, c3 = h1 ^ c1 ^ k0, m1 * c2, h0 ^ c3 ^ k1, m0 * c0
            k0, k1 = k0 + w0, k1 + w1
        word = c0
        if purpose % 4 == 1:
            word = c1
        elif purpose % 4 == 2:
            word = c2
        elif purpose % 4 == 3:
            word = c3
        return (np.float64(word >> np.uint64(12)) + 0.5) * 2.220446049250313e-16

    return draw


@law
def draw_types(now: State, new: State, seed: int, run: int) -> None:
    """Give every clause what it costs its owner and is worth to the other side, every sender its pace, in this run."""
    if now.on[ON.private_types] == 0.0:
        return
    for me in range(len(now.governments)):
        home = now.governments
        if home[me, GOV.pace] > 0.0:
            chance = luck(seed, run, ALWAYS, int(home[me, GOV.code]), 0, PURPOSE.pace)
            pace = drawn(home[me, GOV.pace], home[me, GOV.pace_low], home[me, GOV.pace_high], chance)
            home[me, GOV.pace] = pace
            new.governments[me, GOV.pace] = pace
    for crisis in range(len(now.crises)):
        for clause in range(int(now.crises[crisis, CRISIS.clauses])):
            owner = int(now.clauses[crisis, clause, CLAUSE.owner])
            _draw(now, new, seed, run, crisis, clause, owner, PURPOSE.clause_cost)
            _draw(now, new, seed, run, crisis, clause, 1 - owner, PURPOSE.clause_value)


@law
def _draw(now: State, new: State, seed: int, run: int, crisis: int, clause: int, side: int, purpose: int) -> None:
    """Draw one side's view of a clause; the luck is keyed by the government and the clause."""
    row = now.clauses
    who = int(now.governments[int(now.crises[crisis, CRISIS.sender + side]), GOV.code])
    chance = luck(seed, run, ALWAYS, who, int(row[crisis, clause, CLAUSE.code]), purpose)
    column, low, high = CLAUSE.cost, CLAUSE.cost_low, CLAUSE.cost_high
    if purpose == PURPOSE.clause_value:
        column, low, high = CLAUSE.value, CLAUSE.value_low, CLAUSE.value_high
    value = drawn(row[crisis, clause, column], row[crisis, clause, low], row[crisis, clause, high], chance)
    now.clauses[crisis, clause, column] = value
    new.clauses[crisis, clause, column] = value
