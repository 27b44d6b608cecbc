"""Nothing but what a person named is run: one place starts processes, and the current folder is searched by none."""

import ast
import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from command import rule_text
from traps import environment, folder_of_traps

from agents.isolation import processes
from dashboards import compile_ahead, door
from dashboards.server import guarded, own_page

ROOT = Path(__file__).resolve().parents[2]
STARTER = "processes.py"
STARTS = {
    "subprocess": {"Popen", "run", "call", "check_call", "check_output", "getoutput", "getstatusoutput"},
    "os": {"system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "startfile"},
    "asyncio": {"create_subprocess_exec", "create_subprocess_shell"},
    "multiprocessing": {"Process", "Pool"},
    "pty": {"fork", "spawn"},
    "runpy": {"run_path", "run_module"},
}
POOLS = {"ProcessPoolExecutor", "LocalCluster"}
"""What starts processes by a library, which is well where it stands in `with processes.safe_children()`."""


def starts(tree: ast.AST) -> Iterator[str]:
    """'line: what' for whatever starts a process in a way of its own."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if _starts(module, name):
                yield f"{node.lineno}: {module}.{name}"
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{node.lineno}: {module}.{one.name}" for one in names if _starts(module, one.name))
            case ast.List(elts=words) | ast.Tuple(elts=words):
                yield from (f"{word.lineno}: a command" for word in words if ast.unparse(word) == "sys.executable")
            case ast.FunctionDef():
                named = {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and _is_name(call.func)}  # type: ignore[attr-defined]
                if named & POOLS and "processes.safe_children()" not in ast.unparse(node):
                    yield f"{node.lineno}: {named & POOLS} outside of safe_children"


def _starts(module: str, name: str) -> bool:
    return name in STARTS.get(module, ()) or (module == "os" and name.startswith(("exec", "spawn")))


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def test_one_place_starts_processes() -> None:
    files = [path for floor in ("agents", "sim", "dashboards") for path in (ROOT / floor).rglob("*.py")]
    found = {path: list(starts(ast.parse(path.read_text(encoding="utf-8")))) for path in files}
    assert [path.name for path in files if found[path]] == [STARTER], {str(k): v for k, v in found.items() if v}


@pytest.mark.parametrize(
    "source",
    [
        "subprocess.run(words)",
        "from subprocess import Popen as start",
        "os.execvp(a, b)",
        "from os import system",
        "line = [sys.executable, '-c', code]",
        "def f():\n    return ProcessPoolExecutor(2)",
    ],
)
def test_the_check_finds(source: str) -> None:
    assert list(starts(ast.parse(source)))


SCRIPT = """
from sim.studies.running.executors import Workers, pool
if __name__ == "__main__":
    with pool(Workers(on="{on}", workers=1, cluster="{cluster}")) as found:
        assert found.executor.submit(abs, -3).result() == 3
"""


@pytest.mark.parametrize(("on", "cluster"), [("processes", ""), ("cluster", "local")])
def test_the_processes_of_a_pool_run_nothing_of_the_current_folder(tmp_path: Path, on: str, cluster: str) -> None:
    if cluster:
        pytest.importorskip("distributed")
    folder, ran = folder_of_traps(tmp_path)
    script = tmp_path / "elsewhere" / "script.py"  # as a console script: its own folder is searched, not the current
    script.parent.mkdir()
    script.write_text(SCRIPT.format(on=on, cluster=cluster), encoding="utf-8")
    line = [sys.executable, str(script)]
    done = subprocess.run(line, cwd=folder, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert (done.returncode, ran()) == (0, []), done.stderr


@pytest.mark.parametrize("rules", [(), ("--rules", "homework", "--rule", "answer:target=odd")], ids=["ours", "foreign"])
def test_a_run_runs_nothing_of_the_current_folder(tmp_path: Path, rules: tuple[str, ...], script: Path) -> None:
    folder, ran = folder_of_traps(tmp_path)
    (folder / "homework").mkdir()
    (folder / "homework" / "odd.py").write_text(rule_text("odd", "return 0.5"), encoding="utf-8")
    line = [sys.executable, str(script), "run", "two_countries", *rules]
    done = subprocess.run(line, cwd=folder, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert (done.returncode, ran()) == (0, []), done.stderr


@pytest.fixture
def script() -> Path:
    """The console script `demarche`."""
    found = Path(sys.executable).parent / "demarche"
    if not found.exists():
        pytest.skip(f"the console script is not installed: {found}")
    return found


@pytest.mark.parametrize("named", ["", ".", "./", f"{os.pathsep}.{os.pathsep}"])
def test_an_empty_entry_of_the_search_path_is_not_handed_to_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    folder, ran = folder_of_traps(tmp_path)
    kept = str(tmp_path / "kept")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([named, kept, named]))
    code = (
        "import json, sys, dashboards, subprocess as s; s.run([sys.executable, '-c', 'import json']); print(sys.path)"
    )
    child = processes.start_python(["-c", code], cwd=folder, stdout=subprocess.PIPE, text=True)
    told, _ = child.communicate(timeout=60)
    processes.stop(child)
    assert (child.returncode, ran()) == (0, []) and kept in told


def test_what_did_not_compile_leaves_no_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(compile_ahead, "cache_folder", lambda: tmp_path)
    monkeypatch.setitem(
        compile_ahead.LOADS, "unheard", lambda: loaded.append("here")
    )  # the child knows no such thing, and fails
    with caplog.at_level(logging.WARNING):
        compile_ahead._loaded("unheard")
    assert loaded == ["here"] and not list(tmp_path.iterdir()) and len(caplog.records) == 1
    monkeypatch.setattr(compile_ahead, "_compiled_elsewhere", lambda name: True)
    compile_ahead._loaded("unheard")
    assert [path.name for path in tmp_path.iterdir()] == ["unheard.done"]


FOREIGN = ["script-name", "x-script-name", "x-forwarded-prefix", "x-forwarded-host", "x-forwarded-proto", "forwarded"]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("name", [*FOREIGN, "X-Script-Name", "x-no-one-knows", "authorization", "x-sec-websocket-key"])
def test_a_header_that_is_not_on_the_list_reaches_nobody(kind: str, name: str) -> None:
    usual = [(b"host", b"127.0.0.1:8765"), (b"cookie", b"a=b"), (b"sec-websocket-key", b"x"), (b"accept", b"*/*")]
    reached: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["headers"])

    scope = {"type": kind, "path": "/", "headers": [(name.encode(), b"//evil.example/x"), *usual]}
    with ThreadPoolExecutor(1) as pool:  # the browser tests leave a loop running in this thread
        pool.submit(asyncio.run, guarded(app, {"127.0.0.1"})(scope, None, None)).result()  # type: ignore[arg-type]
    assert reached == [usual]


@pytest.mark.parametrize(
    ("host", "origin", "admitted"),
    [
        ("127.0.0.1:8765", None, True),
        ("[::1]:8765", "http://[::1]:8765", True),
        ("LOCALHOST", "http://LOCALHOST", True),
        ("[::1", None, False),
        ("", None, False),
        ("127.0.0.1:8765; script-src *", None, False),
        ("evil@127.0.0.1", None, False),
        ("127.0.0.1:x", None, False),
        ("127.0.0.1\n", None, False),
        ("127.0.0.1:8765", "http://[::1", False),
        ("127.0.0.1:8765", "127.0.0.1:8765", False),
        ("127.0.0.1:8765", "", False),
    ],
)
def test_an_address_is_well_formed_or_refused(host: str, origin: str | None, admitted: bool) -> None:
    headers = [(b"Host", host.encode()), *([(b"origin", origin.encode())] if origin is not None else [])]
    assert door.admits(headers, {"127.0.0.1", "localhost", "[::1]"}) == admitted
    assert not door.admits([*headers, (b"host", b"evil.example")], {"127.0.0.1", "localhost", "::1", "evil.example"})


@pytest.mark.parametrize("title", ["App", "Solara ☀️", "two\nlines"])
def test_the_first_page_has_our_title_and_only_its_scripts_a_nonce(title: str) -> None:
    page = own_page(f"<html><head><title>{title}</title></head><script src='x'></script><SCRIPT>1</SCRIPT>", "word")
    assert page.count("<title>Demarche</title>") == 1 and title not in page
    assert page.lower().count("<script ") == page.count('nonce="word"') == 3 and "<script>" not in page.lower()
