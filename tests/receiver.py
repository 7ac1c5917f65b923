"""Somebody's webhook endpoint on loopback: real HTTP, answers as told, keeps what it was sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import attrs


@attrs.frozen(kw_only=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> Any:
        return json.loads(self.body)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def is_signed_with(self, secret: str) -> bool:
        """Worked out here, from the words of the standard."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        tag = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return f"v1,{tag}" in self.headers["webhook-signature"].split(" ")


@attrs.define(kw_only=True)
class Receiver:
    """`answers` are the statuses of the next requests; after them it is 204.

    With `hold` each answer waits for it.
    """

    url: str = ""
    requests: list[Received] = attrs.field(factory=list)
    answers: list[int] = attrs.field(factory=list)
    more: dict[str, str] = attrs.field(factory=dict)
    hold: threading.Event | None = None

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("content-length") or 0)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = handler.rfile.read(length)
        self.requests.append(Received(path=handler.path, headers=headers, body=body))
        if self.hold is not None:
            self.hold.wait(30)
        handler.send_response(self.answers.pop(0) if self.answers else 204)
        for name, value in self.more.items():
            handler.send_header(name, value)
        handler.end_headers()


@contextmanager
def receiver(trusted: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """With a context of a server it speaks TLS."""
    endpoint = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            endpoint.take(self)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that does not trust us hangs up."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if trusted is not None:
            server.socket = trusted.wrap_socket(server.socket, server_side=True)
        scheme = "http" if trusted is None else "https"
        endpoint.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/hook"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield endpoint
        finally:
            server.shutdown()
            thread.join()
