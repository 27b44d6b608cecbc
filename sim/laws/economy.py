"""What measures cost: losses as shares of GDP a year, tariff rates ad valorem, times in days."""

from agents.arithmetic import LARGEST_EXPONENT, exp, log, over, power, share
from agents.law import law

YEAR = 365.0
"""Days of a year without a leap day."""


@law
def tariff_loss(exports: float, tariff: float, elasticity: float, pass_through: float, value_added: float) -> float:
    """Value added lost when a tariff falls on exports (share of GDP): 1 - (1 + tau)^-eps of them are not sold.

    Elasticity 1.5 in the short run: Boehm, Levchenko & Pandalai-Nayar (2023). Simonovska & Waugh (2014) find 4.
    """
    return exports * (1.0 - power(1.0 + tariff * pass_through, -elasticity)) * value_added


@law
def ban_loss(trade: float, covered: float, multiplier: float) -> float:
    """Output lost when a share of trade (share of GDP) is banned; the multiplier comes from an input-output solver."""
    return trade * covered * multiplier


@law
def inspection_loss(exports: float, delay: float, cost_a_day: float, value_added: float) -> float:
    """Value added lost to `delay` days of waiting at the border, an ad valorem cost a day (Hummels & Schaur 2013)."""
    return exports * delay * cost_a_day * value_added


@law
def stacked(loss: float, further: float) -> float:
    """Two losses together: 1 - (1 - a)(1 - b), so that no heap of measures costs more than everything."""
    return 1.0 - (1.0 - loss) * (1.0 - further)


@law
def anticipatory_loss(belief: float, threat: float, lost: float) -> float:
    """Loss a year while a measure is waited for: a share `lost` of what it would cost in force, times the belief in it.

    Orders not placed, credit not given. It never exceeds the loss in force: what is lost by waiting is part of what
    the measure would take. Signs differ in the literature (Afesorgbor 2019), so the share is a declared assumption.
    """
    return belief * threat * share(lost)


@law
def expected_loss(in_force: float, belief: float, threat: float) -> float:
    """Loss a year that those who plan ahead reckon with: what is in force, and threats as far as believed."""
    return stacked(in_force, belief * threat)


@law
def strain(loss: float, half_point: float) -> float:
    """A loss on a scale from 0 to 1, a half at the half point: what is drawn beside support."""
    return 1.0 - exp(-over(loss * log(2.0), half_point, LARGEST_EXPONENT if loss > 0.0 else 0.0))


@law
def suffered(loss: float, days: float) -> float:
    """Share of a year's GDP lost in so many days at this rate."""
    return loss * days / YEAR


@law
def help_given(stance: float, gdp: float, sender_gdp: float, capacity: float, arrived: float) -> float:
    """Share of the target's losses that one helper makes good: credit and markets, as large as its economy lets it.

    Early & Spice (2011): words alone change nothing, commercial help much. `arrived` is the share that is there yet.
    """
    return share(stance - 1.0) * capacity * over(gdp, gdp + sender_gdp) * arrived


@law
def drifted(share_or_flow: float, drift: float, bite: float, days: float) -> float:
    """Exports to a sender, or trade in its currency, after so many days under measures of a bite from 0 to 1."""
    return share_or_flow * exp(-drift * bite * days)
