"""Changes of a run: one number, rule or expression each, by its path. Every option is a spelling of one.

--set target.support=0.4        target.support = 0.4
--trait target.climb_down=0.3   target.climb_down = 0.3
--without rally                 on.rally = 0
--rule answer:target=never      rules.answer.target = never
--expression 'target=answer/2'  expressions.target = answer/2
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agents.errors import InputError

Operation = Literal["=", "+=", "*="]
SPELLINGS = ("without", "rules", "expressions", "traits")
RULE, EXPRESSION, SWITCH = "rules.", "expressions.", "on."
_CHANGE = re.compile(r"^\s*([A-Za-z0-9_.]+)\s*(\+=|\*=|=)\s*(.*\S)\s*$", re.S)


class Change(BaseModel):
    """A number (or a rule, or an expression) of a run changed: `target.support += 0.1`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: str
    op: Operation = "="
    value: float | str

    @property
    def text(self) -> str:
        """The change as one types it."""
        value = f"{self.value:g}" if isinstance(self.value, float) else self.value
        return f"{self.path}{self.op}{value}"

    @property
    def number(self) -> float:
        """The value of a change of a number.

        Raises:
            InputError: When it is none.
        """
        return parse_number(str(self.value), self.text) if isinstance(self.value, str) else self.value


class Intervention(Change):
    """A change of a number at the start of a round."""

    value: float
    round: int = Field(ge=0)


def switch_off(mechanism: str) -> Change:
    """Switch a mechanism off: `--without rally`."""
    return Change(path=SWITCH + mechanism, value=0.0)


def follow_rule(key: str, name: str) -> Change:
    """Let a government follow another rule: `--rule answer:target=never`.

    Raises:
        InputError: When the key is not FAMILY:WHO.
    """
    family, colon, who = key.partition(":")
    if family not in ("answer", "press", "stance") or not colon or not who:
        raise InputError(f"--rule {key}={name}: expected FAMILY:WHO=NAME with FAMILY answer, press or stance.")
    return Change(path=f"{RULE}{family}.{who}", value=name)


def follow_expression(who: str, text: str) -> Change:
    """Put an expression on top of a side's rule: `--expression 'target=max(answer, 0.2)'`."""
    return Change(path=EXPRESSION + who, value=text)


def read_spellings(said: Mapping[str, Any]) -> Iterator[Change]:
    """The changes that `without`, `rules`, `expressions` and `traits` name.

    Raises:
        InputError: When one of them has another form.
    """
    for name, value in said.items():
        kind = (list, tuple) if name == "without" else dict
        if not isinstance(value, kind):
            form = "a list of mechanisms" if name == "without" else "names with a value each"
            raise InputError(f"run spec, {name}: {str(value)[:60]!r} stands here; expected {form}.")
    yield from (switch_off(name) for name in said.get("without", ()))
    yield from (follow_rule(key, name) for key, name in said.get("rules", {}).items())
    yield from (follow_expression(who, text) for who, text in said.get("expressions", {}).items())
    yield from (
        Change(path=path, value=parse_number(str(value), f"traits, {path}"))
        for path, value in said.get("traits", {}).items()
    )


def parse_change(text: str, option: str = "--set") -> Change:
    """`target.support=0.4`, `target.support+=0.1`, `exports.COL.USA*=0.5` or `rules.answer.target=never`.

    Raises:
        InputError: With what would be right.
    """
    found = _CHANGE.match(text)
    if not found:
        raise InputError(
            f"{option} '{text}': expected PATH=VALUE, PATH+=VALUE or PATH*=VALUE, as in target.support=0.4."
        )
    path, op, value = found.groups()
    if op == "=" and path.startswith((RULE, EXPRESSION)):
        return Change(path=path, value=value)
    return Change(path=path, op=op, value=parse_number(value, f"{option} '{text}'"))  # type: ignore[arg-type]


def parse_trait(text: str) -> Change:
    """`target.climb_down=0.3`.

    Raises:
        InputError: With what would be right.
    """
    change = parse_change(text, "--trait")
    if change.op != "=":
        raise InputError(f"--trait '{text}': expected WHO.TRAIT=VALUE, as in target.climb_down=0.5.")
    return change


def parse_rule(text: str) -> Change:
    """`answer:target=never`.

    Raises:
        InputError: With what would be right.
    """
    key, equals, name = (part.strip() for part in text.partition("="))
    if not (key and equals and name):
        raise InputError(f"--rule '{text}': expected FAMILY:WHO=NAME, as in answer:target=never.")
    return follow_rule(key, name)


def parse_expression(text: str) -> Change:
    """`target=max(answer, 0.2)`.

    Raises:
        InputError: With what would be right.
    """
    who, equals, said = (part.strip() for part in text.partition("="))
    if not (who and equals and said) or not re.fullmatch(r"[\w.]+", who):
        raise InputError(f"--expression '{text}': expected WHO=EXPRESSION, as in 'target=max(answer, 0.2)'.")
    return follow_expression(who, said)


def parse_intervention(text: str) -> Intervention:
    """`6:target.support+=0.1`: a change at the start of round 6.

    Raises:
        InputError: With what would be right.
    """
    step, colon, rest = text.partition(":")
    if not colon or not step.strip().isdecimal():
        raise InputError(f"--at '{text}': expected ROUND:PATH=VALUE with a whole round, as in 6:target.support=0.5.")
    change = parse_change(rest, "--at")
    return Intervention(round=int(step), path=change.path, op=change.op, value=change.number)


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


def switched_off(changes: Iterable[Change]) -> tuple[str, ...]:
    """Names of the mechanisms that changes switch off."""
    return tuple(one.path.removeprefix(SWITCH) for one in changes if one.path.startswith(SWITCH) and one.value == 0.0)


def expressions_in(changes: Iterable[Change]) -> dict[str, str]:
    """The expressions in changes: who follows which."""
    return {one.path.removeprefix(EXPRESSION): str(one.value) for one in changes if one.path.startswith(EXPRESSION)}
