"""What a browser test reads off the dashboard, and waits for."""

from typing import Any


def shown(page: Any, name: str) -> str:
    """An attribute of the shell: round, hash, link, playing."""
    return str(page.get_attribute("#demarche", f"data-{name}"))


def until(page: Any, name: str, wanted: str) -> None:
    """Wait until such an attribute has a value."""
    page.wait_for_function(f"document.getElementById('demarche').dataset.{name} === '{wanted}'")
