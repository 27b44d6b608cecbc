"""Answer a blow with a blow, and a step with a step."""

from agents.rule import PressView, rule


@rule(
    source="axelrod_1984",
    es="Ejecutar una medida cuando la otra parte ha puesto una en vigor o ha dejado pasar el plazo sin moverse.",
)
def tit_for_tat(view: PressView) -> float:
    """Carry a measure out when the other side has put one in force, or let the date pass without moving.

    >>> tit_for_tat(PressView(other_raised=1.0)), tit_for_tat(PressView(due_in=3.0))
    (1.0, 0.0)
    >>> tit_for_tat(PressView(due_in=-1.0, other_given=0.4, other_before=0.2))
    0.0
    """
    moved = view.other_given > view.other_before
    if view.other_raised > 0.0:
        return 1.0
    return 1.0 if view.due_in <= 0.0 and not moved else 0.0
