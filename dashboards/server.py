"""The web server: Solara's app behind a guard, with a first page in the person's words. Listens on this computer only.

Solara is imported once its settings are in the environment, so nothing here may import it at the top.
"""

import asyncio
import os
import re
import warnings
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from agents.errors import DemarcheError
from dashboards import door
from dashboards.session.read_link import FIRST_SCENARIO
from dashboards.session.session import Session
from dashboards.widgets import widget_files
from dashboards.workers.pool import service
from sim.run.spec import RunSpec

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
HERE = Path(__file__).parent
NONCE = "demarche.nonce"
"""Where the guard leaves the nonce of a page in the scope of its request."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")

SETTINGS = {
    "SOLARA_APP": "dashboards.app",
    "SOLARA_MODE": "production",
    "SOLARA_ROOT_PATH": "",
    "SOLARA_BASE_URL": "http://localhost/",
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_FORCE_REFRESH": "true",
    "SOLARA_KERNEL_CULL_TIMEOUT": "2m",
}
"""Solara's own: nothing reported, fetched (inside an editor neither) or laid over the page; where it is served not
learnt from the first who asks (the address stands nowhere, it only may not be empty); a closed session freed (its run
is in its address, so a page whose session is gone, as after a restart of the server, comes again by itself)."""


def make_app(scenario: str, folders: tuple[Path, ...] = (), host: str = "127.0.0.1") -> App:
    """The whole application, ready for a server.

    Args:
        scenario: Name of the scenario that opens first. folders: Of rules from outside. host: Where it will listen.
    """
    for name, value in SETTINGS.items():
        os.environ[name] = value
    os.environ[FIRST_SCENARIO] = scenario
    os.environ["DEMARCHE_RULES"] = os.pathsep.join(str(folder) for folder in folders)
    warnings.filterwarnings("ignore", message="Cookies with samesite")  # true of every page on one's own computer
    from solara.server.starlette import app

    return guarded(with_downloads(with_own_page(app), folders), {*LOOPBACK, host})


def guarded(app: App, hosts: set[str]) -> App:
    """Answer only requests that name this server, from pages of this server: no rebinding, no foreign page's socket."""

    async def guard(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await app(scope, receive, send)
            return
        asked, nonce = scope["headers"], door.new_nonce()
        admitted = door.admits(asked, hosts)
        answer = door.answering(send, door.policy(scope.get("path", "") if admitted else "", asked, nonce))
        if admitted:
            await app({**scope, "headers": door.handed_on(asked), NONCE: nonce}, receive, answer)
        else:
            await _refuse(scope, answer)

    return guard


async def _refuse(scope: Scope, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await _answer(send, 421, "This address is not served here. Open the address that demarche printed.", b"text/plain")


def with_own_page(app: App) -> App:
    """Mend Solara's page on its way out: language, title, zoom, our colours, and what to say if it cannot load."""

    async def mend(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != "/":
            await app(scope, receive, send)
            return
        start: dict[str, Any] = {}
        body = bytearray()

        async def collect(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    page = own_page(body.decode(), scope.get(NONCE, "")).encode()
                    kept = [(key, value) for key, value in start["headers"] if key.lower() != b"content-length"]
                    headers = [*kept, (b"content-length", str(len(page)).encode())]
                    await send({**start, "headers": headers})
                    await send({"type": "http.response.body", "body": page})

        asked = [(key, value) for key, value in scope["headers"] if key.lower() != b"accept-encoding"]
        await app({**scope, "headers": asked}, receive, collect)

    return mend


DOWNLOADS = {
    "/run.csv": ("table", b"text/csv; charset=utf-8"),
    "/replay.html": ("replay", b"text/html; charset=utf-8"),
}
"""What can be taken away of the run in a link: by path, what is asked of a session for it, and its kind."""


def with_downloads(app: App, folders: tuple[Path, ...] = ()) -> App:
    """Serve the run of a link to take away, as in /run.csv?r=LINK."""

    async def serve(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] not in DOWNLOADS:
            await app(scope, receive, send)
            return
        what, kind = DOWNLOADS[scope["path"]]
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("r", [""])[0]
        try:
            request = {"what": what, "link": asked}
            _, found = await asyncio.to_thread(service(folders), Session(RunSpec(scenario="-")), request)
            await _answer(send, 200, found["file"], kind, found["name"])
        except DemarcheError as error:
            await _answer(send, 400, str(error), b"text/plain; charset=utf-8")

    return serve


async def _answer(send: Any, status: int, text: str, kind: bytes, name: str = "") -> None:
    headers = [(b"content-type", kind)]
    if name:
        headers.append((b"content-disposition", f'attachment; filename="{name}"'.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


def own_page(page: str, nonce: str = "") -> str:
    """Solara's page with our head, its scripts allowed by the nonce."""
    page = page.replace("<html>", '<html lang="en">', 1)
    page = re.sub(r"<title>.*?</title>", "<title>Demarche</title>", page, count=1, flags=re.DOTALL)
    zoom = ", maximum-scale=1, user-scalable=no, minimal-ui"
    head = (HERE / "widgets" / "head.html").read_text(encoding="utf-8")
    page = page.replace(zoom, "", 1)
    page = page.replace("</head>", f"{head}<style>{widget_files.look()}</style></head>", 1)
    return door.with_nonce(page, nonce) if nonce else page
