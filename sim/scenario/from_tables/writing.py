"""Plain data of a scenario as the YAML of a file: a number a line, as a person would write it."""

from typing import Any

import yaml

from agents.errors import InputError
from sim.scenario import Scenario
from sim.scenario.files.locate import LARGEST

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Line(dict[str, Any]):
    """A mapping that stands on one line."""


class _ListLine(list[Any]):
    """A list that stands on one line."""


class _Writer(_Dumper):  # type: ignore[misc]
    """Of these two kinds."""


_Writer.add_representer(_Line, lambda w, data: w.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True))
_Writer.add_representer(_ListLine, lambda w, data: w.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True))


def text_of_world(data: dict[str, Any], head: str) -> str:
    """The file of a world, checked as any scenario is; `head` is its first line, a comment.

    Raises:
        InputError: When the schema refuses it, or it is larger than a scenario may be.
    """
    Scenario.from_data(data)
    body = yaml.dump(_laid_out(data), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=1_000_000)
    text = f"# {head}\n{body}"
    if len(text.encode()) > LARGEST:
        size = f"{len(text.encode()) / 1e6:.1f} MB"
        raise InputError(
            f"The world would be {size} large; expected at most {LARGEST / 1e6:.0f} MB: keep fewer governments."
        )
    return text


def _laid_out(value: Any) -> Any:
    if isinstance(value, dict):
        leaf = (
            any(key in value for key in ("value", "assume", "hours")) and "label" not in value and "owner" not in value
        )
        texts = set(value) == {"en", "es"} and len(value["en"]) < 60
        numbers = bool(value) and all(isinstance(below, float) for below in value.values())
        if leaf or texts or numbers:
            return _Line(value)
        return {key: _laid_out(below) for key, below in value.items()}
    if isinstance(value, list):
        plain = all(isinstance(below, str) for below in value)
        return _ListLine(value) if plain else [_laid_out(below) for below in value]
    return value
