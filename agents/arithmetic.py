"""Arithmetic that gives the same bits in Python and compiled, and never raises.

`x**y`, numpy's functions and `math.pow` differ between the two in the last bit, and `exp(1000)` or `log(0)` raise in
one and give inf in the other. Laws and rules use these instead; a test forbids the rest.
"""

import math

from agents.law import law

SMALLEST = 1e-300
LARGEST_EXPONENT = 700.0


@law
def exp(x: float) -> float:
    """e to the x, held at e**700 above and 0 below."""
    if x > LARGEST_EXPONENT:
        return math.exp(LARGEST_EXPONENT)
    if x < -LARGEST_EXPONENT:
        return 0.0
    return math.exp(x)


@law
def log(x: float) -> float:
    """Natural logarithm, held at log(1e-300) for anything smaller, zero and negative numbers included."""
    return math.log(x) if x > SMALLEST else math.log(SMALLEST)


@law
def power(base: float, exponent: float) -> float:
    """Base to the exponent for a base of 0 or more; a negative base counts as 0."""
    if exponent == 0.0:
        return 1.0
    return exp(exponent * log(base)) if base > 0.0 else 0.0


@law
def felt(change: float, loss_aversion: float, curvature: float) -> float:
    """The value function of Kahneman & Tversky (1979): concave in gains, convex and steeper in losses."""
    return power(change, curvature) if change >= 0.0 else -loss_aversion * power(-change, curvature)


@law
def clip(x: float, low: float, high: float) -> float:
    """x held between low and high."""
    if x < low:
        return low
    return high if x > high else x


@law
def share(x: float) -> float:
    """x held between 0 and 1."""
    return clip(x, 0.0, 1.0)


@law
def larger(a: float, b: float) -> float:
    """The larger of two numbers."""
    return a if a > b else b


@law
def smaller(a: float, b: float) -> float:
    """The smaller of two numbers."""
    return a if a < b else b


@law
def over(a: float, b: float, otherwise: float = 0.0) -> float:
    """a / b, or `otherwise` where b is zero."""
    return a / b if b != 0.0 else otherwise


@law
def logistic(x: float) -> float:
    """1 / (1 + e**-x)."""
    return 1.0 / (1.0 + exp(-x))


@law
def normal(u: float) -> float:
    """The standard normal quantile of a share u (Wichura 1988, algorithm AS 241, PPND16; error below 1e-15)."""
    q = clip(u, 1e-16, 1.0 - 1e-16) - 0.5
    if -0.425 <= q <= 0.425:
        r = 0.180625 - q * q
        return q * _central_top(r) / _central_bottom(r)
    tail = u if q < 0.0 else 1.0 - u
    r = math.sqrt(-log(tail))
    z = _near_top(r - 1.6) / _near_bottom(r - 1.6) if r <= 5.0 else _far_top(r - 5.0) / _far_bottom(r - 5.0)
    return -z if q < 0.0 else z


@law
def _central_top(r: float) -> float:
    s = (2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853
    s = ((s * r + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427
    return (s * r + 133.14166789178437745) * r + 3.387132872796366608


@law
def _central_bottom(r: float) -> float:
    s = (5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061
    s = ((s * r + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083
    return (s * r + 42.313330701600911252) * r + 1.0


@law
def _near_top(r: float) -> float:
    s = (7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177
    s = ((s * r + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055
    return (s * r + 4.6303378461565452959) * r + 1.42343711074968357734


@law
def _near_bottom(r: float) -> float:
    s = (1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966
    s = ((s * r + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494
    return (s * r + 2.05319162663775882187) * r + 1.0


@law
def _far_top(r: float) -> float:
    s = (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386
    s = ((s * r + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358
    return (s * r + 5.4637849111641143699) * r + 6.6579046435011037772


@law
def _far_bottom(r: float) -> float:
    s = (2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5
    s = ((s * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531
    return (s * r + 0.59983220655588793769) * r + 1.0
