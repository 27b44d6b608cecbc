"""A panel's own words, in the panel's own file: the block `<i18n lang="yaml">` at its end, as vue-i18n has it."""

import re
from pathlib import Path

import yaml

PANELS = Path(__file__).parents[1] / "widgets"
_BLOCK = re.compile(r'\n*<i18n lang="yaml">\n(?P<words>.*)</i18n>\n', re.DOTALL)


def own_words(language: str) -> dict[str, str]:
    """The words of a language that stand in the panels, by id."""
    found: dict[str, str] = {}
    for path in sorted(PANELS.glob("*.vue")):
        block = _BLOCK.search(path.read_text(encoding="utf-8"))
        found |= yaml.safe_load(block["words"])[language] if block else {}
    return found


def without_words(text: str) -> str:
    """The text of a panel as a browser wants it: template and script."""
    return _BLOCK.sub("\n", text)
