"""Pressure against support, in one line: the rule to begin with."""

from typing import Annotated

from agents.rule import Share, View, assumed, rule


@rule(
    source="own: the teaching rule, after Marinov 2005 (pressure works through support at home)",
    es="Ceder cuando la tensión económica supera el apoyo interno.",
)
def threshold(
    view: View,
    margin: Annotated[
        Share,
        "how far strain must exceed support",
        assumed(0, 0.5, "The simplest rule compares strain with support as they are."),
    ] = 0.0,
) -> float:
    """Give way when economic strain is greater than support at home.

    >>> threshold(View(strain=0.5, support=0.4)), threshold(View(strain=0.3, support=0.4))
    (1.0, 0.0)
    """
    return 1.0 if view.strain > view.support + margin else 0.0
