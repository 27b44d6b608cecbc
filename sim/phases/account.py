"""Losses as things stand: what each measure costs, in force or threatened, and the ladder of clauses."""

from agents.arithmetic import larger, over, share, smaller
from agents.law import law
from sim.laws import bargaining, economy, politics
from sim.state.clock import Clock
from sim.state.columns import CLAUSE, CRISIS, DYAD, GOV, MEASURE, SENDER, SIDE, STEP, TARGET, WEIGHT
from sim.state.ladder import age_of_news, is_open, measures_of
from sim.state.losses import believed
from sim.state.measure_kinds import KIND
from sim.state.mechanisms import ON
from sim.state.tables import State


@law
def account(now: State, new: State, clock: Clock, crisis: int) -> None:
    """Bring a crisis's ladder and both sides' losses up to date. Rates are shares of GDP a year."""
    climb_ladder(now, new, crisis)
    for side in range(2):
        _clear(now, new, crisis, side)
    for measure in measures_of(now, crisis):
        _count(now, new, clock, crisis, measure)


@law
def _clear(now: State, new: State, crisis: int, side: int) -> None:
    for column in range(SIDE.pressure, SIDE.humiliation + 1):
        new.sides[crisis, side, column] = 0.0
    new.sides[crisis, side, SIDE.due] = now.weights[WEIGHT.no_date]


@law
def _count(now: State, new: State, clock: Clock, crisis: int, measure: int) -> None:
    """Add one measure to what the other side suffers and to what its owner pays."""
    m, w = now.measures, now.weights
    owner = int(m[measure, MEASURE.by])
    other = 1 - owner
    loss = increment(now, crisis, measure)
    hit = _elite_hit(now, measure)
    new.measures[measure, MEASURE.loss] = loss
    new.measures[measure, MEASURE.elite_hit] = hit
    if owner == TARGET and now.on[ON.counter_measures] == 0.0:
        return
    if not is_open(now, crisis) or m[measure, MEASURE.lifted] == 1.0:
        return
    if m[measure, MEASURE.announced] > clock.time:
        return
    felt = m[measure, MEASURE.trade] + m[measure, MEASURE.elite]
    own = m[measure, MEASURE.own_loss]
    s = new.sides
    s[crisis, other, SIDE.humiliation] = larger(s[crisis, other, SIDE.humiliation], m[measure, MEASURE.humiliating])
    in_force = m[measure, MEASURE.in_force] == 1.0
    certain = 1.0 if in_force else believed(now, crisis, other)
    age = age_of_news(now, clock, crisis, measure)
    _add(new, crisis, other, SIDE.news, politics.fresh(certain * loss * felt, w[WEIGHT.market_half_life], age))
    if now.on[ON.own_elites] == 1.0:
        _add(new, crisis, owner, SIDE.own_elite, pressed_at_home(now, crisis, measure))
    if in_force:
        _add(new, crisis, other, SIDE.pressure, loss)
        _add(new, crisis, other, SIDE.elite_pressure, loss * felt)
        _add(new, crisis, other, SIDE.elite_hit, hit)
        _add(new, crisis, owner, SIDE.own_loss, own)
        return
    _add(new, crisis, other, SIDE.threat, loss)
    _add(new, crisis, other, SIDE.elite_threat, loss * felt)
    _add(new, crisis, other, SIDE.elite_hit_threat, hit)
    _add(new, crisis, owner, SIDE.own_threat, own)
    left = m[measure, MEASURE.due] - clock.time
    if loss > 0.0 and left > 0.0:
        s[crisis, other, SIDE.due] = smaller(s[crisis, other, SIDE.due], left)


@law
def pressed_at_home(now: State, crisis: int, measure: int) -> float:
    """Elites of a measure's own country who press against it: more where it is larger, fewer where they doubt it comes.

    Firms at home know how often their government does what it announces.
    """
    m = now.measures
    owner = int(now.crises[crisis, CRISIS.sender + int(m[measure, MEASURE.by])])
    sure = 1.0 if m[measure, MEASURE.in_force] == 1.0 else now.governments[owner, GOV.record]
    return share(sure * m[measure, MEASURE.own_elite] * over(m[measure, MEASURE.size], m[measure, MEASURE.stated]))


@law
def _add(new: State, crisis: int, side: int, column: int, loss: float) -> None:
    new.sides[crisis, side, column] = economy.stacked(new.sides[crisis, side, column], loss)


@law
def increment(now: State, crisis: int, measure: int) -> float:
    """Loss of a measure beyond the tier it raises: a tariff raised from 25 to 50 percent counts the difference."""
    lower = int(now.measures[measure, MEASURE.raises])
    loss = gross_loss(now, crisis, measure)
    return larger(loss - gross_loss(now, crisis, lower), 0.0) if lower >= 0 else loss


@law
def gross_loss(now: State, crisis: int, measure: int) -> float:
    """Loss of a measure to the other side (share of GDP a year) by the law of its kind."""
    m, w = now.measures, now.weights
    kind = int(m[measure, MEASURE.kind])
    size = m[measure, MEASURE.size]
    owner = int(now.crises[crisis, CRISIS.sender + int(m[measure, MEASURE.by])])
    other = int(now.crises[crisis, CRISIS.target - int(m[measure, MEASURE.by])])
    gdp = now.governments[other, GOV.gdp]
    exports = share(over(now.dyads[other, owner, DYAD.exports], gdp))
    if kind == KIND.tariff:
        return economy.tariff_loss(
            exports, size, w[WEIGHT.trade_elasticity], w[WEIGHT.pass_through], w[WEIGHT.value_added]
        )
    if kind == KIND.inspection:
        return share(economy.inspection_loss(exports, size, w[WEIGHT.inspection_cost], w[WEIGHT.value_added]))
    if kind == KIND.import_ban:
        return share(economy.ban_loss(exports, size, w[WEIGHT.import_ban]))
    if kind == KIND.embargo:
        both = exports + over(now.dyads[owner, other, DYAD.exports], gdp)
        return share(economy.ban_loss(both, size, w[WEIGHT.embargo]))
    if kind == KIND.finance or kind == KIND.aid_cut:
        return size
    return 0.0


@law
def _elite_hit(now: State, measure: int) -> float:
    """Elite support that a closed door costs: so much for each of those it shuts out."""
    kind = int(now.measures[measure, MEASURE.kind])
    if kind == KIND.visa or kind == KIND.travel_ban:
        return (
            now.weights[WEIGHT.closed_door] * now.measures[measure, MEASURE.size] * now.measures[measure, MEASURE.elite]
        )
    return 0.0


@law
def climb_ladder(now: State, new: State, crisis: int) -> None:
    """Order the clauses by what the sender gains for each point they cost the target, and sum them up.

    Step 0 is nothing given. A clause of the sender's that is *not* granted counts as given by the target: it costs
    the target what it would have been worth, and spares the sender its price.
    """
    count = int(now.crises[crisis, CRISIS.clauses])
    for place in range(count):
        new.ladder[crisis, place + 1, STEP.clause] = float(_next_best(now, new, crisis, count, place))
    for place in range(1, count + 1):
        clause = int(new.ladder[crisis, place, STEP.clause])
        value, cost = worth_and_cost(now, crisis, clause)
        new.ladder[crisis, place, STEP.sender_value] = new.ladder[crisis, place - 1, STEP.sender_value] + value
        new.ladder[crisis, place, STEP.target_cost] = new.ladder[crisis, place - 1, STEP.target_cost] + cost
        quiet = cost * now.clauses[crisis, clause, CLAUSE.unstated]
        new.ladder[crisis, place, STEP.unstated_cost] = new.ladder[crisis, place - 1, STEP.unstated_cost] + quiet
        forbidden = cost * now.clauses[crisis, clause, CLAUSE.forbidden]
        new.ladder[crisis, place, STEP.forbidden_cost] = new.ladder[crisis, place - 1, STEP.forbidden_cost] + forbidden
    whole = new.ladder[crisis, count, STEP.sender_value]
    for place in range(1, count + 1):
        climbed = new.ladder[crisis, place, STEP.sender_value]
        new.ladder[crisis, place, STEP.position] = climbed / whole if whole > 0.0 else place / count


@law
def _next_best(now: State, new: State, crisis: int, count: int, place: int) -> int:
    """The clause with the highest efficiency among those not yet on the ladder; the first listed among equals."""
    best, found = -1.0, -1
    for clause in range(count):
        taken = False
        for earlier in range(place):
            taken = taken or int(new.ladder[crisis, earlier + 1, STEP.clause]) == clause
        value, cost = worth_and_cost(now, crisis, clause)
        efficiency = bargaining.efficiency(value, cost)
        if not taken and efficiency > best:
            best, found = efficiency, clause
    return found


@law
def worth_and_cost(now: State, crisis: int, clause: int) -> tuple[float, float]:
    """What the target's giving of a clause is worth to the sender, and what it costs the target."""
    value, cost = now.clauses[crisis, clause, CLAUSE.value], now.clauses[crisis, clause, CLAUSE.cost]
    if int(now.clauses[crisis, clause, CLAUSE.owner]) == SENDER:
        return cost, value
    return value, cost
