"""`aragora serve`: bind the port, take the data directory, run until a signal."""

from __future__ import annotations

import argparse
import errno
import json
import logging
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import attrs
import uvicorn

from .app import build_app
from .contract.operations import VERSION
from .first_start import FirstStart
from .services import Services, build_services, running
from .settings import Settings, origin
from .starting import REFUSALS, logs_of, refuse, run_to_its_end, say, setting_up

LINGER_S = 2
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - to be replaced, not bound

log = logging.getLogger("aragora")


def serve(argv: Sequence[str] | None = None) -> int:
    """Run the server. 0: stopped as asked; 2: it cannot start, and why is on stderr."""
    options = _parser().parse_args(argv)
    try:
        settings = _settings(options)
        listener = _listen(settings)
    except REFUSALS as fault:
        return refuse("serve", fault)
    with listener, logs_of(settings):
        settings = _with_port(settings, listener)
        return run_to_its_end(
            "serve", settings, lambda: _serve(settings, listener, as_json=options.json)
        )


class Server(uvicorn.Server):
    """Tells streams of the end at the first signal, and leaves at once at the second."""

    def __init__(self, config: uvicorn.Config, services: Services) -> None:
        super().__init__(config)
        self._services = services

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal's
        if self.should_exit:
            os._exit(128 + sig)
        self.should_exit = True
        self._services.drain.begin()


async def _serve(settings: Settings, listener: socket.socket, *, as_json: bool) -> None:
    with setting_up(settings):
        services = build_services(settings)
    first = FirstStart(
        workspaces=services.workspaces,
        keyring=services.keyring,
        receipts=services.receipts,
        credentials=settings.credentials,
        base_url=settings.public_url,
    )
    server = Server(_config(build_app(services)), services)
    async with running(services, part="everything" if settings.is_embedded else "api"):
        _announce(settings, await first.run(), as_json=as_json)
        await server.serve(sockets=[listener])


def _config(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=65_536,
        ws_ping_interval=15,
        ws_ping_timeout=15,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=LINGER_S,
        limit_concurrency=7_000,
    )


def _announce(settings: Settings, first_key: str | None, *, as_json: bool) -> None:
    if as_json:
        made = {"api_key": first_key} if first_key else {}
        told = {"url": settings.public_url, "credentials": str(settings.credentials), **made}
        say(json.dumps(told))
        return
    say(f"Aragora {VERSION} listens on {settings.public_url}")
    if first_key:
        say(f"API key, shown this once: {first_key}")
        say(f"Clients on this machine find it in {settings.credentials}")


def _settings(options: argparse.Namespace) -> Settings:
    given = {
        "ARAGORA_HOST": options.host,
        "ARAGORA_PORT": options.port,
        "ARAGORA_DATA_DIR": options.data_dir,
    }
    chosen = {name: str(value) for name, value in given.items() if value is not None}
    return Settings.from_env({**os.environ, **chosen})


def _listen(settings: Settings) -> socket.socket:
    """Taken before anything else, so that a port in use is said at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(2048)
    except OSError as fault:
        listener.close()
        again = "; --port takes another" if fault.errno == errno.EADDRINUSE else ""
        raise OSError(f"{settings.host}:{settings.port}: {fault.strerror}{again}") from None
    return listener


def _with_port(settings: Settings, listener: socket.socket) -> Settings:
    """Port 0 asks the system for a free one."""
    port: int = listener.getsockname()[1]
    host = EVERYWHERE.get(settings.host, settings.host)
    if settings.public_url == origin(settings.host, settings.port):
        return attrs.evolve(settings, port=port, public_url=origin(host, port))
    return attrs.evolve(settings, port=port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="aragora serve", description="Run the Aragora server.")
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (default 8080; 0: any free)")
    parser.add_argument("--data-dir", type=Path, help="where database and keys are kept")
    parser.add_argument("--json", action="store_true", help="say where it listens as JSON")
    return parser
