"""A page to draw on, and its bytes: the same file whenever it is made again. No dates, no clock, no settings of a user.

Colours are those of Okabe and Ito (2008); a line style and a marker go with each, so that grey print tells them apart.
"""

import contextlib
import io
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

WIDTHS = {"single": 8.4, "double": 17.5}
"""Widths of a column of a journal, in cm."""
CM_AN_INCH, DPI = 2.54, 600
BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"
GREY, INK = "#767676", "#000000"
SERIES: tuple[tuple[str, Any, str], ...] = (
    (BLUE, "-", "o"),
    (VERMILION, "--", "s"),
    (GREEN, ":", "^"),
    (PURPLE, "-.", "D"),
    (ORANGE, (0, (5, 1)), "v"),
    (SKY, (0, (1, 1)), "P"),
)
"""Colour, line style and marker of each line."""
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 8.0,
    "axes.titlesize": 8.0,
    "axes.labelsize": 8.0,
    "xtick.labelsize": 7.0,
    "ytick.labelsize": 7.0,
    "legend.fontsize": 7.0,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 1.2,
    "lines.markersize": 4.0,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "demarche",
    "pdf.fonttype": 42,
    "axes.unicode_minus": True,
}
_NOTHING: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


@contextlib.contextmanager
def style() -> Iterator[None]:
    """Our style alone: whatever a user's own settings say."""
    ours = {key: value for key, value in mpl.rcParamsDefault.items() if "backend" not in key}
    with mpl.rc_context(ours | STYLE):
        yield


def page(width: str, height: float) -> Figure:
    """An empty page; height in cm."""
    figure = Figure(figsize=(WIDTHS[width] / CM_AN_INCH, height / CM_AN_INCH), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def written(figure: Figure, suffix: str) -> bytes:
    """The bytes of a figure as svg, pdf or png (600 dpi)."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format=suffix, dpi=DPI, metadata=_NOTHING[suffix], facecolor="white")
    return buffer.getvalue()
