"""The ties of a scenario file as a networkx graph, and what networkx says of them: the same on any machine."""

from collections.abc import Sequence

import networkx as nx

from sim.laws.contagion import alignment
from sim.scenario import Scenario
from sim.state.network import Graph

NEAR = 0.75
"""Alignment from which a humiliation is felt as one's own: ideal points at most half a point apart."""


def graph_of(scenario: Scenario, allies: Sequence[tuple[str, str]] = ()) -> "Graph[str]":
    """The directed graph of a scenario, as `sim.state.network.network` gives it for a state.

    Returns:
        A node for each code (`gdp`, US$ billion a year) and an edge i to j for each pair: `exports` (US$ billion a
        year), `dependence` (exports as a share of i's GDP), `alignment` (-1 to 1), `allied` (1 for `allies`, else 0).
    """
    numbers = {code: scenario.government(code).numbers() for code in sorted(scenario.governments)}
    graph: Graph[str] = nx.DiGraph()
    for code, known in numbers.items():
        graph.add_node(code, gdp=known["gdp"].value)
    flows = {
        (one, two): table.in_base_unit(value)
        for table in scenario.exports
        for one, below in table.flows.items()
        for two, value in below.items()
    }
    tied = {frozenset(pair) for pair in allies}
    for one, mine in numbers.items():
        for two, other in numbers.items():
            if one != two:
                exports, gdp = flows.get((one, two), 0.0), mine["gdp"].value
                graph.add_edge(
                    one, two, exports=exports, dependence=exports / gdp if gdp > 0.0 else 0.0,
                    alignment=alignment(mine["ideal_point"].value, other["ideal_point"].value),
                    allied=float(frozenset((one, two)) in tied),
                )  # fmt: skip
    return graph


def exposure(graph: "Graph[str]", code: str) -> tuple[str, float]:
    """The largest buyer of a government, and the exports to it as a share of GDP; ("", 0) for one without exports."""
    buyers = [(-ties["dependence"], buyer) for _, buyer, ties in graph.out_edges(code, data=True)]
    share, buyer = min(buyers, default=(0.0, ""))
    return (buyer, -share) if share < 0.0 else ("", 0.0)


def market_share(graph: "Graph[str]") -> dict[str, float]:
    """Weighted in-strength: what a government buys, as a share of all exports."""
    bought = dict(graph.in_degree(weight="exports"))
    whole = sum(bought.values())
    return {code: float(value) / whole if whole > 0.0 else 0.0 for code, value in bought.items()}


def centrality(graph: "Graph[str]") -> dict[str, float]:
    """PageRank of trade (Brin and Page 1998): a market counts for more where those who sell to it are markets too."""
    ranks: dict[str, float] = nx.pagerank(_trade(graph), weight="exports", tol=1e-10, max_iter=500)
    return ranks


def communities(graph: "Graph[str]") -> dict[str, int]:
    """The trade community of each government, 1 for the largest (greedy modularity; Clauset, Newman and Moore 2004).

    It runs on row numbers: with names, ties between equals would follow Python's hashes, which change from run to run.
    """
    codes = list(graph)
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(codes)))
    for i, one in enumerate(codes):
        for j in range(i):
            both = graph[one][codes[j]]["exports"] + graph[codes[j]][one]["exports"]
            if both > 0.0:
                numbered.add_edge(j, i, exports=both)
    if numbered.number_of_edges() == 0:
        return {code: place + 1 for place, code in enumerate(codes)}
    groups = nx.community.greedy_modularity_communities(numbered, weight="exports")
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    return {codes[member]: place + 1 for place, group in enumerate(ordered) for member in group}


def neighbourhood(graph: "Graph[str]", code: str) -> list[str]:
    """Who would feel the humiliation of a government as its own: its ego graph of alignment, the nearest first."""
    near: nx.Graph[str] = nx.Graph()
    near.add_node(code)
    near.add_edges_from((one, two) for one, two, ties in graph.edges(code, data=True) if ties["alignment"] >= NEAR)
    found = set(nx.ego_graph(near, code)) - {code}
    return sorted(found, key=lambda other: (-graph[code][other]["alignment"], other))


def allies_of(graph: "Graph[str]", code: str) -> int:
    """How many alliances a government has among those here."""
    return int(sum(ties["allied"] for _, _, ties in graph.out_edges(code, data=True)))


def _trade(graph: "Graph[str]") -> "Graph[str]":
    """The edges along which something is sold."""
    found: Graph[str] = nx.DiGraph()
    found.add_nodes_from(graph)
    found.add_edges_from((i, j, ties) for i, j, ties in graph.edges(data=True) if ties["exports"] > 0.0)
    return found
