"""Scenarios, weights and sources: read strictly, answered in sentences. Nothing here runs a simulation."""

from sim.scenario.editor import json_schema
from sim.scenario.files.quantity import Assumed, Quantity
from sim.scenario.files.reader import scenario_names
from sim.scenario.scenario_file import Scenario
from sim.scenario.weight_file import read_weights

__all__ = ["Assumed", "Quantity", "Scenario", "json_schema", "read_weights", "scenario_names"]
