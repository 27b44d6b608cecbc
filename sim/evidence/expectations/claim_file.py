"""Claims of the literature as data: what is said, by whom, and the paired experiment that holds the model to it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from agents.errors import InputError, names_there_are
from sim.evidence.expectations.null_models import NULL_MODELS
from sim.metrics.metric import METRICS
from sim.run.changes import Change
from sim.run.counterfactual import Counterfactual
from sim.run.spec import RunSpec
from sim.scenario.files.fields import FileName, Filled, Model, Number, Text, Word
from sim.scenario.files.locate import named
from sim.scenario.files.reader import read_named
from sim.scenario.files.words import problem


class Pair(Model):
    """Two worlds under the same luck; an effect is the second minus the first."""

    first: Counterfactual = Counterfactual()
    second: Counterfactual = Counterfactual()


class Other(Pair):
    """Another pair, whose effect, times so much, is taken away."""

    times: Number = 1.0


class Claim(Pair):
    """One claim and its experiment. The 95 % interval of the effect must lie between `low` and `high`.

    Attributes:
        fact: Number in the list of stylised facts. figure: What the data or the paper say.
        basis: Where the figure is from: computed from data, read in a published page, or from memory.
        shared: What all worlds of the claim have. than: Another pair whose effect is taken away.
        of: `pairs`, the mean difference; `stages`, over runs of the second world that settle, those with metrics in
            force minus those without; `runs`, the correlation with `against` over runs of it that settle.
        runs: At most so many. direct: One law or one weight says it. why: Where it fails, what the model lacks.
    """

    id: Word
    fact: Annotated[int, Field(ge=6, le=30)]
    says: Text
    citation: Filled
    figure: str = ""
    basis: Literal["data", "page", "memory"]
    direct: bool = False
    scenario: FileName = "colombia_2025"
    shared: Counterfactual = Counterfactual()
    than: Other | None = None
    of: Literal["pairs", "stages", "runs"] = "pairs"
    metric: str
    against: str | None = None
    low: Number | None = None
    high: Number | None = None
    runs: Annotated[int, Field(ge=2)] | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "Claim":
        for name in (self.metric, *([self.against] if self.against else [])):
            if name not in METRICS:
                raise problem(f"there is no metric `{name}`. {names_there_are(name, METRICS)}")
        if self.low is None and self.high is None:
            raise problem("no bound; expected `low`, `high` or both.")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise problem(f"low {self.low:g} is not below high {self.high:g}.")
        if (self.of == "runs") != (self.against is not None):
            raise problem("`of: runs` and `against` go together: a correlation needs two metrics.")
        if self.of != "pairs" and self.than:
            raise problem(f"`than` stands beside `of: {self.of}`; expected beside `of: pairs`.")
        return self

    def spec(self, world: Counterfactual, seed: int, null: str | None = None) -> RunSpec:
        """The spec of one of its worlds: what is shared, then what is its own.

        A null model (one of `NULL_MODELS`) takes the target's place, unless the claim says how the target answers.
        """
        own = Counterfactual(
            set=(*self.shared.set, *world.set),
            without=(*self.shared.without, *world.without),
            at=(*self.shared.at, *world.at),
            rule={**self.shared.rule, **world.rule},
            trait={**self.shared.trait, **world.trait},
            horizon=world.horizon or self.shared.horizon,
            round_hours=world.round_hours or self.shared.round_hours,
            quiet=world.quiet or self.shared.quiet,
        )
        try:
            spec = own.spec(RunSpec(scenario=self.scenario, seed=seed))
        except InputError as error:
            raise InputError(f"claim {self.id}: {error}") from error
        if null is None or any(_says_how_the_target_answers(change) for change in spec.changes):
            return spec
        return NULL_MODELS[null].spec(spec)


def _says_how_the_target_answers(change: Change) -> bool:
    return change.path.startswith("rules.answer.") and change.path.endswith("target")


class ClaimFile(Model):
    """The claims, in the order of their facts."""

    format: Literal[1]
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]


def read_claims(name_or_path: str | Path = "claims") -> tuple[Claim, ...]:
    """The claims of a file, by its name (in `configs/evidence`) or a path.

    Raises:
        InputError: With file, line and what would be right.
    """
    found, path = read_named(ClaimFile, name_or_path, "evidence", "claims")
    names = [claim.id for claim in found.claims]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{named(str(name_or_path), path)}: claim {twice[0]} stands twice; expected one id a claim.")
    return found.claims


def chosen(claims: Sequence[Claim], only: Sequence[str]) -> list[Claim]:
    """The claims of these ids, in the file's order; all of them where none is named.

    Raises:
        InputError: With the ids there are.
    """
    ids = [claim.id for claim in claims]
    for name in only:
        if name not in ids:
            raise InputError(f"--only {name}: there is no such claim. {names_there_are(name, ids)}")
    return [claim for claim in claims if not only or claim.id in only]
