"""Hold, whatever happens: the simplest thing to compare with."""

from agents.rule import View, rule


@rule(
    source="own: a null model",
    es="Resistir, pase lo que pase.",
)
def never(view: View) -> float:
    """Hold, whatever happens.

    >>> never(View(pressure=0.5))
    0.0
    """
    return 0.0
