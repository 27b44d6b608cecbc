"""`RunSpec`: everything that names a run, and nothing else. Same spec, same model: same run, bit for bit."""

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from agents.errors import InputError
from sim.run.changes import SPELLINGS, Change, Intervention, parse_change, read_spellings

FORMAT = 2


class RunSpec(BaseModel):
    """The name of a run.

    Attributes:
        format: Version of this form; specs of format 1 are still read.
        model: Hash of laws, phases and rules; empty where it is not known yet.
        scenario: Name (or path) of the scenario.
        scenario_hash: Content hash of the scenario.
        weights: Name (or path) of the weight set.
        weights_hash: Content hash of the weight set.
        changes: All that differs from the scenario's file. `without=`, `rules=`, `traits=` and `expressions=` are
            spellings of it: `RunSpec(scenario="colombia_2025", without=("rally",))` holds the change `on.rally=0`.
        horizon: Days to run, or as the scenario says.
        round_hours: Length of every round, or as the scenario says.
        seed: Key of the luck.
        run: Number of the run under this seed.
        at: Interventions: changes at the start of a round.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[2] = 2
    model: str = ""
    scenario: str
    scenario_hash: str = ""
    weights: str = "default"
    weights_hash: str = ""
    changes: tuple[Change, ...] = ()
    horizon: float | None = None
    round_hours: float | None = None
    seed: int = Field(default=1, ge=0, lt=2**63)
    run: int = Field(default=0, ge=0, lt=2**31)
    at: tuple[Intervention, ...] = ()

    def __init__(
        self,
        *,
        without: Any = (),
        rules: Any = None,
        traits: Any = None,
        expressions: Any = None,
        **fields: Any,
    ) -> None:
        said = {"without": without, "rules": rules, "traits": traits, "expressions": expressions}
        super().__init__(**fields, **{name: value for name, value in said.items() if value})

    @model_validator(mode="before")
    @classmethod
    def _read_spellings(cls, data: Any) -> Any:
        """Older specs, and scripts, say some changes in fields of their own."""
        if not isinstance(data, dict):
            return data
        plain = {key: value for key, value in data.items() if key not in SPELLINGS}
        if plain.get("format") == 1:
            plain["format"] = FORMAT
        said = {key: data[key] for key in SPELLINGS if data.get(key)}
        changes = data.get("changes") or ()
        if not said or not isinstance(changes, list | tuple):
            return plain
        return plain | {"changes": (*read_spellings(said), *changes)}

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
            return cls.model_validate(json.loads(text))
        except ValueError as problem:
            if not isinstance(problem, ValidationError):
                raise InputError(f"This is no run spec of format {FORMAT}: the whole text: {problem}.") from problem
            error = problem
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"]) or "the whole text"
            raise InputError(f"This is no run spec of format {FORMAT}: {place}: {first['msg'].lower()}.") from error

    def but(self, **fields: Any) -> "RunSpec":
        """The same spec with other values of some fields.

        Raises:
            TypeError: For a name that is no field; say a change with `changed`.
        """
        unknown = set(fields) - set(type(self).model_fields)
        if unknown:
            raise TypeError(f"RunSpec has no field {', '.join(sorted(unknown))}; `changed()` adds a change.")
        whole = {name: getattr(self, name) for name in type(self).model_fields} | fields
        return type(self).model_validate(whole)

    def changed(self, *changes: Change | str) -> "RunSpec":
        """The same spec with further changes, as `target.support=0.4`; the later change of one number counts.

        Raises:
            InputError: When a text is no change.
        """
        read = (parse_change(one, "changed") if isinstance(one, str) else one for one in changes)
        return self.but(changes=(*self.changes, *read))
