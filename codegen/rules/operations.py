"""Rules about operations: identity, scopes, answers, errors, pages, links, retirement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codegen.model import IDEMPOTENCY_KEY
from codegen.naming import is_reserved
from codegen.rules.view import PROBLEM, OperationNode, View
from codegen.source import Fault, Node, is_ref

_SNAKE = re.compile(r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$")
_SCOPE = re.compile(r"^[a-z][a-z_]*:[a-z]+$")
_SUNSET = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_PAGE = {"style": "cursor", "param": "cursor", "items": "items", "next": "next_cursor"}


def sdk_name(view: View) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for operation in view.operations:
        node = operation.node
        if set(node.value.get("x-sdk") or ()) != {"resource", "method"}:
            yield node.fault("`x-sdk` is missing", "add `x-sdk: {resource: ..., method: ...}`")
            continue
        for word in operation.sdk:
            if not _SNAKE.match(word) or is_reserved(word):
                yield node.child("x-sdk").fault(
                    f"`{word}` cannot be a name in both clients",
                    "use snake_case and no reserved word",
                )
        if operation.sdk in seen:
            yield node.child("x-sdk").fault(
                f"{seen[operation.sdk]} is {'.'.join(operation.sdk)} too", "rename one"
            )
        seen[operation.sdk] = operation.id


def scopes(view: View) -> Iterator[Fault]:
    for operation in view.operations:
        node, listed = operation.node, operation.node.value.get("x-scopes")
        is_public = node.value.get("security") == []
        if not isinstance(listed, list):
            yield node.fault("`x-scopes` is missing", "list what a key needs, as `noun:verb`")
        elif bool(listed) is is_public:
            yield node.child("x-scopes").fault(
                "an operation has scopes, or it is public",
                "give a scope, or say `x-scopes: []` and `security: []`",
            )
        else:
            for scope in listed:
                if not _SCOPE.match(str(scope)):
                    yield node.child("x-scopes").fault(
                        f"`{scope}` is no scope", "write `noun:verb`"
                    )


def answers(view: View) -> Iterator[Fault]:
    for operation in view.operations:
        successes = [status for status, _ in operation.responses() if status.startswith("2")]
        if len(successes) != 1:
            yield operation.node.child("responses").fault(
                f"{len(successes)} success answers", "declare exactly one 2xx"
            )
        for status, node in operation.responses():
            if status.startswith("2"):
                continue
            if not is_ref(node.value):
                yield node.fault("an error answer of its own", "refer to components/responses.yaml")
            elif set(_content(view, node)) != {PROBLEM}:
                yield node.fault("an error that is no problem document", f"answer {PROBLEM}")


def _content(view: View, node: Node) -> Iterator[str]:
    content = view.source.resolve(node).get("content")
    return iter(content.value) if content else iter(())


def bodies_are_named(view: View) -> Iterator[Fault]:
    for operation in view.operations:
        success = operation.success()
        for node in (operation.body(), success[1] if success else None):
            content = node.get("content") if node else None
            for media_type, media in content.children() if content else ():
                schema = media.get("schema")
                if schema is None or not is_ref(schema.value):
                    yield media.fault(
                        f"the {media_type} body has no name", "refer to a named schema"
                    )


def bodies_have_examples(view: View) -> Iterator[Fault]:
    """The reference, the samples and the tests are made from them."""
    for operation in view.operations:
        success = operation.success()
        for node in (operation.body(), success[1] if success else None):
            content = node.get("content") if node else None
            for media_type, media in content.children() if content else ():
                if not (media.value.get("examples") or "example" in media.value):
                    yield media.fault(f"the {media_type} body has no example", "add `examples`")


def error_codes(view: View) -> Iterator[Fault]:
    used = set()
    for operation in view.operations:
        listed = operation.node.get("x-errors")
        statuses = {status for status, _ in operation.responses()}
        for _, node in listed.children() if listed else ():
            entry = view.error_codes.get(node.value)
            used.add(node.value)
            if entry is None:
                yield node.fault(f"`{node.value}` is no error code", "add it to errors.yaml")
            elif entry.value.get("general"):
                yield node.fault(f"`{node.value}` is general", "leave it out: its status allows it")
            elif str(entry.value["status"]) not in statuses:
                yield node.fault(
                    f"`{node.value}` has status {entry.value['status']}, which is not declared",
                    "declare the status",
                )
    for code, node in view.error_codes.items():
        if code not in used and not node.value.get("general"):
            yield node.fault(f"no operation answers `{code}`", "use it or remove it")


def catalogue(view: View) -> Iterator[Fault]:
    for code, node in view.error_codes.items():
        if not _SNAKE.match(code):
            yield node.fault(f"the code `{code}`", "write it in snake_case")
        for member in ("status", "title", "when", "do", "retry"):
            if not node.value.get(member):
                yield node.fault(f"`{code}` has no `{member}`", "say it")
        if node.value.get("retry") not in ("never", "safe"):
            yield node.fault(f"`retry` of `{code}` is unknown", "write `never` or `safe`")
        if node.value.get("status") not in range(400, 600):
            yield node.fault(f"`{code}` has no error status", "use a status from 400 to 599")


def tags(view: View) -> Iterator[Fault]:
    declared = {tag["name"] for tag in view.source.entry.value.get("tags") or ()}
    for operation in view.operations:
        used = operation.node.value.get("tags") or []
        if len(used) != 1 or used[0] not in declared:
            yield operation.node.fault(
                f"the tags are {used}", "give exactly one that openapi.yaml declares"
            )


def pages(view: View) -> Iterator[Fault]:
    for operation in view.operations:
        node, entry = operation.node, operation.node.value.get("x-pagination")
        is_list = operation.sdk[1].startswith("list")
        schema = operation.success_schema()
        if entry is None:
            if _is_page(view, schema) or (is_list and operation.method == "get"):
                yield node.fault("a list without `x-pagination`", f"add `x-pagination: {_PAGE}`")
            continue
        if entry != _PAGE:
            yield node.child("x-pagination").fault("another kind of page", f"write {_PAGE}")
        if not _is_page(view, schema):
            yield node.fault(
                "the envelope is no page", "answer `allOf: [PageInfo, {items}]` with both required"
            )
        query = {
            p.value.get("name") for p in operation.parameters() if p.value.get("in") == "query"
        }
        if missing := {"cursor", "limit"} - query:
            yield node.fault(
                f"a list without the query parameters {sorted(missing)}",
                "refer to components/parameters.yaml",
            )


def _is_page(view: View, schema: Node | None) -> bool:
    if schema is None:
        return False
    listed = schema.get("allOf")
    parts = [
        schema,
        *(view.source.resolve(part) for _, part in (listed.children() if listed else ())),
    ]
    required = {name for part in parts for name in part.value.get("required", ())}
    properties = {name for part in parts for name in part.value.get("properties", ())}
    return {"items", "next_cursor"} <= required & properties


def creations(view: View) -> Iterator[Fault]:
    readable = {operation.sdk[0] for operation in view.operations if operation.sdk[1] == "get"}
    for operation in view.operations:
        if not _creates(operation):
            continue
        headers = {p.value.get("name") for p in operation.parameters()}
        if IDEMPOTENCY_KEY not in headers:
            yield operation.node.fault(
                f"it creates and takes no {IDEMPOTENCY_KEY}",
                "refer to components/parameters.yaml#/IdempotencyKey",
            )
        success = operation.success()
        if operation.sdk[0] in readable and not (success and success[1].value.get("links")):
            yield operation.node.fault(
                "a creation without a link to its read", "add `links` to the success answer"
            )


def _creates(operation: OperationNode) -> bool:
    is_creation = operation.id.startswith("create") or any(
        status == "201" for status, _ in operation.responses()
    )
    return operation.method == "post" and is_creation


def links(view: View) -> Iterator[Fault]:
    for operation in view.operations:
        for _, answer in operation.responses():
            listed = view.source.resolve(answer).get("links")
            for name, link in listed.children() if listed else ():
                target = view.source.resolve(link).value.get("operationId")
                if target not in view.operation_ids:
                    yield link.fault(
                        f"the link `{name}` leads to no operation ({target})",
                        "name an existing operationId",
                    )


def retirement(view: View) -> Iterator[Fault]:
    for operation in view.operations:
        node, sunset = operation.node, operation.node.value.get("x-sunset")
        if bool(node.value.get("deprecated")) is not (sunset is not None):
            yield node.fault("`deprecated` and `x-sunset` belong together", "give both or neither")
        elif sunset is not None and not _SUNSET.match(str(sunset)):
            yield node.child("x-sunset").fault("not a date", 'write "YYYY-MM-DD"')


def extensions(view: View) -> Iterator[Fault]:
    for operation in view.operations:
        if job := operation.node.get("x-job"):
            for role in ("get", "events", "cancel", "result"):
                if job.value.get(role) not in view.operation_ids:
                    yield job.fault(
                        f"`{role}` names no operation ({job.value.get(role)})",
                        "name an operationId",
                    )
        if stream := operation.node.get("x-stream"):
            yield from _stream(view, stream)


def _stream(view: View, stream: Node) -> Iterator[Fault]:
    event = view.components.get(str(stream.value.get("event")))
    if event is None:
        yield stream.fault(f"`event` names no schema ({stream.value.get('event')})", "name one")
        return
    known = (event.value.get("discriminator") or {}).get("mapping") or {}
    for role in ("terminal", "ephemeral"):
        for name in stream.value.get(role) or ():
            if name not in known:
                yield stream.fault(
                    f"`{role}` names no event type ({name})",
                    "use a key of the union's mapping",
                )


RULES = (
    sdk_name,
    scopes,
    answers,
    bodies_are_named,
    bodies_have_examples,
    error_codes,
    catalogue,
    tags,
    pages,
    creations,
    links,
    retirement,
    extensions,
)
