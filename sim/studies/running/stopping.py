"""When a study may stop early: its intervals are narrow enough. Judged on whole batches only, so that neither the
executor nor an interruption changes what is computed."""

from sim.studies.design.plan import Plan
from sim.studies.design.study import Study
from sim.studies.store.part_store import Store
from sim.studies.store.results import Results


def narrow_enough(made: Study, store: Store, plan: Plan, batches: int) -> bool:
    """Whether the first so many batches answer the question of `until`."""
    until = made.experiment.until
    if until is None:
        return False
    results = Results(made, store, Plan(plan.batches[:batches], plan.variants, plan.size))
    if until.of == "effect" and len(made.variants) > 1:
        found = [(effect.low, effect.high) for effect in results.effects(until.metric)]
    else:
        found = [(level.low, level.high) for level in results.levels(until.metric)]
    return all(high - low < until.narrower_than for low, high in found)


def stopped_early(results: Results) -> bool:
    """Whether a study holds all it needs although its plan holds more."""
    plan, made, done = results.plan, results.made, results.done
    if made.experiment.until is None or done == plan.rows:
        return False
    rows = 0
    for place, batch in enumerate(plan.batches):
        rows += batch.pairs * plan.variants
        if rows == done:
            return narrow_enough(made, results.store, plan, place + 1)
    return False
