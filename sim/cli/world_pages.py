"""What `demarche world show` prints."""

from sim.cli import output
from sim.scenario import Scenario
from sim.worlds.findings import Bloc, Findings

NAMED = 8
"""Governments that a cell names."""


def pages(scenario: Scenario, found: Findings, most: int) -> None:
    """The tables, `most` lines each."""
    _places(scenario, found, most)
    _communities(found, most)
    if found.blocs:
        _blocs(found.blocs[:most])
    rows = [(code, str(len(near)), _some(near)) for code, near in list(found.neighbourhoods.items())[:most]]
    output.put_table(
        "Who would feel it: governments that vote like the target (alignment 0.75 or more), nearest first",
        ("target", "count", "who"), rows, right=(1,),
    )  # fmt: skip


def _places(scenario: Scenario, found: Findings, most: int) -> None:
    rows = [
        (p.code, f"{p.gdp:,.1f}", p.buyer or "-", f"{p.exposure:.1%}", f"{p.market:.1%}", f"{p.rank:.3f}",
         str(p.community), str(p.allies), p.name)
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


def _blocs(blocs: tuple[Bloc, ...]) -> None:
    rows = [
        (bloc.crisis, f"{bloc.sender} on {bloc.target}", f"{bloc.quorum} of {len(bloc.members)}", f"{bloc.mean:.1%}",
         "too few" if bloc.needs is None else f"{bloc.needs:.1%}",
         _some([f"{code} {share:.1%}" for code, share in bloc.members], 3))
        for bloc in blocs
    ]  # fmt: skip
    output.put_table(
        "Blocs, the likeliest to hold first: those least exposed to the sender can stand first (share of GDP)",
        ("crisis", "demand", "quorum", "mean", "last needed", "members, least exposed first"), rows, right=(2, 3, 4),
    )  # fmt: skip


def _some(names: list[str], count: int = NAMED) -> str:
    return (", ".join(names[:count]) + (f" and {len(names) - count} more" if len(names) > count else "")) or "-"
