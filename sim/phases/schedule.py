"""The schedule: what happens in a step, in which order, to whom. Both engines read this one table.

How to read a phase file: each function takes `now` (what everybody knows when the phase begins), `new` (what it writes)
and one row. After a stage the engine copies what was written from `new` to `now`, so the order in which governments are
listed changes nothing. The functions are plain Python in the Mesa engine and compiled in the ensemble.
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from agents.law import law
from sim.phases.account import account
from sim.phases.bargain import bargain
from sim.phases.decide import answer, judge, press, stand
from sim.phases.deliver import look_back, record
from sim.phases.drift import drift
from sim.phases.govern import govern
from sim.phases.home import home, spread
from sim.phases.perceive import perceive, see_crisis, see_measure
from sim.phases.pursue import pursue
from sim.phases.remember import remember
from sim.state.clock import Clock, clock_at, steps_in
from sim.state.columns import CRISIS, DYAD
from sim.state.ladder import is_open, is_watching
from sim.state.pace import longest_step
from sim.state.rule_calls import Tables
from sim.state.tables import Spans, State

Each = Literal["crisis", "side", "measure", "watcher", "government"]


class Act(NamedTuple):
    """One function of a phase: what it does in a few words, and whether it asks a rule or needs an open crisis."""

    function: Callable[..., None]
    does: str
    asks: bool = False
    open_only: bool = False


class Stage(NamedTuple):
    """Acts that read the same `now`: to each of what they happen, and which tables become known afterwards."""

    name: str
    each: Each
    acts: tuple[Act, ...]
    known: tuple[str, str] | None = None


SCHEDULE = (
    Stage("account", "crisis", (Act(account, "losses in force, threatened and anticipated"),), ("sides", "stances")),
    Stage("perceive", "side", (Act(perceive, "the View of a government in a crisis", open_only=True),)),
    Stage("perceive", "watcher", (Act(see_crisis, "what a third government sees of it", open_only=True),)),
    Stage("perceive", "measure", (Act(see_measure, "what the owner of a measure sees"),), ("sides", "governments")),
    Stage("answer", "side", (Act(answer, "its rule gives willingness", asks=True),), ("sides", "measures")),
    Stage("press", "measure", (
        Act(press, "its rule carries it out, leaves or lifts it", asks=True),
        Act(judge, "a court may strike down the law it rests on"),
    ), ("sides", "stances")),
    Stage("stand", "watcher", (Act(stand, "its rule takes a side or stays out", asks=True),),
          ("stances", "governments")),
    Stage("bargain", "crisis", (Act(bargain, "messages move the lines; where they meet, the crisis settles"),),
          ("sides", "measures")),
    Stage("live", "government", (
        Act(home, "elites, support, rally, audience cost"),
        Act(govern, "mood, exits and successors, elections"),
        Act(remember, "records of carrying out and holding out, memory"),
        Act(spread, "sentiment towards those who humiliate"),
        Act(drift, "trade that moves away, institutions that are joined"),
        Act(pursue, "a sender takes up its next demand"),
    ), ("governments", "end")),
    Stage("record", "crisis", (
        Act(record, "what the next step must remember"),
        Act(look_back, "people who travel, delivery, second rounds"),
    )),
)  # fmt: skip
"""What the last stage writes becomes known by `commit_crises`."""


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


def _one(act: Act, pair: bool) -> Callable[..., None]:
    """An act as a law of one form, for one index or a pair of them."""
    function, open_only = act.function, act.open_only

    @law
    def ask_pair(now: State, new: State, clock: Clock, rules: Tables, first: int, second: int) -> None:
        function(now, new, clock, rules, first, second)

    @law
    def ask_one(now: State, new: State, clock: Clock, rules: Tables, first: int, second: int) -> None:
        function(now, new, clock, rules, first)

    @law
    def play_pair(now: State, new: State, clock: Clock, rules: Tables, first: int, second: int) -> None:
        if not open_only or is_open(now, first):
            function(now, new, clock, first, second)

    @law
    def play_one(now: State, new: State, clock: Clock, rules: Tables, first: int, second: int) -> None:
        function(now, new, clock, first)

    if act.asks:
        return ask_pair if pair else ask_one
    return play_pair if pair else play_one


def _then(first: Callable[..., None], second: Callable[..., None]) -> Callable[..., None]:
    @law
    def both(now: State, new: State, clock: Clock, rules: Tables, one: int, other: int) -> None:
        first(now, new, clock, rules, one, other)
        second(now, new, clock, rules, one, other)

    return both


def _over(stage: Stage) -> Callable[..., None]:
    """A stage as a loop over all that it happens to."""
    pair = stage.each in ("side", "watcher")
    act = _one(stage.acts[0], pair)
    for following in stage.acts[1:]:
        act = _then(act, _one(following, pair))

    @law
    def crises(now: State, new: State, clock: Clock, rules: Tables) -> None:
        for crisis in range(len(now.crises)):
            act(now, new, clock, rules, crisis, 0)

    @law
    def sides(now: State, new: State, clock: Clock, rules: Tables) -> None:
        for crisis in range(len(now.crises)):
            for side in range(2):
                act(now, new, clock, rules, crisis, side)

    @law
    def measures(now: State, new: State, clock: Clock, rules: Tables) -> None:
        for measure in range(len(now.measures)):
            act(now, new, clock, rules, measure, 0)

    @law
    def watchers(now: State, new: State, clock: Clock, rules: Tables) -> None:
        for crisis in range(len(now.crises)):
            for government in range(len(now.governments)):
                if is_watching(now, crisis, government):
                    act(now, new, clock, rules, crisis, government)

    @law
    def governments(now: State, new: State, clock: Clock, rules: Tables) -> None:
        for government in range(len(now.governments)):
            act(now, new, clock, rules, government, 0)

    loops = {"crisis": crises, "side": sides, "measure": measures, "watcher": watchers, "government": governments}
    return _known(loops[stage.each], stage)


def _known(loop: Callable[..., None], stage: Stage) -> Callable[..., None]:
    """A stage's loop, and then what it wrote becomes known."""
    if stage.known is None:
        return loop
    start, end = (Spans._fields.index(name) for name in stage.known)

    @law
    def played(now: State, new: State, clock: Clock, rules: Tables) -> None:
        loop(now, new, clock, rules)
        commit(now, new, now.spans[start], now.spans[end])

    return played


def _in_turn(stages: tuple[Stage, ...]) -> Callable[..., None]:
    """All stages one after the other, as one law."""
    last = _over(stages[-1])
    if len(stages) == 1:
        return last
    before = _in_turn(stages[:-1])

    @law
    def step(now: State, new: State, clock: Clock, rules: Tables) -> None:
        before(now, new, clock, rules)
        last(now, new, clock, rules)

    return step


_play_schedule: Any = _in_turn(SCHEDULE)


@law
def play_step(now: State, new: State, clock: Clock, rules: Tables) -> None:
    """All stages of one step, over every crisis, measure and government."""
    _play_schedule(now, new, clock, rules)
    commit_crises(now, new)


@law
def play_round(now: State, new: State, rules: Tables, seed: int, run: int, start: float, end: float) -> None:
    """One round, from one moment to another.

    A round only sets how often results are recorded; how finely it is played is up to the crises that are open.
    """
    time = start
    while time < end:
        steps = steps_in(end - time, longest_step(now, time))
        length = (end - time) / steps
        play_step(now, new, clock_at(now.weights, seed, run, time, length), rules)
        time = end if steps == 1 else time + length
