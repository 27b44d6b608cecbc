"""The columns of the state's tables, by name: `now.sides[crisis, TARGET, SIDE.stand]`."""

from typing import Any, NamedTuple

from agents.rule import MOST_TRAITS
from agents.views import PressView, StanceView, View
from sim.state.weights import Weights

SENDER, TARGET = 0, 1


class Government(NamedTuple):
    """Columns of a government. Shares unless said otherwise; `code` is stable, `before` is support at the start.

    A government with latent demands has `attention` for so many at once, a `pace` a day (in one run, between so many
    times it), and has learned how often coercion succeeds (`success`). Of its `votes` it `stayed` after some.
    """

    code: int
    gdp: int
    polity: int
    coalition: int
    leaning: int
    defiance: int
    ideal_point: int
    support: int
    usual: int
    survival: int
    elite: int
    elite_usual: int
    mood: int
    election: int
    record: int
    before: int
    rally: int
    lost: int
    mood_usual: int
    held: int
    exits: int
    joined: int
    term_limit: int
    votes: int
    stayed: int
    worth_give: int
    worth_hold: int
    invoiced: int
    attention: int
    pace: int
    pace_low: int
    pace_high: int
    success: int
    capital: int


class Dyad(NamedTuple):
    """Columns of i towards j: exports (US$ billion a year; `before`, at the start), alignment, sentiment (-1 to 1)."""

    exports: int
    alignment: int
    sentiment: int
    past: int
    before: int


class Crisis(NamedTuple):
    """Columns of a crisis. Times in days from the ultimatum; `position` is the share of sender value conceded.

    A `latent` demand has not been made yet. `most` stood with the target at once. What begins with `first_` is of the
    first settlement and stays; but `first_measure` is the row of the first of its `measures`, which lie together.
    `step` is the length of its steps where the scenario is played by the round, else 0.
    """

    code: int
    sender: int
    target: int
    salience: int
    publicity: int
    people: int
    fading: int
    quorum: int
    private_latency: int
    private_opens: int
    public_latency: int
    clauses: int
    settled: int
    settled_at: int
    boundary: int
    position: int
    reciprocity: int
    ending: int
    stage: int
    tariff_in_force: int
    standing: int
    backing: int
    opened_at: int
    second_rounds: int
    returned: int
    limbo: int
    first_at: int
    first_ending: int
    first_stage: int
    first_position: int
    first_reciprocity: int
    first_won: int
    first_granted: int
    first_tariff: int
    latent: int
    most: int
    joint: int
    collapsed: int
    first_measure: int
    measures: int
    step: int


class Side(NamedTuple):
    """Columns of a side, after its View. `line` is a step of the ladder; when `ready` it would move further."""

    answer_rule: int
    press_rule: int
    forced: int
    dropped: int
    willingness: int
    line: int
    line_before: int
    moved_at: int
    ready: int
    stand: int
    belief: int
    pressure: int
    threat: int
    due: int
    elite_pressure: int
    elite_threat: int
    elite_hit: int
    elite_hit_threat: int
    own_loss: int
    own_threat: int
    own_elite: int
    news: int
    humiliation: int
    relief: int
    helped: int
    raised: int
    raised_before: int
    kept_word: int
    broke_word: int
    first_answer: int
    charge: int
    audience: int
    lost: int
    covered: int


class Clause(NamedTuple):
    """Columns of a clause: who gives it, worth to the receiver and cost to the owner in shares of the public.

    The lowest and highest worth and cost that a run may draw are factors of the value and the cost.
    """

    code: int
    owner: int
    value: int
    cost: int
    unstated: int
    forbidden: int
    granted: int
    value_low: int
    value_high: int
    cost_low: int
    cost_high: int


class Step(NamedTuple):
    """Columns of a step of the ladder: clauses in efficient order, summed up from the first."""

    clause: int
    position: int
    target_cost: int
    sender_value: int
    unstated_cost: int
    forbidden_cost: int


class Measure(NamedTuple):
    """Columns of a measure, after its owner's PressView. `size` is in the unit of its kind; losses are rates a year.

    A court may strike down the law it rests on (`basis`): at a chance a day, or on the day of a `judgment` on record.
    """

    code: int
    crisis: int
    by: int
    kind: int
    size: int
    announced: int
    due: int
    raises: int
    trade: int
    elite: int
    public: int
    own_loss: int
    own_elite: int
    stated: int
    humiliating: int
    basis: int
    struck_down: int
    judgment: int
    reissued: int
    struck: int
    in_force: int
    ever: int
    lifted: int
    missed: int
    loss: int
    elite_hit: int


class Stance(NamedTuple):
    """Columns of a third government in a crisis, after its StanceView; a forced stance of -9 is none."""

    rule: int
    forced: int
    stance: int
    since: int
    in_bloc: int


def _numbered(columns: Any, start: int = 0) -> Any:
    return columns(*range(start, start + len(columns._fields)))


GOV: Government = _numbered(Government)
DYAD: Dyad = _numbered(Dyad)
CRISIS: Crisis = _numbered(Crisis)
CLAUSE: Clause = _numbered(Clause)
STEP: Step = _numbered(Step)
WEIGHT: Weights = _numbered(Weights)

VIEW: View = _numbered(View)
SIDE: Side = _numbered(Side, len(VIEW))
PRESS: PressView = _numbered(PressView)
MEASURE: Measure = _numbered(Measure, len(PRESS))
WATCH: StanceView = _numbered(StanceView)
STANCE: Stance = _numbered(Stance, len(WATCH))
# a row begins with what its owner knows, so that a rule reads its View where it lies, and ends with its rules' traits
ANSWER_TRAITS = SIDE[-1] + 1
PRESS_TRAITS = ANSWER_TRAITS + MOST_TRAITS["answer"]
STANCE_TRAITS = STANCE[-1] + 1
