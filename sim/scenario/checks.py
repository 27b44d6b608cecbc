"""What must hold between the parts of a scenario. Each check yields a place and a sentence."""

import math
import re
from collections.abc import Iterable, Iterator

from agents import units as u
from agents.errors import names_there_are
from agents.units import unit_of
from sim.scenario.crisis_file import Crisis
from sim.scenario.files.fields import Text
from sim.scenario.files.words import printable
from sim.scenario.government_file import Clock, Exports
from sim.scenario.scenario_parts import ScenarioParts

Place = tuple[str | int, ...]
Problem = tuple[Place, str]
MOST_ROUNDS = 20_000


def problems(scenario: ScenarioParts) -> Iterator[Problem]:
    """Everything that is inconsistent in a scenario."""
    yield from _clock(scenario.clock)
    yield from _complete(scenario)
    yield from _codes(scenario.accounts, ("accounts",), scenario)
    yield from _codes(scenario.agenda, ("agenda",), scenario)
    yield from _exports(scenario)
    yield from _bases(scenario)
    if not scenario.crises:
        yield ("crises",), "there is no crisis; expected at least one."
    for name, inject in scenario.injects.items():
        yield from _label(inject.label, "value", inject.value, ("injects", name, "label"))
    for name, crisis in scenario.crises.items():
        yield from _crisis(crisis, ("crises", name), scenario)
        if crisis.latent and crisis.sender not in scenario.agenda:
            yield (
                ("crises", name, "latent"),
                f"{crisis.sender} has no agenda, so this demand is never made; state `agenda`.",
            )
    if scenario.crises and all(crisis.latent for crisis in scenario.crises.values()):
        yield ("crises",), "every demand is latent; expected at least one that is made in round 0."


def _clock(clock: Clock) -> Iterator[Problem]:
    """Legs that rise, and that their rounds fill exactly."""
    if not clock.rounds:
        yield ("clock", "rounds"), "there are no rounds; expected at least one {hours, until_hours}."
    before, count = 0.0, 0.0
    for place, leg in enumerate(clock.rounds):
        at: Place = ("clock", "rounds", place)
        length = leg.until_hours - before
        rounds = length / leg.hours
        count += max(rounds, 0.0)
        if length <= 0.0:
            yield (*at, "until_hours"), f"{leg.until_hours:g} does not come after {before:g}; expected rising hours."
        elif not math.isclose(rounds, round(rounds), abs_tol=1e-9):
            yield (*at, "hours"), f"rounds of {leg.hours:g} hours do not fill {length:g} hours; expected a divisor."
        before = leg.until_hours
    if count > MOST_ROUNDS:
        yield ("clock", "rounds"), f"{count:.3g} rounds are too many; expected at most {MOST_ROUNDS}."


LEFT_OUT = ("joined", "term_limit")
"""Numbers of a government that are 0 where the file does not say."""


def _complete(scenario: ScenarioParts) -> Iterator[Problem]:
    """Every government has every number, its own or the common one."""
    common = scenario.common.numbers()
    for code, government in scenario.governments.items():
        own = government.numbers()
        for field in type(scenario.common).model_fields:
            if field not in own and field not in common and field not in LEFT_OUT:
                yield ("governments", code), f"`{field}` is missing; state it here or in `common`."


def _codes(codes: Iterable[str], at: Place, scenario: ScenarioParts) -> Iterator[Problem]:
    for code in codes:
        if code not in scenario.governments:
            name = printable(code)
            yield (*at, code), f"there is no government `{name}`. {names_there_are(name, scenario.governments)}"


def _exports(scenario: ScenarioParts) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for number, table in enumerate(scenario.exports):
        at: Place = ("exports", number)
        yield from _unit(table, at)
        yield from _codes(table.flows, (*at, "flows"), scenario)
        for exporter, flows in table.flows.items():
            place: Place = (*at, "flows", exporter)
            yield from _codes(flows, place, scenario)
            for importer, value in flows.items():
                if (exporter, importer) in seen or exporter == importer:
                    why = "exports to itself" if exporter == importer else "stands in two tables"
                    yield (*place, importer), f"{exporter} to {importer} {why}; expected one number for each pair."
                if value < 0.0:
                    yield (*place, importer), f"{value:g} is out of bounds; expected 0 or more {table.unit}."
                seen.add((exporter, importer))


def _unit(table: Exports, at: Place) -> Iterator[Problem]:
    unit = unit_of(u.Money)
    assert unit is not None
    if table.unit not in unit.words():
        right = ", ".join(unit.words())
        yield (*at, "unit"), f"{table.unit[:60]!r} is not a unit of this table. Expected one of: {right}."


def _crisis(crisis: Crisis, at: Place, scenario: ScenarioParts) -> Iterator[Problem]:
    for role in ("sender", "target"):
        code = getattr(crisis, role)
        yield from ((((*at, role), why)) for _, why in _codes([code], at, scenario))
    if crisis.sender == crisis.target:
        yield (*at, "target"), f"{crisis.target} is sender and target at once; expected two governments."
    if not any(clause.owner == "target" for clause in crisis.clauses.values()):
        yield (*at, "clauses"), "no clause is owned by the target; expected at least one thing that is demanded of it."
    yield from _bloc(crisis, at, scenario)
    yield from _record(crisis, (*at, "record"))
    yield from _stances(crisis, at, scenario)
    for name in crisis.measures:
        yield from _measure(crisis, name, (*at, "measures", name))


def _record(crisis: Crisis, at: Place) -> Iterator[Problem]:
    """What is on record names clauses of the crisis, each once, and a time that can be."""
    if crisis.record is None:
        return
    named = {"given": crisis.record.given, "disputed": crisis.record.disputed}
    for field, names in named.items():
        for name in names:
            if name not in crisis.clauses:
                yield (*at, field), f"there is no clause `{name}`. {names_there_are(name, crisis.clauses)}"
    for name in crisis.record.given:
        if crisis.record.given.count(name) > 1:
            yield (*at, "given"), f"`{name}` stands twice; keep one."
            break
    if crisis.record.given and not crisis.record.settled:
        yield (*at, "given"), "nothing was settled, so nothing was given; leave it out, or say `settled: true`."
    if both := set(crisis.record.given) & set(crisis.record.disputed):
        yield (*at, "disputed"), f"`{sorted(both)[0]}` is given and disputed at once; keep one."
    early, late = crisis.record.earliest, crisis.record.latest
    if early and late and early.value > late.value:
        yield (*at, "latest"), f"day {late.value:g} lies before the earliest, day {early.value:g}."


def _bases(scenario: ScenarioParts) -> Iterator[Problem]:
    """A measure rests on a law that the file describes, and only a tariff does."""
    for crisis, part in scenario.crises.items():
        for name, measure in part.measures.items():
            at: Place = ("crises", crisis, "measures", name, "legal_basis")
            if measure.legal_basis is None:
                continue
            if measure.legal_basis not in scenario.legal_bases:
                named = names_there_are(measure.legal_basis, scenario.legal_bases)
                yield at, f"there is no legal basis `{measure.legal_basis}`. {named}"
            elif measure.kind != "tariff":
                yield at, f"`{name}` is no tariff; only a tariff names the law it rests on."
    used = {measure.legal_basis for part in scenario.crises.values() for measure in part.measures.values()}
    for basis in scenario.legal_bases:
        if basis not in used:
            yield (
                ("legal_bases", basis),
                "no measure rests on it; name it as a `legal_basis`, or leave it out.",
            )


def _bloc(crisis: Crisis, at: Place, scenario: ScenarioParts) -> Iterator[Problem]:
    for place, code in enumerate(crisis.bloc):
        here: Place = (*at, "bloc", place)
        yield from ((here, why) for _, why in _codes([code], here, scenario))
        if code in (crisis.sender, crisis.target):
            yield here, f"{code} is a party to the crisis; a bloc is made of third governments."
        if code in crisis.bloc[:place]:
            yield here, f"{code} stands twice in the bloc; keep one."


def _stances(crisis: Crisis, at: Place, scenario: ScenarioParts) -> Iterator[Problem]:
    here: Place = (*at, "rules", "stance")
    if "default" not in crisis.rules.stance:
        yield here, "`default` is missing; it names the rule of the governments that have none of their own."
    yield from _codes([code for code in crisis.rules.stance if code != "default"], here, scenario)


def _label(label: Text, known: str, number: float, at: Place) -> Iterator[Problem]:
    """A number in a label follows its value: `{size}`, never the digits of the size beside it."""
    for language, text in (("en", label.en), ("es", label.es)):
        unknown = [word for word in re.findall(r"\{(.*?)\}", text) if word != known]
        if unknown:
            yield (*at, language), f"there is no `{{{printable(unknown[0])}}}` here; expected {{{known}}} or no braces."
        digits = {f"{number * factor:g}" for factor in (1.0, 100.0)}
        if digits & set(re.findall(r"\d+(?:[.,]\d+)?", text)):
            yield (*at, language), f"the label repeats a number; write {{{known}}}, which follows the value."


def _measure(crisis: Crisis, name: str, at: Place) -> Iterator[Problem]:
    measure = crisis.measures[name]
    yield from _label(measure.label, "size", measure.size.value, (*at, "label"))
    if measure.due.value < measure.announced.value:
        yield (
            (*at, "due"),
            f"it falls due on day {measure.due.value:g}, before it is announced on day {measure.announced.value:g};"
            " expected the same day or a later one.",
        )
    shares = measure.channels.numbers().values()
    total = sum(share.value for share in shares)
    if abs(total - 1.0) > 1e-6:
        yield (*at, "channels"), f"the channels sum to {total:g}; expected 1 (trade, elite and public together)."
    if measure.raises is not None:
        yield from _raises(crisis, name, measure.raises, (*at, "raises"))


def _raises(crisis: Crisis, name: str, lower: str, at: Place) -> Iterator[Problem]:
    """A higher tier names a lower one of the same side and kind, which it then replaces."""
    measure, others = crisis.measures[name], [other for other in crisis.measures if other != name]
    if lower == name:
        yield at, f"`{name}` raises itself. {names_there_are('', others)}"
    elif lower not in crisis.measures:
        yield at, f"there is no measure `{lower}`. {names_there_are(lower, others)}"
    elif crisis.measures[lower].by != measure.by:
        yield at, f"`{lower}` is a measure of the {crisis.measures[lower].by}; expected one of the {measure.by}'s own."
    elif crisis.measures[lower].kind != measure.kind or crisis.measures[lower].size.value >= measure.size.value:
        yield at, f"`{lower}` is no lower tier of `{name}`; expected a smaller measure of the same kind."
