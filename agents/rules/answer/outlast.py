"""Two sides wait each other out: who bears more, and has less at stake, gives way sooner."""

from typing import Annotated

from agents.arithmetic import exp, larger, log, over, share, smaller
from agents.rule import PerDay, Ratio, Share, View, rule

LEAST = 1e-6
"""Loss (share of GDP a year) and stake (share of the public) below which nothing is told apart."""


@rule(
    source="fearon_1998",
    es="Ceder con una tasa que es un cociente: pérdidas propias entre ajenas, por lo ajeno en juego entre lo propio.",
)
def outlast(
    view: View,
    readiness: Annotated[PerDay, "chance a day to give way where both bear as much and have as much at stake"] = 0.001,
    elasticity: Annotated[Ratio, "how much sooner it gives way for each percent that it bears more"] = 0.3,
    step: Annotated[Share, "part of the demand that one move gives"] = 1.0,
) -> float:
    """Give way at a rate that is a ratio: losses over the other side's, times its stake over ours.

    The rate a day is readiness * (our loss / theirs) ** elasticity * (their stake / ours). Losses threatened count
    by the belief that they come; the other side's are known to it. Stakes are the prices of meeting each other's
    lines. A move gives a step, and never more than would settle it.

    >>> even = View(threat=0.01, other_threat=0.01, belief=1.0, dt=30.0, luck=0.05)
    >>> outlast(even._replace(give_cost=0.02, other_give_cost=0.08)), outlast(even._replace(other_give_cost=0.02))
    (1.0, 0.0)
    """
    ours = larger(view.pressure + view.belief * view.threat - view.relief, LEAST)
    theirs = larger(view.other_loss + view.other_threat, LEAST)
    stakes = over(larger(view.other_give_cost, LEAST), larger(view.give_cost, LEAST))
    rate = readiness * exp(elasticity * (log(ours) - log(theirs))) * stakes
    moves = view.luck < 1.0 - exp(-rate * view.dt)
    return smaller(share(view.given + step), view.other_line) if moves else view.given
