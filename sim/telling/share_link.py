"""A run as a link for the dashboard: the spec as compressed JSON. The floor above checks and reads it."""

import base64
import zlib

from sim.run.spec import RunSpec

MOST_CHARACTERS = 2_000
ADDRESS = "http://127.0.0.1:8765/"
"""Where `demarche dashboard` listens unless said otherwise."""
_DEFAULTS = RunSpec(scenario="-").model_dump(mode="json")


def packed(spec: RunSpec) -> str:
    """The spec as URL-safe text, only what differs from the defaults; however long that is."""
    said = {key: value for key, value in spec.model_dump(mode="json").items() if value != _DEFAULTS.get(key)}
    text = RunSpec.model_validate(said).model_dump_json(include=set(said), exclude_defaults=True)
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def address(spec: RunSpec, language: str) -> str | None:
    """The address of a run in the dashboard on this computer; None where it does not fit into a link."""
    link = packed(spec)
    return f"{ADDRESS}#r={link}&l={language}" if len(link) <= MOST_CHARACTERS else None
