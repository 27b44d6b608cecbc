"""Stay out of it."""

from agents.rule import StanceView, rule


@rule(
    source="own: a null model",
    es="No tomar partido.",
)
def neutral(view: StanceView) -> float:
    """Take no side.

    >>> neutral(StanceView(with_target=1.0))
    0.0
    """
    return 0.0
