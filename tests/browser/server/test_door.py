"""The door of a real server: one page for all, whatever the first asked, and a browser that keeps to its policy."""

import http.client
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from screen import until
from traps import environment, folder_of_traps

from dashboards.session.session import read_link
from sim.run.spec import RunSpec

FOREIGN = "evil.example"
FALSE = {
    "script-name": f"//{FOREIGN}/x",
    "x-script-name": f"//{FOREIGN}/x",
    "x-forwarded-prefix": f"//{FOREIGN}/x",
    "x-forwarded-host": FOREIGN,
    "x-forwarded-proto": "https",
    "forwarded": f"host={FOREIGN};proto=https",
}
RUN = read_link.encode(RunSpec(scenario="two_countries"))
PATHS = {
    "/": 200,
    "/?l=es": 200,
    f"/run.csv?r={RUN}": 200,
    "/run.csv": 400,
    f"/replay.html?r={RUN}": 200,
    "/replay.html?r=x": 400,
    "/static/main-vuetify.js": 200,
    "/static/assets/favicon.svg": 200,
    "/static/no": 404,
    "/_solara/cdn/requirejs@2.3.6/require.js": 200,
    "/readyz": 200,
    "/resourcez": 200,
    "/nope": 404,
    "/..%2f..%2fetc": 404,
}
OURS = ("'self'", "'none'", "'unsafe-eval'", "data:", "blob:")
PAGE = "default-src script-src style-src img-src font-src connect-src object-src base-uri form-action frame-ancestors"


def ask(address: str, path: str = "/", headers: dict[str, str] | None = None, method: str = "GET") -> Any:
    """An answer, with its text as `.text`."""
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=60)
    connection.request(method, path, headers=headers or {})
    answer: Any = connection.getresponse()
    answer.text = answer.read().decode("utf-8", errors="replace")
    connection.close()
    return answer


def directives(answer: Any) -> dict[str, list[str]]:
    """The one policy of an answer."""
    policies = [value for name, value in answer.getheaders() if name.lower() == "content-security-policy"]
    assert len(policies) == 1, policies
    parts = [part.split() for part in policies[0].split(";")]
    assert len({part[0] for part in parts}) == len(parts)
    return {part[0]: part[1:] for part in parts}


def assert_safe(answer: Any) -> None:
    """What every answer says."""
    found = directives(answer)
    assert found["frame-ancestors"] == found["base-uri"] == found["form-action"] == ["'none'"]
    for name, value in {
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }.items():
        assert answer.headers.get_all(name) == [value]
    assert "server" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_a_policy_and_the_other_headers(address: str, path: str) -> None:
    answer = ask(address, path)
    assert answer.status == PATHS[path]
    assert_safe(answer)
    if not path.startswith(("/?", "/replay.html")) and path != "/":
        assert directives(answer)["default-src"] == ["'none'"]
    if answer.status == 200 and path.startswith("/replay.html"):
        assert (
            "default-src" not in directives(answer) and "default-src 'none'" in answer.text
        )  # the file brings its own


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": FOREIGN},
        {"Host": "[::1"},
        {"Host": "127.0.0.1; img-src *"},
        {"Origin": "http://[::1"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_who_is_refused_gets_the_same_headers(address: str, headers: dict[str, str], method: str) -> None:
    answer = ask(address, "/", headers, method)
    assert answer.status == 421
    assert_safe(answer)
    assert directives(answer)["default-src"] == ["'none'"]


def test_the_policy_of_the_page_names_this_server_alone(address: str) -> None:
    one, two = directives(ask(address)), directives(ask(address))
    assert list(one) == PAGE.split()
    nonce = one["script-src"][1]
    assert re.fullmatch(r"'nonce-[\w-]{22}'", nonce) and nonce != two["script-src"][1]
    assert one["script-src"] == ["'self'", nonce, "blob:", "'unsafe-eval'"]
    assert one["style-src"] == ["'self'", "'unsafe-inline'"]
    assert one["connect-src"] == ["'self'", "blob:", f"ws://{address.split('/')[2]}"]
    assert all(
        source in OURS
        for name in PAGE.split()
        if name not in ("script-src", "style-src", "connect-src")
        for source in one[name]
    )


def page_of(address: str, headers: dict[str, str] | None = None) -> str:
    """The page without its nonces."""
    return re.sub(r'nonce="[\w-]+"', "nonce", ask(address, "/", headers).text)


def test_the_first_who_asks_changes_nothing_for_the_others(serve: Any, address: str, tmp_path: Path) -> None:
    clean = page_of(address)
    with serve(tmp_path) as fresh:
        first = page_of(fresh, FALSE)
        for name, value in FALSE.items():
            assert page_of(fresh, {name: value}) == clean, name
        assert first == page_of(fresh) == clean and FOREIGN not in clean and "/_solara/cdn/" in clean


INTRUDE = """host => new Promise(done => {
  const add = (name, set) => document.head.appendChild(Object.assign(document.createElement(name), set))
  document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.intruder = 1"><form></form>')
  add('script', { textContent: 'window.intruder = 2' })
  add('script', { src: host + '/x.js' })
  add('link', { rel: 'stylesheet', href: host + '/x.css' })
  add('base', { href: host })
  fetch(host + '/x').catch(() => 0)
  new Image().src = host + '/x.png'
  setTimeout(() => done([window.intruder || 0, document.baseURI.startsWith(location.origin)]), 500)
})"""


def test_a_browser_keeps_to_the_policy_and_the_page_needs_no_more(chromium: Any, address: str) -> None:
    context = chromium.new_context(locale="en-US")
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url) if FOREIGN in request.url else None)
    page.goto(address)
    page.wait_for_selector("#why")
    assert page.title().endswith("Demarche")
    page.keyboard.press("Space")
    until(page, "round", "3")
    page.keyboard.press("b")
    assert not [text for text in said if "Content Security Policy" in text or "error" in text.lower()], said
    assert page.evaluate(INTRUDE, f"http://{FOREIGN}") == [0, True]
    assert not asked or all(FOREIGN in text for text in asked)
    refused = [text for text in said if "Content Security Policy" in text]
    assert len(refused) >= 6, refused
    context.close()


def test_the_dashboard_runs_nothing_of_the_current_folder(chromium: Any, tmp_path: Path) -> None:
    """Nor does the child that compiles, which a page that is opened starts, where nothing was compiled before."""
    script = Path(sys.executable).parent / "demarche"
    if not script.exists():
        pytest.skip(f"the console script is not installed: {script}")
    folder, ran = folder_of_traps(tmp_path)
    line = [sys.executable, str(script), "dashboard", "two_countries", "--no-browser", "--port", "0"]
    log = tmp_path / "log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            line, cwd=folder, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        assert server.stdout is not None
        try:
            address = re.search(r"http://\S+", server.stdout.readline())[0]  # type: ignore[index]
            page = chromium.new_context().new_page()
            page.goto(address)
            page.wait_for_selector("#why")
            end = time.monotonic() + 200
            while not list((tmp_path / "home").rglob("*.nbi")) and time.monotonic() < end:
                time.sleep(0.2)  # the first that was compiled: everything was imported
            assert list((tmp_path / "home").rglob("*.nbi")) and ran() == []
            assert "failed" not in log.read_text(encoding="utf-8")  # it was the child that compiled
            assert ask(address).status == 200
            page.context.close()
        finally:
            server.terminate()
