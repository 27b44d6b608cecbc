"""The reference pages of what one writes and types: scenario files, commands, sources."""

import inspect
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from make_reference import table
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from reference_science import MADE, bounds
from typer.models import ArgumentInfo, OptionInfo, ParameterInfo

from sim.cli.app import app
from sim.scenario import scenario_file
from sim.scenario.files import bibliography
from sim.scenario.files.fields import Text, help_text, units
from sim.scenario.files.quantity import FORM
from sim.scenario.government_file import Common

MODELS = (
    *(
        scenario_file.Scenario,
        scenario_file.Account,
        scenario_file.Telling,
        scenario_file.Voice,
        scenario_file.Clock,
        scenario_file.Leg,
        scenario_file.Government,
        scenario_file.Exports,
        scenario_file.Agenda,
        scenario_file.LegalBasis,
    ),
    *(
        scenario_file.Crisis,
        scenario_file.Sides,
        scenario_file.Clause,
        scenario_file.Measure,
        scenario_file.Channels,
        scenario_file.Rules,
        scenario_file.RuleNames,
        scenario_file.Record,
    ),
    *(scenario_file.Inject, Text),
)


def scenario() -> Iterator[str]:
    """The fields of a scenario file, part by part."""
    yield "# Scenario files"
    yield f"{MADE}\n\nA scenario is a YAML file. Nothing may stand in it that is not listed here."
    yield f"A **number** is {FORM}. A `note` may stand beside it."
    yield "The unit is the one listed, or a word in the brackets behind it."
    yield "`demarche schema` prints the same as a JSON Schema, for editors; `demarche check FILE` checks a file."
    for model in MODELS:
        yield f"## {model.__name__}\n\n{inspect.getdoc(model)}"
        if model is scenario_file.Government:
            yield "Under `common`, the same numbers hold for every government that does not state its own."
        found = units(model) if hasattr(model, "numbers") and model is not scenario_file.Scenario else {}
        rows = []
        for name, info in model.model_fields.items():
            what = words_of(info.annotation)
            if name in found:
                other = ", ".join(word for word in found[name].accepts if word != found[name].name)
                what = f"number, {found[name].name}" + (f" ({other})" if other else "") + f", {bounds(found[name])}"
            rows.append((f"`{name}`", what, need(info, model), help_text(info)))
        yield table(("field", "holds", "", "meaning"), rows)


def need(info: FieldInfo, model: type[BaseModel]) -> str:
    """Whether a field may be left out."""
    if model is scenario_file.Government and not info.is_required():
        return "here or in `common`"
    return "" if info.is_required() else "may be left out"


def words_of(kind: Any) -> str:
    """A type in words."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return words_of(inner[0])
    if origin in (Union, UnionType):
        return words_of(inner[0])
    if origin is Literal:
        return " or ".join(f"`{word}`" for word in inner)
    if origin is dict:
        return f"by name: {words_of(inner[1])}"
    if origin is tuple:
        return f"list of {words_of(inner[0])}"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        name = "Government" if kind is Common else kind.__name__
        return f"[{name}](#{name.lower()})"
    plain = {str: "text", float: "plain number", bool: "`true` or `false`"}
    return plain.get(kind, "number" if getattr(kind, "__name__", "") == "Quantity" else str(kind))


def cli() -> Iterator[str]:
    """Every command with its options, from the signatures that typer reads too."""
    yield "# Commands"
    yield f"{MADE}\n\n`demarche COMMAND --help` shows the same. `--debug` may stand anywhere and shows tracebacks."
    yield "Exit codes: 0 done, 1 the run failed, 2 something typed or written is wrong, 130 stopped by Ctrl-C."
    for command in app.registered_commands:
        assert command.callback is not None
        parameters = list(inspect.signature(command.callback, eval_str=True).parameters.values())
        arguments = [p for p in parameters if isinstance(info_of(p), ArgumentInfo)]
        usage = " ".join(str(info_of(p).metavar or p.name.upper()).strip("[]") for p in arguments)
        yield f"## demarche {command.name}\n\n{inspect.getdoc(command.callback)}"
        yield f"    demarche {command.name} {usage}".rstrip()
        rows = [(option(p), takes(p), info_of(p).help or "") for p in parameters if p not in arguments]
        yield table(("option", "takes", "meaning"), rows)


def info_of(parameter: inspect.Parameter) -> Any:
    """What typer is told about a parameter: in its annotation, as its default, or nothing."""
    told = (*get_args(parameter.annotation), parameter.default)
    return next((part for part in told if isinstance(part, ParameterInfo)), OptionInfo())


def kind_of(parameter: inspect.Parameter) -> str:
    """The type of a parameter, by name."""
    annotation = parameter.annotation
    return str(get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation)


def option(parameter: inspect.Parameter) -> str:
    """How an option is typed."""
    declared = [name for name in info_of(parameter).param_decls or () if name.startswith("--")]
    name = declared[0] if declared else f"--{parameter.name.replace('_', '-')}"
    return f"`{name}`" + (" (needed)" if parameter.default is inspect.Parameter.empty else "")


def takes(parameter: inspect.Parameter) -> str:
    """What stands after an option."""
    kind = kind_of(parameter)
    if "bool" in kind:
        return ""
    word = (
        "a whole number" if "int" in kind else "a number" if "float" in kind else "a path" if "Path" in kind else "text"
    )
    shown = f"`{info_of(parameter).metavar}`" if info_of(parameter).metavar else word
    return shown + (", may be repeated" if "list" in kind else "")


def sources() -> Iterator[str]:
    """The bibliography."""
    yield "# Sources"
    yield f"{MADE}\n\nEvery `source:` in `configs/` and every rule's `source=` is a key of `configs/sources.bib`."
    yield "\n".join(f"- `{key}`: {bibliography.reference(key)}" for key in sorted(bibliography.read()))
