"""What a world's ties say before anything is run: who is exposed and central, which bloc would hold, who watches."""

from dataclasses import asdict, dataclass
from typing import Any

from sim.network import Graph
from sim.scenario import Scenario
from sim.scenario.crisis import Crisis
from sim.worlds import graph as ties


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
    """A bloc in a crisis. Those least exposed to the sender can stand most cheaply, so they stand first.

    Attributes:
        crisis, sender, target: Of the demand. members: (code, exports to the sender as a share of GDP), least first;
            last stand those without any exports in the file, of whom it says nothing.
        quorum: Governments needed. needs: Exposure (share of GDP) of the last one needed, of those with exports;
            None if too few are there.
        mean: Exposure of all members (share of GDP).
    """

    crisis: str
    sender: str
    target: str
    members: tuple[tuple[str, float], ...]
    quorum: int
    needs: float | None
    mean: float


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


def findings(scenario: Scenario, allies: list[tuple[str, str]]) -> Findings:
    """What the ties of a scenario say; `allies` are pairs from a user's file."""
    graph = ties.graph_of(scenario, allies)
    market, rank, community = ties.market_share(graph), ties.centrality(graph), ties.communities(graph)
    places = [
        Place(
            code, scenario.governments[code].name.en, float(graph.nodes[code]["gdp"]), *ties.exposure(graph, code),
            market[code], rank[code], community[code], ties.allies_of(graph, code),
        )
        for code in graph
    ]  # fmt: skip
    blocs = [_bloc(graph, name, crisis) for name, crisis in scenario.crises.items() if crisis.bloc]
    targets = sorted({crisis.target for crisis in scenario.crises.values()})
    return Findings(
        graph,
        tuple(sorted(places, key=lambda place: (-place.exposure, place.code))),
        tuple(sorted(blocs, key=lambda bloc: (bloc.needs is None, bloc.needs or 0.0))),
        {code: ties.neighbourhood(graph, code) for code in targets},
    )


def _bloc(graph: "Graph[str]", name: str, crisis: Crisis) -> Bloc:
    sells = {one for one, _, edge in graph.out_edges(data=True) if edge["exports"] > 0.0}
    shares = [(code, float(graph[code][crisis.sender]["dependence"])) for code in crisis.bloc]
    members = sorted(shares, key=lambda member: (member[0] not in sells, member[1], member[0]))
    known = [share for code, share in members if code in sells]
    quorum = max(1, -int(-crisis.quorum.value // 1))
    needs = known[quorum - 1] if quorum <= len(known) else None
    mean = sum(known) / len(known) if known else 0.0
    return Bloc(name, crisis.sender, crisis.target, tuple(members), quorum, needs, mean)
