"""How named terms become an answer. A rule that gives reasons names one of these, and the sum of its terms decides."""

from agents.arithmetic import larger, over, share
from agents.law import law
from agents.views import View

FOR_FREE = 1e-12
"""A willingness that pays for nothing but what is free."""


@law
def total(terms: tuple[float, ...]) -> float:
    """The margin: the sum of the terms, in the order the rule lists them."""
    margin = 0.0
    for term in terms:
        margin += term
    return margin


@law
def all_or_nothing(margin: float, view: View) -> float:
    """Give all that could be given when the margin is above zero, else hold."""
    return 1.0 if margin > 0.0 else 0.0


@law
def as_far_as_it_pays(margin: float, view: View) -> float:
    """Give what the margin pays for: the other side's line at a margin of zero, less below it, more above it.

    A clause that costs nothing is given in any case; only a rule that answers 0 outright keeps it.
    """
    paid_for = over(view.give_cost + margin, view.full_cost, 1.0 if margin > 0.0 else 0.0)
    return share(larger(paid_for, FOR_FREE))
