"""The picture of a world: capitals on a map, large ties between them, a colour for each community of trade.

The one room of `sim.scenario.from_tables` where Matplotlib is; the same bytes whenever it is made again.
"""

import io
from typing import Any

import matplotlib as mpl
import networkx as nx
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.scenario import Scenario
from sim.scenario.from_tables.findings import Findings
from sim.state.network import strongest

PICTURES = (".svg", ".png")
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#767676")
"""Okabe and Ito (2008), grey for all communities after the sixth."""
TIES, LABELS = 60, 60
"""Ties that are drawn, and governments that are named: the largest, where there is room for a name."""
ROOM = (8.0, 2.5)
"""Degrees of longitude and latitude that a name takes on a map of the world."""
WIDTH, HEIGHT, DPI = 7.0, 4.2, 200
STYLE = {"font.family": "DejaVu Sans", "font.size": 6.0, "svg.fonttype": "none", "svg.hashsalt": "demarche"}
_NOTHING: dict[str, dict[str, Any]] = {
    ".svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    ".png": {"Software": None},
}


def picture(scenario: Scenario, found: Findings, suffix: str) -> bytes:
    """The bytes of the picture as .svg or .png."""
    with mpl.rc_context({key: value for key, value in mpl.rcParamsDefault.items() if "backend" not in key} | STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
        FigureCanvasAgg(figure)
        _draw(figure.add_subplot(), scenario, found)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=suffix[1:], dpi=DPI, metadata=_NOTHING[suffix], facecolor="white")
        return buffer.getvalue()


def positions(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of each capital; a circle where they are all at one place."""
    places = {}
    for code in sorted(scenario.governments):
        numbers = scenario.government(code).numbers()
        places[code] = (numbers["longitude"].value, numbers["latitude"].value)
    if len(set(places.values())) > 1:
        return places
    circle = nx.circular_layout(nx.empty_graph(list(places)), scale=60.0)
    return {code: (float(x), float(y)) for code, (x, y) in circle.items()}


def _draw(axes: Any, scenario: Scenario, found: Findings) -> None:
    at, most = positions(scenario), max(place.gdp for place in found.places) or 1.0
    shown = strongest(found.graph, "exports", TIES)
    for one, two, exports in shown:
        width = 0.2 + 2.0 * (exports / shown[0][2]) ** 0.5
        axes.plot(*zip(at[one], at[two], strict=True), color="#999999", alpha=0.5, linewidth=width, zorder=1)
    places = sorted(found.places, key=lambda place: (-place.gdp, place.code))
    named: list[tuple[float, float]] = []
    for place in places:
        colour = COLOURS[min(place.community, len(COLOURS)) - 1]
        size = 6.0 + 250.0 * place.gdp / most
        axes.scatter(*at[place.code], s=size, color=colour, edgecolors="white", linewidths=0.4, zorder=2)
        x, y = at[place.code]
        if len(named) < LABELS and not any(abs(x - a) < ROOM[0] and abs(y - b) < ROOM[1] for a, b in named):
            named.append((x, y))
            axes.annotate(place.code, at[place.code], xytext=(0, 3), textcoords="offset points", ha="center", zorder=3)
    axes.set_title(scenario.title.en)
    axes.set_xlabel("longitude of the capital; size: GDP; colour: community of trade; lines: the largest exports")
    axes.set_ylabel("latitude")
    axes.margins(0.06)
