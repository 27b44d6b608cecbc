"""What `demarche world show` prints."""

from sim.cli.common import output
from sim.scenario import Scenario
from sim.scenario.from_tables.findings import Bloc, Findings

NAMED = 8
"""Governments that a cell names."""


def pages(scenario: Scenario, found: Findings, most: int, bearable: float) -> None:
    """The tables, `most` lines each; `bearable` as in `sim.scenario.from_tables.findings.findings`."""
    _places(scenario, found, most)
    _communities(found, most)
    _blocs(found.blocs[:most], bearable)
    rows = [(code, str(len(near)), _some(near)) for code, near in list(found.neighbourhoods.items())[:most]]
    output.put_table(
        "Who would feel it: governments that vote like the target (alignment 0.75 or more), nearest first",
        ("target", "count", "who"), rows, right=(1,),
    )  # fmt: skip


def _places(scenario: Scenario, found: Findings, most: int) -> None:
    rows = [
        (p.code, f"{p.gdp:,.1f}", p.buyer or "-", f"{p.exposure:.1%}" if p.buyer else "-", f"{p.market:.1%}",
         f"{p.rank:.3f}", str(p.community), str(p.allies), p.name)
        for p in found.places[:most]
    ]  # fmt: skip
    columns = ("", "GDP bn", "buyer", "exposure", "market", "PageRank", "community", "allies", "name")
    more = f", the {most} most exposed" if len(found.places) > most else ""
    title = f"{scenario.title.en}: {len(found.places)} governments{more} (exposure: exports to the largest buyer / GDP)"
    output.put_table(title, columns, rows, right=(1, 2, 3, 4, 5, 6, 7))


def _communities(found: Findings, most: int) -> None:
    groups: dict[int, list[str]] = {}
    for place in sorted(found.places, key=lambda one: (-one.gdp, one.code)):
        groups.setdefault(place.community, []).append(place.code)
    rows = [(str(number), str(len(codes)), _some(codes)) for number, codes in sorted(groups.items())[:most]]
    output.put_table("Communities of trade, largest economy first", ("", "count", "who"), rows, right=(1,))


def _blocs(blocs: tuple[Bloc, ...], bearable: float) -> None:
    if not blocs:
        output.put("No crisis names a bloc, and none of the targets has an ally here: see --alliances.\n")
        return
    rows = [
        (bloc.crisis, f"{bloc.sender} on {bloc.target}",
         f"{bloc.quorum} of {len(bloc.members)}" + (" allies" if bloc.allies else ""),
         str(bloc.able) + (f" (+{bloc.unknown}?)" if bloc.unknown else ""), bloc.holds,
         "unknown" if bloc.needs is None else f"{bloc.needs:.1%}", _ends(bloc))
        for bloc in blocs
    ]  # fmt: skip
    output.put_table(
        f"Which bloc holds, if members stand whose exports to the sender are at most {bearable:.1%} of GDP",
        ("crisis", "demand", "quorum", "can stand", "holds", "needed", "members, least and most exposed"),
        rows, right=(2, 3, 4, 5),
    )  # fmt: skip


def _ends(bloc: Bloc) -> str:
    """The members that can stand most cheaply, and those to whom it is dearest."""
    known = [f"{code} {share:.1%}" for code, share in bloc.members[: len(bloc.members) - bloc.unknown]]
    return ", ".join(known) if len(known) < 5 else f"{', '.join(known[:2])} ... {', '.join(known[-2:])}"


def _some(names: list[str], count: int = NAMED) -> str:
    return (", ".join(names[:count]) + (f" and {len(names) - count} more" if len(names) > count else "")) or "-"
