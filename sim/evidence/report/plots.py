"""The plots of the page, as SVG; made again they are the same bytes. Shape and words carry what colour does."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.evidence.report.gathered import Gathered
from sim.evidence.ties.validate import OUTCOMES, Evidence, chances

BLUE, RED, GREY = "#0072B2", "#D55E00", "#767676"
"""Okabe and Ito (2008)."""
STYLE = {"font.family": "DejaVu Sans", "font.size": 8.0, "svg.fonttype": "none", "svg.hashsalt": "demarche"}
FIFTHS = 5


def plots(found: Gathered) -> dict[str, bytes]:
    """The plots there are, by name."""
    drawn = {"episodes": _made(_episodes, found, (6.5, 2.4))}
    if found.cases:
        for name, draw, size in (
            ("scores", _aucs, (6.5, 3.0)),
            ("calibration", _calibration, (6.5, 3.0)),
            ("contrasts", _contrasts, (6.5, 2.8)),
        ):
            drawn[name] = _made(draw, found.cases, size)
    return drawn


def _made(draw: Callable[[Any, Any], None], found: Any, size: tuple[float, float]) -> bytes:
    usual = {key: value for key, value in mpl.rcParamsDefault.items() if "backend" not in key}
    with mpl.rc_context(usual | STYLE):
        figure = Figure(figsize=size, layout="constrained")
        FigureCanvasAgg(figure)
        draw(figure, found)
        buffer = io.BytesIO()
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(buffer, format="svg", metadata=nothing, facecolor="white")
        return b"\n".join(line.rstrip() for line in buffer.getvalue().split(b"\n"))


def _aucs(figure: Any, one: Evidence) -> None:
    for axes, outcome in zip(figure.subplots(1, 2, sharey=True), one.scores, strict=True):
        rows = [("the model", one.scores[outcome].auc)]
        rows += [(name.replace("_", " "), rival.scores[outcome].auc) for name, rival in one.baselines.items()]
        for place, (name, auc) in enumerate(reversed(rows)):
            ours = name == "the model"
            axes.plot([auc.low, auc.high], [place, place], color=BLUE if ours else GREY, linewidth=2 if ours else 1)
            axes.plot(auc.value, place, "D" if ours else "o", color=BLUE if ours else GREY)
        axes.axvline(0.5, color=GREY, linewidth=0.6, linestyle=":")
        axes.set_yticks(range(len(rows)), [name for name, _ in reversed(rows)])
        axes.set_title(outcome)
        axes.set_xlabel("AUC, 95 % interval")


def _calibration(figure: Any, one: Evidence) -> None:
    for axes, (outcome, hit) in zip(figure.subplots(1, 2, sharey=True), OUTCOMES.items(), strict=True):
        axes.plot([0, 1], [0, 1], color=GREY, linewidth=0.6, linestyle=":")
        for said, seen, half in _fifths(hit(one.table), chances(one.cells)[outcome]):
            axes.plot([said, said], [seen - half, seen + half], color=BLUE)
            axes.plot(said, seen, "D", color=BLUE)
        axes.set_title(outcome)
        axes.set_xlabel("predicted, mean of a fifth of the cases")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
    figure.axes[0].set_ylabel("share seen")


def _fifths(hit: Any, chance: Any) -> Iterator[tuple[float, float, float]]:
    """Mean prediction, share seen and half of its 95 % interval, for each fifth of the cases."""
    for rows in np.array_split(np.argsort(chance, kind="stable"), FIFTHS):
        seen = float(hit[rows].mean())
        yield float(chance[rows].mean()), seen, 1.96 * float(np.sqrt(seen * (1.0 - seen) / len(rows)))


def _contrasts(figure: Any, one: Evidence) -> None:
    axes = figure.subplots()
    rows = list(reversed(one.contrasts))
    for place, row in enumerate(rows):
        axes.plot([row.seen.low, row.seen.high], [place, place], color=GREY, linewidth=5, alpha=0.5)
        axes.plot(row.model, place, "D" if row.met else "X", color=BLUE if row.met else RED)
    axes.axvline(0.0, color=GREY, linewidth=0.6, linestyle=":")
    axes.set_yticks(range(len(rows)), [row.name.replace("_", " ") for row in rows])
    axes.set_xlabel("difference of shares; bar: interval of the data, diamond: model inside, cross: outside")


def _episodes(figure: Any, found: Gathered) -> None:
    axes = figure.subplots()
    kinds = ("resisted", "partial", "conceded")
    for place, kind in enumerate(kinds):
        chance = [one.probability["without_salience"] for one in found.held.cases if one.episode.outcome == kind]
        axes.plot(chance, [place] * len(chance), "|", color=BLUE, markersize=14)
        axes.plot(np.mean(chance), place, "D", color=RED)
    axes.set_yticks(range(len(kinds)), kinds)
    axes.set_ylim(-0.5, len(kinds) - 0.5)
    axes.set_xlim(0, 1)
    axes.set_xlabel("predicted chance of giving way; a stroke an episode, diamond: their mean")
