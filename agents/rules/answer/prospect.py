"""Losses loom larger than gains, and both shrink with distance from what one is used to."""

from typing import Annotated, NamedTuple

from agents.arithmetic import felt
from agents.combine import all_or_nothing
from agents.rule import PAIN, PAIN_RANGE, Days, Pain, Points, Ratio, Share, View, assumed, rule


class Terms(NamedTuple):
    """Felt worth, in support points: of the risk of holding (positive) and of the sure loss of giving (negative)."""

    risk_of_holding: Points
    sure_loss_of_giving: Points


@rule(
    source="kahneman_tversky_1979",
    how=all_or_nothing,
    es="Comparar una pérdida segura (dar) con una apuesta (resistir), ambas frente al apoyo anterior a la crisis.",
)
def prospect(
    view: View,
    loss_aversion: Annotated[
        Ratio,
        "how much larger a loss is felt than a gain (2.25: Tversky & Kahneman 1992)",
        assumed(
            1, 4, "Tversky and Kahneman (1992) measure 2.25 for students and money; for governments it is assumed."
        ),
    ] = 2.25,
    curvature: Annotated[
        Share,
        "how fast feeling flattens with size (.88: Tversky & Kahneman 1992)",
        assumed(
            0.5, 1, "Tversky and Kahneman (1992) measure .88 for students and money; for governments it is assumed."
        ),
    ] = 0.88,
    pain: Annotated[Pain, "support that a loss of income costs", PAIN_RANGE] = PAIN,
    horizon: Annotated[
        Days,
        "how long losses are counted",
        assumed(30, 730, "No record shows how far ahead a government counts its losses."),
    ] = 180,
) -> Terms:
    """Compare a sure loss (give) with a gamble (hold), both felt against support before the crisis.

    Below what one was used to, the gamble is preferred at odds for which a cool head would take the sure loss.

    >>> prospect(View(threat=0.02, belief=0.5, give_cost=0.03)), prospect(View(pressure=0.05, give_cost=0.01))
    (0.0, 1.0)
    """
    now = view.support - view.before
    bite = pain * (view.pressure + view.threat) * horizon / 365.0
    sure = pain * view.pressure * horizon / 365.0
    here = felt(now, loss_aversion, curvature)
    if_carried_out, if_not = felt(now - bite, loss_aversion, curvature), felt(now - sure, loss_aversion, curvature)
    return Terms(
        risk_of_holding=here - view.belief * if_carried_out - (1.0 - view.belief) * if_not,
        sure_loss_of_giving=felt(now - view.give_cost, loss_aversion, curvature) - here,
    )
