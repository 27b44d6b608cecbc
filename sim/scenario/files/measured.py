"""The annotation that makes a field of a file a quantity in a given unit."""

import copy
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from agents.units import Unit, unit_of
from sim.scenario.files.quantity import Quantity, read


@dataclass(frozen=True)
class MeasuredIn:
    """Annotation of a field: it holds a `Quantity` in this unit (None: any unit, checked later)."""

    unit: Unit | None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._validated, serialization=core_schema.plain_serializer_function_ser_schema(_as_written)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return json_form(self.unit)

    def _validated(self, data: Any) -> Quantity:
        return data if isinstance(data, Quantity) else read(data, self.unit)


def _as_written(quantity: Quantity | None) -> Any:
    return copy.deepcopy(dict(quantity.written)) if quantity else None


def measured_in(alias: Any) -> MeasuredIn:
    """The annotation for an alias of `agents.units`: `measured_in(units.Share)`."""
    unit = unit_of(alias)
    assert unit is not None, alias
    return MeasuredIn(unit)


def json_form(unit: Unit | None) -> dict[str, Any]:
    """The two forms of a quantity as a JSON Schema, for editors."""
    text = {"type": "string", "minLength": 1}
    word = {"enum": list(unit.words())} if unit else text
    number = {"type": "number"}
    pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    assume = _mapping({"value": number, "range": pair, "why": text}, ["value", "range", "why"])
    return {
        "anyOf": [
            _mapping({"value": number, "unit": word, "source": text, "note": text}, ["value", "unit", "source"]),
            _mapping({"assume": assume, "unit": word, "note": text}, ["assume", "unit"]),
        ]
    }


def _mapping(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
