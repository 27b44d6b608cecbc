"""Losses loom larger than gains, and both shrink with distance from what one is used to."""

from typing import Annotated, NamedTuple

from agents.arithmetic import larger, power
from agents.combine import all_or_nothing
from agents.rule import PAIN, Days, Pain, Points, Ratio, Share, View, rule


class Terms(NamedTuple):
    """Felt worth, in support points: of the risk of holding (positive) and of the sure loss of giving (negative)."""

    risk_of_holding: Points
    sure_loss_of_giving: Points


@rule(source="kahneman_tversky_1979", how=all_or_nothing)
def prospect(
    view: View,
    loss_aversion: Annotated[
        Ratio, "how much larger a loss is felt than a gain (2.25: Tversky & Kahneman 1992)"
    ] = 2.25,
    curvature: Annotated[Share, "how fast feeling flattens with size (.88: Tversky & Kahneman 1992)"] = 0.88,
    pain: Annotated[Pain, "support that a loss of income costs"] = PAIN,
    horizon: Annotated[Days, "how long losses are counted"] = 180,
) -> Terms:
    """Compare a sure loss (give) with a gamble (hold), both felt against support before the crisis.

    In the domain of losses the gamble is preferred: the same odds that a cool head would take the sure loss for.

    >>> prospect(View(threat=0.02, belief=0.5, give_cost=0.03)), prospect(View(pressure=0.05, give_cost=0.01))
    (0.0, 1.0)
    """
    fallen = larger(view.before - view.support, 0.0)
    bite = pain * (view.pressure + view.threat) * horizon / 365.0
    sure = pain * view.pressure * horizon / 365.0
    base = power(fallen, curvature)
    gamble = view.belief * power(fallen + bite, curvature) + (1.0 - view.belief) * power(fallen + sure, curvature)
    return Terms(
        risk_of_holding=loss_aversion * (gamble - base),
        sure_loss_of_giving=-loss_aversion * (power(fallen + view.give_cost, curvature) - base),
    )
