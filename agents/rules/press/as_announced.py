"""Do what was announced, on the day it was announced for."""

from agents.rule import PressView, rule


@rule(
    source="schelling_1960",
    es="Ejecutar cada medida cuando vence su plazo.",
)
def as_announced(view: PressView) -> float:
    """Carry out each measure when it falls due.

    >>> as_announced(PressView(due_in=0.0)), as_announced(PressView(due_in=2.0))
    (1.0, 0.0)
    """
    return 1.0 if view.due_in <= 0.0 else 0.0
