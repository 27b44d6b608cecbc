"""From the words of the command line to a `RunSpec`."""

import json
import re
from pathlib import Path
from typing import Any

from agents.errors import InputError
from sim.cli.common.options import RunArguments, finite
from sim.run.spec import RunSpec, parse_change, parse_intervention

LARGEST = 2_000_000


def spec_of(arguments: RunArguments) -> RunSpec:
    """The spec that options name, on top of `--spec` where there is one."""
    base = _base(arguments)
    changes: dict[str, Any] = {
        "seed": arguments.seed,
        "run": arguments.run,
        "weights": arguments.weights,
        "horizon": finite(arguments.horizon, "--horizon"),
        "round_hours": finite(arguments.round_hours, "--round-hours"),
    }
    changes = {name: value for name, value in changes.items() if value is not None}
    return _valid(
        base.model_dump()
        | changes
        | {
            "rules": base.rules | dict(_rule(text) for text in arguments.rule or []),
            "expressions": base.expressions | dict(_expression(text) for text in arguments.expression or []),
            "traits": base.traits | dict(_trait(text) for text in arguments.trait or []),
            "changes": (*base.changes, *(parse_change(text) for text in arguments.set or [])),
            "without": tuple(dict.fromkeys((*base.without, *(arguments.without or [])))),
            "at": (*base.at, *(parse_intervention(text) for text in arguments.at or [])),
        }
    )


def _valid(data: dict[str, Any]) -> RunSpec:
    plain = data | {name: [part.model_dump() if hasattr(part, "model_dump") else part for part in data[name]]
                    for name in ("changes", "at")}  # fmt: skip
    return RunSpec.from_json(json.dumps(plain))


def _base(arguments: RunArguments) -> RunSpec:
    if arguments.spec is None:
        if arguments.scenario is None:
            from sim.scenario import scenario_names

            raise InputError(f"Which scenario? There are: {', '.join(scenario_names())}. A path is right too.")
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
            raise InputError(f"--spec {path}: the file is too large; right is a run spec in JSON.")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"--spec {path}: the file cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise InputError(f"--spec {path}: this is not text in UTF-8; right is a run spec in JSON.") from None


def _rule(text: str) -> tuple[str, str]:
    key, equals, name = (part.strip() for part in text.partition("="))
    if not (key and equals and name):
        raise InputError(f"--rule '{text}': right is FAMILY:WHO=NAME, as in answer:target=never.")
    return key, name


def _expression(text: str) -> tuple[str, str]:
    who, equals, said = (part.strip() for part in text.partition("="))
    if not (who and equals and said) or not re.fullmatch(r"[\w.]+", who):
        raise InputError(f"--expression '{text}': right is WHO=EXPRESSION, as in 'target=max(answer, 0.2)'.")
    return who, said


def _trait(text: str) -> tuple[str, float]:
    change = parse_change(text, "--trait")
    if change.op != "=":
        raise InputError(f"--trait '{text}': right is WHO.TRAIT=VALUE, as in target.climb_down=0.5.")
    return change.path, change.value
