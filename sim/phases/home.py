"""Home, contagion, record: what a round leaves behind."""

from agents.arithmetic import larger, normal, share
from agents.law import law
from sim.laws import contagion, economy, politics
from sim.phases.perceive import heard_by
from sim.state.chance import PURPOSE, luck
from sim.state.clock import Clock
from sim.state.columns import CRISIS, DYAD, GOV, MEASURE, SENDER, SIDE, TARGET, WEIGHT
from sim.state.ladder import age_of_news, is_open, measures_of, worth_left
from sim.state.losses import believed, loss_of, reckoned
from sim.state.mechanisms import ON
from sim.state.tables import State


@law
def home(now: State, new: State, clock: Clock, me: int) -> None:
    """Elites, support and rally of one government after this round, over all crises it is in."""
    loss, felt, hit, charge, rally = 0.0, 0.0, 0.0, 0.0, 0.0
    for crisis in range(len(now.crises)):
        for side in range(2):
            if int(now.crises[crisis, CRISIS.sender + side]) != me:
                continue
            mine = now.sides
            loss = economy.stacked(loss, loss_of(now, crisis, side))
            felt = economy.stacked(felt, reckoned(now, crisis, side))
            hit = economy.stacked(hit, _hit(now, crisis, side))
            charge += mine[crisis, side, SIDE.charge]
            rally += _rally(now, clock, crisis, side, me)
    _elite(now, new, clock, me, felt, hit)
    _support(now, new, clock, me, loss, charge, rally)


@law
def _hit(now: State, crisis: int, side: int) -> float:
    """Closed doors that the elite feels or expects, and measures of its own government that it dislikes."""
    expected = 0.0
    if now.on[ON.anticipation] == 1.0:
        expected = believed(now, crisis, side) * now.sides[crisis, side, SIDE.elite_hit_threat]
    closed = economy.stacked(now.sides[crisis, side, SIDE.elite_hit], expected)
    return economy.stacked(closed, now.sides[crisis, side, SIDE.own_elite])


@law
def _rally(now: State, clock: Clock, crisis: int, side: int, me: int) -> float:
    """Where the rally is heading while the target stands against a humiliating announcement."""
    if side != TARGET or not is_open(now, crisis) or now.on[ON.rally] == 0.0:
        return 0.0
    size, base = now.weights[WEIGHT.rally_size], now.weights[WEIGHT.rally_base]
    stand, mood = now.sides[crisis, side, SIDE.stand], now.governments[me, GOV.mood]
    return politics.rally_goal(size, _news(now, clock, crisis), stand, mood, base)


@law
def _news(now: State, clock: Clock, crisis: int) -> float:
    """The most humiliating of the sender's announcements, the older the less of it; a demand made again renews all."""
    most, m = 0.0, now.measures
    for measure in measures_of(now, crisis):
        age = age_of_news(now, clock, crisis, measure)
        if m[measure, MEASURE.by] == SENDER and m[measure, MEASURE.lifted] == 0.0 and age >= 0.0:
            half_life = now.weights[WEIGHT.rally_half_life]
            most = larger(most, politics.fresh(m[measure, MEASURE.humiliating], half_life, age))
    return most


@law
def _elite(now: State, new: State, clock: Clock, me: int, felt: float, hit: float) -> None:
    row, w = now.governments, now.weights
    usual = row[me, GOV.elite_usual]
    if now.on[ON.elite] == 0.0:
        return
    goal = politics.elite_goal(usual, felt, w[WEIGHT.elite_pain], hit)
    new.governments[me, GOV.elite] = politics.towards(row[me, GOV.elite], goal, clock.elite_kept)


@law
def _support(now: State, new: State, clock: Clock, me: int, loss: float, charge: float, rally: float) -> None:
    """The public: drawn back to its usual level, moved by chance, losses, audience costs and the rally."""
    row, w = now.governments, now.weights
    before = row[me, GOV.rally]
    after = politics.towards(before, rally, clock.rally_unbuilt) if rally > before else before * clock.rally_kept
    own = politics.towards(row[me, GOV.support] - before, row[me, GOV.usual], clock.support_kept)
    if now.on[ON.shocks] == 1.0:
        chance = luck(clock.seed, clock.run, clock.step, int(row[me, GOV.code]), 0, PURPOSE.support)
        own += normal(chance) * clock.shock
    lost = economy.suffered(loss, clock.dt)
    new.governments[me, GOV.support] = share(own - w[WEIGHT.growth_support] * lost - charge + after)
    new.governments[me, GOV.rally] = after
    new.governments[me, GOV.lost] = row[me, GOV.lost] + lost


@law
def spread(now: State, new: State, clock: Clock, me: int) -> None:
    """Sentiment of one public towards each sender whose measures it watches."""
    if now.on[ON.contagion] == 0.0:
        return
    for other in range(len(now.governments)):
        if now.dyads[me, other, DYAD.sentiment] != 0.0:
            new.dyads[me, other, DYAD.sentiment] = now.dyads[me, other, DYAD.sentiment] * clock.sentiment_kept
    for crisis in range(len(now.crises)):
        _turn(now, new, clock, crisis, me)


@law
def _turn(now: State, new: State, clock: Clock, crisis: int, me: int) -> None:
    sender, target = int(now.crises[crisis, CRISIS.sender]), int(now.crises[crisis, CRISIS.target])
    if me == sender or not is_open(now, crisis):
        return
    closeness = 1.0 if me == target else larger(now.dyads[me, target, DYAD.alignment], 0.0)
    felt = now.sides[crisis, TARGET, SIDE.humiliation] if me == target else heard_by(now, crisis, me)
    humiliation = felt * now.crises[crisis, CRISIS.publicity] * worth_left(now, clock, crisis)
    speed, by_leaning = now.weights[WEIGHT.sentiment_turn], now.weights[WEIGHT.leaning_turn]
    a_week = contagion.turn_a_week(speed, humiliation, closeness, now.governments[me, GOV.leaning], by_leaning)
    turn = a_week * clock.dt / politics.WEEK
    new.dyads[me, sender, DYAD.sentiment] = contagion.sentiment_after(new.dyads[me, sender, DYAD.sentiment], 1.0, turn)
