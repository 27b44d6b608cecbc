"""The worlds that `compare` names: every combination of what somebody chooses, as a spec each."""

from dataclasses import dataclass
from itertools import product

from agents.errors import InputError
from agents.library import Library
from sim.run.changes import follow_rule, switch_off
from sim.run.spec import RunSpec
from sim.state.mechanisms import MECHANISMS
from sim.studies.design.experiment import Experiment, refuse

AS_IT_IS = "as_it_is"
WHOLE = "whole model"
MOST_VARIANTS = 5_000


@dataclass(frozen=True)
class Variant:
    """One combination: its name, what was chosen of each factor, and its spec (run 0 of the study's seed)."""

    name: str
    chosen: dict[str, str]
    spec: RunSpec


def variants(experiment: Experiment, library: Library) -> tuple[Variant, ...]:
    """The variants of an experiment; the first is what the others are compared with.

    Raises:
        InputError: For a rule or mechanism that is not there, or too many combinations.
    """
    factors = _factors(experiment, library)
    count = 1
    for _, options in factors:
        count *= len(options)
    if count > MOST_VARIANTS:
        raise refuse(experiment, f"{count} combinations are too many; expected at most {MOST_VARIANTS}.", "compare")
    base = experiment.base.spec(RunSpec(scenario=experiment.scenario, weights=experiment.weights, seed=experiment.seed))
    return tuple(_variant(base, dict(zip([name for name, _ in factors], chosen, strict=True)), experiment)
                 for chosen in product(*(options for _, options in factors)))  # fmt: skip


def _factors(experiment: Experiment, library: Library) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    if experiment.compare.worlds:
        found.append(("world", tuple(experiment.compare.worlds)))
    for key, given in experiment.compare.rules.items():
        names = tuple(rule.name for rule in library.family(key.partition(":")[0])) if given == "all" else given
        if not names:
            raise refuse(experiment, "expected answer, press or stance before the colon.", "compare", "rules", key)
        found.append((key, names))
    if experiment.compare.mechanisms:
        wanted = experiment.compare.mechanisms
        off = tuple(mechanism.name for mechanism in MECHANISMS) if wanted == "all" else wanted
        found.append(("without", (WHOLE, *off)))
    for name, options in found:
        twice = next((option for option in options if options.count(option) > 1), None)
        if twice:
            raise refuse(experiment, f"`{twice}` stands twice in {name}; keep one.", "compare")
    return found


def _variant(base: RunSpec, chosen: dict[str, str], experiment: Experiment) -> Variant:
    spec = base
    for factor, option in chosen.items():
        if factor == "world":
            try:
                spec = experiment.compare.worlds[option].spec(spec)
            except InputError as error:
                raise refuse(experiment, str(error), "compare", "worlds", option) from None
        elif factor == "without":
            spec = spec if option == WHOLE else spec.changed(switch_off(option))
        else:
            spec = spec.changed(follow_rule(factor, option))
    name = ", ".join(option if factor == "world" else f"{factor}={option}" for factor, option in chosen.items())
    return Variant(name or AS_IT_IS, chosen, spec)


def checked(experiment: Experiment, variant: Variant, error: InputError) -> InputError:
    """What is wrong with a variant, with its name in front."""
    if set(variant.chosen) == {"world"}:
        return refuse(experiment, str(error), "compare", "worlds", variant.name)
    return refuse(experiment, f"in world `{variant.name}`: {error}", *(("compare",) if variant.chosen else ()))
