"""A JSON Schema of scenario files, for editors that complete and underline while one writes."""

from typing import Any

from pydantic import BaseModel

from sim.scenario.crisis_file import Channels, Clause, Crisis, Measure
from sim.scenario.files.fields import help_text
from sim.scenario.government_file import Common, Government
from sim.scenario.scenario_file import Scenario

_WITH_HELP: tuple[type[BaseModel], ...] = (Channels, Clause, Common, Crisis, Government, Measure)


def json_schema() -> dict[str, Any]:
    """The schema: names, forms and unit words. Sources, bounds and what joins the parts are checked on reading."""
    schema = Scenario.model_json_schema()
    schema["title"] = "Demarche scenario"
    for model in _WITH_HELP:
        for name, info in model.model_fields.items():
            if sentence := help_text(info):
                schema["$defs"][model.__name__]["properties"][name]["description"] = sentence
    tables = schema["properties"]["exports"]
    schema["properties"]["exports"] = {"anyOf": [tables, tables["items"]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
