"""Six columns that must be equal: spec, server, Python (sync and async), TypeScript, reference.

Each column is read from what is really there: the server's own route list, the attributes of real
clients, the emitted declarations, the pages. None of them reads another's source of truth, except
that all are compared with the spec.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from parity.recorder import ROOT, contract, operations

# Methods that a client has beside the operations: what a job adds.
JOB_METHODS = {"start", "run", "attach"}

Column = dict[str, tuple[str, ...]]

PYTHON = """
import inspect, json
from aragora import {client}
client = {client}(api_key="ara_surface", base_url="http://127.0.0.1:1")
found = {{}}
for resource in {resources}:
    part = getattr(client, resource)
    for name, method in inspect.getmembers(type(part), inspect.isroutine):
        if not name.startswith("_"):
            names = set(inspect.signature(method).parameters) - {{"self", "request_options"}}
            found[f"{{resource}}.{{name}}"] = sorted(names)
print(json.dumps(found))
"""


def from_spec() -> Column:
    """resource.method -> names of what a caller can pass, path first."""
    document = contract()
    return {
        f"{node['x-sdk']['resource']}.{node['x-sdk']['method']}": _accepted(document, node)
        for node in operations(document).values()
    }


def _accepted(document: dict, node: dict) -> tuple[str, ...]:
    parameters = [_resolved(document, parameter) for parameter in node.get("parameters", [])]
    path = [p["name"] for p in parameters if p["in"] == "path"]
    query = [p["name"] for p in parameters if p["in"] == "query"]
    return (*path, *sorted(query + _body_names(document, node)))


def _body_names(document: dict, node: dict) -> list[str]:
    if "requestBody" not in node:
        return []
    media_type, content = next(iter(node["requestBody"]["content"].items()))
    if media_type != "application/json":
        return ["body"]
    return list(_resolved(document, content["schema"])["properties"])


def _resolved(document: dict, node: dict) -> dict:
    while "$ref" in node:
        found = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def from_python(client: str) -> Column:
    resources = sorted({call.split(".")[0] for call in from_spec()})
    program = PYTHON.format(client=client, resources=resources)
    found = json.loads(_output(sys.executable, "-W", "ignore", "-c", program))
    return {call: tuple(names) for call, names in found.items()}


def from_server() -> dict[str, tuple[str, str]]:
    """Operation id -> (method, path), as the server itself lists what it serves."""
    routes = json.loads(_output(sys.executable, "-m", "aragora_server", "routes", "--json"))
    listed = [route["operation"] for route in routes]
    assert len(listed) == len(set(listed)), "the server serves an operation twice"
    return {route["operation"]: (route["method"], route["path"]) for route in routes}


def from_typescript() -> set[str]:
    """resource.method in snake case, from the declarations that users compile against."""
    folder = ROOT / "sdk/typescript/dist/generated"
    found = set()
    for page in sorted(folder.glob("*.d.ts")):
        text = page.read_text()
        for name, body in re.findall(
            r"class (\w+) [^{]*\{(.*?)^\}", text, re.DOTALL | re.MULTILINE
        ):
            resource = snake(re.sub(r"^Live|(Resource|Methods)$", "", name))
            methods = re.findall(r"^    (\w+)(?:<[^>]*>)?\(", body, re.MULTILINE)
            found |= {f"{resource}.{snake(m)}" for m in methods if m != "constructor"}
    return found


def from_reference() -> set[str]:
    """resource.method, from the lines of the reference that name the Python call."""
    pages = sorted((ROOT / "docs/reference").glob("*.md"))
    text = "\n".join(page.read_text() for page in pages)
    return set(re.findall(r"· Python `client\.([a-z_.]+)`", text))


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _output(*command: str | Path) -> str:
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
