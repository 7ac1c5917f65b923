"""The same scenario through every client: the requests on the wire must be equal.

A scenario is a list of steps: `call` (resource.method), `path` (positional ids), `args`, `bytes`
(a body sent as it is), and optionally `answers`, the server's answers in order: `{error: code}`,
`{status, headers}`, `{events: [...]}` or `{}` for the contract's example. Drivers run the steps
and print what each gave: a value or an error code.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from parity.recorder import ROOT, Answer, Recorder, error_answer, example_answer, serving

DRIVERS = {
    "python": (sys.executable, "parity/drivers/python_sync.py"),
    "python-async": (sys.executable, "parity/drivers/python_async.py"),
    "typescript": ("node", "parity/drivers/typescript.mjs"),
}
SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))
KEY = re.compile(r"idk_[0-9a-f]{32}")


def error_codes() -> dict[str, Any]:
    codes: dict[str, Any] = yaml.safe_load((ROOT / "openapi/errors.yaml").read_text())
    return codes


def load(path: Path) -> dict[str, Any]:
    scenario: dict[str, Any] = yaml.safe_load(path.read_text())
    return scenario


def play(client: str, scenario: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """Run a scenario through one client: (what each step gave, what went over the wire)."""
    recorder = Recorder()
    recorder.script = [
        scripted(recorder, step, answer)
        for step in scenario["steps"]
        for answer in step.get("answers", [{}])
    ]
    with serving(recorder) as url:
        environment = {
            **os.environ,
            "ARAGORA_BASE_URL": url + scenario.get("prefix", ""),
            "ARAGORA_API_KEY": "ara_parity",
        }
        done = subprocess.run(
            DRIVERS[client],
            input=json.dumps(scenario["steps"]),
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=environment,
            timeout=60,
            check=False,
        )
    if done.returncode:
        raise AssertionError(f"the {client} driver failed:\n{done.stderr}")
    return json.loads(done.stdout), renamed(recorder.requests)


def scripted(recorder: Recorder, step: Mapping[str, Any], answer: Mapping[str, Any]) -> Answer:
    """What the server answers: a planted error, a stream, or the contract's example."""
    if "error" in answer:
        problem = error_answer(error_codes(), answer["error"])
        return {**problem, "headers": answer.get("headers", {})}
    if "events" in answer:
        lines = "".join(_event(event) for event in answer["events"])
        return {
            "status": 200,
            "body": lines.encode(),
            "media_type": "text/event-stream",
            "close": True,
        }
    if "status" in answer:
        body = answer.get("body", "").encode()
        return {
            "status": answer["status"],
            "body": body,
            "media_type": answer.get("media_type"),
            "headers": answer.get("headers", {}),
        }
    return _example_of(recorder, step["call"])


def _example_of(recorder: Recorder, call: str) -> Answer:
    for node in recorder.operations.values():
        if f"{node['x-sdk']['resource']}.{node['x-sdk']['method']}" == call:
            return example_answer(recorder.document, node)
    raise LookupError(f"no operation is called {call}")


def _event(event: Mapping[str, Any]) -> str:
    number = f"id: {event['seq']}\n" if "seq" in event else ""
    return f"{number}event: {event['type']}\ndata: {json.dumps(event)}\n\n"


def renamed(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Random idempotency keys by order of appearance: equal on retries, or the test fails."""
    names: dict[str, str] = {}
    for request in requests:
        key = request["headers"].get("idempotency-key")
        if key and KEY.fullmatch(key):
            request["headers"]["idempotency-key"] = names.setdefault(key, f"<key {len(names) + 1}>")
    return requests
