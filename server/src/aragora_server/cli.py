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

import attrs

from .app import answers, build_app
from .contract.operations import VERSION
from .first_start import FirstStart
from .kernel.door import Door
from .lifecycle import running
from .services import build_services
from .serving import Room, Server, raise_descriptors
from .settings import Settings, origin
from .starting import REFUSALS, logs_of, refuse, run_to_its_end, say, setting_up, settle

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


async def _serve(settings: Settings, listener: socket.socket, *, as_json: bool) -> None:
    room = Room.of(raise_descriptors(), settings)
    with setting_up(settings):
        services = build_services(settings)
    services.seats.most = room.streams
    first = FirstStart(
        workspaces=services.workspaces,
        keyring=services.keyring,
        receipts=services.receipts,
        credentials=settings.credentials,
        base_url=settings.public_url,
    )
    door = Door(
        app=build_app(services),
        answers=answers(settings),
        seats=services.seats,
        most_connections=room.connections,
    )
    server = Server(door, room, services.drain, drain_s=settings.drain_s)
    async with running(services, part="everything" if settings.is_embedded else "api"):
        first_key = await first.run()
        settle()
        _announce(settings, first_key, as_json=as_json)
        await server.serve(sockets=[listener])


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
