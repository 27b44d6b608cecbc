"""A leader who asks of everything only whether it keeps the office."""

from typing import Annotated, NamedTuple

from agents.combine import all_or_nothing
from agents.rule import PAIN, PAIN_RANGE, Days, Pain, Points, Share, View, assumed, rule, sourced


class Terms(NamedTuple):
    """Support points: the office's loss if we hold (positive) and if we give (negative)."""

    office_if_holding: Points
    office_if_giving: Points


@rule(
    source="bueno_de_mesquita_2003",
    how=all_or_nothing,
    es="Hacer lo que deja a más miembros de la coalición gobernante por encima de la línea de supervivencia.",
)
def survival_first(
    view: View,
    pain: Annotated[Pain, "support that a loss of income costs", PAIN_RANGE] = PAIN,
    horizon: Annotated[
        Days,
        "how far ahead the leader counts",
        assumed(14, 365, "A leader who fears for the office counts weeks and months, not years; no study measures it."),
    ] = 90,
    climb_down: Annotated[
        Points,
        "support lost by a full climb-down in full public",
        sourced("tomz_2007", "Measured for the side that threatened; that it holds for the other is assumed."),
    ] = 0.16,
    caution: Annotated[
        Share,
        "support above the survival line that already counts as danger",
        assumed(0, 0.3, "Leaders act before the line is reached; no study measures how early."),
    ] = 0.1,
) -> Terms:
    """Do what leaves more of the ruling coalition above the line of survival.

    Holding costs the coalition's losses, giving costs the public's anger; only what falls below the line counts.

    >>> survival_first(View(support=0.3, survival=0.2, pressure=0.3, elite=0.1, elite_usual=0.5, give_cost=0.01))
    1.0
    >>> survival_first(View(support=0.8, survival=0.1, pressure=0.01))
    0.0
    """
    line = view.survival + caution
    pressed = (1.0 - view.coalition) * (view.elite_usual - view.elite)
    losses = pain * (view.pressure + view.belief * view.threat) * horizon / 365.0
    face = climb_down * view.stand * view.publicity * view.salience * view.polity
    holding = line - (view.support - losses - pressed)
    giving = line - (view.support - view.give_cost - face)
    return Terms(
        office_if_holding=holding if holding > 0.0 else 0.0,
        office_if_giving=-giving if giving > 0.0 else 0.0,
    )
