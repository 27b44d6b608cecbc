"""The dashboard's door and its desk without a browser: who may come in, and requests that are none."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from agents.errors import DemarcheError
from dashboards.server import guarded, own_page
from dashboards.session.requests import answer
from dashboards.session.session import Session
from sim.run.changes import Intervention
from sim.run.spec import RunSpec

SPEC = RunSpec(scenario="colombia_2025", seed=7, at=(Intervention(round=4, path="target.relief", op="=", value=0.01),))


@pytest.mark.parametrize(
    ("kind", "headers", "passes"),
    [
        ("http", {"host": "127.0.0.1:8765"}, True),
        ("http", {"host": "localhost:8765"}, True),
        ("http", {"host": "evil.example"}, False),
        ("http", {"host": "127.0.0.1:8765", "origin": "http://evil.example"}, False),
        ("websocket", {"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:8765"}, True),
        ("websocket", {"host": "127.0.0.1:8765", "origin": "http://evil.example"}, False),
        ("websocket", {"host": "127.0.0.1:8765", "origin": "null"}, False),
        ("websocket", {"host": "evil.example:8765", "origin": "http://evil.example:8765"}, False),
    ],
)
def test_the_door_is_open_to_this_computer_alone(kind: str, headers: dict[str, str], passes: bool) -> None:
    reached, sent = [], []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "headers": [(k.encode(), v.encode()) for k, v in headers.items()]}
    with ThreadPoolExecutor(1) as pool:  # the browser tests leave a loop running in this thread
        pool.submit(asyncio.run, guarded(app, {"127.0.0.1", "localhost"})(scope, None, send)).result()  # type: ignore[arg-type]
    assert bool(reached) == passes and bool(sent) != passes


def test_the_page_may_be_zoomed_and_names_its_language() -> None:
    page = own_page(
        "<html><head><title>App</title><meta content='width=device-width, initial-scale=1, maximum-scale=1,"
        " user-scalable=no, minimal-ui'></head></html>"
    )
    assert '<html lang="en">' in page and "<title>Demarche</title>" in page and "user-scalable" not in page
    assert "could not load" in page


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"what": "__class__"},
        {"what": ["open"]},
        {"what": "open"},
        {"what": "apply", "round": float("inf"), "changes": []},
        {"what": "apply", "round": 3, "changes": [{"path": "target.support", "op": "exec", "value": 1}]},
        {"what": "apply", "round": 3, "changes": "target.support=1"},
        {"what": "restart", "changes": [], "seed": "seven"},
        {"what": "restart", "changes": [], "seed": -1},
        {"what": "restart", "changes": [], "seed": 2**70},
        {"what": "pairs", "runs": 10**9},
        {"what": "decide", "round": 0, "willingness": float("nan")},
        {"what": "rewrite", "who": "target", "text": "x" * 10**6},
        {"what": "restore", "link": "x" * 10**6},
        {"what": "table", "link": None},
    ],
)
def test_a_request_that_is_none_is_a_sentence_and_changes_nothing(request_: dict[str, Any]) -> None:
    session = Session(SPEC)
    with pytest.raises(DemarcheError) as found:
        answer(session, request_)
    assert session == Session(SPEC) and len(str(found.value)) < 600
