"""Threaten and leave it at that."""

from agents.rule import PressView, rule


@rule(
    source="schelling_1960",
    es="No ejecutar nada: el plazo vence y la credibilidad lo paga.",
)
def bluff(view: PressView) -> float:
    """Carry nothing out; the date passes, and the record pays for it.

    >>> bluff(PressView(due_in=-1.0))
    0.0
    """
    return 0.0
