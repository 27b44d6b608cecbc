"""`demarche compare`: the scenario as it is beside the scenario with a change, under the same shocks."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from agents.isolation import watchdog
from sim.cli.commands.ensemble_command import COMPILING, stop_at_failures
from sim.cli.common import output
from sim.cli.common.options import Json, RunArguments, Runs, names_a_run, whole

if TYPE_CHECKING:
    from sim.metrics.compare import Effect

BaseSet = Annotated[list[str] | None, typer.Option(metavar="PATH=VALUE", help="As --set, for the world compared with.")]
BaseRule = Annotated[list[str] | None, typer.Option(metavar="FAMILY:WHO=NAME", help="As --rule, for that world.")]
BaseWithout = Annotated[list[str] | None, typer.Option(metavar="MECHANISM", help="As --without, for that world.")]

_UNITS = {
    "percent of runs": "%",
    "percent of the demand's worth": "% of worth",
    "percent of a year's GDP": "% of GDP",
    "hours, at most 168": "hours",
    "support points": "points",
}


@names_a_run
def compare(
    arguments: RunArguments,
    runs: Runs,
    base_set: BaseSet = None,
    base_rule: BaseRule = None,
    base_without: BaseWithout = None,
    json: Json = False,
) -> None:
    """Compare the changed scenario with the scenario as it is, run by run, with 95 % intervals.

    --rule, --expression, --trait, --set, --without and --at make the changed world; the other options hold for both.
    """
    whole(runs)
    changed, rules = arguments.run_spec(), arguments.library()
    plain = arguments.but(spec=changed.but(changes=(), at=()).to_json(), expression=None, trait=None, at=None)
    base = plain.but(set=base_set, rule=base_rule, without=base_without).run_spec()
    from sim.engines.ensemble import ensemble
    from sim.metrics.compare import compare_frames
    from sim.run.prepare import prepare
    from sim.telling.progress_bar import show_progress

    worlds = [prepare(spec, rules=rules) for spec in (base, changed)]
    with watchdog.call("The compiled rules", watchdog.COMPILE), show_progress(2 * runs, COMPILING, "runs") as advance:
        frames = [ensemble(world, runs, progress=advance) for world in worlds]
    for world, frame in zip(worlds, frames, strict=True):
        stop_at_failures(world, frame)
    found = compare_frames(*frames)
    if json:
        specs = {name: world.spec.model_dump(mode="json") for name, world in zip("ab", worlds, strict=True)}
        output.put_json(
            {
                "sentence": found.sentence,
                "effects": [asdict(effect) for effect in (*found.effects, *found.region)],
                **specs,
            }
        )
        return
    title = f"{changed.scenario}: as it is, and changed; {runs} pairs of runs, seed {changed.seed}"
    columns = ("", "as it is", "changed", "difference", "95 % interval", "unit")
    output.put_table(title, columns, [_row(effect) for effect in (*found.effects, *found.region)], right=(1, 2, 3, 4))
    output.put(found.sentence)
    for world, name in zip(worlds, ("As it is", "Changed"), strict=True):
        output.put_changes(world, name)


def _row(effect: "Effect") -> tuple[str, ...]:
    numbers = (f"{effect.a:.2f}", f"{effect.b:.2f}", f"{effect.difference:+.2f}")
    return (
        effect.name.replace("_", " "),
        *numbers,
        f"{effect.low:+.2f} to {effect.high:+.2f}",
        _UNITS.get(effect.unit, effect.unit),
    )
