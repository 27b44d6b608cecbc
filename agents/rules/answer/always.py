"""Give everything at once: the other simplest thing to compare with."""

from agents.rule import View, rule


@rule(
    source="own: a null model",
    es="Dar todo lo que se pide, de una vez.",
)
def always(view: View) -> float:
    """Give all that is asked, at once.

    >>> always(View(threat=0.0))
    1.0
    """
    return 1.0
