"""Drawing a heat map: cells in cividis, each with its number where there is room."""

from typing import Any

import numpy as np
import polars as pl
from matplotlib.figure import Figure

from sim.scenario.text.texts import number
from sim.studies.analysis.wording import name_of, unit_of
from sim.studies.figures import paper

MOST_CELLS = {"single": 7, "double": 18}
"""Columns up to which a cell's number can be read at 7 points."""
BLACK = "#010101"
"""On a bright cell, whatever the ink of the page around it."""
DARK = 0.55
"""Below this share of the scale cividis is dark, and its number is written in white."""


def heat(frame: pl.DataFrame, metric: str, width: str, language: str) -> Figure:
    """The map of a table: a mean for each pair of x and y, in the table's order."""
    xs, ys = (frame[axis].unique(maintain_order=True).to_list() for axis in ("x", "y"))
    table = np.full((len(ys), len(xs)), np.nan)
    for x, y, mean in frame.select("x", "y", "mean").iter_rows():
        table[ys.index(y), xs.index(x)] = mean
    figure = paper.page(width, min(max(6.0, 0.55 * len(ys) + 4.0), 23.0))
    axes = figure.add_subplot()
    cells = axes.pcolormesh(np.arange(len(xs) + 1), np.arange(len(ys) + 1), table, cmap="cividis", rasterized=False)
    _ticks(axes, xs, ys, frame, width)
    if len(xs) <= MOST_CELLS[width]:
        _write(axes, table, language)
    bar = figure.colorbar(cells, ax=axes, location="top", fraction=0.06, aspect=30)
    bar.set_label(f"{name_of(metric, language)} ({unit_of(metric, language)})")
    bar.outline.set_linewidth(0.4)
    solids: Any = bar.solids
    solids.set(rasterized=False, edgecolor="face")  # lines and faces, never a picture inside the picture
    return figure


def _ticks(axes: Any, xs: list[Any], ys: list[Any], frame: pl.DataFrame, width: str) -> None:
    words = isinstance(xs[0], str)
    for axis, values in ((axes.xaxis, xs), (axes.yaxis, ys)):
        axis.set_ticks([place + 0.5 for place in range(len(values))], [_label(value) for value in values])
    if words or len(xs) > MOST_CELLS[width] // 2:
        axes.tick_params(axis="x", labelrotation=90)
    axes.tick_params(length=0)
    for name, put in (("x", axes.set_xlabel), ("y", axes.set_ylabel)):
        unit = frame[f"{name}_unit"][0]
        put(f"{frame[f'{name}_name'][0]} ({unit})" if unit else frame[f"{name}_name"][0])
    for spine in axes.spines.values():
        spine.set_visible(False)


def _label(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def _write(axes: Any, table: Any, language: str) -> None:
    low, high = np.nanmin(table), np.nanmax(table)
    digits = 0 if high - low > 20 else 1 if high - low > 2 else 2
    for (row, column), value in np.ndenumerate(table):
        if np.isfinite(value):
            dark = high == low or (value - low) / (high - low) < DARK
            axes.text(column + 0.5, row + 0.5, number(value, language, digits), ha="center", va="center", fontsize=7,
                      color="white" if dark else BLACK)  # fmt: skip
