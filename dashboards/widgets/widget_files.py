"""The widgets' texts and the screens' words, for the page and for what is taken away."""

import json
import re
from functools import cache

from dashboards.text.panel_words import PANELS, without_words
from dashboards.text.screen_texts import words
from sim.scenario.text.texts import LANGUAGES

SHELL = "Demarche"
WORDS = json.dumps({language: words(language) for language in LANGUAGES}, ensure_ascii=False)
_PARTS = re.compile(r"<template>(?P<template>.*)</template>\s*<script>(?P<script>.*)</script>", re.DOTALL)


def children() -> dict[str, str]:
    """Every widget but the shell, by name."""
    names = sorted(path.stem for path in PANELS.glob("*.vue"))
    return {name: text(name) for name in names if name != SHELL}


@cache
def text(name: str) -> str:
    """The text of a widget, without the words it brings."""
    return without_words((PANELS / f"{name}.vue").read_text(encoding="utf-8"))


@cache
def look() -> str:
    """The style sheet of all widgets."""
    return (PANELS / "look.css").read_text(encoding="utf-8")


def plain(name: str) -> str:
    """A widget as a JavaScript expression for a Vue that compiles templates itself: no build, the same text."""
    found = _PARTS.search(text(name))
    assert found, name
    before, exported, options = found["script"].partition("export default ")
    assert exported, name
    # in a function, so that the constants of two widgets do not meet
    return f"(() => {{{before}return {{ template: {_quoted(found['template'])}, ...{options.strip()} }} }})()"


def _quoted(template: str) -> str:
    """A template as a JavaScript string that cannot end the script around it."""
    return json.dumps(template, ensure_ascii=False).replace("</", "<\\/")
