"""After the signature: people travel, delivery is reviewed, what was left unstated may be disputed again."""

from agents.law import law
from sim.laws import economy, politics
from sim.state.chance import PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CLAUSE, CRISIS, DYAD, GOV, MEASURE, SENDER, SIDE, STEP, TARGET, WEIGHT
from sim.state.ladder import is_open, measures_of
from sim.state.losses import covered, loss_of
from sim.state.mechanisms import ON
from sim.state.pace import is_private
from sim.state.tables import State


@law
def record(now: State, new: State, clock: Clock, crisis: int) -> None:
    """Remember what the next round needs: losses so far, charges paid, stands that hardened."""
    for side in range(2):
        lost = economy.suffered(loss_of(now, crisis, side), clock.dt)
        new.sides[crisis, side, SIDE.lost] = now.sides[crisis, side, SIDE.lost] + lost
        new.sides[crisis, side, SIDE.covered] = now.sides[crisis, side, SIDE.covered] + covered(
            now, clock, crisis, side
        )
        new.sides[crisis, side, SIDE.charge] = 0.0
        new.sides[crisis, side, SIDE.raised_before] = now.sides[crisis, side, SIDE.raised]
        new.sides[crisis, side, SIDE.raised] = 0.0
        new.sides[crisis, side, SIDE.kept_word] = 0.0
        new.sides[crisis, side, SIDE.broke_word] = 0.0
        _harden(now, new, clock, crisis, side)


@law
def _harden(now: State, new: State, clock: Clock, crisis: int, side: int) -> None:
    """A side that refuses in public, or announces a counter-measure, is ever more bound by it; in private it is not."""
    quiet = is_private(now, clock, crisis) or not is_open(now, crisis)
    if quiet or now.on[ON.hardening] == 0.0:
        return
    stand = now.sides[crisis, side, SIDE.stand]
    hardened = politics.hardened(stand, now.weights[WEIGHT.stand_growth], clock.dt)
    for measure in measures_of(now, crisis):
        said = now.measures[measure, MEASURE.announced] - clock.time
        if side == TARGET and int(now.measures[measure, MEASURE.by]) == TARGET and 0.0 <= said < clock.dt:
            hardened = politics.towards(hardened, 1.0, 1.0 - now.weights[WEIGHT.counter_stand])
    new.sides[crisis, side, SIDE.stand] = hardened


@law
def look_back(now: State, new: State, clock: Clock, crisis: int) -> None:
    """What a settlement, or its absence, means in this round for people and for the next dispute."""
    if now.crises[crisis, CRISIS.latent] == 1.0:
        return
    _travel(now, new, clock, crisis)
    if now.crises[crisis, CRISIS.settled] == 0.0:
        return
    since = clock.time - now.crises[crisis, CRISIS.settled_at] - now.weights[WEIGHT.review_days]
    if -clock.dt < since <= 0.0 and now.on[ON.delivery] == 1.0:
        _review(now, new, clock, crisis)
    elif since > 0.0 and now.on[ON.second_round] == 1.0:
        _dispute(now, new, clock, crisis)


@law
def _travel(now: State, new: State, clock: Clock, crisis: int) -> None:
    """People wait while the crisis lasts, and travel once it is settled."""
    waiting = now.crises[crisis, CRISIS.people] - now.crises[crisis, CRISIS.returned]
    if now.crises[crisis, CRISIS.settled] == 1.0:
        gone = waiting * politics.happens(now.weights[WEIGHT.returns], clock.dt)
        new.crises[crisis, CRISIS.returned] = now.crises[crisis, CRISIS.returned] + gone
        waiting -= gone
    new.crises[crisis, CRISIS.limbo] = now.crises[crisis, CRISIS.limbo] + waiting * clock.dt


@law
def _review(now: State, new: State, clock: Clock, crisis: int) -> None:
    """A settlement outside the win-set is found not delivered: the measures held in reserve come back at once."""
    target = int(now.crises[crisis, CRISIS.target])
    line, last = int(now.crises[crisis, CRISIS.boundary]), int(now.crises[crisis, CRISIS.clauses])
    whole = now.ladder[crisis, last, STEP.target_cost]
    price = now.ladder[crisis, line, STEP.target_cost] / whole if whole > 0.0 else 0.0
    home = now.governments
    breach, base = now.weights[WEIGHT.breach], now.weights[WEIGHT.breach_base]
    chance = politics.undelivered(price, home[target, GOV.elite], home[target, GOV.mood], breach, base)
    who, where = int(home[target, GOV.code]), int(now.crises[crisis, CRISIS.code])
    if luck(clock.seed, clock.run, clock.step, who, where, PURPOSE.delivery) < chance:
        _reopen(now, new, clock, crisis, 0.0)


@law
def _dispute(now: State, new: State, clock: Clock, crisis: int) -> None:
    """The more was left unstated, the likelier a second round."""
    line = int(now.crises[crisis, CRISIS.boundary])
    paid = now.ladder[crisis, line, STEP.target_cost]
    unstated = now.ladder[crisis, line, STEP.unstated_cost] / paid if paid > 0.0 else 0.0
    hazard = unstated * now.weights[WEIGHT.reopening]
    who = int(now.governments[int(now.crises[crisis, CRISIS.target]), GOV.code])
    chance = luck(clock.seed, clock.run, clock.step, who, int(now.crises[crisis, CRISIS.code]), PURPOSE.reopening)
    if chance < politics.happens(hazard, clock.dt):
        _reopen(now, new, clock, crisis, now.weights[WEIGHT.second_notice])


@law
def _reopen(now: State, new: State, clock: Clock, crisis: int, notice: float) -> None:
    """A second round: lines start anew, measures fall due after a notice; records, mood and past coercion stay."""
    row, end = new.crises, clock.time + clock.dt
    row[crisis, CRISIS.settled] = 0.0
    row[crisis, CRISIS.ending] = 0.0
    row[crisis, CRISIS.position] = 0.0
    row[crisis, CRISIS.reciprocity] = 0.0
    row[crisis, CRISIS.opened_at] = end
    row[crisis, CRISIS.second_rounds] = now.crises[crisis, CRISIS.second_rounds] + 1.0
    for clause in range(int(now.crises[crisis, CRISIS.clauses])):
        new.clauses[crisis, clause, CLAUSE.granted] = 0.0
    new.sides[crisis, SENDER, SIDE.dropped] = 0.0
    for side in range(2):
        line = now.crises[crisis, CRISIS.clauses] if side == SENDER else 0.0
        new.sides[crisis, side, SIDE.line] = line
        new.sides[crisis, side, SIDE.line_before] = line
    for measure in measures_of(now, crisis):
        new.measures[measure, MEASURE.due] = end + notice
        new.measures[measure, MEASURE.in_force] = 0.0
        new.measures[measure, MEASURE.lifted] = 0.0
        new.measures[measure, MEASURE.missed] = 0.0
    sender, target = int(now.crises[crisis, CRISIS.sender]), int(now.crises[crisis, CRISIS.target])
    new.dyads[target, sender, DYAD.past] = now.dyads[target, sender, DYAD.past] + 1.0
