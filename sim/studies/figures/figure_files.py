"""A figure as files: SVG, PDF, PNG, the CSV behind it and a caption; the same bytes whenever it is made again."""

from dataclasses import dataclass

import polars as pl

from agents.errors import InputError
from sim.scenario.text.texts import say
from sim.studies.figures import caption, draw, paper
from sim.studies.figures.numbers import Asked, numbers
from sim.studies.store.results import Results

PICTURES = ("svg", "pdf", "png")


@dataclass(frozen=True)
class Made:
    """A figure: the table behind it, what it shows in a sentence, and its bytes by ending."""

    frame: pl.DataFrame
    says: str
    pictures: dict[str, bytes]


def make(
    results: Results, asked: Asked, width: str = "single", language: str = "en", endings: tuple[str, ...] = PICTURES
) -> Made:
    """Draw a figure.

    Raises:
        InputError: When the study has no such figure, or there is no such width.
    """
    if width not in paper.WIDTHS:
        raise InputError(f"--width {width}: expected single ({paper.WIDTHS['single']} cm) or double.")
    frame = numbers(results, asked)
    with paper.style():
        pictures = {
            ending: paper.written(draw.draw(asked.kind, frame, asked.metric, width, language), ending)
            for ending in endings
        }
    return Made(frame, _says(results, asked, frame, language), pictures)


def files(made: Made, results: Results, command: str, language: str) -> dict[str, bytes]:
    """Every file of a figure by its ending."""
    text = caption.caption(made.says, results, command, language)
    return made.pictures | {"csv": made.frame.write_csv().encode(), "txt": text.encode()}


def _says(results: Results, asked: Asked, frame: pl.DataFrame, language: str) -> str:
    x, y = "", ""
    if asked.kind == "heat":
        x, y = frame["x_name"][0], frame["y_name"][0]
    elif asked.kind == "response":
        x = frame["number"][0]
    said = caption.says(results, asked, (x, y), language)
    most = len(draw.shown(frame, asked.kind))
    if most < len(frame):
        said += " " + say("study.figure_most", language, most=most, count=len(frame))
    return said
