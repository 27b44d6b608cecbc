"""A counterfactual: a run with a change, as files of patterns, claims and experiments write it."""

from pydantic import Field

from sim.run.spec import RunSpec, parse_change, parse_intervention
from sim.scenario.files.fields import Model

NO_CRISIS = "crisis.settled=1"
"""The change that ends a crisis before it begins."""


class Counterfactual(Model):
    """What a counterfactual changes in a scenario's run; `quiet`: no crisis takes place at all."""

    set: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    rule: dict[str, str] = Field(default={})
    trait: dict[str, float] = Field(default={})
    horizon: float | None = None
    round_hours: float | None = None
    quiet: bool = False

    def spec(self, base: RunSpec) -> RunSpec:
        """The spec of this counterfactual; the base's null model stays."""
        return base.but(
            changes=tuple(parse_change(text, "set") for text in (*self.set, *((NO_CRISIS,) if self.quiet else ()))),
            without=tuple(dict.fromkeys((*base.without, *self.without))),
            at=tuple(parse_intervention(text) for text in self.at),
            rules={**self.rule, **base.rules},
            traits={**self.trait, **base.traits},
            horizon=self.horizon,
            round_hours=self.round_hours,
        )
