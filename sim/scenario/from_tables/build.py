"""A scenario from a user's own tables: governments, what they trade, and a placeholder for the dispute."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.errors import InputError
from sim.scenario.from_tables import placeholder
from sim.scenario.from_tables.flows import Trade, read_alliances, read_exports
from sim.scenario.from_tables.governments import Facts, Governments, Keep, read_governments, with_votes
from sim.scenario.from_tables.read_tables import YEAR, read
from sim.scenario.from_tables.writing import text_of_world

SOURCE = "own_data"


@dataclass(frozen=True)
class Files:
    """The tables of a world, and the year to take where they have a column `year`."""

    governments: Path
    exports: tuple[Path, ...]
    alliances: Path | None = None
    votes: Path | None = None
    year: int | None = None

    def paths(self) -> list[Path]:
        """Those that were given."""
        return [path for path in (self.governments, *self.exports, self.alliances, self.votes) if path]


@dataclass(frozen=True)
class Built:
    """A world: the text of its file, who demands of whom, and what was found in the tables."""

    text: str
    sender: str
    target: str
    governments: Governments
    trade: Trade
    alliances: int

    @property
    def flows(self) -> int:
        """Pairs with a flow."""
        return sum(len(flows) for flows in self.trade.flows.values())

    @property
    def silent(self) -> list[str]:
        """Governments without any exports."""
        return [code for code in self.governments.facts if code not in self.trade.flows]


def build(name: str, files: Files, keep: Keep, sender: str | None = None, target: str | None = None) -> Built:
    """The world of a user's files.

    Args:
        name: Of the scenario, as its file's. files: The tables. keep: Whom to keep.
        sender, target: Codes of the two of the placeholder; else those of the largest flow from target to sender.

    Raises:
        InputError: One sentence with file and line for whatever is wrong in a table.
    """
    governments = read_governments(files.governments, keep)
    if files.year is not None and not any(read(path, "numbers").column(YEAR) for path in files.paths()[1:]):
        raise InputError(f"--year {files.year}: none of the tables has a column `year`; leave it out.")
    if files.votes:
        governments = with_votes(governments, files.votes, files.year)
    trade = read_exports(files.exports, governments, files.year)
    allies = read_alliances(files.alliances, governments, files.year) if files.alliances else []
    one, two = _parties(governments, trade, sender, target)
    names = [(code, governments.facts[code].name) for code in (one, two)]
    crisis = placeholder.crisis(names[0], names[1], _bloc(allies, one, two), len(governments.facts))
    data = _data(name, governments, trade, crisis)
    return Built(text_of_world(data, _head(files)), one, two, governments, trade, len(allies))


def _parties(governments: Governments, trade: Trade, sender: str | None, target: str | None) -> tuple[str, str]:
    """Sender and target: as named, and who is not named by the largest flow to or from the one who is."""
    one = governments.code(sender, "--sender") if sender else None
    two = governments.code(target, "--target") if target else None
    pairs = [
        (-value, importer, exporter)
        for exporter, flows in trade.flows.items()
        for importer, value in flows.items()
        if one in (None, importer) and two in (None, exporter)
    ]
    if one and two:
        pairs = [(0.0, one, two)]
    if one == two and one:
        raise InputError(f"--sender {one} --target {two}: expected two governments.")
    if not pairs:
        raise InputError(
            f"{trade.file}: no flow goes to {one or two} or from it; expected --sender and --target, both."
        )
    return min(pairs)[1:]


def _bloc(allies: list[tuple[str, str]], sender: str, target: str) -> list[str]:
    """The target's allies: who might take a joint stand."""
    tied = {other for pair in allies if target in pair for other in pair}
    return sorted(tied - {sender, target})


def _data(name: str, governments: Governments, trade: Trade, crisis: dict[str, Any]) -> dict[str, Any]:
    title = name.replace("_", " ").capitalize()
    origin = f"{Path(governments.file).name}, {', '.join(Path(file).name for file in trade.files)}"
    return {
        "format": 1,
        "name": name,
        "title": {"en": title, "es": title},
        "summary": {
            "en": f"A world from data ({origin}). Its crisis is a placeholder, and so are the numbers under `common`.",
            "es": f"Un mundo hecho de datos ({origin}). Su crisis es provisional, como los números de `common`.",
        },
        "clock": placeholder.clock(),
        "common": placeholder.common(),
        "governments": {code: _government(facts) for code, facts in governments.facts.items()},
        "exports": {
            "unit": "US$ million a year",
            "source": SOURCE,
            "flows": {one: dict(sorted(flows.items())) for one, flows in sorted(trade.flows.items())},
        },
        "crises": {"placeholder": crisis},
    }


def _government(facts: Facts) -> dict[str, Any]:
    numbers = {
        field: {"value": number.value, "unit": number.unit, "source": SOURCE, "note": number.note}
        for field, number in facts.known.items()
    }
    return {"name": {"en": facts.name, "es": facts.name}, **numbers}


def _head(files: Files) -> str:
    """Which files it came from, so that another one can tell whether they are the same."""
    prints = [f"{path.name} (sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:12]})" for path in files.paths()]
    return f"Built by `demarche world build` from {', '.join(prints)}. Replace the placeholder by a crisis of your own."
