"""The reference pages of the science: weights, Views, laws, the state's columns."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from textwrap import dedent
from types import ModuleType
from typing import Any, get_type_hints

from make_reference import table

from agents import arithmetic
from agents.rule import FAMILIES
from agents.units import Unit, help_of, unit_of
from agents.views import PressView, StanceView, View
from sim import laws as laws_package
from sim.engines import outcome
from sim.metrics.metric import METRICS
from sim.scenario import read_weights
from sim.scenario.files import bibliography
from sim.state import columns, measure_kinds
from sim.state.weights import Weights

NUMBER = ".6g"
MADE = "_Written from the code by `python docs/tools/make_reference.py`._"


def source(key: str) -> str:
    """A source in one line; what is our own stays as it is."""
    if key in bibliography.read():
        return f"{bibliography.reference(key)} `{key}`"
    return key if key.startswith("own:") else "our own" if key == "own" else f"`{key}`"


def bounds(unit: Unit) -> str:
    """The bounds of a unit."""
    return f"{unit.low:g} to {unit.high:g}"


def weights() -> Iterator[str]:
    """The default weights, each with unit and origin."""
    name, values = read_weights("default")
    help_ = {field: help_of(hint) for field, hint in get_type_hints(Weights, include_extras=True).items()}
    yield "# Weights"
    yield f"{MADE}\n\nOne set serves every scenario and every government."
    yield f"This is `configs/weights/{name}.yaml`, in base units."
    yield "`--set weight.anticipation=0.02` changes one, `--weights FILE` takes another set."
    rows, notes = [], []
    for field, quantity in values.items():
        origin = f"`{quantity.source}`"
        if quantity.assumed:
            origin = f"assumed, {quantity.assumed.low:g} to {quantity.assumed.high:g}"
        rows.append((f"`{field}`", format(quantity.value, NUMBER), quantity.unit, origin, help_[field]))
        why = quantity.assumed.why if quantity.assumed else f"{source(quantity.source or '')} {quantity.note}"
        notes.append(f"- `{field}`: {why}")
    yield table(("weight", "value", "unit", "origin", "meaning"), rows)
    yield "## Why these values"
    yield "\n".join(note.rstrip() for note in notes)


def metrics() -> Iterator[str]:
    """The metrics, each with its unit."""
    yield "# Metrics"
    yield f"{MADE}\n\nA metric is one number for each run. A metric of a region is of all its crises together."
    for title, region in (("Of the first crisis", False), ("Of a region", True)):
        yield f"## {title}"
        rows = [(f"`{m.name}`", m.labels["en"], m.unit) for m in METRICS.values() if m.region == region]
        yield table(("metric", "meaning", "unit"), rows)


def views() -> Iterator[str]:
    """The fields of the three Views."""
    yield "# Views: what a rule may know"
    yield f"{MADE}\n\nA View holds plain numbers and cannot be changed. The default is what an example leaves out."
    for family, view in zip(FAMILIES.values(), (View, PressView, StanceView), strict=True):
        yield f"## {view.__name__}: read by {family.name} rules"
        yield inspect.getdoc(view) or ""
        rows = []
        for name, hint in get_type_hints(view, include_extras=True).items():
            unit = unit_of(hint)
            assert unit is not None, name
            default = format(view._field_defaults[name], NUMBER)
            rows.append((f"`{name}`", unit.name, bounds(unit), default, help_of(hint)))
        yield table(("field", "unit", "bounds", "default", "meaning"), rows)


def laws() -> Iterator[str]:
    """Every law with its signature and what its docstring says."""
    yield "# Laws"
    yield f"{MADE}\n\nA law takes numbers and gives numbers; both engines run the same function."
    yield "Where each is used, and its equation, stands in [the model](../model.md)."
    for module in (*law_modules(), arithmetic):
        name = module.__name__.replace(".", "/") + ".py"
        yield f"## {module.__name__}\n\n{module.__doc__ or ''}\n\nFile: [{name}](../../{name})"
        for function in functions(module):
            parameters = ", ".join(inspect.signature(function).parameters)
            yield f"**`{function.__name__}({parameters})`** {dedent(inspect.getdoc(function) or '')}"


def law_modules() -> list[ModuleType]:
    """The files of `sim/laws`."""
    return [import_module(f"sim.laws.{found.name}") for found in pkgutil.iter_modules(laws_package.__path__)]


def functions(module: ModuleType) -> list[Any]:
    """The public functions a module defines."""
    found = [f for f in vars(module).values() if inspect.isfunction(f) and f.__module__ == module.__name__]
    return [function for function in found if not function.__name__.startswith("_")]


def state() -> Iterator[str]:
    """The columns of the tables both engines share."""
    yield "# State"
    yield f"{MADE}\n\nA run is one row of 64-bit numbers, cut into these tables."
    for name in ("Government", "Dyad", "Crisis", "Side", "Clause", "Step", "Measure", "Stance"):
        kind = getattr(columns, name)
        yield f"## {name}\n\n{inspect.getdoc(kind)}\n\n" + ", ".join(f"`{field}`" for field in kind._fields) + "."
    yield "## Kinds of measures and the unit of their size"
    units = [
        (f"`{kind}`", measure_kinds.size_unit(kind).name, bounds(measure_kinds.size_unit(kind)))
        for kind in measure_kinds.Kinds._fields
    ]
    yield table(("kind", "unit of size", "bounds"), units)
    yield f"## Outcome\n\n{inspect.getdoc(outcome.Outcome)}"
    yield ", ".join(f"`{field}`" for field in outcome.Outcome._fields) + "."
    yield f"Endings: {', '.join(outcome.ENDINGS)}. Stages: {', '.join(outcome.STAGES)}."
