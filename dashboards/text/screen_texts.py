"""The screens' words by id, in English and Spanish alike.

A panel's own words are in its file; what several panels or the server say is in `dashboards/text/`.
"""

from functools import cache
from pathlib import Path

import yaml

from agents.errors import DemarcheError, InputError
from dashboards.text.panel_words import own_words
from sim.scenario.text.texts import LANGUAGES, texts


class BilingualError(InputError):
    """A mistake with its sentence in each language."""

    def __init__(self, identity: str, **values: object) -> None:
        self._identity, self._values = identity, values
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """What is wrong and what would be right."""
        return wording(self._identity, language, **{name: str(value) for name, value in self._values.items()})


class ToldError(DemarcheError):
    """A mistake that was said elsewhere, in both languages."""

    def __init__(self, sentences: dict[str, str], exit_code: int) -> None:
        self._sentences, self.exit_code = sentences, exit_code
        super().__init__(sentences["en"])

    def sentence(self, language: str) -> str:
        """What was said."""
        return self._sentences[language]


def told(error: DemarcheError) -> dict[str, str]:
    """A mistake in each language; in English in both where it has no other words."""
    sentence = getattr(error, "sentence", lambda language: str(error))
    return {language: sentence(language) for language in LANGUAGES}


_FOLDER = Path(__file__).parent


@cache
def words(language: str) -> dict[str, str]:
    """All words of a language by id."""
    read: dict[str, str] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return read | own_words(language)


def wording(identity: str, language: str, otherwise: str | None = None, **values: str) -> str:
    """A sentence with its values filled in; `otherwise` where there is none of that id (a student's own trait).

    Raises:
        KeyError: When there is none and nothing to say otherwise.
    """
    found = {**texts(language), **words(language)}
    text = found[identity] if otherwise is None else found.get(identity, otherwise)
    return text.format(**values) if values else text
