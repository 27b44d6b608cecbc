"""A government: a Mesa agent that perceives, weighs and decides. The science it acts by lies in `sim.phases`.

Its state is its row in the model's tables; its methods are the phases of a round. The agent reaches them through
`self.model`, so that this floor knows nothing of the one above.
"""

from typing import Any

import mesa


class Government(mesa.Agent):
    """One government.

    Attributes:
        code: Its code, as in the scenario. row: Its row in the tables.
        parts: (crisis, side) for each crisis it is in. watches: Crises it is a third party to.
        measures: Rows of the measures it has announced.
    """

    model: Any

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.code: str = model.template.names.governments[row]
        self.parts: list[tuple[int, int]] = model.parts_of(row)
        self.watches: list[int] = model.watched_by(row)
        self.measures: list[int] = model.measures_of(row)

    def perceive(self) -> None:
        """See each crisis it is in, each measure it has announced, each crisis it watches."""
        for crisis, side in self.parts:
            self.model.play("perceive", crisis, side)
        for measure in self.measures:
            self.model.play("see_measure", measure)
        for crisis in self.watches:
            self.model.play("see_crisis", crisis, self.row)

    def answer(self) -> None:
        """Weigh pressure against support and say how far it is willing to go."""
        for crisis, side in self.parts:
            self.model.ask("answer", crisis, side)

    def press(self) -> None:
        """Carry out, leave or lift its measures."""
        for measure in self.measures:
            self.model.ask("press", measure)

    def stand(self) -> None:
        """Take sides in the crises of others, or stay out."""
        for crisis in self.watches:
            self.model.ask("stand", crisis, self.row)

    def live(self) -> None:
        """Let the round act on opinion at home."""
        for phase in ("home", "govern", "remember", "spread", "drift", "pursue"):
            self.model.play(phase, self.row)

    def number(self, name: str) -> float:
        """A number of its own, by the name of its column: `support`, `elite`, `rally`."""
        return float(self.model.government_number(self.row, name))
