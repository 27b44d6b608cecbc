"""A study as one HTML file: readable without a network, without a script, on a phone, in the dark and on paper."""

from pathlib import Path

from sim.scenario.text.texts import say
from sim.studies.analysis.effects import findings
from sim.studies.analysis.wording import design_words
from sim.studies.report import sections
from sim.studies.report.html import element, wrap
from sim.studies.store.results import Results

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may load nothing at all."""
SECTIONS = {
    "findings": sections.found,
    "figures": sections.figures,
    "design": sections.design,
    "failures": sections.failed,
    "provenance": sections.provenance,
    "repeat": sections.repeat,
    "assumptions": sections.assumptions,
}


def page(results: Results, language: str = "en") -> str:
    """The whole file. There is no date in it: the same study gives the same bytes.

    Raises:
        RunError: When nothing has been computed yet.
    """
    experiment = results.made.experiment
    title = getattr(experiment.title, language)
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        element("title", title),
        f"<style>{(Path(__file__).parent / 'look.css').read_text(encoding='utf-8')}</style>",
    ]
    body = [
        wrap("header", [element("h1", title), *_says(results, language)]),
        wrap("main", [element("p", findings(results, language).sentence, class_="sum"), _contents(language),
                      *(_section(name, results, language) for name in SECTIONS)]),
        wrap("footer", [element("p", say("report.about", language), class_="soft")]),
    ]  # fmt: skip
    inner = [wrap("head", head), wrap("body", body)]
    return "<!doctype html>\n" + wrap("html", inner, lang=language) + "\n"


def _says(results: Results, language: str) -> list[str]:
    says = results.made.experiment.says
    lines = [element("p", getattr(says, language))] if says else []
    return [*lines, element("p", design_words(results.made, language), class_="soft")]


def _contents(language: str) -> str:
    links = [wrap("li", [element("a", say(f"report.{name}", language), href=f"#{name}")]) for name in SECTIONS]
    return wrap("nav", [wrap("ul", links)], aria_label=say("report.contents", language))


def _section(name: str, results: Results, language: str) -> str:
    return wrap("section", [element("h2", say(f"report.{name}", language)), *SECTIONS[name](results, language)],
                id=name)  # fmt: skip
