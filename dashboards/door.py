"""The door of the web server: who may come in, what is handed on of a request, and what every answer says.

The policy of the page names this server alone. Its scripts carry a nonce, or come from files of this server. Solara
makes the scripts of our widgets into modules in the browser (`blob:`), and Vue compiles their templates there
(`unsafe-eval`): both need a script that already runs, so a text that became part of the page cannot use them.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from secrets import token_urlsafe
from typing import Any

Headers = Iterable[tuple[bytes, bytes]]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

SAFE = (
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
"""On every answer."""

HANDED_ON = frozenset(
    b"host origin cookie upgrade connection accept accept-language accept-encoding content-type content-length"
    b" cache-control if-none-match if-modified-since range user-agent".split()
)
HANDED_ON_FAMILIES = (b"sec-websocket-", b"sec-fetch-")
"""What Solara hears of a request. Others say where it is served (`script-name`, `x-forwarded-host`): it would believe
the first who says so, and everybody's page would load its scripts from there."""

NAMED = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)
"""A header Host, whole: nothing in it can end an entry of the policy."""
NO_ADDRESS_OF_A_POLICY = re.compile(r"[\[_]")
"""Policies know no IPv6 and no underscore; there 'self' has to do, as it does in newer browsers anyway."""

PAGE = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' blob: 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob:{socket}; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
REPLAY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What the policy inside of the file, which goes with it, cannot say or does not."""
NOTHING = f"default-src 'none'; {REPLAY}"
"""Of all that is no page."""


def admits(headers: Headers, hosts: set[str]) -> bool:
    """Whether a request names this server and comes from a page of this server, or of none."""
    named, origins = _values(headers, b"host"), _values(headers, b"origin")
    found = NAMED.fullmatch(named[0]) if len(named) == 1 else None
    if not found or found[1].strip("[]").lower() not in {host.strip("[]").lower() for host in hosts}:
        return False
    return all(origin.partition("://")[2] == named[0] for origin in origins)


def handed_on(headers: Headers) -> list[tuple[bytes, bytes]]:
    """The headers that say nothing about where this server is."""
    return [
        (name, value)
        for name, value in headers
        if name.lower() in HANDED_ON or name.lower().startswith(HANDED_ON_FAMILIES)
    ]


def answering(send: Send, policy: str) -> Send:
    """Send with our headers instead of others of these names."""
    ours = (*SAFE, (b"content-security-policy", policy.encode()))
    names = {name for name, _ in ours}

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in names]
            message = {**message, "headers": [*kept, *ours]}
        await send(message)

    return answer


def policy(path: str, headers: Headers, nonce: str) -> str:
    """The Content-Security-Policy of what is at a path, for who was admitted or refused with these headers."""
    if path == "/replay.html":
        return REPLAY
    if path != "/":
        return NOTHING
    host = next((value for value in _values(headers, b"host") if NAMED.fullmatch(value)), "")
    socket = f" ws://{host}" if host and not NO_ADDRESS_OF_A_POLICY.search(host) else ""
    return PAGE.format(nonce=nonce, socket=socket)


def new_nonce() -> str:
    """A word that no page knows before it comes."""
    return token_urlsafe(16)


def with_nonce(page: str, nonce: str) -> str:
    """The page with its own scripts allowed; call it before anything of a person is in the page."""
    return re.sub(r"<script\b", f'<script nonce="{nonce}"', page, flags=re.IGNORECASE)


def _values(headers: Headers, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in headers if name.lower() == wanted]
