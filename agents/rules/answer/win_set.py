"""A government signs only what it can carry at home."""

from typing import Annotated, NamedTuple

from agents.combine import as_far_as_it_pays
from agents.rule import PAIN, PAIN_RANGE, Days, Pain, Points, Share, View, assumed, rule


class Terms(NamedTuple):
    """Support points: the room at home (positive), what narrows it, and the terms on the table (negative)."""

    room_at_home: Points
    losses_without_agreement: Points
    defiant_public: Points
    giving: Points


@rule(
    source="putnam_1988",
    how=as_far_as_it_pays,
    es="Ofrecer lo que cabe en el conjunto ganador: lo que el apoyo paga y un público desafiante no prohíbe.",
)
def win_set(
    view: View,
    room: Annotated[
        Share,
        "part of the support above survival that may be spent on a deal",
        assumed(0.02, 0.5, "Putnam names the room and gives no number."),
    ] = 0.1,
    pain: Annotated[Pain, "support that a loss of income costs", PAIN_RANGE] = PAIN,
    horizon: Annotated[
        Days,
        "how long the losses of no agreement are counted",
        assumed(30, 730, "No record shows how far ahead a government counts its losses."),
    ] = 180,
    weight: Annotated[
        Points,
        "what a wholly defiant public takes from the room, on a salient issue",
        assumed(0.01, 0.3, "Putnam names the constraint and gives no number."),
    ] = 0.08,
) -> Terms:
    """Offer what lies inside the win-set: what support pays for and a defiant public does not forbid.

    Room at home opens with the strain: a public that feels nothing carries nothing.

    >>> win_set(View(support=0.7, mood=0.1, pressure=0.02, strain=0.8)), win_set(View(support=0.25, mood=0.9)) < 0.5
    (1.0, True)
    """
    return Terms(
        room_at_home=room * (view.support - view.survival) * view.strain,
        losses_without_agreement=pain * (view.pressure + view.belief * view.threat) * horizon / 365.0,
        defiant_public=-weight * view.mood * view.salience * view.polity,
        giving=-view.give_cost,
    )
