"""A raw HTTP server on loopback that misbehaves on purpose, once a connection."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

Fault = Callable[[socket.socket, bytes], None]
JSON = b"application/json"


def answer(
    body: bytes, *, status: bytes = b"200 OK", media_type: bytes = JSON, headers: bytes = b""
) -> Fault:
    """A whole answer, then the connection closes."""

    def send(connection: socket.socket, _: bytes) -> None:
        head = b"HTTP/1.1 " + status + b"\r\ncontent-type: " + media_type + b"\r\n" + headers
        length = b"content-length: " + str(len(body)).encode() + b"\r\nconnection: close\r\n\r\n"
        connection.sendall(head + length + body)

    return send


def raw(data: bytes) -> Fault:
    """Send `data` as it is, then close cleanly."""

    def send(connection: socket.socket, _: bytes) -> None:
        connection.sendall(data)

    return send


def gzipped(body: bytes) -> Fault:
    return answer(gzip.compress(body), headers=b"content-encoding: gzip\r\n")


def reset(after: bytes = b"") -> Fault:
    """Send `after`, then reset the connection."""

    def send(connection: socket.socket, _: bytes) -> None:
        connection.sendall(after)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return send


def stall(after: bytes = b"", *, for_s: float = 5.0) -> Fault:
    """Send `after`, then nothing."""

    def send(connection: socket.socket, _: bytes) -> None:
        connection.sendall(after)
        connection.settimeout(for_s)
        # The client gives up and closes: then there is nothing left to wait for.
        with contextlib.suppress(OSError):
            connection.recv(1)

    return send


def drip(body: bytes, *, every_s: float) -> Fault:
    """One byte at a time."""

    def send(connection: socket.socket, _: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
        connection.sendall(head + str(len(body)).encode() + b"\r\n\r\n")
        with contextlib.suppress(OSError):
            for byte in body:
                connection.sendall(bytes([byte]))
                time.sleep(every_s)

    return send


class FaultServer:
    """Plays one fault a connection; the last one repeats."""

    def __init__(self, *faults: Fault) -> None:
        self.requests: list[bytes] = []
        self._faults = list(faults)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> FaultServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing does not wake accept; a last connection does.
        with contextlib.suppress(OSError), socket.create_connection(self._socket.getsockname()):
            pass
        self._thread.join(timeout=10)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                request = _read_request(connection)
                if not request:
                    return
                self.requests.append(request)
                fault = self._faults.pop(0) if len(self._faults) > 1 else self._faults[0]
                with contextlib.suppress(OSError):
                    fault(connection, request)

    def header(self, name: str) -> Iterator[str]:
        """The values of one header, request by request."""
        for request in self.requests:
            for line in request.decode().split("\r\n"):
                if line.lower().startswith(name + ":"):
                    yield line.partition(":")[2].strip()


def _read_request(connection: socket.socket) -> bytes:
    """Head and body of one request."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := connection.recv(65536)):
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].partition(b":")[2]) if lengths else 0
    while len(body) < wanted:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
