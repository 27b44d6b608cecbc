"""The options that name a run, once for every command that takes them, and the `RunSpec` they make."""

import functools
import inspect
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agents.errors import InputError

if TYPE_CHECKING:
    from agents.library import Library
    from sim.run.spec import RunSpec

LARGEST = 2_000_000
"""Bytes a run spec may have."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Runs = Annotated[int, typer.Option("--runs", help="Number of runs.")]
Folders = Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help="A folder of rules of your own.")]


@dataclass(frozen=True)
class RunArguments:
    """What the command line says about a run."""

    scenario: Annotated[str | None, typer.Argument(metavar="SCENARIO", help="Name of a scenario, or its file.")] = None
    seed: Annotated[
        int | None,
        typer.Option(min=0, max=2**63 - 1, help="Key of the luck.  [default: 1; for one run, a typical one]"),
    ] = None
    run: Annotated[
        int | None, typer.Option(min=0, max=2**31 - 1, help="Number of the run under this seed.  [default: 0]")
    ] = None
    rule: Annotated[list[str] | None, typer.Option(metavar="FAMILY:WHO=NAME", help="As in answer:target=never.")] = None
    expression: Annotated[
        list[str] | None, typer.Option(metavar="WHO=EXPRESSION", help="On top of a rule: 'target=max(answer, 0.2)'.")
    ] = None
    trait: Annotated[list[str] | None, typer.Option(metavar="WHO.TRAIT=VALUE", help="As in target.climb_down=0.5.")] = (
        None
    )
    set: Annotated[
        list[str] | None, typer.Option(metavar="PATH=VALUE", help="As in target.support=0.4; also += *=.")
    ] = None
    without: Annotated[list[str] | None, typer.Option(metavar="MECHANISM", help="As in `demarche mechanisms`.")] = None
    at: Annotated[list[str] | None, typer.Option(metavar="ROUND:PATH=VALUE", help="A change as a round begins.")] = None
    weights: Annotated[str | None, typer.Option(metavar="FILE", help="Another set of weights.")] = None
    horizon: Annotated[float | None, typer.Option(metavar="DAYS", help="How long to run.")] = None
    round_hours: Annotated[float | None, typer.Option(metavar="HOURS", help="Length of every round.")] = None
    rules: Folders = None
    spec: Annotated[str | None, typer.Option(metavar="JSON|FILE", help="A run spec, or a run.json, to start from.")] = (
        None
    )

    def run_spec(self) -> "RunSpec":
        """The spec; sentences for whatever cannot be read."""
        from sim.run.changes import (
            parse_change,
            parse_expression,
            parse_intervention,
            parse_rule,
            parse_trait,
            switch_off,
        )

        spec = _base(self)
        fields = {
            "seed": self.seed,
            "run": self.run,
            "weights": self.weights,
            "horizon": finite(self.horizon, "--horizon"),
            "round_hours": finite(self.round_hours, "--round-hours"),
        }
        said = (
            (self.without, switch_off),
            (self.rule, parse_rule),
            (self.expression, parse_expression),
            (self.trait, parse_trait),
            (self.set, parse_change),
        )
        changes = [read(text) for texts, read in said for text in texts or ()]
        at = (*spec.at, *(parse_intervention(text) for text in self.at or ()))
        return spec.changed(*changes).but(at=at, **{name: value for name, value in fields.items() if value is not None})

    def typical(self) -> "RunArguments":
        """The same with a seed: the scenario's own where none was named, so that one run shown is a usual one."""
        from sim.engines.endings import default_seed

        if self.seed is not None or self.spec is not None or self.scenario is None:
            return self
        return self.but(seed=default_seed(self.scenario))

    def library(self) -> "Library":
        """The shipped rules and those of the folders."""
        from agents.isolation.user_rules import library

        return library(self.rules or [])

    def but(self, **changes: Any) -> "RunArguments":
        """The same with some options changed."""
        return replace(self, **changes)


def names_a_run(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `RunArguments`, which it takes as its first argument `given`."""
    names = [field.name for field in fields(RunArguments)]

    @functools.wraps(function)
    def command(**values: Any) -> None:
        arguments = RunArguments(**{name: values.pop(name) for name in names})
        function(arguments, **values)

    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    shared = list(inspect.signature(RunArguments, eval_str=True).parameters.values())
    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in (*shared, *own)]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def whole(runs: int) -> int:
    """A number of runs that there can be."""
    if not 1 <= runs <= 10_000_000:
        raise InputError(f"--runs {runs}: expected a whole number from 1 to 10 million.")
    return runs


def finite(value: float | None, option: str) -> float | None:
    """A number of an option; `nan` and `inf` are numbers to Python only."""
    if value is not None and not math.isfinite(value):
        raise InputError(f"{option} {value}: expected a finite number.")
    return value


def _base(arguments: RunArguments) -> "RunSpec":
    from sim.run.spec import RunSpec

    if arguments.spec is None:
        if arguments.scenario is None:
            from sim.scenario import scenario_names

            raise InputError(f"Which scenario? There are: {', '.join(scenario_names())}. A path works too.")
        return RunSpec(scenario=arguments.scenario)
    spec = RunSpec.from_json(_spec_text(arguments.spec))
    if arguments.scenario not in (None, spec.scenario):
        raise InputError(f"--spec names the scenario `{spec.scenario}`; leave `{arguments.scenario}` out.")
    return spec


def _spec_text(text: str) -> str:
    """The JSON of a spec: typed, in a file, or inside a `run.json`."""
    where = "--spec"
    if not text.lstrip().startswith("{"):
        where, text = f"--spec {text}", _file_text(Path(text))
    try:
        data = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where}: this is no JSON: {error}.") from None
    if isinstance(data, dict) and isinstance(data.get("run_spec"), dict):
        data = data["run_spec"]
    return json.dumps(data)


def _file_text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"--spec {path}: the file is too large; expected a run spec in JSON.")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"--spec {path}: the file cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise InputError(f"--spec {path}: this is not text in UTF-8; expected a run spec in JSON.") from None
