"""`RunSpec`: everything that names a run, and nothing else. Same spec, same model: same run, bit for bit."""

import json
import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agents.errors import InputError

FORMAT = 1
Operation = Literal["=", "+=", "*="]


class Change(BaseModel):
    """A number of the scenario (or a weight, trait or switch) changed: `target.support += 0.1`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: str
    op: Operation
    value: float


class Intervention(Change):
    """A change at the start of a round."""

    round: int = Field(ge=0)


class RunSpec(BaseModel):
    """The name of a run.

    Attributes:
        model: Hash of laws, phases and rules; empty where it is not known yet.
        scenario, scenario_hash: Name (or path) and content hash of the scenario.
        weights: Name (or path) of the weight set, with its hash.
        without: Mechanisms switched off. rules: `answer:target` -> name. traits: `target.climb_down` -> value.
        expressions: `target` -> a line of a person's own on top of its rule (see `sim.run.expressions`).
        changes: What differs from the scenario's file. horizon: Days to run, or as the scenario says.
        round_hours: Length of every round, or as the scenario says. seed, run: Keys of the luck.
        at: Interventions.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    model: str = ""
    scenario: str
    scenario_hash: str = ""
    weights: str = "default"
    weights_hash: str = ""
    without: tuple[str, ...] = ()
    rules: dict[str, str] = {}
    expressions: dict[str, str] = {}
    traits: dict[str, float] = {}
    changes: tuple[Change, ...] = ()
    horizon: float | None = None
    round_hours: float | None = None
    seed: int = Field(default=1, ge=0, lt=2**63)
    run: int = Field(default=0, ge=0, lt=2**31)
    at: tuple[Intervention, ...] = ()

    def to_json(self) -> str:
        """One line of JSON with its keys in order: the form that is hashed, stored and shared."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "RunSpec":
        """The spec in a line of JSON.

        Raises:
            InputError: When the text is no spec of this format.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"]) or "the whole text"
            raise InputError(f"This is no run spec of format {FORMAT}: {place}: {first['msg'].lower()}.") from error

    def but(self, **changes: Any) -> "RunSpec":
        """The same spec with some fields changed."""
        return self.model_copy(update=changes)


_CHANGE = re.compile(r"^\s*([A-Za-z0-9_.]+)\s*(\+=|\*=|=)\s*(\S+)\s*$")


def parse_change(text: str, option: str = "--set") -> Change:
    """`target.support=0.4`, `target.support+=0.1` or `exports.COL.USA*=0.5`.

    Raises:
        InputError: With what would be right.
    """
    found = _CHANGE.match(text)
    if not found:
        raise InputError(
            f"{option} '{text}': right is PATH=VALUE, PATH+=VALUE or PATH*=VALUE, as in target.support=0.4."
        )
    path, op, value = found.groups()
    return Change(path=path, op=op, value=parse_number(value, f"{option} '{text}'"))  # type: ignore[arg-type]


def parse_intervention(text: str) -> Intervention:
    """`6:target.support+=0.1`: a change at the start of round 6.

    Raises:
        InputError: With what would be right.
    """
    step, colon, rest = text.partition(":")
    if not colon or not step.strip().isdecimal():
        raise InputError(f"--at '{text}': right is ROUND:PATH=VALUE with a whole round, as in 6:target.support=0.5.")
    change = parse_change(rest, "--at")
    return Intervention(round=int(step), path=change.path, op=change.op, value=change.value)


def parse_number(text: str, where: str) -> float:
    """A finite number.

    Raises:
        InputError: When the text is none.
    """
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"{where}: `{text}` is not a number.") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise InputError(f"{where}: `{text}` is not a finite number.")
    return value
