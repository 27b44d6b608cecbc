"""Addresses in the state: `target.support`, `measures.tariff_25.size`, `weights.anticipation`, one path each.

What a scenario says, what a rule is given and what the laws weigh can all be changed by the same words, on the command
line, in an experiment and while a run goes on.
"""

from collections.abc import Iterator
from functools import cached_property

from agents.errors import InputError, names_there_are
from agents.rule import Rule
from sim.run.address_list import AddressList, Cell
from sim.run.changes import SWITCH
from sim.run.template import Template
from sim.state.columns import DYAD, GOV


class Addresses:
    """Every path of a template; worked out when first asked for, since a rule brings its traits."""

    def __init__(self, template: Template) -> None:
        self._template, self._paths = template, AddressList(template)

    @cached_property
    def _cells(self) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        for path, cell in self._paths.all():
            if path in found:
                name = path.rpartition(".")[2]
                raise InputError(
                    f"A rule's trait is called `{name}`, as a number of the scenario is: rename the trait."
                )
            found[path] = cell
        return found

    def refuse_shadows(self) -> None:
        """Work all paths out.

        Raises:
            InputError: When a rule's trait is called as a number of the scenario is.
        """
        _ = self._cells

    def name(self, address: int) -> str:
        """The shortest path that leads to an address: one number, one name."""
        return self._names[address]

    @cached_property
    def _names(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for path, cell in self._cells.items():
            if cell.address not in found or len(path) < len(found[cell.address]):
                found[cell.address] = path
        return found

    def rule(self, family: str, row: int, who: int) -> Rule:
        """The rule that a side (or a third government) of a crisis follows in the template."""
        return self._paths.rule(family, row, who)

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def find(self, path: str, where: str) -> Cell:
        """The cell of a path.

        Raises:
            InputError: With the names there are at the first word that is wrong.
        """
        tidy = self._tidy(path)
        if tidy in self._cells:
            return self._cells[tidy]
        what = f"mechanism `{tidy.removeprefix(SWITCH)}`" if tidy.startswith(SWITCH) else f"`{path}`"
        raise InputError(f"{where}: there is no {what}. {self._hint(tidy)}")

    def check(self, path: str, value: float, where: str) -> Cell:
        """The cell of a path, after checking that a value fits its unit."""
        cell = self.find(path, where)
        if self._tidy(path).startswith(SWITCH) and value not in (0.0, 1.0):
            raise InputError(f"{where}: {path} = {value:g} is no position of a switch; expected 0 (off) or 1 (on).")
        if not cell.unit.low <= value <= cell.unit.high:
            raise InputError(
                f"{where}: {path} = {value:g} is out of bounds; expected {cell.unit.low:g} to {cell.unit.high:g}"
                f" ({cell.unit.name})."
            )
        return cell

    def twins(self, path: str, cell: Cell) -> list[int]:
        """Addresses that start with the same value: the level before a crisis, the level one returns to."""
        if self._tidy(path) == "weights.nothing_known":
            return list(self._records_that_no_scenario_states())
        twins = {
            "support": (GOV.support, GOV.before),
            "elite": (GOV.elite, GOV.elite_usual),
            "mood": (GOV.mood, GOV.mood_usual),
        }
        if path.partition(".")[0] == "exports":
            return [cell.address + DYAD.before - DYAD.exports]
        owner, _, column = self._tidy(path).rpartition(".")
        # Only a government has a usual level: `on.elite` and `measures.x.elite` end in the same word.
        if owner not in self._template.names.governments or column not in twins:
            return []
        start, usual = twins[column]
        return [cell.address + usual - start]

    def _records_that_no_scenario_states(self) -> Iterator[int]:
        for row, code in enumerate(self._template.names.governments):
            yield self._paths.at("governments", row, GOV.held)
            if code not in self._template.scenario.agenda:
                yield self._paths.at("governments", row, GOV.success)

    def __contains__(self, path: str) -> bool:
        return self._tidy(path) in self._cells

    def _tidy(self, path: str) -> str:
        """The one form of a path: plural tables, government codes for sender and target of the first crisis."""
        words = path.split(".")
        first = self._template.scenario.crises[self._template.names.crises[0]]
        aliases = {
            "sender": first.sender,
            "target": first.target,
            "crisis": self._template.names.crises[0],
            "clause": "clauses",
            "measure": "measures",
            "weight": "weights",
            "mechanism": "on",
            "stance": "stances",
        }
        words = [aliases.get(words[0], words[0]), *words[1:]]
        if words[0] in ("clauses", "measures", "stances"):
            words = [self._template.names.crises[0], *words]
        return ".".join(words)

    def _hint(self, tidy: str) -> str:
        """The names there are at the first word that leads nowhere."""
        words = tidy.split(".")
        for depth in range(len(words)):
            prefix = ".".join(words[:depth])
            below = {path.split(".")[depth] for path in self._cells if self._under(path, prefix, depth)}
            if words[depth] not in below:
                known = below | ({"sender", "target", "crisis"} if depth == 0 else set())
                return names_there_are(words[depth], known)
        return names_there_are("", {path.split(".")[len(words)] for path in self._cells if path.startswith(tidy + ".")})

    @staticmethod
    def _under(path: str, prefix: str, depth: int) -> bool:
        return len(path.split(".")) > depth and (not prefix or path.startswith(prefix + "."))
