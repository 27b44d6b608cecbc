"""Ground truth: in the perfect-information limit, rational rules play the crisis game as its solution says.

The crisis game: the target concedes or resists; if it resists, the sender carries out or backs down. pygambit solves
it: the limit of the logit path is the subgame-perfect equilibrium, a point on the path is the logit equilibrium.
"""

import ast
import io
import random
from collections.abc import Iterator
from typing import Any

import pytest

from agents.arithmetic import logistic
from agents.library import shipped
from agents.rule import PAIN
from agents.views import View

gambit = pytest.importorskip("pygambit", reason="pygambit solves the crisis game; it comes with the extra [test]")

SETTINGS = 1000
YEAR = 365.0
GAME = """EFG 2 R "crisis" {{ "target" "sender" }}
p "" 1 1 "" {{ "concede" "resist" }} 0
t "" 1 "conceded" {{ {concede}, {won} }}
p "" 2 1 "" {{ "carry" "back" }} 0
t "" 2 "carried out" {{ {loss}, {carry} }}
t "" 3 "backed down" {{ 0, {back} }}
"""


def settings() -> Iterator[dict[str, float]]:
    """Payoffs in support points, no two alternatives equal for anybody."""
    draw = random.Random(7)
    while True:
        concede, loss, carry, back = (draw.uniform(0.2, 6.0) for _ in range(4))
        if abs(concede - loss) > 0.02 and abs(carry - back) > 0.02:
            yield {"concede": -concede, "won": draw.uniform(1, 8), "loss": -loss, "carry": -carry, "back": -back}


def some(count: int) -> list[dict[str, float]]:
    found = settings()
    return [next(found) for _ in range(count)]


def odds(profile: Any, player: str, action: str) -> float:
    return float(ast.literal_eval(str(profile[player]))[0][action])


def view(payoffs: dict[str, float], belief: float) -> View:
    """The target's View at the date: everything is known, nothing can be talked over any more."""
    cost, loss = -payoffs["concede"] / 100, -payoffs["loss"] / 100
    return View(
        belief=belief, threat=loss / PAIN, give_cost=cost, full_cost=cost, days_left=0.0, stand=0.0, luck=0.5
    )  # fmt: skip


RATIONAL = {
    "reservation_point": {"horizon": YEAR},
    "two_level": {"horizon": YEAR, "pride": 0.0, "hope": 0.0, "tires": 0.0, "elite_weight": 0.0},
}


@pytest.mark.parametrize("name", RATIONAL)
def test_rational_rules_play_the_subgame_perfect_equilibrium(name: str) -> None:
    rule = shipped().find("answer", name)
    traits = {trait.name: trait.default for trait in rule.traits} | RATIONAL[name]
    for payoffs in some(SETTINGS):
        solved = gambit.nash.logit_solve(gambit.read_efg(io.StringIO(GAME.format(**payoffs))), use_strategic=False)
        carries = odds(solved.equilibrium, "sender", "carry") > 0.5
        assert carries == (payoffs["carry"] > payoffs["back"])
        willing = rule(view(payoffs, belief=1.0 if carries else 0.0), **traits)
        concedes = odds(solved.equilibrium, "target", "concede") > 0.5
        assert (willing >= 1.0) == concedes, payoffs


def test_quantal_response_plays_the_logit_equilibrium() -> None:
    rule = shipped().find("answer", "quantal_response")
    precision = 1.5
    for payoffs in some(SETTINGS):
        game = gambit.read_efg(io.StringIO(GAME.format(**payoffs)))
        solved = gambit.qre.logit_solve_lambda(game, [precision])[0].profile
        belief = logistic(precision * (payoffs["carry"] - payoffs["back"]))
        assert odds(solved, "sender", "carry") == pytest.approx(belief, abs=1e-4)
        seen = view(payoffs, belief)._replace(dt=1.0)
        assert odds(solved, "target", "concede") == pytest.approx(chance(rule, seen, precision), abs=1e-4)


def chance(rule: Any, seen: View, precision: float) -> float:
    """The chance with which a rule gives way, found from the luck at which it changes its answer."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        gives = rule(seen._replace(luck=middle), precision=precision, horizon=YEAR, pain=PAIN, climb_down=0.0) > 0.5
        low, high = (middle, high) if gives else (low, middle)
    return low
