"""What is said about an expression that cannot be read, or had no value, in both languages."""

from agents.errors import InputError, RunError
from sim.scenario.text.texts import say


class ExpressionError(InputError):
    """What is wrong with an expression, where it stands, and the sentence in each language.

    Attributes:
        column, length: The place in the text, from 0.
    """

    def __init__(self, text: str, identity: str, column: int, length: int = 1, **values: object) -> None:
        self.column, self.length = max(0, min(column, len(text))), max(1, length)
        self._identity, self._values = identity, values
        mark = f"  {text}\n  {' ' * self.column}{'^' * self.length}"
        super().__init__(f"column {self.column + 1}: {self.sentence('en')}\n{mark}" if text else self.sentence("en"))

    def sentence(self, language: str) -> str:
        """The mistake, and what would be right."""
        return say(f"expression.{self._identity}", language, **self._values)


class UndefinedError(RunError):
    """An expression had no value: whose, where in its text, when."""

    def __init__(self, **values: object) -> None:
        self._values = values
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """What happened, and how to guard against it."""
        return say("expression.undefined", language, **self._values)
