"""Null models of the target: what an explanation must beat. Each is a counterfactual put on top of every other one."""

from agents.errors import InputError, names_there_are
from sim.run.counterfactual import Counterfactual

NULL_MODELS = {
    "never": Counterfactual(rule={"answer:target": "never"}),
    "always": Counterfactual(rule={"answer:target": "always"}),
    "coin": Counterfactual(rule={"answer:target": "coin"}),
    "hazard": Counterfactual(rule={"answer:target": "coin"}, trait={"target.a_day": 0.3}),
}
"""By name. `hazard` is a constant chance of .3 a day."""


def find_null_model(name: str | None) -> Counterfactual:
    """The null model of a name; without a name, no change at all.

    Raises:
        InputError: When there is none of that name.
    """
    if name is not None and name not in NULL_MODELS:
        raise InputError(f"--null {name}: there is no such null model. {names_there_are(name, NULL_MODELS)}")
    return NULL_MODELS[name] if name else Counterfactual()
