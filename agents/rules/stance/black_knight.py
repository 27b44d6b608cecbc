"""A rival of the sender who comes with words, and in time with credit and markets."""

from typing import Annotated

from agents.rule import Days, Share, StanceView, assumed, rule


@rule(
    source="early_spice_2011",
    es="Apoyar al destinatario de palabra y, tras unos días, con crédito y mercados si puede permitírselo.",
)
def black_knight(
    view: StanceView,
    rivalry: Annotated[
        Share,
        "rivalry with the sender from which one helps at all",
        assumed(0.1, 0.8, "The paper finds help by rivals and gives no level of rivalry."),
    ] = 0.3,
    words: Annotated[
        Days,
        "time until the first statement",
        assumed(0.1, 7, "Foreign ministries comment within hours to days."),
    ] = 1.0,
    markets: Annotated[
        Days,
        "time until credit and markets are there",
        assumed(1, 180, "An offer takes days; the credit itself takes weeks or months."),
    ] = 4.0,
    weight: Annotated[
        Share,
        "economic weight beside the sender's that it takes to offer markets",
        assumed(0.02, 0.5, "A small economy cannot replace a large market; no study gives the size."),
    ] = 0.1,
) -> float:
    """Stand with the target in words, and after some days with credit and markets if one can afford it.

    >>> rival = StanceView(rivalry=0.6, weight=0.4)
    >>> black_knight(rival._replace(elapsed=2.0)), black_knight(rival._replace(elapsed=9.0))
    (1.0, 2.0)
    """
    if view.rivalry < rivalry or view.elapsed < words * (0.5 + view.temper):
        return 0.0
    return 2.0 if view.weight >= weight and view.elapsed >= markets * (0.5 + view.temper) else 1.0
