"""A crisis in a scenario file: what is demanded, what can be traded, what is threatened, who follows which rule."""

from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, ValidatorFunctionWrapHandler, field_validator
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
)
from sim.scenario.files.quantity import Quantity, read
from sim.state.measure_kinds import size_unit

Role = Literal["sender", "target"]
Kind = Literal["tariff", "import_ban", "embargo", "inspection", "visa", "travel_ban", "finance", "aid_cut"]
Family = Literal["answer", "press"]


class Sides(Part):
    """A share for the sender and one for the target."""

    sender: Share
    target: Share


class Clause(Part):
    """Something one side can give the other. `unstated`: it may be given without being written down."""

    owner: Role
    label: Text
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

    `given` names the clauses that were given, by either side; `disputed` those on which the two sides differ.
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


__all__ = ["Channels", "Clause", "Crisis", "CrisisCode", "Measure", "Record", "RuleNames", "Rules", "Sides"]
