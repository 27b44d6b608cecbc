"""Why a government answered as it did: the terms its rule used, which sum to its margin."""

from dataclasses import dataclass

from agents.arithmetic import share
from agents.combine import total
from agents.errors import InputError, names_there_are
from agents.rule import MOST_TRAITS, Rule
from agents.views import View
from sim.engines.history import History
from sim.run.put_rules import SIDES
from sim.state.columns import ANSWER_TRAITS, CRISIS, SIDE, VIEW
from sim.state.tables import State


@dataclass(frozen=True)
class Explanation:
    """One answer. `terms` and `margin` are shares of the public (0.01 is a support point); `view` is all it knew.

    `by_rule` is what the rule said, `expression` what a person put on top of it (or nothing), `willingness` the result.
    """

    rule: Rule
    round: int
    time: float
    who: str
    terms: dict[str, float]
    margin: float | None
    willingness: float
    by_rule: float
    expression: str
    view: dict[str, float]
    traits: dict[str, float]
    forced: bool = False


def explain(history: History, round: int, who: str, crisis: int = 0) -> Explanation:
    """Ask again the decision a government took in a round.

    Raises:
        InputError: When there is no such round, or the government is not a side of the crisis.
    """
    if not 0 <= round < history.rounds:
        raise InputError(f"--round {round}: there is no such round; expected 0 to {history.rounds - 1}.")
    state = history.state(round + 1)
    side = _side(history, state, who, crisis)
    rule = rule_of(history, state, crisis, side)
    forced = float(state.sides[crisis, side, SIDE.forced])
    view = view_of(state, crisis, side)
    traits = traits_of(state, rule, crisis, side)
    terms, by_rule = rule.reasons(view, **traits), rule(view, **traits)
    own = history.prepared.template.expressions.get((crisis, side))
    return Explanation(
        rule=rule,
        round=round,
        time=history.time(round),
        who=who,
        terms=terms,
        margin=total(tuple(terms.values())) if terms else None,
        willingness=forced if forced >= 0.0 else share(own(view, by_rule)) if own else by_rule,
        by_rule=by_rule,
        expression=own.text if own else "",
        view=view._asdict(),
        traits=traits,
        forced=forced >= 0.0,
    )


def settled_round(history: History, crisis: int) -> int | None:
    """The round in which a crisis was settled for the first time, if it was."""
    at = history.state(history.rounds).crises[crisis, CRISIS.first_at]
    times = history.prepared.template.times
    return next(step for step in range(history.rounds) if times[step + 1] >= at - 1e-9) if at > 0.0 else None


def view_of(state: State, crisis: int, side: int) -> View:
    """The View a side last had."""
    return View(*(state.sides[crisis, side, column] for column in VIEW))


def rule_of(history: History, state: State, crisis: int, side: int) -> Rule:
    """The answer rule a side follows."""
    number = int(state.sides[crisis, side, SIDE.answer_rule])
    return history.prepared.template.library.family("answer")[number]


def traits_of(state: State, rule: Rule, crisis: int, side: int) -> dict[str, float]:
    """The traits of a side's answer rule, by name."""
    values = (state.sides[crisis, side, ANSWER_TRAITS + place] for place in range(MOST_TRAITS["answer"]))
    return {trait.name: value for trait, value in zip(rule.traits, values, strict=False)}


def _side(history: History, state: State, who: str, crisis: int) -> int:
    codes = history.prepared.template.names.governments
    sides = {codes[int(state.crises[crisis, CRISIS.sender + side])]: side for side in range(2)}
    if who in SIDES:
        return SIDES[who]
    if who not in sides:
        raise InputError(f"--who {who}: is not a side of this crisis. {names_there_are(who, [*sides, *SIDES])}")
    return sides[who]
