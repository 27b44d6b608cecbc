"""A government: a Mesa agent that perceives, weighs and decides. The science it acts by lies in `sim.phases`.

Its state is its row in the model's tables; its methods are the stages of a step. The agent reaches them through
`self.model`, so that this floor knows nothing of the one above.
"""

from typing import Any

import mesa


class Government(mesa.Agent):
    """One government.

    Attributes:
        code: Its code, as in the scenario.
        row: Its row in the tables.
        places: What is its own, by what a stage happens to: (crisis, side) of each crisis it is in, its measures, the
            crises it watches, and itself.
    """

    model: Any

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.code: str = model.template.names.governments[row]
        self.places: dict[str, list[tuple[int, ...]]] = {
            "side": model.parts_of(row),
            "measure": [(measure,) for measure in model.measures_of(row)],
            "watcher": [(crisis, row) for crisis in model.watched_by(row)],
            "government": [(row,)],
        }

    def perceive(self) -> None:
        """See each crisis it is in, each crisis it watches, each measure it has announced."""
        self._play("perceive")

    def answer(self) -> None:
        """Weigh pressure against support and say how far it is willing to go."""
        self._play("answer")

    def press(self) -> None:
        """Carry out, leave or lift its measures."""
        self._play("press")

    def stand(self) -> None:
        """Take sides in the crises of others, or stay out."""
        self._play("stand")

    def live(self) -> None:
        """Let the step act on opinion at home."""
        self._play("live")

    def number(self, name: str) -> float:
        """A number of its own, by the name of its column: `support`, `elite`, `rally`."""
        return float(self.model.government_number(self.row, name))

    def _play(self, name: str) -> None:
        """Let the acts of a stage happen to what is its own."""
        for stage in self.model.stages(name):
            for place in self.places[stage.each]:
                for act in stage.acts:
                    self.model.play(act, *place)
