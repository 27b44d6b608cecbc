"""A run as one HTML file, without a browser: what is in it, and that nothing in it can be more than data."""

import asyncio
import json
import re
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import pytest

from agents.errors import InputError
from dashboards.server import guarded, with_downloads
from dashboards.session import html_file, read_link
from dashboards.session.session import Session
from dashboards.widgets import widget_files
from sim.run.prepare import prepare
from sim.run.spec import RunSpec

SPEC = RunSpec(scenario="colombia_2025", seed=7)
EVIL = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>"
SCRIPTS = re.compile(r"<script(?P<kind>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


def written(spec: RunSpec = SPEC) -> str:
    return html_file.named(read_link.encode(prepare(spec).spec))[0]


def test_it_holds_the_run_and_says_how_to_have_it_again() -> None:
    text, name = html_file.named(read_link.encode(prepare(SPEC).spec))
    run = json.loads(SCRIPTS.findall(text)[0][1])
    world = json.loads(run["world"])
    assert name == "colombia_2025-seed7-run0.html" and len(text.encode()) <= 1_000_000
    assert world["hashes"] == json.loads(Session(SPEC).world())["hashes"]
    assert RunSpec.from_json(world["spec"]) == prepare(SPEC).spec == read_link.decode(world["link"])


def test_it_is_the_same_file_every_time() -> None:
    assert written() == written()


def test_it_may_ask_nobody_and_run_nothing_but_its_own_scripts() -> None:
    text = written()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy and policy[1].startswith("default-src 'none'; ") and "http" not in policy[1]
    scripts = [body for kind, body in SCRIPTS.findall(text) if "json" not in kind]
    assert len(scripts) == 2
    for body in scripts:
        assert b64encode(sha256(body.encode()).digest()).decode() in policy[1]
    assert not re.search(r"<(?:link|img|iframe|script)[^>]*(?:src|href)=", text[: text.index("<script")])


@pytest.mark.parametrize(
    ("path", "text", "status", "kind"),
    [
        ("/replay.html", read_link.encode(prepare(SPEC).spec), 200, b"text/html; charset=utf-8"),
        ("/run.csv", read_link.encode(prepare(SPEC).spec), 200, b"text/csv; charset=utf-8"),
        ("/replay.html", "not-a-run", 400, b"text/plain; charset=utf-8"),
        ("/replay.html", "", 400, b"text/plain; charset=utf-8"),
    ],
)
def test_the_server_hands_it_out_as_a_file(path: str, text: str, status: int, kind: bytes) -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("the page was asked for")

    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "path": path, "query_string": f"r={text}".encode(), "headers": headers}
    with ThreadPoolExecutor(1) as pool:  # the browser tests leave a loop running in this thread
        pool.submit(asyncio.run, guarded(with_downloads(app), {"localhost"})(scope, None, send)).result()  # type: ignore[arg-type]
    told = dict(sent[0]["headers"])
    assert (sent[0]["status"], told[b"content-type"]) == (status, kind)
    assert told.get(b"content-disposition", b"").startswith(b"attachment;") == (status == 200)
    assert told[b"x-content-type-options"] == b"nosniff" and (status == 200 or sent[1]["body"].count(b".") >= 1)


@pytest.mark.parametrize("text", ["", "%%%", "a" * 2_001, "not-a-run"])
def test_a_bad_link_is_answered_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as error:
        html_file.named(text)
    assert len(str(error.value).splitlines()) == 1


def test_no_text_of_a_scenario_is_more_than_text() -> None:
    session = Session(SPEC)
    world = json.loads(session.world())
    world["scenario"]["title"] = {"en": EVIL, "es": EVIL}
    session.world = lambda: json.dumps(world)  # type: ignore[method-assign]
    text = html_file.page(session)
    assert EVIL not in text and "<img" not in text
    assert [kind for kind, _ in SCRIPTS.findall(text)] == [' type="application/json" id="run"', "", ""]
    assert json.loads(json.loads(SCRIPTS.findall(text)[0][1])["world"])["scenario"]["title"]["en"] == EVIL


@pytest.mark.parametrize("name", [widget_files.SHELL, *widget_files.children()])
def test_every_widget_can_be_had_without_a_build(name: str) -> None:
    expression = widget_files.plain(name)
    assert expression.startswith("(() => {") and "</" not in expression and "export " not in expression
