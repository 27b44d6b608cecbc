"""`demarche dashboard`: opens the dashboard in the browser and prints its address."""

import contextlib
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from agents.errors import InputError

PORT = 8765


def dashboard(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario.", show_default=True)] = "colombia_2025",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = PORT,
    host: Annotated[str, typer.Option(help="Address to listen on; only this computer unless you say otherwise.")] = (
        "127.0.0.1"
    ),
    rules: Annotated[list[Path] | None, typer.Option(help="Folder with rules of your own; may be given twice.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
) -> None:
    """Open the dashboard: watch a run, rewind it, branch it, change a rule."""
    from dashboards.workers.pool import service
    from sim.scenario import Scenario

    Scenario.read(scenario)
    folders = tuple(rules or ())
    service(folders)
    listener = listen(host, port)
    import uvicorn

    from dashboards.server import make_app

    app = make_app(scenario, folders, host)
    address = f"http://{host}:{listener.getsockname()[1]}/"
    typer.echo(f"Demarche is at {address}  (stop it with Ctrl-C)")
    if not no_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    config = uvicorn.Config(
        app,
        log_level="warning",
        ws_max_size=2**20,
        timeout_graceful_shutdown=2,
        proxy_headers=False,  # nobody who asks tells us where we are
        server_header=False,
    )
    server = uvicorn.Server(config)
    with contextlib.suppress(KeyboardInterrupt):
        server.run([listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; where the usual port is taken, another one.

    Raises:
        InputError: When the address is not this computer's, or the port asked for is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in (port, 0) if port == PORT else (port,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
        except OSError as error:
            listener.close()
            reason = str(error.strerror or error).lower()
            continue
        listener.listen(128)
        return listener
    raise InputError(f"--host {host} --port {port}: cannot listen there ({reason}). Take another with --port.")
