"""A run in a link: the spec as compressed JSON. Data only: checked against a schema, never executed."""

import base64
import binascii
import os
import zlib

from agents.library import Library
from dashboards.text.screen_texts import BilingualError
from sim.run.prepare import prepare
from sim.run.spec import RunSpec
from sim.scenario import read_weights, scenario_names
from sim.telling.share_link import MOST_CHARACTERS, packed

FIRST_SCENARIO = "DEMARCHE_SCENARIO"
"""Where the scenario named on the command line stands; it may be a file of the person's own."""
MOST_BYTES, MOST_ROUNDS = 16_000, 2_000


def encode(spec: RunSpec) -> str:
    """The spec as URL-safe text, only what differs from the defaults.

    Raises:
        BilingualError: When it has so many changes that it does not fit into a link.
    """
    link = packed(spec)
    if len(link) > MOST_CHARACTERS:
        raise BilingualError("link.full", count=len(link), most=MOST_CHARACTERS)
    return link


def decode(text: str, rules: Library | None = None) -> RunSpec:
    """The spec in a link; it may name what comes with Demarche, the scenario it was started with, and rules here.

    Raises:
        InputError: When the text is too long, damaged, of another format, names something that is not here, or was
            made with another model.
    """
    if len(text) > MOST_CHARACTERS:
        raise BilingualError("link.long", count=len(text), most=MOST_CHARACTERS)
    spec = RunSpec.from_json(_unpacked(text))
    for what, name, known in (
        ("link.scenario", spec.scenario, [*scenario_names(), os.environ.get(FIRST_SCENARIO)]),
        ("link.weights", spec.weights, [read_weights("default")[0]]),
    ):
        if name not in known:
            raise BilingualError(what, name=name[:40])
    _check_model(spec, rules)
    return spec


def _check_model(spec: RunSpec, rules: Library | None) -> None:
    """A run shows again what it showed only on the same laws, rules, scenario and weights."""
    prepared = prepare(spec.but(model="", scenario_hash="", weights_hash=""), rules=rules)
    if prepared.template.rounds > MOST_ROUNDS:  # a link may not keep everybody else waiting
        raise BilingualError("link.rounds", count=prepared.template.rounds, most=MOST_ROUNDS)
    here = prepared.spec
    for field in ("model", "scenario_hash", "weights_hash"):
        said, now = getattr(spec, field), getattr(here, field)
        if said and said != now:
            raise BilingualError(f"link.other_{field}", said=said[:12], now=now)


def _unpacked(text: str) -> str:
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        inflate = zlib.decompressobj()
        data = inflate.decompress(packed, MOST_BYTES)
        if not inflate.eof:
            raise BilingualError("link.damaged")
        return data.decode()
    except (binascii.Error, zlib.error, ValueError) as error:
        raise BilingualError("link.damaged") from error
