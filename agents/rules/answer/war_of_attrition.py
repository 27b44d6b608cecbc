"""Two sides wait for the other to tire; who gives first pays, who waits pays too."""

from typing import Annotated, NamedTuple

from agents.arithmetic import larger, log
from agents.combine import all_or_nothing
from agents.rule import PAIN, PAIN_RANGE, Days, Pain, Points, View, assumed, rule


class Terms(NamedTuple):
    """Support points: what has been endured (positive) against what this government will endure (negative)."""

    endured: Points
    endurance: Points


@rule(
    source="maynard_smith_1974",
    how=all_or_nothing,
    es="Ceder cuando esperar ha costado lo que el premio vale para este tipo: tiempos de espera exponenciales.",
)
def war_of_attrition(
    view: View,
    pain: Annotated[Pain, "support that a loss of income costs", PAIN_RANGE] = PAIN,
    lookback: Annotated[
        Days,
        "losses count as if they had run so long",
        assumed(7, 365, "No record shows how long a government lets losses add up in its mind."),
    ] = 60,
    least_prize: Annotated[
        Points,
        "worth below which no prize is told apart from none",
        assumed(1e-6, 0.01, "A tenth of a support point is less than polls can show."),
    ] = 0.001,
) -> Terms:
    """Give way once waiting has cost what the prize is worth to this type: exponential waiting times.

    The prize is what giving would cost; how long a government lasts is its private type (`temper`), drawn so that
    the time to give way is exponential, as in the symmetric equilibrium.

    >>> weary = View(elapsed=20.0, pressure=0.05, temper=0.2)
    >>> war_of_attrition(weary), war_of_attrition(weary._replace(temper=0.99, elapsed=1.0))
    (1.0, 0.0)
    """
    losses = view.pressure + view.anticipation + view.belief * view.threat * lookback / 365.0
    endurance = -log(1.0 - view.temper) * larger(view.give_cost, least_prize)
    return Terms(endured=pain * losses * view.elapsed / 365.0, endurance=-endurance)
