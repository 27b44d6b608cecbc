"""What a world's ties say before anything is run: who is exposed and central, which bloc would hold, who watches."""

from dataclasses import asdict, dataclass
from typing import Any

from sim.scenario import Scenario
from sim.scenario.crisis_file import Crisis
from sim.scenario.from_tables import graph as ties
from sim.state.network import Graph

BEARABLE = 0.05
"""Exports to the sender that a member of a bloc can put at stake, share of its GDP: our choice, to read a table by."""


@dataclass(frozen=True)
class Place:
    """A government among the others.

    Attributes:
        code, name: Who. gdp: US$ billion a year. buyer, exposure: Its largest buyer, and exports to it, share of GDP.
        market: Its share of what all buy. rank: PageRank of trade. community: Of trade, by number. allies: How many.
    """

    code: str
    name: str
    gdp: float
    buyer: str
    exposure: float
    market: float
    rank: float
    community: int
    allies: int


@dataclass(frozen=True)
class Bloc:
    """A bloc in a crisis: who would stand, if whoever puts little at stake can. A reading of the file, no run.

    Attributes:
        crisis, sender, target: Of the demand. allies: It is the target's allies, for the crisis names no bloc.
        members: (code, exports to the sender as a share of GDP), the least exposed first; last stand those without any
            exports in the file, of whom it says nothing.
        quorum: Governments needed. able, unknown: Members that put at most a bearable share at stake; without exports.
        holds: "yes" if the able make the quorum, "no" if they do not even with the unknown, else "perhaps".
        needs: Exposure (share of GDP) of the last one needed, of those with exports; None if too few are there.
    """

    crisis: str
    sender: str
    target: str
    allies: bool
    members: tuple[tuple[str, float], ...]
    quorum: int
    able: int
    unknown: int
    holds: str
    needs: float | None


@dataclass(frozen=True)
class Findings:
    """All of it, and the graph it was read from. Blocs: the likeliest to hold first; neighbourhoods: by target."""

    graph: "Graph[str]"
    places: tuple[Place, ...]
    blocs: tuple[Bloc, ...]
    neighbourhoods: dict[str, list[str]]

    def record(self) -> dict[str, Any]:
        """Plain data, for --json."""
        return {
            "governments": [asdict(place) for place in self.places],
            "blocs": [asdict(bloc) for bloc in self.blocs],
            "neighbourhoods": self.neighbourhoods,
        }


def findings(scenario: Scenario, allies: list[tuple[str, str]], bearable: float = BEARABLE) -> Findings:
    """What the ties of a scenario say.

    Args:
        scenario: Read and checked. allies: Pairs from a user's file.
        bearable: Exports to the sender that a member of a bloc can put at stake, share of its GDP.
    """
    graph = ties.graph_of(scenario, allies)
    market, rank, community = ties.market_share(graph), ties.centrality(graph), ties.communities(graph)
    places = [
        Place(
            code, scenario.governments[code].name.en, float(graph.nodes[code]["gdp"]), *ties.exposure(graph, code),
            market[code], rank[code], community[code], ties.allies_of(graph, code),
        )
        for code in graph
    ]  # fmt: skip
    blocs = [_bloc(graph, name, crisis, bearable) for name, crisis in scenario.crises.items()]
    targets = sorted({crisis.target for crisis in scenario.crises.values()})
    return Findings(
        graph,
        tuple(sorted(places, key=lambda place: (-place.exposure, place.code))),
        tuple(sorted((bloc for bloc in blocs if bloc.members), key=lambda one: (one.needs is None, one.needs or 0.0))),
        {code: ties.neighbourhood(graph, code) for code in targets},
    )


def _bloc(graph: "Graph[str]", name: str, crisis: Crisis, bearable: float) -> Bloc:
    """The bloc a crisis names with its quorum, or the target's allies with half of them."""
    sells = {one for one, _, edge in graph.out_edges(data=True) if edge["exports"] > 0.0}
    tied = [other for _, other, edge in graph.out_edges(crisis.target, data=True) if edge["allied"]]
    codes = crisis.bloc or [code for code in tied if code != crisis.sender]
    shares = [(code, float(graph[code][crisis.sender]["dependence"])) for code in codes]
    members = sorted(shares, key=lambda member: (member[0] not in sells, member[1], member[0]))
    known = [share for code, share in members if code in sells]
    quorum = max(1, -int(-crisis.quorum.value // 1)) if crisis.bloc else (len(codes) + 1) // 2
    able, unknown = sum(share <= bearable for share in known), len(members) - len(known)
    holds = "yes" if able >= quorum else "perhaps" if able + unknown >= quorum else "no"
    needs = known[quorum - 1] if 0 < quorum <= len(known) else None
    allies = not crisis.bloc
    return Bloc(name, crisis.sender, crisis.target, allies, tuple(members), quorum, able, unknown, holds, needs)
