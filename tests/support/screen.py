"""What a browser test reads off the dashboard, and waits for."""

from typing import Any

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
"""What axe is asked: WCAG 2.2, levels A and AA."""
CUT = """() => [...document.querySelectorAll('button, a.button, label, h1, h2, p, li, td, th, dd, .chip')]
  .filter(e => e.checkVisibility() && !e.matches('.skip, .sr')).filter(e => { const box = e.getBoundingClientRect()
    const wider = e.clientWidth && e.scrollWidth > e.clientWidth + 1
    return box.right > innerWidth + 1 || box.left < -1 || wider }).map(e => e.outerHTML.slice(0, 120))"""
"""What sticks out of the page or is wider than its room."""


def shown(page: Any, name: str) -> str:
    """An attribute of the shell: round, hash, link, playing."""
    return str(page.get_attribute("#demarche", f"data-{name}"))


def until(page: Any, name: str, wanted: str) -> None:
    """Wait until such an attribute has a value."""
    page.wait_for_function(f"document.getElementById('demarche').dataset.{name} === '{wanted}'")
