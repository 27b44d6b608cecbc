"""Who is tied to whom, as a networkx graph: trade and alignment between the governments of a run."""

import networkx as nx

from sim.state.columns import DYAD, GOV
from sim.state.tables import State

Graph = nx.DiGraph


def network(state: State, codes: tuple[str, ...]) -> "Graph[str]":
    """The directed graph of a state.

    Args:
        state: Of a run. codes: Of its governments, in the order of the rows.

    Returns:
        A node for each code (`gdp`, US$ billion a year) and an edge i to j wherever i exports to j or aligns with it:
        `exports` (US$ billion a year), `dependence` (exports as a share of i's GDP), `alignment` (-1 to 1).
    """
    graph: Graph[str] = nx.DiGraph()
    for row, code in enumerate(codes):
        graph.add_node(code, gdp=float(state.governments[row, GOV.gdp]))
    for i, one in enumerate(codes):
        for j, other in enumerate(codes):
            if i != j:
                exports = float(state.dyads[i, j, DYAD.exports])
                gdp = graph.nodes[one]["gdp"]
                alignment = float(state.dyads[i, j, DYAD.alignment])
                dependence = exports / gdp if gdp > 0.0 else 0.0
                graph.add_edge(one, other, exports=exports, dependence=dependence, alignment=alignment)
    return graph


def strongest(graph: "Graph[str]", attribute: str, count: int) -> list[tuple[str, str, float]]:
    """The pairs with the largest tie, once each (the larger of both directions), largest first."""
    pairs: dict[frozenset[str], tuple[str, str, float]] = {}
    for one, other, ties in graph.edges(data=True):
        value = float(ties[attribute])
        key = frozenset((one, other))
        if key not in pairs or value > pairs[key][2]:
            pairs[key] = (one, other, value)
    found = sorted(pairs.values(), key=lambda tie: (-tie[2], tie[0], tie[1]))
    return [tie for tie in found if tie[2] > 0.0][:count]
