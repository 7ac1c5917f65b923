"""A server that knows only the contract: it answers with its examples and records what is sent."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BUNDLE = ROOT / "server/src/aragora_server/contract/bundle.json"
COMPARED = ("accept", "content-type", "idempotency-key", "last-event-id")
METHODS = ("get", "post", "put", "patch", "delete")

Answer = Mapping[str, Any]


def contract() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(BUNDLE.read_text())
    return document


def operations(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Operation id -> its node, with `method` and `path` beside."""
    return {
        node["operationId"]: {**node, "method": method.upper(), "path": path}
        for path, item in document["paths"].items()
        for method, node in item.items()
        if method in METHODS
    }


def example_answer(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Answer:
    """The success that the contract shows for an operation."""
    status, response = next((s, r) for s, r in operation["responses"].items() if s < "3")
    if "content" not in response:
        return {"status": int(status), "body": b"", "media_type": None}
    media_type, content = next(iter(response["content"].items()))
    example = next(iter(content["examples"].values()))
    if "$ref" in example:
        example = document["components"]["examples"][example["$ref"].rsplit("/", 1)[-1]]
    body = json.dumps(example["value"]).encode()
    return {"status": int(status), "body": body, "media_type": media_type}


def error_answer(codes: Mapping[str, Any], code: str) -> Answer:
    """A problem document of this code, with its typed members filled in."""
    entry = codes[code]
    fillers = {"string": "0", "integer": 7, "array": [], "object": {}}
    members = {
        name: None if isinstance(schema["type"], list) else fillers[schema["type"]]
        for name, schema in entry.get("members", {}).items()
    }
    problem = {
        "type": f"urn:aragora:error:{code}",
        "title": entry["title"],
        "status": entry["status"],
        "detail": entry["when"],
        "instance": "/recorded",
        "code": code,
        "request_id": "req_" + "0" * 32,
        "doc_url": "https://docs.invalid/" + code,
        "errors": [],
        **members,
    }
    body = json.dumps(problem).encode()
    media_type = "application/problem+json"
    return {"status": entry["status"], "body": body, "media_type": media_type}


class Recorder:
    """Answers in the order of a script, else with the operation's example; keeps each request."""

    def __init__(self) -> None:
        self.document = contract()
        self.operations = operations(self.document)
        self.requests: list[dict[str, Any]] = []
        self.script: list[Answer] = []
        self._patterns = [
            (node["method"], _pattern(node["path"]), node) for node in self._specific_first()
        ]

    def _specific_first(self) -> list[dict[str, Any]]:
        return sorted(self.operations.values(), key=lambda node: node["path"].count("{"))

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        path, _, query = target.partition("?")
        kept = {name: headers[name] for name in COMPARED if name in headers}
        scheme = headers.get("authorization", "").partition(" ")[0]
        self.requests.append(
            {
                "method": method,
                "path": path,
                "query": query,
                "headers": kept,
                "auth": scheme,
                "body": _canonical(body, headers.get("content-type", "")),
            }
        )
        if self.script:
            return self.script.pop(0)
        for wanted, pattern, node in self._patterns:
            if wanted == method and pattern.fullmatch(path):
                return example_answer(self.document, node)
        return {"status": 404, "body": b"", "media_type": None}


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)))


def _canonical(body: bytes, media_type: str) -> str:
    if media_type != "application/json" or not body:
        return body.decode("latin-1")
    return json.dumps(json.loads(body), sort_keys=True, ensure_ascii=False)


@contextmanager
def serving(recorder: Recorder) -> Iterator[str]:
    """Serve a recorder on loopback; yields its base URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = recorder.answer(self.command, self.path, headers, self.rfile.read(length))
            self.send_response(answer["status"])
            for name, value in answer.get("headers", {}).items():
                self.send_header(name, value)
            if answer["media_type"]:
                self.send_header("content-type", answer["media_type"])
            self.send_header("content-length", str(len(answer["body"])))
            if answer.get("close"):
                self.send_header("connection", "close")
            self.end_headers()
            self.wfile.write(answer["body"])

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        def log_message(self, *_: object) -> None:
            """Stay quiet: what was asked stands in `requests`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
