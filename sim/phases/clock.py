"""What a phase needs to know about the run and the round it is in."""

from typing import NamedTuple

from agents.arithmetic import power
from agents.law import law
from sim.columns import WEIGHT
from sim.laws.politics import QUARTER, kept, shock_scale
from sim.state import Cells


class Clock(NamedTuple):
    """Keys of the run's luck, the round with its start and length in days, and what is left of each decay."""

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


@law
def clock_at(weights: Cells, seed: int, run: int, step: int, time: float, dt: float) -> Clock:
    """The clock of one round. Decays are exact exponentials, worked out once a round for all governments."""
    persistence = weights[WEIGHT.support_persistence]
    return Clock(
        seed,
        run,
        step,
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
