"""Rounds and steps as loops over rows: the ensemble's order of phases. `sim.engines.mesa_model` walks it through its agents."""

from agents.law import law
from sim.phases.account import account
from sim.phases.bargain import bargain
from sim.phases.decide import answer, is_watching, press, see_crisis, see_measure, stand
from sim.phases.deliver import look_back
from sim.phases.drift import drift
from sim.phases.govern import govern
from sim.phases.home import home, record, spread
from sim.phases.perceive import perceive
from sim.phases.pursue import pursue
from sim.phases.remember import remember
from sim.state.clock import Clock, clock_at, steps_in
from sim.state.columns import CRISIS, DYAD
from sim.state.ladder import is_open
from sim.state.rule_calls import Tables
from sim.state.tables import State


def commit(now: State, new: State, start: int, end: int) -> None:
    """What a phase wrote becomes what the next one reads."""
    now.cells[start:end] = new.cells[start:end]


@law
def commit_crises(now: State, new: State) -> None:
    """What the end of a step wrote: crises, and of the dyads nothing but those of their parties (the past)."""
    commit(now, new, now.spans.sides, now.spans.stances)
    for crisis in range(len(now.crises)):
        sender, target = int(now.crises[crisis, CRISIS.sender]), int(now.crises[crisis, CRISIS.target])
        now.dyads[target, sender, DYAD.past] = new.dyads[target, sender, DYAD.past]


@law
def any_open(now: State) -> bool:
    """Whether a crisis still goes on."""
    for crisis in range(len(now.crises)):
        if is_open(now, crisis):
            return True
    return False


@law
def play_round(
    now: State, new: State, rules: Tables, seed: int, run: int, start: float, end: float, finest: float
) -> None:
    """One round, from one moment to another: hour by hour (or what the finest step is) while a crisis is open.

    So rounds are but how often one looks: talks that take hours are not blurred by a round of a day.
    """
    steps = steps_in(end - start, finest) if any_open(now) else 1
    for step in range(steps):
        time = start + (end - start) * step / steps
        play_step(now, new, clock_at(now.weights, seed, run, time, (end - start) / steps), rules)


@law
def play_step(now: State, new: State, clock: Clock, rules: Tables) -> None:
    """All phases of one step, over every crisis, measure and government."""
    at = now.spans
    crises, governments = len(now.crises), len(now.governments)
    for crisis in range(crises):
        account(now, new, clock, crisis)
    commit(now, new, at.sides, at.stances)
    _perceive_all(now, new, clock)
    commit(now, new, at.sides, at.governments)
    for crisis in range(crises):
        for side in range(2):
            answer(now, new, clock, rules, crisis, side)
    commit(now, new, at.sides, at.measures)
    for measure in range(len(now.measures)):
        press(now, new, clock, rules, measure)
    commit(now, new, at.sides, at.stances)
    for crisis in range(crises):
        for government in range(governments):
            if is_watching(now, crisis, government):
                stand(now, new, clock, rules, crisis, government)
    commit(now, new, at.stances, at.governments)
    for crisis in range(crises):
        bargain(now, new, clock, crisis)
    commit(now, new, at.sides, at.measures)
    for government in range(governments):
        home(now, new, clock, government)
        govern(now, new, clock, government)
        remember(now, new, clock, government)
        spread(now, new, clock, government)
        drift(now, new, clock, government)
        pursue(now, new, clock, government)
    commit(now, new, at.governments, at.end)
    for crisis in range(crises):
        record(now, new, clock, crisis)
        look_back(now, new, clock, crisis)
    commit_crises(now, new)


@law
def _perceive_all(now: State, new: State, clock: Clock) -> None:
    for crisis in range(len(now.crises)):
        if not is_open(now, crisis):
            continue
        for side in range(2):
            perceive(now, new, clock, crisis, side)
        for government in range(len(now.governments)):
            if is_watching(now, crisis, government):
                see_crisis(now, new, clock, crisis, government)
    for measure in range(len(now.measures)):
        see_measure(now, new, clock, measure)
