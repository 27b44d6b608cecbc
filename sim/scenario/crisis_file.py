"""A crisis in a scenario file: what is demanded, what can be traded, what is threatened, who follows which rule."""

from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictInt, ValidatorFunctionWrapHandler, field_validator
from pydantic_core.core_schema import ValidationInfo

from sim.scenario.files.fields import (
    AnyUnit,
    Count,
    CrisisCode,
    Days,
    GovernmentCode,
    LossRate,
    Model,
    Part,
    PerDay,
    Points,
    Share,
    Source,
    Text,
    Word,
    units,
)
from sim.scenario.files.quantity import Quantity, read
from sim.scenario.files.words import problem
from sim.state.measure_kinds import size_unit

Role = Literal["sender", "target"]
Kind = Literal["tariff", "import_ban", "embargo", "inspection", "visa", "travel_ban", "finance", "aid_cut"]
Family = Literal["answer", "press"]


class Sides(Part):
    """A share for the sender and one for the target."""

    sender: Share
    target: Share


MOST_PARTS = 4


class Clause(Part):
    """Something one side can give the other. `unstated`: it may be given without being written down.

    What can be given in part, as a quota or a sum, states `parts`: it becomes so many clauses, each with an equal part
    of the worth and the cost. Its label has `{part}` where "half of" stands. `whole` names what a part belongs to.
    """

    owner: Role
    label: Text
    parts: Annotated[StrictInt, Field(ge=2, le=MOST_PARTS)] | None = None
    whole: Word | None = None
    whole_label: Text | None = None
    value: Annotated[Points, "worth to the one who receives it"]
    cost: Annotated[Points, "cost at home to the one who gives it"]
    unstated: StrictBool
    forbidden: Annotated[Share | None, "part of that cost that is what law or principle forbids; 0 where left out"] = (
        None
    )


class Channels(Part):
    """Through which account a measure hurts; the three shares sum to 1."""

    trade: Annotated[Share, "through exports and jobs"]
    elite: Annotated[Share, "through business, banks and officials"]
    public: Annotated[Share, "through what everybody feels at once"]


class Measure(Part):
    """Something one side does or announces. The unit of `size` follows from its kind (see `measure_kinds`)."""

    by: Role
    kind: Kind
    label: Text
    size: AnyUnit
    announced: Annotated[Days, "when it is announced, counted from the ultimatum"]
    due: Annotated[Days, "when it falls due, counted from the ultimatum"]
    raises: Word | None = None
    channels: Channels
    own_loss: Annotated[LossRate, "what it costs its owner while in force"]
    humiliating: Annotated[Share, "how humiliating it is to those it falls on"]
    own_elite: Annotated[
        Share | None, "business and officials at its owner's home who press against it; 0 where left out"
    ] = None
    legal_basis: Word | None = None

    @field_validator("size", mode="wrap")
    @classmethod
    def _in_the_unit_of_its_kind(
        cls, size: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Quantity:
        kind = info.data.get("kind")
        written = size.written if isinstance(size, Quantity) else size
        return read(written, size_unit(kind) if kind else None)


class RuleNames(Model):
    """The rule each side follows."""

    sender: Word
    target: Word


class Rules(Model):
    """Who follows which rule; `stance` names the third governments, and `default` for all others."""

    answer: RuleNames
    press: RuleNames
    stance: dict[str, Word]


class Record(Part):
    """How the crisis went, where that is on record: told after a run, and compared with it.

    `given` names the clauses that were seen or told to be given, by either side; `disputed` those that only one tells.
    """

    text: Text
    settled: StrictBool = True
    given: tuple[Word, ...] = ()
    disputed: tuple[Word, ...] = ()
    earliest: Annotated[Days | None, "when it was settled, at the earliest, counted from the ultimatum"] = None
    latest: Annotated[Days | None, "when it was settled, at the latest"] = None
    tariff_in_force: StrictBool = False
    source: Source


class Crisis(Part):
    """A demand of one government on another, with all that is traded and threatened. Round 0 is the ultimatum.

    A `latent` demand has not been made: its sender takes it up as its agenda allows, and its times count from then.
    """

    sender: GovernmentCode
    target: GovernmentCode
    title: Text
    opening: Text
    salience: Annotated[Share, "how much the issue matters to the target's public"]
    publicity: Annotated[Share, "how much of the dispute is fought in public"]
    people: Annotated[Count, "people whose fate hangs on it"]
    fading: Annotated[PerDay, "share of the worth of the demand that the sender loses with each day"]
    quorum: Annotated[Count, "governments needed for a joint stand"]
    bloc: tuple[GovernmentCode, ...] = ()
    private_latency: Annotated[Days, "time a message takes on the private channel"]
    private_opens: Annotated[Days, "when the private channel opens, counted from the ultimatum"]
    public_latency: Annotated[Days, "time a message takes in public"]
    stand: Sides
    belief: Sides
    clauses: dict[Word, Clause]
    measures: dict[Word, Measure]
    latent: StrictBool = False
    rules: Rules
    record: Record | None = None
    traits: dict[Family, dict[Role, dict[Word, AnyUnit]]] = Field(default={})

    @field_validator("clauses")
    @classmethod
    def _in_parts(cls, clauses: dict[str, Clause]) -> dict[str, Clause]:
        """A clause that can be given in part as so many clauses."""
        found: dict[str, Clause] = {}
        for name, clause in clauses.items():
            found.update(parts_of(name, clause) if clause.parts else {name: clause})
        return found

    @field_validator("record")
    @classmethod
    def _record_in_parts(cls, record: Record | None, info: ValidationInfo) -> Record | None:
        """What is on record of a whole is so of each of its parts."""
        clauses: dict[str, Clause] = info.data.get("clauses", {})
        if record is None:
            return None

        def spelled(names: tuple[str, ...]) -> tuple[str, ...]:
            parts = {name: [part for part, clause in clauses.items() if clause.whole == name] for name in names}
            return tuple(part for name in names for part in parts[name] or [name])

        return record.model_copy(update={"given": spelled(record.given), "disputed": spelled(record.disputed)})


def parts_of(name: str, clause: Clause) -> dict[str, Clause]:
    """The parts of a clause, by name: `guards_1`, `guards_2`."""
    count, unit = clause.parts or 1, units(Clause)["value"]
    for language, label in (("en", clause.label.en), ("es", clause.label.es)):
        if "{part}" not in label:
            raise problem(f"{name}: the label ({language}) of a clause in parts says where `{{part}}` stands.")
    words = {language: PART_WORDS[language][count] for language in ("en", "es")}
    whole = Text(en=_without_part(clause.label.en), es=_without_part(clause.label.es))
    return {
        f"{name}_{place + 1}": clause.model_copy(
            update={
                "label": Text(
                    en=clause.label.en.replace("{part}", words["en"][place]),
                    es=clause.label.es.replace("{part}", words["es"][place]),
                ),
                "parts": None,
                "whole": name,
                "whole_label": whole,
                "value": clause.value.part(count, unit),
                "cost": clause.cost.part(count, unit),
            }
        )
        for place in range(count)
    }


def _without_part(label: str) -> str:
    return " ".join(label.replace("{part}", "").split())


PART_WORDS = {
    "en": {
        2: ("half of", "the other half of"),
        3: ("a third of", "a second third of", "the last third of"),
        4: ("a quarter of", "a second quarter of", "a third quarter of", "the last quarter of"),
    },
    "es": {
        2: ("la mitad de", "la otra mitad de"),
        3: ("un tercio de", "otro tercio de", "el último tercio de"),
        4: ("un cuarto de", "otro cuarto de", "un tercer cuarto de", "el último cuarto de"),
    },
}


__all__ = ["Channels", "Clause", "Crisis", "CrisisCode", "Measure", "Record", "RuleNames", "Rules", "Sides"]
