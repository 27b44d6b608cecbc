"""A bottom line decided beforehand: better terms are taken, worse ones are not."""

from typing import Annotated, NamedTuple

from agents.combine import as_far_as_it_pays
from agents.rule import PAIN, PAIN_RANGE, Days, Pain, Points, View, assumed, rule


class Terms(NamedTuple):
    """Support points: the bottom line (positive) and what the terms on the table cost (negative)."""

    bottom_line: Points
    giving: Points


@rule(
    source="raiffa_1982",
    how=as_far_as_it_pays,
    es="Aceptar toda condición que cueste menos que no tener acuerdo; ofrecer hasta donde eso alcance.",
)
def reservation_point(
    view: View,
    pain: Annotated[Pain, "support that a loss of income costs", PAIN_RANGE] = PAIN,
    horizon: Annotated[
        Days,
        "how long the losses of no agreement are counted",
        assumed(30, 730, "No record shows how far ahead a government counts its losses."),
    ] = 180,
    reserve: Annotated[
        Points,
        "what an agreement must spare besides, to be worth its trouble",
        assumed(0, 0.1, "A government may take any agreement that is no worse than none."),
    ] = 0.0,
) -> Terms:
    """Take any terms that cost less than having no agreement; offer as much as that pays for.

    >>> reservation_point(View(pressure=0.03, give_cost=0.02, full_cost=0.05))
    1.0
    >>> reservation_point(View(pressure=0.001, give_cost=0.02, full_cost=0.05)) < 0.1
    True
    """
    no_agreement = pain * (view.pressure + view.belief * view.threat) * horizon / 365.0
    return Terms(bottom_line=no_agreement - reserve, giving=-view.give_cost)
