"""A run in a link: the spec as compressed JSON. Data only: checked against a schema, never executed."""

import base64
import binascii
import zlib

from agents.errors import InputError
from agents.library import Library
from sim.prepare import shipped
from sim.scenario import read_weights, scenario_names
from sim.spec import RunSpec

MOST_CHARACTERS, MOST_BYTES = 2_000, 16_000
_DEFAULTS = RunSpec(scenario="-").model_dump(mode="json")


def encode(spec: RunSpec) -> str:
    """The spec as URL-safe text, only what differs from the defaults.

    Raises:
        InputError: When it has so many changes that it does not fit into a link.
    """
    said = {key: value for key, value in spec.model_dump(mode="json").items() if value != _DEFAULTS.get(key)}
    text = RunSpec.model_validate(said).model_dump_json(include=set(said), exclude_defaults=True)
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    if len(packed) > MOST_CHARACTERS:
        raise InputError(f"This run has too many changes for a link: {len(packed)} of {MOST_CHARACTERS} characters.")
    return packed


def decode(text: str, rules: Library | None = None) -> RunSpec:
    """The spec in a link; it may only name scenarios and weights that come with Demarche, and rules that are here.

    Raises:
        InputError: When the text is too long, damaged, of another format, or names something that is not here.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"This link has {len(text)} characters; a run's link has at most {MOST_CHARACTERS}.")
    spec = RunSpec.from_json(_unpacked(text))
    for what, name, known in (
        ("scenario", spec.scenario, scenario_names()),
        ("set of weights", spec.weights, [read_weights("default")[0]]),
    ):
        if name not in known:
            raise InputError(f"This link names the {what} `{name[:40]}`, which is not here.")
    for key, rule in spec.rules.items():
        (rules or shipped()).find(key.partition(":")[0], rule)
    return spec


def _unpacked(text: str) -> str:
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        inflate = zlib.decompressobj()
        data = inflate.decompress(packed, MOST_BYTES)
        if not inflate.eof:
            raise InputError("This link is damaged: it does not end where it should.")
        return data.decode()
    except (binascii.Error, zlib.error, ValueError) as error:
        raise InputError("This link is damaged: copy it whole, from # to its end.") from error
