"""Each rule of the dialect refuses what breaks it, and the small contract keeps them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from codegen import checks
from codegen.source import Source

Files = dict[str, Any]


def at(files: Files, file: str, *path: str | int) -> Any:
    node = files[file]
    for part in path:
        node = node[part]
    return node


def put(file: str, *path: str | int, value: Any) -> Callable[[Files], None]:
    return lambda files: at(files, file, *path[:-1]).__setitem__(path[-1], value)


def drop(file: str, *path: str | int) -> Callable[[Files], None]:
    return lambda files: at(files, file, *path[:-1]).__delitem__(path[-1])


NOTES, SCHEMAS, COMMON = "paths/notes.yaml", "schemas/notes.yaml", "schemas/common.yaml"
CREATE = (NOTES, "notes", "post")
GET = (NOTES, "note", "get")
LIST = (NOTES, "notes", "get")
TEXT = (SCHEMAS, "NoteCreate", "properties", "text")
STATUS = (SCHEMAS, "Note", "properties", "status")
WORDS = (SCHEMAS, "Note", "properties", "words")
OWN_ERROR = {"description": "Own.", "content": {"application/problem+json": {}}}
PLAIN_ERROR = {"description": "Plain.", "content": {"text/plain": {}}}

NUL = "a request string that may hold NUL"

REFUSED = {
    "an operation without a client name": (drop(*CREATE, "x-sdk"), "`x-sdk` is missing"),
    "a reserved word as a client name": (
        put(*CREATE, "x-sdk", "method", value="import"),
        "cannot be a name in both clients",
    ),
    "a client name in camelCase": (
        put(*CREATE, "x-sdk", "method", value="createNote"),
        "cannot be a name in both clients",
    ),
    "one client name twice": (put(*GET, "x-sdk", "method", value="create"), "notes.create too"),
    "an operation without scopes": (drop(*CREATE, "x-scopes"), "`x-scopes` is missing"),
    "empty scopes behind a key": (put(*CREATE, "x-scopes", value=[]), "or it is public"),
    "scopes on a public operation": (put(*CREATE, "security", value=[]), "or it is public"),
    "a scope that is no noun and verb": (put(*CREATE, "x-scopes", value=["w"]), "`w` is no scope"),
    "two successes": (
        put(*GET, "responses", "202", value={"description": "Also."}),
        "2 success answers",
    ),
    "an error answer of its own": (
        put(*GET, "responses", "404", value=OWN_ERROR),
        "an error answer of its own",
    ),
    "an error that is no problem": (
        lambda files: (
            files["components/responses.yaml"].update(Plain=PLAIN_ERROR),
            at(files, *GET, "responses").update(
                {"404": {"$ref": "../components/responses.yaml#/Plain"}}
            ),
        ),
        "no problem document",
    ),
    "a body without a name": (
        put(*CREATE, "requestBody", "content", "application/json", "schema", value={}),
        "body has no name",
    ),
    "a body without an example": (
        drop(*CREATE, "requestBody", "content", "application/json", "examples"),
        "body has no example",
    ),
    "an unknown error code": (put(*GET, "x-errors", value=["nope"]), "`nope` is no error code"),
    "an error code without its status": (drop(*GET, "responses", "404"), "which is not declared"),
    "a general code listed": (
        put(*GET, "x-errors", value=["note_not_found", "unavailable"]),
        "`unavailable` is general",
    ),
    "a code that nobody answers": (drop(*CREATE, "x-errors"), "no operation answers"),
    "a code without advice": (drop("errors.yaml", "unavailable", "do"), "has no `do`"),
    "a code with an unknown retry": (
        put("errors.yaml", "unavailable", "retry", value="maybe"),
        "`retry` of `unavailable`",
    ),
    "a code with a success status": (
        put("errors.yaml", "unavailable", "status", value=200),
        "has no error status",
    ),
    "a code in camelCase": (
        lambda files: files["errors.yaml"].update(tooBusy=files["errors.yaml"]["unavailable"]),
        "write it in snake_case",
    ),
    "an undeclared tag": (put(*GET, "tags", value=["poems"]), "exactly one that openapi.yaml"),
    "an object without a name": (
        put(*TEXT, value={"type": "object", "properties": {}, "additionalProperties": False}),
        "an object schema without a name",
    ),
    "one schema name in two files": (
        put("schemas/system.yaml", "Note", value={"type": "string", "maxLength": 1}),
        "is in schemas/notes.yaml too",
    ),
    "a schema name in snake_case": (
        lambda files: files[SCHEMAS].update(a_note=files[SCHEMAS]["Note"]),
        "the schema name `a_note`",
    ),
    "a property in camelCase": (
        put(SCHEMAS, "Note", "properties", "dueAt", value={"type": "string"}),
        "the property `dueAt`",
    ),
    "a parameter in kebab-case": (
        put("components/parameters.yaml", "Cursor", "name", value="the-cursor"),
        "the parameter `the-cursor`",
    ),
    "a path outside of /v1": (
        put("openapi.yaml", "paths", "/notes", value={"$ref": "paths/notes.yaml#/notes"}),
        "put it under /v1",
    ),
    "a path in camelCase": (
        put("openapi.yaml", "paths", "/v1/theNotes", value={"$ref": "paths/notes.yaml#/notes"}),
        "write kebab-case",
    ),
    "schema files in a circle": (
        put(COMMON, "PageInfo", "properties", "n", value={"$ref": "notes.yaml#/Note"}),
        "refer to each other",
    ),
    "an orphan schema": (
        put(SCHEMAS, "Lost", value={"type": "string"}),
        "nothing refers to `Lost`",
    ),
    "an orphan answer": (
        put("components/responses.yaml", "Lost", value=PLAIN_ERROR),
        "nothing refers to `Lost`",
    ),
    "a link to nowhere": (
        put(*CREATE, "responses", "201", "links", "get", "operationId", value="getNothing"),
        "leads to no operation",
    ),
    "a broken reference": (
        put(*GET, "responses", "404", "$ref", value="../components/responses.yaml#/Nope"),
        "leads nowhere",
    ),
    "an open request object": (
        drop(SCHEMAS, "NoteCreate", "additionalProperties"),
        "takes unknown members",
    ),
    "a closed response object": (
        put(SCHEMAS, "Note", "additionalProperties", value=False),
        "that can never grow",
    ),
    "an open request enum": (
        put(
            *TEXT,
            value={
                "anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "maxLength": 1}]
            },
        ),
        "a request enum that takes any string",
    ),
    "a closed response enum": (
        put(*STATUS, value={"type": "string", "enum": ["open"]}),
        "a response enum that can never grow",
    ),
    "a union without a discriminator": (
        drop("events.yaml", "NoteEvent", "discriminator"),
        "a union without a full mapping",
    ),
    "a union with half a mapping": (
        drop("events.yaml", "NoteEvent", "discriminator", "mapping", "note.done"),
        "a union without a full mapping",
    ),
    "a member that does not say its type": (
        put("events.yaml", "NoteDoneEvent", "required", value=["seq", "at"]),
        "members that do not say which they are",
    ),
    "nullable of OpenAPI 3.0": (put(*WORDS, "nullable", value=True), "`nullable` is OpenAPI 3.0"),
    "a nullable object by type": (
        put(*WORDS, "type", value=["object", "null"]),
        "write `[scalar, ",
    ),
    "a choice of two types": (
        put(*WORDS, value={"anyOf": [{"type": "string"}, {"type": "boolean"}]}),
        "for null and for open enums only",
    ),
    "composition outside of a page": (
        put(SCHEMAS, "CheckReport", "allOf", value=[{"$ref": "#/Note"}]),
        "`allOf` outside of a page",
    ),
    "a list without pages": (drop(*LIST, "x-pagination"), "a list without `x-pagination`"),
    "another kind of page": (put(*LIST, "x-pagination", "items", value="notes"), "another kind"),
    "a page without its cursor": (
        put(COMMON, "PageInfo", "required", value=[]),
        "the envelope is no page",
    ),
    "a list without a limit": (drop(*LIST, "parameters", 1), "without the query parameters"),
    "money as a number": (
        put(SCHEMAS, "Note", "properties", "cost_usd", value={"type": "number"}),
        "money that is no decimal string",
    ),
    "money with a decimal format": (
        put(COMMON, "Money", "format", value="decimal"),
        "drops the pattern",
    ),
    "a time without its pattern": (drop(COMMON, "Timestamp", "pattern"), "without the UTC pattern"),
    "an integer without bounds": (drop(*WORDS, "maximum"), "without both bounds"),
    "an integer beyond 53 bits": (put(*WORDS, "maximum", value=2**53), "without both bounds"),
    "a float in a parameter": (
        put("components/parameters.yaml", "Limit", "schema", value={"type": "number"}),
        "a float in a parameter",
    ),
    "a request string of any length": (drop(*TEXT, "maxLength"), "a request string of any length"),
    "a request list of any length": (
        drop(SCHEMAS, "NoteCreate", "properties", "authors", "maxItems"),
        "a request list of any length",
    ),
    "a request string that may hold NUL": (drop(*TEXT, "pattern"), NUL),
    "a parameter that may hold NUL": (
        drop("components/parameters.yaml", "Cursor", "schema", "pattern"),
        NUL,
    ),
    "a pattern that takes any character": (put(*TEXT, "pattern", value="^.*$"), NUL),
    "a pattern that forbids something else": (put(*TEXT, "pattern", value="^[^a]*$"), NUL),
    "a pattern with an open end": (put(*TEXT, "pattern", value="^[a-z]+"), NUL),
    "a pattern with an open branch": (put(*TEXT, "pattern", value="^[a-z]+|[0-9]+$"), NUL),
    "a pattern that not every language reads": (put(*TEXT, "pattern", value=r"^\p{L}+$"), NUL),
    "a default in a response": (put(*WORDS, "default", value=0), "a default in a response"),
    "a default that nobody is told": (
        put(SCHEMAS, "NoteCreate", "properties", "kind", "description", value="What it is."),
        "is not in the description",
    ),
    "a parameter's default that nobody is told": (
        put("components/parameters.yaml", "Limit", "description", value="Most items."),
        "is not in the description",
    ),
    "a creation without an idempotency key": (
        drop(*CREATE, "parameters"),
        "it creates and takes no Idempotency-Key",
    ),
    "a creation without links": (
        drop(*CREATE, "responses", "201", "links"),
        "a creation without a link",
    ),
    "deprecation without an end": (put(*GET, "deprecated", value=True), "belong together"),
    "an end without deprecation": (put(*GET, "x-sunset", value="2027-01-01"), "belong together"),
    "an end that is no date": (
        put(NOTES, "note", "delete", "x-sunset", value="next summer"),
        "not a date",
    ),
    "a job with an unknown operation": (
        put(*CREATE, "x-job", "cancel", value="stopNote"),
        "`cancel` names no operation",
    ),
    "a stream of an unknown event": (
        put(NOTES, "stream", "get", "x-stream", "event", value="PoemEvent"),
        "`event` names no schema",
    ),
    "a stream that ends with an unknown type": (
        put(NOTES, "stream", "get", "x-stream", "terminal", value=["note.lost"]),
        "`terminal` names no event type",
    ),
    "a type with an unknown error": (
        put(COMMON, "Money", "x-error", value="bad_money"),
        "`x-error: bad_money` is no error code",
    ),
    "an error on a type without a name": (
        put(*TEXT, "x-error", value="invalid_amount"),
        "on a schema without a name",
    ),
    "no operation at all": (put("openapi.yaml", "paths", value={}), "there is no operation"),
}

ACCEPTED = {
    "a map as a value": put(
        *TEXT,
        value={
            "type": "object",
            "additionalProperties": {"type": "string", "maxLength": 9, "pattern": "^[a-z]*$"},
        },
    ),
    "a nullable open enum": put(
        *STATUS,
        value={
            "anyOf": [{"type": "string", "enum": ["open"]}, {"type": "string"}, {"type": "null"}]
        },
    ),
    "a nullable scalar": put(*WORDS, "type", value=["integer", "null"]),
    "a pattern without NUL": put(*TEXT, "pattern", value=r"^([!-~]|\n)*$"),
    "a pattern of two anchored branches": put(*TEXT, "pattern", value="^[a-z]$|^[0-9]$"),
    "a constant without a length": put(*TEXT, value={"type": "string", "const": "x"}),
    "nullable money": put(
        SCHEMAS,
        "Note",
        "properties",
        "cost_usd",
        value={"anyOf": [{"$ref": "common.yaml#/Money"}, {"type": "null"}]},
    ),
}


def test_the_small_contract_keeps_every_rule(mini: Source) -> None:
    assert checks.find(mini) == []


@pytest.mark.parametrize("name", REFUSED)
def test_the_dialect_refuses(name: str, changed: Callable[..., Source]) -> None:
    change, problem = REFUSED[name]

    faults = checks.find(changed(change))

    assert any(problem in str(fault) for fault in faults), [str(fault) for fault in faults]


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_dialect_accepts(name: str, changed: Callable[..., Source]) -> None:
    assert [str(fault) for fault in checks.find(changed(ACCEPTED[name]))] == []


def test_a_fault_names_file_place_and_fix(changed: Callable[..., Source]) -> None:
    (fault,) = checks.find(changed(drop(*TEXT, "maxLength")))

    assert str(fault) == (
        "openapi/schemas/notes.yaml at /NoteCreate/properties/text: "
        "a request string of any length. Fix: add `maxLength`."
    )


def test_every_rule_has_a_spec_that_it_refuses(changed: Callable[..., Source]) -> None:
    from codegen.rules.view import View

    views = []
    for change, _ in REFUSED.values():
        source = changed(change)
        if not any("leads nowhere" in str(fault) for fault in checks.find(source)):
            views.append(View(source))

    silent = [rule.__name__ for rule in checks.RULES if not any(list(rule(v)) for v in views)]

    assert silent == []
