"""Nobody knows the day: what was announced may come on any of them."""

from typing import Annotated

from agents.arithmetic import exp
from agents.rule import PerDay, PressView, assumed, rule


@rule(
    source="own: TIES has no dates of imposition, and no column tried told who carries out a threat",
    es="Ejecutar la medida con la misma probabilidad cada día y, en todo caso, cuando vence su plazo.",
)
def any_day(
    view: PressView,
    hazard: Annotated[
        PerDay,
        "chance a day to carry it out",
        assumed(
            0.0001,
            0.1,
            "TIES has no dates of imposition; months between threat and measure imply about a thousandth a day.",
        ),
    ] = 0.001,
) -> float:
    """Carry a measure out with the same chance on every day, and in any case when it falls due.

    >>> any_day(PressView(due_in=900.0, dt=30.0, luck=0.02)), any_day(PressView(due_in=900.0, dt=30.0, luck=0.5))
    (1.0, 0.0)
    """
    return 1.0 if view.due_in <= 0.0 or view.luck < 1.0 - exp(-hazard * view.dt) else 0.0
