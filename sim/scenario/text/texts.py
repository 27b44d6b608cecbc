"""Every sentence by its id, in English and Spanish alike: `sim/scenario/text/en.yaml`, `sim/scenario/text/es.yaml`."""

from functools import cache
from pathlib import Path

import yaml

from agents.errors import InputError

LANGUAGES = ("en", "es")
_FOLDER = Path(__file__).parent


@cache
def texts(language: str) -> dict[str, str]:
    """All sentences of a language by id.

    Raises:
        InputError: When there is no such language.
    """
    if language not in LANGUAGES:
        raise InputError(f"--lang {language}: there is no such language; there are: {', '.join(LANGUAGES)}.")
    read: dict[str, str] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return read


def say(identity: str, language: str, **values: object) -> str:
    """A sentence with its values filled in; numbers come formatted (see `number`)."""
    return texts(language)[identity].format(**values)


def number(value: float, language: str, digits: int = 0) -> str:
    """A number as the language writes it: 25.5 in English, 25,5 in Spanish."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language == "es" else text


def listing(items: list[str], language: str) -> str:
    """'a, b and c'."""
    if len(items) < 2:
        return "".join(items)
    word = say("and", language)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
