"""A counterfactual: a run with a change, as files of patterns, claims and experiments write it."""

from pydantic import Field

from sim.run.changes import Change, follow_rule, parse_change, parse_intervention, switch_off
from sim.run.spec import RunSpec
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

    def changes(self) -> tuple[Change, ...]:
        """The changes it makes at the start of a run.

        Raises:
            InputError: For a change that cannot be read.
        """
        return (
            *(switch_off(name) for name in self.without),
            *(follow_rule(key, name) for key, name in self.rule.items()),
            *(Change(path=path, value=value) for path, value in self.trait.items()),
            *(parse_change(text, "set") for text in (*self.set, *((NO_CRISIS,) if self.quiet else ()))),
        )

    def spec(self, base: RunSpec) -> RunSpec:
        """The spec of this counterfactual to a run; where both change one number, the counterfactual's counts.

        Raises:
            InputError: For a change that cannot be read.
        """
        return base.but(
            changes=(*base.changes, *self.changes()),
            at=(*base.at, *(parse_intervention(text) for text in self.at)),
            horizon=base.horizon if self.horizon is None else self.horizon,
            round_hours=base.round_hours if self.round_hours is None else self.round_hours,
        )
