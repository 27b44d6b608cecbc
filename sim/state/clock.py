"""What a phase needs to know about the run and the round it is in."""

from typing import NamedTuple

from agents.arithmetic import power
from agents.law import law
from sim.laws.politics import QUARTER, kept, shock_scale
from sim.state.columns import WEIGHT
from sim.state.tables import Cells


class Clock(NamedTuple):
    """Keys of the run's luck, the second a step begins in, its start and length in days, what is left of each decay."""

    seed: int
    run: int
    step: int
    time: float
    dt: float
    elite_kept: float
    support_kept: float
    shock: float
    rally_kept: float
    rally_unbuilt: float
    sentiment_kept: float
    mood_kept: float


SECOND = 1.0 / 86400.0
"""Days of a second."""
ROUNDING = 1e-6
"""Part of a step: a round that is longer than whole steps by less than this takes no further step."""


@law
def steps_in(length: float, longest: float) -> int:
    """Equal steps that so many days are played in, none longer than the longest."""
    return int(length / longest + 1.0 - ROUNDING) if length > longest else 1


@law
def clock_at(weights: Cells, seed: int, run: int, time: float, dt: float) -> Clock:
    """The clock of one step. Decays are exact exponentials, worked out once a step for all governments.

    Luck is keyed by the second a step begins in, so that worlds with rounds of other lengths share their shocks.
    """
    persistence = weights[WEIGHT.support_persistence]
    return Clock(
        seed,
        run,
        int(time / SECOND + 0.5),
        time,
        dt,
        kept(weights[WEIGHT.elite_half_time], dt),
        power(persistence, dt / QUARTER),
        shock_scale(weights[WEIGHT.support_shock], persistence, dt),
        kept(weights[WEIGHT.rally_half_life], dt),
        kept(weights[WEIGHT.rally_build], dt),
        kept(weights[WEIGHT.sentiment_half_life], dt),
        kept(weights[WEIGHT.mood_half_life], dt),
    )
