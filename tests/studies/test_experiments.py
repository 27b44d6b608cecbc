"""The ten class experiments do what their page claims. The claims are data: the page is read, not repeated here."""

import json
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from command import Demarche, demarche

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "docs" / "tools"))
from blocks import DOCS, Block, blocks  # noqa: E402 - it lies in docs, which is no package

__all__ = ["demarche"]
TEXT = (DOCS / "how-to" / "ten-experiments.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## (?P<number>\d+)\. (?P<question>.+)$", re.M)
READING = re.compile(r"^Reading: (?P<claims>.+)\.$", re.M)
CLAIM = re.compile(r"\*\*(?P<name>[\w ]+)\*\*, (?P<way>up|down|hardly)")
PRINTED = re.compile(r"difference (\S+) points \((\S+) to (\S+)\)")
ENOUGH = {"hours, at most 168": 6.0, "percent of runs": 5.0, "support points": 5.0}
"""What counts as an effect, by unit: six hours, five points."""


class Found(NamedTuple):
    """A difference with its interval and its unit."""

    difference: float
    low: float
    high: float
    unit: str


class Experiment(NamedTuple):
    """A block that shows something, and what the page claims that it shows: (name, up or down or hardly)."""

    lesson: int
    block: Block
    claims: list[tuple[str, str]]


def _experiments() -> list[Experiment]:
    """Each reading with the next block of commands or code; a command that only tells a story has no reading."""
    starts = [(found.start(), int(found["number"])) for found in SECTION.finditer(TEXT)]
    shown = [block for block in blocks(TEXT) if block.kind in ("sh", "python")]
    found = []
    for reading in READING.finditer(TEXT):
        lesson = max(number for start, number in starts if start < reading.start())
        block = next(block for block in shown if block.start > reading.start())
        found.append(Experiment(lesson, block, CLAIM.findall(reading["claims"])))
    return found


EXPERIMENTS = _experiments()


def _compared(demarche: Demarche, block: Block) -> dict[str, Found]:
    """The effects of the one command of a block, by name."""
    (command,) = block.commands()
    answer = demarche(*command.words, "--json")
    assert answer.code == 0, answer.err
    effects = json.loads(answer.out)["effects"]
    return {
        effect["name"].replace("_", " "): Found(effect["difference"], effect["low"], effect["high"], effect["unit"])
        for effect in effects
    }


def _printed(block: Block, capfd: pytest.CaptureFixture[str]) -> Found:
    """The difference, in points, that a block of code prints."""
    exec(compile(block.body, "docs", "exec"), {"__name__": "docs"})
    found = PRINTED.search(capfd.readouterr().out)
    assert found, "the code prints no difference"
    return Found(float(found[1]), float(found[2]), float(found[3]), "percent of runs")


@pytest.mark.parametrize(
    "experiment", EXPERIMENTS, ids=lambda experiment: f"{experiment.lesson}-line-{experiment.block.line}"
)
def test_it_shows_what_the_page_claims(
    experiment: Experiment, demarche: Demarche, capfd: pytest.CaptureFixture[str]
) -> None:
    shell = experiment.block.kind == "sh"
    effects = _compared(demarche, experiment.block) if shell else {}
    assert experiment.claims, "a reading names a number and says up, down or hardly"
    for name, way in experiment.claims:
        found = effects[name] if shell else _printed(experiment.block, capfd)
        enough = ENOUGH[found.unit]
        if way == "hardly":
            assert abs(found.difference) < enough, f"{name} moves: {found}"
            continue
        sign = 1.0 if way == "up" else -1.0
        assert sign * found.difference >= enough, f"{name} is not {way} by {enough:g}: {found}"
        assert min(sign * found.low, sign * found.high) > 0.0, f"{name}: zero is in the interval: {found}"


def test_there_are_ten_lessons_and_each_shows_an_effect() -> None:
    assert [int(found["number"]) for found in SECTION.finditer(TEXT)] == list(range(1, 11))
    shown = {one.lesson for one in EXPERIMENTS if any(way != "hardly" for _, way in one.claims)}
    assert shown == set(range(1, 11))


def test_every_comparison_has_a_reading() -> None:
    read = {experiment.block.start for experiment in EXPERIMENTS}
    compared = {block.start for block in blocks(TEXT) for command in block.commands() if "compare" in command.words}
    assert compared <= read and len(read) == len(EXPERIMENTS)


def test_every_question_is_one_and_names_who_claims_what() -> None:
    keys = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "configs" / "sources.bib").read_text(encoding="utf-8"), re.M))
    for lesson in re.split(r"^(?=## )", TEXT, flags=re.M):
        found = SECTION.match(lesson)
        if found:
            named = set(re.findall(r"\(?`([a-z_]+_?\d{4})`", lesson))
            assert found["question"].endswith("?") and "**Claims.**" in lesson
            assert named <= keys and (named or "no paper" in lesson), f"{found['question']}: {named - keys}"
