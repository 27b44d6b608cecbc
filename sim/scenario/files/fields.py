"""What the fields of a file are made of: quantities in a unit, texts in two languages, codes, sources."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic.fields import FieldInfo

from agents import units as u
from agents.units import Unit
from sim.scenario.files.codes import crisis_code, file_name, government_code, word
from sim.scenario.files.measured import MeasuredIn, measured_in
from sim.scenario.files.quantity import Quantity, known_source
from sim.scenario.files.words import plain_number, problem

Share = Annotated[Quantity, measured_in(u.Share)]
Score = Annotated[Quantity, measured_in(u.Score)]
Points = Annotated[Quantity, measured_in(u.Points)]
Days = Annotated[Quantity, measured_in(u.Days)]
LossRate = Annotated[Quantity, measured_in(u.LossRate)]
PerDay = Annotated[Quantity, measured_in(u.PerDay)]
Count = Annotated[Quantity, measured_in(u.Count)]
Tariff = Annotated[Quantity, measured_in(u.Tariff)]
Money = Annotated[Quantity, measured_in(u.Money)]
IdealPoint = Annotated[Quantity, measured_in(u.IdealPoint)]
Longitude = Annotated[Quantity, measured_in(u.Degrees)]
Latitude = Annotated[Quantity, MeasuredIn(Unit("degrees", -90.0, 90.0))]
AnyUnit = Annotated[Quantity, MeasuredIn(None)]


def _positive(value: float) -> float:
    if value <= 0.0:
        raise problem(f"{value:g} is out of bounds; expected a number above 0.")
    return value


def _filled(text: str) -> str:
    if not text.strip():
        raise problem("the text is empty; expected at least a word.")
    return text


Filled = Annotated[str, AfterValidator(_filled)]
Source = Annotated[str, AfterValidator(known_source)]
GovernmentCode = Annotated[str, AfterValidator(government_code)]
CrisisCode = Annotated[str, AfterValidator(crisis_code)]
Word = Annotated[str, AfterValidator(word)]
FileName = Annotated[str, AfterValidator(file_name)]
Number = Annotated[float, BeforeValidator(plain_number)]
Hours = Annotated[Number, AfterValidator(_positive)]


class Model(BaseModel):
    """A part of a file: nothing is added, nothing is changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(Model):
    """A part with quantities."""

    def numbers(self) -> dict[str, Quantity]:
        """The quantities that stand directly in this part, by name."""
        return {name: value for name, value in self if isinstance(value, Quantity)}


class Text(Model):
    """A text in both languages."""

    en: Filled
    es: Filled


def units(model: type[Part]) -> dict[str, Unit]:
    """The unit of every quantity that stands directly in a part. A measure's size is not among them: see its kind."""
    found = {name: _unit(info) for name, info in model.model_fields.items()}
    return {name: unit for name, unit in found.items() if unit}


def help_text(info: FieldInfo) -> str:
    """The sentence that a field's annotation carries, or an empty one."""
    return next((part for part in info.metadata if isinstance(part, str)), "")


def _unit(info: FieldInfo) -> Unit | None:
    return next((part.unit for part in _parts(info.metadata, info.annotation) if isinstance(part, MeasuredIn)), None)


def _parts(metadata: list[Any], annotation: Any) -> Iterator[Any]:
    """What an annotation carries, also inside `... | None`."""
    yield from metadata
    for argument in get_args(annotation):
        yield from get_args(argument)[1:]


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Quantity]]:
    """Every quantity below a part, with its dotted path, in the order of the file."""
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, BaseModel | dict):
        for name, below in value.items() if isinstance(value, dict) else value:
            yield from walk(below, f"{path}.{name}" if path else name)
