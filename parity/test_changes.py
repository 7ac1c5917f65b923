"""36 single changes of a contract: the gate lets the compatible ones pass and no other.

Run when the pin of redocly or `compat.py` moves.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from codegen import bundle
from parity import compat

pytestmark = pytest.mark.tools

MINI = Path(__file__).parents[1] / "codegen/tests/mini"
Document = dict[str, Any]
TEXT = {"type": "string", "description": "Free text.", "maxLength": 9}
JSON = "application/json"


@pytest.fixture(scope="module")
def old() -> Document:
    return bundle.build(MINI)


def operation(document: Document, path: str = "/v1/notes", method: str = "get") -> Document:
    found: Document = document["paths"][path][method]
    return found


def schema(document: Document, name: str) -> Document:
    found: Document = document["components"]["schemas"][name]
    return found


def properties(document: Document, name: str) -> Document:
    found: Document = schema(document, name)["properties"]
    return found


def parameter(document: Document, name: str) -> Document:
    found: Document = document["components"]["parameters"][name]
    return found


def query(name: str, required: bool) -> Document:
    return {"name": name, "in": "query", "required": required, "description": ".", "schema": TEXT}


def required_in(document: Document, name: str) -> list[str]:
    found: list[str] = schema(document, name)["required"]
    return found


COMPATIBLE = {
    "an optional request member": lambda d: properties(d, "NoteCreate").update(mood=TEXT),
    "a response member": lambda d: properties(d, "Note").update(mood=TEXT),
    "an optional parameter": lambda d: operation(d)["parameters"].append(query("mood", False)),
    "an operation": lambda d: d["paths"].update({"/v1/poems": d["paths"]["/healthz"]}),
    "a response enum value": lambda d: properties(d, "Note")["status"]["anyOf"][0]["enum"].append(
        "lost"
    ),
    "an event type": lambda d: (
        d["components"]["schemas"].update(Burnt={**schema(d, "HeartbeatEvent")}),
        schema(d, "NoteEvent")["oneOf"].append({"$ref": "#/components/schemas/Burnt"}),
    ),
    "a longer request text": lambda d: properties(d, "NoteCreate")["text"].update(maxLength=900),
    "a request enum value": lambda d: properties(d, "NoteCreate")["kind"]["enum"].append("song"),
    "a scope less": lambda d: operation(d)["x-scopes"].clear(),
    "an error code": lambda d: d["x-error-codes"].update(
        burnt=d["x-error-codes"]["note_not_found"]
    ),
}
BREAKING = {
    "a path less": lambda d: d["paths"].pop("/v1/notes/check"),
    "a method less": lambda d: d["paths"]["/v1/notes/{note_id}"].pop("delete"),
    "a response member less": lambda d: (
        properties(d, "Note").pop("words"),
        required_in(d, "Note").remove("words"),
    ),
    "a response member that may be absent": lambda d: required_in(d, "Note").remove("words"),
    "a response member of another type": lambda d: properties(d, "Note").update(words=TEXT),
    "a response member that may be null": lambda d: properties(d, "Note")["words"].update(
        type=["integer", "null"]
    ),
    "a required request member": lambda d: (
        properties(d, "NoteCreate").update(mood=TEXT),
        required_in(d, "NoteCreate").append("mood"),
    ),
    "a request member that must be there": lambda d: required_in(d, "NoteCreate").append("kind"),
    "a request member less": lambda d: properties(d, "NoteCreate").pop("labels"),
    "a request member of another type": lambda d: properties(d, "NoteCreate").update(
        text={"type": "boolean", "description": "."}
    ),
    "a shorter request text": lambda d: properties(d, "NoteCreate")["text"].update(maxLength=9),
    "a request text that must be longer": lambda d: properties(d, "NoteCreate")["text"].update(
        minLength=9
    ),
    "a request enum value less": lambda d: properties(d, "NoteCreate")["kind"]["enum"].remove(
        "poem"
    ),
    "a request list that must be shorter": lambda d: properties(d, "NoteCreate")["authors"].update(
        maxItems=1
    ),
    "a required parameter": lambda d: operation(d)["parameters"].append(query("mood", True)),
    "a parameter that must be there": lambda d: parameter(d, "Cursor").update(required=True),
    "a parameter less": lambda d: operation(d)["parameters"].pop(),
    "a parameter of another type": lambda d: parameter(d, "Limit").update(schema=TEXT),
    "a smaller largest parameter": lambda d: parameter(d, "Limit")["schema"].update(maximum=9),
    "another success status": lambda d: operation(d)["responses"].update(
        {"202": operation(d)["responses"].pop("200")}
    ),
    "another media type of the answer": lambda d: operation(d)["responses"]["200"].update(
        content={"text/plain": operation(d)["responses"]["200"]["content"][JSON]}
    ),
    "another media type of the request": lambda d: operation(d, method="post")[
        "requestBody"
    ].update(content={"text/plain": operation(d, method="post")["requestBody"]["content"][JSON]}),
    "a key for what was public": lambda d: operation(d, "/healthz").pop("security"),
    "a scope more": lambda d: operation(d)["x-scopes"].append("notes:admin"),
    "another default": lambda d: parameter(d, "Limit")["schema"].update(default=20),
    "another client name": lambda d: operation(d)["x-sdk"].update(method="search"),
}


def objections(old: Document, change: Any) -> list[str]:
    """What the gate says when the change comes with a new minor version."""
    new = copy.deepcopy(old)
    change(new)
    new["info"]["version"] = "1.3.0"
    return compat.compare(old, new)


def test_there_are_thirty_six_changes() -> None:
    assert (len(COMPATIBLE), len(BREAKING)) == (10, 26)


@pytest.mark.parametrize("name", COMPATIBLE)
def test_a_compatible_change_passes(name: str, old: Document) -> None:
    assert objections(old, COMPATIBLE[name]) == []


@pytest.mark.parametrize("name", BREAKING)
def test_a_breaking_change_is_refused(name: str, old: Document) -> None:
    assert objections(old, BREAKING[name]) != []
