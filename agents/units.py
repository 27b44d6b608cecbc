"""Units and bounds, said once. The annotation is the slider, the sweep range, the help text and the YAML check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin


@dataclass(frozen=True)
class Unit:
    """A unit in words, the bounds of a sensible value, and the other words a file may use for it.

    `accepts` maps a word to the factor that turns it into the base unit: `0.25 share` and `25 percent` are one.
    """

    name: str
    low: float
    high: float
    accepts: Mapping[str, float] = field(default_factory=dict)

    def words(self) -> dict[str, float]:
        """Every word a file may use, with its factor."""
        return {self.name: 1.0, **self.accepts}

    def __hash__(self) -> int:
        return hash((self.name, self.low, self.high))


_TIMES = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 365 / 12, "years": 365.0}
_POINTS = {"support points": 0.01, "percent": 0.01}
_RATES = {"percent of GDP a year": 0.01, "percentage points of growth a year": 0.01}

Share = Annotated[float, Unit("share", 0.0, 1.0, {"percent": 0.01})]
Score = Annotated[float, Unit("score from -1 to 1", -1.0, 1.0, {"score": 1.0})]
Points = Annotated[float, Unit("share of the public", 0.0, 1.0, _POINTS)]
SignedPoints = Annotated[float, Unit("share of the public", -10.0, 10.0, _POINTS)]
Pain = Annotated[
    float, Unit("support per share of GDP lost for a year", 0.0, 1000.0, {"support points per percent": 1.0})
]
Days = Annotated[float, Unit("days", 0.0, 36500.0, _TIMES)]
SignedDays = Annotated[float, Unit("days", -36500.0, 36500.0, _TIMES)]
LossRate = Annotated[float, Unit("share of GDP a year", 0.0, 1.0, _RATES)]
PerDay = Annotated[float, Unit("per day", 0.0, 100.0, {"percent per day": 0.01})]
Count = Annotated[float, Unit("number", 0.0, 1e9, {"people": 1.0, "governments": 1.0})]
Ratio = Annotated[float, Unit("ratio", 0.0, 1000.0, {"elasticity": 1.0})]
Money = Annotated[float, Unit("US$ billion a year", 0.0, 1e6, {"US$ million a year": 1e-3})]
Tariff = Annotated[float, Unit("ad valorem rate", 0.0, 10.0, {"percent": 0.01, "share": 1.0})]
IdealPoint = Annotated[float, Unit("UN ideal point", -5.0, 5.0)]
Degrees = Annotated[float, Unit("degrees", -180.0, 180.0)]


def unit_of(annotation: Any) -> Unit | None:
    """The unit an annotation carries, if any."""
    if get_origin(annotation) is Annotated:
        return next((part for part in get_args(annotation)[1:] if isinstance(part, Unit)), None)
    return None


def help_of(annotation: Any) -> str:
    """The sentence an annotation carries, or an empty one."""
    if get_origin(annotation) is Annotated:
        return next((part for part in get_args(annotation)[1:] if isinstance(part, str)), "")
    return ""
