"""Two sides wait each other out: who bears more, and has less at stake, gives way sooner."""

from typing import Annotated

from agents.arithmetic import exp, larger, log, over, share, smaller
from agents.rule import LossRate, PerDay, Ratio, Share, View, assumed, rule


@rule(
    source="fearon_1998",
    es="Ceder con una tasa que es un cociente: pérdidas propias entre ajenas, por lo ajeno en juego entre lo propio.",
)
def outlast(
    view: View,
    readiness: Annotated[
        PerDay,
        "chance a day to give way where both bear as much and have as much at stake",
        assumed(0.0001, 0.1, "Disputes of months imply about a thousandth a day, disputes of hours far more."),
    ] = 0.001,
    elasticity: Annotated[
        Ratio,
        "how much sooner it gives way for each percent that it bears more",
        assumed(0, 2, "Losses move the outcome less than in proportion; the size depends on the cases."),
    ] = 0.3,
    step: Annotated[
        Share,
        "part of the demand that one move gives",
        assumed(0.1, 1, "Many demands are single policies that a government gives whole."),
    ] = 1.0,
    least: Annotated[
        LossRate,
        "loss (share of GDP a year) and stake (share of the public) below which nothing is told apart",
        assumed(1e-9, 0.001, "A government cannot tell smaller losses apart; a ratio needs a floor above zero."),
    ] = 1e-6,
) -> float:
    """Give way at a rate that is a ratio: losses over the other side's, times its stake over ours.

    The rate a day is readiness * (our loss / theirs) ** elasticity * (their stake / ours). Losses threatened count
    by the belief that they come; the other side's are known to it. Stakes are the prices of meeting each other's
    lines. A move gives a step, and never more than would settle it.

    >>> even = View(threat=0.01, other_threat=0.01, belief=1.0, dt=30.0, luck=0.05)
    >>> outlast(even._replace(give_cost=0.02, other_give_cost=0.08)), outlast(even._replace(other_give_cost=0.02))
    (1.0, 0.0)
    """
    ours = larger(view.pressure + view.belief * view.threat - view.relief, least)
    theirs = larger(view.other_loss + view.other_threat, least)
    stakes = over(larger(view.other_give_cost, least), larger(view.give_cost, least))
    rate = readiness * exp(elasticity * (log(ours) - log(theirs))) * stakes
    moves = view.luck < 1.0 - exp(-rate * view.dt)
    return smaller(share(view.given + step), view.other_line) if moves else view.given
