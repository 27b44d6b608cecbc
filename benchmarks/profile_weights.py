"""How far each weight may move, alone, until a pattern of the flagship fails: `python benchmarks/profile_weights.py`.

Profiles one weight at a time over its declared range (a published value over a quarter of it to four times it), the
others at their defaults, all rows under the same luck. Takes a quarter of an hour; `--write` puts the table into
docs/explanation/what-the-patterns-pin-down.md.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from rich.progress import track

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sim.evidence.expectations.patterns import judge, read_patterns  # noqa: E402
from sim.scenario import read_weights  # noqa: E402

PAGE = ROOT / "docs" / "explanation" / "what-the-patterns-pin-down.md"
MARKS = ("<!-- profiles -->", "<!-- end of profiles -->")
HALVINGS = 4


class End(NamedTuple):
    """How far a weight may go to one side, and the row that fails beyond; no row where the range ends first."""

    value: float
    row: str


class Profile(NamedTuple):
    """A weight with its default, what was tried, and where rows begin to fail."""

    name: str
    unit: str
    value: float
    tried: tuple[float, float]
    low: End
    high: End


def first_failure(name: str, value: float, runs: int, folder: Path) -> str:
    """The first row that fails with one weight changed (in the unit of its file), or nothing."""
    data: dict[str, Any] = yaml.safe_load((ROOT / "configs" / "weights" / "default.yaml").read_text(encoding="utf-8"))
    entry = data["weights"][name]
    data["name"] = "profile"
    entry.pop("assume", None)
    entry |= {"value": value, "source": "teaching_example"}
    path = folder / "profile.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    verdicts = judge(read_patterns("colombia_2025"), runs, weights=str(path))
    return next((verdict.row.id for verdict in verdicts if not verdict.passed), "")


def end(name: str, inside: float, outside: float, runs: int, folder: Path) -> End:
    """Halve the way between a value that passes and one that may not."""
    row = first_failure(name, outside, runs, folder)
    if not row:
        return End(outside, "")
    for _ in range(HALVINGS):
        middle = (inside * outside) ** 0.5 if inside > 0.0 and outside > 0.0 else (inside + outside) / 2.0
        if found := first_failure(name, middle, runs, folder):
            outside, row = middle, found
        else:
            inside = middle
    return End(inside, row)


def profiles(runs: int, only: list[str]) -> Iterator[Profile]:
    """One profile a weight; values in the unit of the file."""
    written = yaml.safe_load((ROOT / "configs" / "weights" / "default.yaml").read_text(encoding="utf-8"))["weights"]
    with tempfile.TemporaryDirectory() as folder:
        for name in track(only or list(written), description="Profiling"):
            entry = written[name]
            value = entry["assume"]["value"] if "assume" in entry else entry["value"]
            low, high = entry["assume"]["range"] if "assume" in entry else (value / 4.0, value * 4.0)
            if entry["unit"] == "share":
                high = min(high, 1.0)
            ends = [end(name, value, edge, runs, Path(folder)) for edge in (low, high)]
            yield Profile(name, entry["unit"], value, (low, high), *ends)


def rows_of(found: list[Profile]) -> Iterator[str]:
    """The table of the page."""
    yield "| weight | default | unit | tried | all rows pass from | to | what fails first |"
    yield "|---|---|---|---|---|---|---|"
    for p in found:
        fails = ", ".join(f"{side}: `{end.row}`" for side, end in (("below", p.low), ("above", p.high)) if end.row)
        low, high = (f"**{e.value:.3g}**" if e.row else f"{e.value:.3g}" for e in (p.low, p.high))
        tried = f"{p.tried[0]:.3g} to {p.tried[1]:.3g}"
        yield f"| `{p.name}` | {p.value:g} | {p.unit} | {tried} | {low} | {high} | {fails or 'nothing'} |"


def main() -> None:
    """Profile and print, or write into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", nargs="*", help="only these")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    for name in asked.weights:
        if name not in read_weights("default")[1]:
            parser.error(f"there is no weight {name}")
    table = "\n".join(rows_of(list(profiles(asked.runs, asked.weights))))
    print(table)
    if asked.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        PAGE.write_text(f"{before}{MARKS[0]}\n\n{table}\n\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
