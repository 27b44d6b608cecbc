"""Drawing: each kind of figure from its table of numbers. Nothing is computed here."""

import re
import textwrap
from collections.abc import Callable
from typing import Any

import polars as pl
from matplotlib.figure import Figure

from sim.scenario.text.texts import say
from sim.studies.analysis.wording import name_of, unit_of
from sim.studies.figures import maps, paper
from sim.studies.figures.paper import BLUE, GREY, INK, SERIES, VERMILION

ROW, LINE, EDGE, LEAST, MOST_HEIGHT = 0.55, 0.32, 2.3, 5.0, 23.0
"""Height of a row, of a line of its label, of everything else, and the least and the greatest of all, in cm."""
MOST_ROWS = 24
HIGH = 26
"""Letters in a line beside an axis that stands."""
LETTERS = {"single": 23, "double": 48}
"""Letters of a label before it is broken."""
AXIS = {"single": 30, "double": 84}
"""Letters of what stands under an axis."""
MOST_LINES = 6


def draw(kind: str, frame: pl.DataFrame, metric: str, width: str, language: str) -> Figure:
    """The figure of a table (see `numbers`), to be drawn and written inside `paper.style()`."""
    return _DRAWERS[kind](frame, metric, width, language)


def shown(frame: pl.DataFrame, kind: str) -> pl.DataFrame:
    """The rows that find room: the effects that are largest."""
    if kind != "effects" or len(frame) <= MOST_ROWS:
        return frame
    largest = frame.sort(pl.col("difference").abs(), descending=True).head(MOST_ROWS)
    return largest.sort("difference", "variant", descending=[True, False])


def _broken(label: str, letters: int) -> str:
    """A label on lines of so many letters, broken after a dot or an underscore rather than inside a word."""
    lines = [""]
    for part in re.split(r"(?<=[._ ])", label):
        if lines[-1] and len(lines[-1] + part) > letters:
            lines.append("")
        lines[-1] += part
    return "\n".join(textwrap.fill(line, letters, break_on_hyphens=False) for line in lines)


def _rows_page(labels: list[str], width: str) -> tuple[Figure, Any]:
    """A page with a labelled row each, first at the top."""
    wrapped = [_broken(label, LETTERS[width]) for label in labels]
    row = max(ROW, LINE * max(1 + label.count("\n") for label in wrapped) + 0.1)
    figure = paper.page(width, min(max(LEAST, EDGE + row * len(labels)), MOST_HEIGHT))
    axes = figure.add_subplot()
    axes.set_yticks(range(len(labels)), wrapped)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.5)
    axes.set_axisbelow(True)
    return figure, axes


def _whiskers(frame: pl.DataFrame, value: str, low: str, high: str) -> Any:
    middle = frame[value]
    return [(middle - frame[low]).to_numpy(), (frame[high] - middle).to_numpy()]


def _effects(frame: pl.DataFrame, metric: str, width: str, language: str) -> Figure:
    frame = shown(frame, "effects")
    figure, axes = _rows_page(frame["label"].to_list(), width)
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.annotate(say("study.no_difference", language), (0.0, 1.0), xycoords=("data", "axes fraction"),
                  xytext=(0, 3), textcoords="offset points", ha="center", fontsize=7)  # fmt: skip
    sure = ((frame["low"] > 0.0) | (frame["high"] < 0.0)).to_numpy()
    for kept, marker, face in ((sure, "s", BLUE), (~sure, "o", "white")):
        part, rows = frame.filter(kept), [row for row, keep in enumerate(kept) if keep]
        axes.errorbar(part["difference"], rows, xerr=_whiskers(part, "difference", "low", "high"), fmt=marker,
                      color=BLUE, markerfacecolor=face, capsize=2, elinewidth=1.0)  # fmt: skip
    axes.set_xlabel(_axis(f"{name_of(metric, language)}: {say('study.difference', language)}", metric, width, language))
    return figure


def _indices(frame: pl.DataFrame, metric: str, width: str, language: str) -> Figure:
    figure, axes = _rows_page(frame["number"].to_list(), width)
    rows = range(len(frame))
    axes.barh(rows, frame["total"], height=0.72, color=paper.SKY, edgecolor=INK, linewidth=0.6,
              label=say("study.total_long", language))  # fmt: skip
    axes.barh(rows, frame["first"].clip(0.0), height=0.3, color=BLUE, edgecolor=INK, linewidth=0.6, hatch="////",
              label=say("study.first_long", language))  # fmt: skip
    for value, shift in (("total", -0.22), ("first", 0.0)):
        ends = _whiskers(frame, value, f"{value}_low", f"{value}_high")
        axes.errorbar(frame[value], [row + shift for row in rows], xerr=ends, fmt="none", ecolor=INK, capsize=2,
                      elinewidth=0.8)  # fmt: skip
    axes.axvline(0.0, color=INK, linewidth=0.8)
    words = f"{name_of(metric, language)}: {say('unit.share of the variance', language)}"
    axes.set_xlabel(textwrap.fill(words, AXIS[width]))
    figure.legend(loc="outside upper center", ncols=1 if width == "single" else 2, frameon=False)
    return figure


def _morris(frame: pl.DataFrame, metric: str, width: str, language: str) -> Figure:
    figure, axes = _rows_page(frame["number"].to_list(), width)
    rows = range(len(frame))
    axes.errorbar(frame["mu_star"], rows, xerr=_whiskers(frame, "mu_star", "low", "high"), fmt="s", color=BLUE,
                  capsize=2, elinewidth=1.0, label=say("study.mu_star_long", language))  # fmt: skip
    axes.plot(frame["sigma"], rows, linestyle="none", marker="^", color=VERMILION, markerfacecolor="white",
              label=say("study.sigma_long", language))  # fmt: skip
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.set_xlabel(_axis(name_of(metric, language), metric, width, language))
    figure.legend(loc="outside upper center", ncols=1 if width == "single" else 2, frameon=False)
    return figure


def _convergence(frame: pl.DataFrame, metric: str, width: str, language: str) -> Figure:
    last = frame.filter(pl.col("n") == frame["n"].max()).sort("value", descending=True)["number"].to_list()
    figure = paper.page(width, 7.5)
    axes = figure.add_subplot()
    for place, number in enumerate(last):
        part = frame.filter(pl.col("number") == number).sort("n")
        if place >= MOST_LINES:
            axes.plot(part["n"], part["value"], color=GREY, linewidth=0.6)
            continue
        colour, line, marker = SERIES[place]
        axes.errorbar(part["n"], part["value"], yerr=_whiskers(part, "value", "low", "high"), color=colour,
                      linestyle=line, marker=marker, capsize=2, elinewidth=0.7, label=number)  # fmt: skip
    axes.set_xscale("log", base=2)
    sizes = sorted(set(frame["n"]))
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    sobol = frame["index"][0] == "ST"
    axes.set_xlabel("N, " + say("study.bases" if sobol else "study.trajectories", language))
    words = say("study.total_long" if sobol else "study.mu_star_long", language)
    words += f": {name_of(metric, language)}" if sobol else f" ({unit_of(metric, language)})"
    axes.set_ylabel(textwrap.fill(words, HIGH))
    axes.axhline(0.0, color=INK, linewidth=0.8)
    if sobol:  # a share of the variance: what lies far outside is the noise of few base samples
        axes.set_ylim(-0.1, min(max(1.05, float(frame["high"].max() or 1.0)), 1.5))  # type: ignore[arg-type]
    figure.legend(loc="outside lower center", ncols=1 if width == "single" else 2, frameon=False)
    return figure


def _response(frame: pl.DataFrame, metric: str, width: str, language: str) -> Figure:
    figure = paper.page(width, 6.5)
    axes = figure.add_subplot()
    worlds = frame["variant"].unique(maintain_order=True).to_list()
    for world, (colour, line, marker) in zip(worlds, SERIES, strict=False):
        part = frame.filter(pl.col("variant") == world).sort("x")
        axes.fill_between(part["x"], part["low"], part["high"], color=colour, alpha=0.2, linewidth=0)
        axes.errorbar(part["x"], part["mean"], yerr=_whiskers(part, "mean", "low", "high"), color=colour,
                      linestyle=line, marker=marker, capsize=2, elinewidth=0.7, label=world)  # fmt: skip
    axes.set_xlabel(f"{frame['number'][0]} ({frame['x_unit'][0]})")
    axes.set_ylabel(_axis(name_of(metric, language), metric, "single", language))
    if len(worlds) > 1:
        figure.legend(loc="outside upper center", ncols=2, frameon=False)
    return figure


def _hist(frame: pl.DataFrame, metric: str, width: str, language: str) -> Figure:
    figure = paper.page(width, 6.0)
    axes = figure.add_subplot()
    wide = (frame["to"] - frame["from"]).to_numpy()
    axes.bar(frame["from"], frame["percent_of_runs"], width=wide, align="edge", color=paper.SKY, edgecolor=INK,
             linewidth=0.5)  # fmt: skip
    axes.set_xlabel(_axis(name_of(metric, language), metric, width, language))
    axes.set_ylabel(say("study.runs_share", language))
    return figure


def _axis(words: str, metric: str, width: str, language: str) -> str:
    return textwrap.fill(f"{words} ({unit_of(metric, language)})", AXIS[width])


_DRAWERS: dict[str, Callable[[pl.DataFrame, str, str, str], Figure]] = {
    "effects": _effects,
    "indices": _indices,
    "morris": _morris,
    "convergence": _convergence,
    "heat": maps.heat,
    "response": _response,
    "hist": _hist,
}
