"""The TypeScript client: types, error classes, one resource file a tag, namespaces, streams."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import jinja2

from codegen import tools
from codegen.literals import TYPESCRIPT, literal
from codegen.model import ErrorCode, Json, Operation, Param, Spec, ref_name, resolve
from codegen.naming import camel, jsdoc, pascal

HOME = "sdk/typescript/src/generated"
TARGETS = (HOME,)
OPTIONS = (
    "--root-types",
    "--root-types-no-schema-prefix",
    "--alphabetize",
    "--immutable",
    # Without it a request field with a default becomes a required one.
    "--default-non-nullable=false",
)
STATUS_CLASSES: Mapping[int, str] = {
    400: "InvalidRequest",
    401: "Unauthenticated",
    402: "PaymentRequired",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    410: "Gone",
    413: "TooLarge",
    422: "InvalidRequest",
    429: "RateLimited",
    503: "Unavailable",
}
SCALARS: Mapping[str, str] = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "object": "Readonly<Record<string, unknown>>",
    "null": "null",
}
RETRIED = frozenset({408, 429, 500, 502, 503, 504})
WIDTH = 100
# `"a" | string` is plain `string` to the compiler: no completion, no narrowing.
OPEN_ENUM = re.compile(r'(?<=[")]) \| string(?=[;) ])')


def emit(spec: Spec) -> dict[str, str]:
    files = {
        "types.ts": _types(spec),
        "errors.ts": _errors(spec),
        "namespaces.ts": _namespaces(spec),
        "live.ts": _live(spec),
    }
    for tag, operations in spec.by_tag().items():
        rest = [op for op in operations if op.success.kind != "stream"]
        if rest:
            files[f"{tag}.ts"] = _resources(spec, rest)
    return {f"{HOME}/{name}": text for name, text in sorted(files.items())}


def _types(spec: Spec) -> str:
    """Only schemas: paths and operations are methods here, not types."""
    bundle = {
        "openapi": spec.bundle["openapi"],
        "info": spec.bundle["info"],
        "paths": {},
        "components": {"schemas": spec.schemas},
    }
    text = OPEN_ENUM.sub(
        " | (string & Record<never, never>)", tools.openapi_typescript(bundle, *OPTIONS)
    )
    return f"{tools.TYPESCRIPT_HEADER}\n{text}"


def _errors(spec: Spec) -> str:
    bases = {STATUS_CLASSES.get(e.status) or _fallback(e.status) for e in spec.errors}
    return _render(
        "typescript_errors.ts.j2",
        imports=_names([*bases, "type StatusErrorClass"]),
        classes=[_error_class(error) for error in spec.errors if not _is_its_base(error)],
        codes=[(error.code, _error_name(error)) for error in spec.errors],
    )


def _fallback(status: int) -> str:
    return "ServerError" if status >= 500 else "StatusError"


def _is_its_base(error: ErrorCode) -> bool:
    """`not_found` says no more than `NotFound` does."""
    return pascal(error.code) == STATUS_CLASSES.get(error.status)


def _error_name(error: ErrorCode) -> str:
    return pascal(error.code)


def _error_class(error: ErrorCode) -> dict[str, Any]:
    return {
        "name": _error_name(error),
        "base": STATUS_CLASSES.get(error.status) or _fallback(error.status),
        "code": error.code,
        "doc": jsdoc(f"{error.status}: {error.when} {error.do}", indent=""),
        "members": [
            {
                "name": name,
                "type": _type_of(schema),
                "doc": jsdoc(schema.get("description", "")) if "description" in schema else None,
            }
            for name, schema in error.members.items()
        ],
    }


def _resources(spec: Spec, operations: Sequence[Operation]) -> str:
    names = list(dict.fromkeys(op.resource for op in operations))
    resources = [
        {
            "class": _class(name),
            "doc": jsdoc(f"Methods of `client.{camel(name)}`.", indent=""),
            "methods": [_method(spec, op) for op in operations if op.resource == name],
        }
        for name in names
    ]
    core = {
        "call": ["Op"],
        "options": ["RequestOptions"],
        "page": ["PageNames", "PagePromise"] if any(op.pagination for op in operations) else [],
        "promise": _promises(operations),
    }
    return _render(
        "typescript_resource.ts.j2",
        core=[(module, _names(names)) for module, names in core.items() if names],
        types=_names(_schemas_of(operations)),
        operations=[
            {"name": op.id, "value": literal(_record(op), TYPESCRIPT, used=len(op.id) + 20)}
            for op in operations
        ],
        pages=_page_names(operations),
        params=[_params_interface(spec, op) for op in operations if op.params_in("query")],
        resources=resources,
    )


def _promises(operations: Sequence[Operation]) -> list[str]:
    names = ["ApiPromise"] if any(not op.pagination for op in operations) else []
    has_files = any(op.success.kind == "binary" for op in operations)
    return [*names, "BinaryResponse"] if has_files else names


def _page_names(operations: Sequence[Operation]) -> str | None:
    """All lists speak of their pages in the same words, or the template needs to grow."""
    found = {(p.param, p.items, p.next) for op in operations if (p := op.pagination)}
    if len(found) > 1:
        raise ValueError(f"lists of one tag name their pages differently: {sorted(found)}")
    return next(
        (
            literal({"param": param, "items": items, "next": following}, TYPESCRIPT)
            for param, items, following in found
        ),
        None,
    )


def _schemas_of(operations: Iterable[Operation]) -> list[str]:
    names: set[str] = set()
    for op in operations:
        if op.body:
            names.add(op.body.schema)
        if op.pagination:
            names.add(op.pagination.item_schema)
        elif op.success.kind == "json" and op.success.schema:
            names.add(op.success.schema)
    return sorted(names)


def _record(operation: Operation) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": operation.id,
        "method": operation.method,
        "path": operation.path,
    }
    if query := [p.name for p in operation.params_in("query")]:
        record["query"] = query
    if operation.body:
        record["sends"] = operation.body.media_type
        if operation.body.is_raw:
            record["raw"] = True
    if operation.success.kind != "json":
        record["reads"] = operation.success.kind
    if operation.success.kind in {"binary", "stream"}:
        record["accept"] = operation.success.media_type
    if operation.takes_idempotency_key:
        record["takesKey"] = True
    if operation.is_public:
        record["public"] = True
    return record


def _params_interface(spec: Spec, operation: Operation) -> dict[str, Any]:
    return {
        "name": _params_name(operation),
        "doc": jsdoc(f"Query of `{camel(operation.resource)}.{camel(operation.name)}`.", indent=""),
        "members": [_param_member(spec, param) for param in operation.params_in("query")],
    }


def _param_member(spec: Spec, param: Param) -> dict[str, str]:
    mark = "" if param.required else "?"
    type_ = _type_of(resolve(spec.bundle, param.schema))
    return {
        "doc": jsdoc(param.description),
        "line": f"readonly {param.name}{mark}: {type_};",
    }


def _params_name(operation: Operation) -> str:
    return f"{pascal(operation.resource)}{pascal(operation.name)}Params"


def _class(resource: str) -> str:
    return f"{pascal(resource)}Resource"


def _method(spec: Spec, operation: Operation) -> dict[str, str]:
    ids = operation.params_in("path")
    arguments = [f"{camel(p.name)}: string" for p in ids]
    members = [p.name if camel(p.name) == p.name else f"{p.name}: {camel(p.name)}" for p in ids]
    if operation.body and operation.body.is_raw:
        arguments.append(f"body: Uint8Array | string | {operation.body.schema}")
        members.append("body")
    elif given := _given(spec, operation):
        arguments.append(f"params: {given}")
        members.append("...params")
    # Only a call with nothing else to send hands its arguments on as they are.
    args = "params" if members == ["...params"] else f"{{ {', '.join(members)} }}"
    args = "{}" if not members else args
    verb, returns = _verb(operation)
    extra = ", PAGE" if operation.pagination else ""
    return {
        "doc": _doc(operation),
        "signature": _wrapped(
            f"  {camel(operation.name)}(",
            [*arguments, "options?: RequestOptions"],
            f"): {returns} {{",
        ),
        "body": f"return this.{verb}({operation.id}{extra}, {args}, options);",
    }


def _given(spec: Spec, operation: Operation) -> str | None:
    """The type of `params`: query and body members in one object."""
    query = operation.params_in("query")
    body = operation.body
    names = [p.name for p in (*operation.params_in("path"), *query)]
    schema = spec.schemas[body.schema] if body else {}
    twice = [*names, *schema.get("properties", {})]
    if len(set(twice)) != len(twice):
        raise ValueError(f"{operation.id}: a name stands in more than one place of the request")
    parts = [*([_params_name(operation)] if query else []), *([body.schema] if body else [])]
    if not parts:
        return None
    needs = any(p.required for p in query) or (body is not None and bool(schema.get("required")))
    return " & ".join(parts) + ("" if needs else " = {}")


def _verb(operation: Operation) -> tuple[str, str]:
    if operation.pagination:
        item = operation.pagination.item_schema
        return f"page<{item}>", f"PagePromise<{item}>"
    if operation.success.kind == "binary":
        return "call<BinaryResponse>", "ApiPromise<BinaryResponse>"
    if operation.success.kind == "empty":
        return "call<undefined>", "ApiPromise<undefined>"
    return f"call<{operation.success.schema}>", f"ApiPromise<{operation.success.schema}>"


def _doc(operation: Operation) -> str:
    scopes = " ".join(f"`{scope}`" for scope in operation.scopes)
    thrown = ", ".join(pascal(code) for code in operation.specific_errors)
    blocks = [
        f"{operation.summary}.",
        operation.description,
        f"Scope: {scopes}." if scopes else "",
        f"Throws: {thrown}." if thrown else "",
        f"@deprecated until {operation.sunset}" if operation.deprecated else "",
    ]
    return jsdoc(blocks)


def _namespaces(spec: Spec) -> str:
    return _render(
        "typescript_namespaces.ts.j2",
        version=spec.version,
        retry=literal({e.code: e.retry for e in spec.errors if _misleads(e)}, TYPESCRIPT, used=24),
        files=[
            (tag, _names(_class(name) for name in _resource_names(operations)))
            for tag, operations in sorted(spec.by_tag().items())
            if any(op.success.kind != "stream" for op in operations)
        ],
        members=[
            (camel(name), _class(name))
            for operations in spec.by_tag().values()
            for name in _resource_names(operations)
        ],
    )


def _misleads(error: ErrorCode) -> bool:
    """Whether a client that knows only the status would repeat wrongly, or not at all."""
    return error.retry == ("never" if error.status in RETRIED else "safe") and (
        error.status in RETRIED or error.status == 409
    )


def _resource_names(operations: Iterable[Operation]) -> list[str]:
    return list(dict.fromkeys(op.resource for op in operations if op.success.kind != "stream"))


def _live(spec: Spec) -> str:
    """What the lean client leaves out: streams and jobs, on top of the same resources."""
    extended = list(dict.fromkeys(op.resource for op in spec.operations if op.stream or op.job))
    tags = {op.resource: op.tag for op in spec.operations}
    jobs = [_job(spec, op) for op in spec.operations if op.job]
    streams = [_stream(spec, op) for op in spec.operations if op.stream]
    imports: dict[str, set[str]] = {tags[name]: {_class(name)} for name in extended}
    for job in jobs:
        for tag, name in job["imports"]:
            imports.setdefault(tag, set()).add(name)
    types = {name for entry in (*jobs, *streams) for name in entry["types"]}
    return _render(
        "typescript_live.ts.j2",
        files=[(tag, _names(names)) for tag, names in sorted(imports.items())],
        types=_names(types),
        streams=streams,
        jobs=jobs,
        resources=[
            {
                "member": camel(name),
                "class": _class(name),
                "streams": [s for s in streams if s["resource"] == name],
                "jobs": [j for j in jobs if j["resource"] == name],
            }
            for name in extended
        ],
    )


def _stream(spec: Spec, operation: Operation) -> dict[str, Any]:
    stream = operation.stream
    assert stream is not None  # noqa: S101 - the caller chose operations that have one
    members = spec.schemas[stream.event]["oneOf"]
    known = list(spec.schemas[stream.event]["discriminator"]["mapping"])
    silent = [name for ref in members if (name := ref_name(ref)) and _is_heartbeat(spec, name)]
    query = {p.name: resolve(spec.bundle, p.schema) for p in operation.params_in("query")}
    defaults = {name: schema["default"] for name, schema in query.items() if "default" in schema}
    facts = {
        **_record(operation),
        "seq": stream.seq,
        "resume": stream.resume_param,
        "heartbeatMs": stream.heartbeat_s * 1000,
        "terminal": list(stream.terminal),
        "ephemeral": list(stream.ephemeral),
        "known": known,
        **({"socket": stream.websocket_path} if stream.websocket_path else {}),
    }
    ids = operation.params_in("path")
    return {
        "resource": operation.resource,
        "id": operation.id,
        "method": camel(operation.name),
        "event": stream.event,
        "event_type": f"{stream.event.removesuffix('Event')}StreamEvent",
        "silent": " | ".join(silent),
        "types": [stream.event, *silent],
        "value": literal(facts, TYPESCRIPT, used=len(operation.id) + 28),
        "params": _params_interface(spec, operation),
        "arguments": ", ".join(f"{camel(p.name)}: string" for p in ids),
        "args": ", ".join(
            [
                *(f"{p.name}: {camel(p.name)}" for p in ids),
                *(f"{name}: {literal(value, TYPESCRIPT)}" for name, value in defaults.items()),
                "...params",
            ]
        ),
        "doc": _doc(operation),
    }


def _is_heartbeat(spec: Spec, schema: str) -> bool:
    kind: Json = spec.schemas[schema]["properties"]["type"]
    return kind.get("const") == "heartbeat"


def _job(spec: Spec, operation: Operation) -> dict[str, Any]:
    job = operation.job
    assert job is not None  # noqa: S101 - the caller chose operations that have one
    parts = {
        name: spec.operation(getattr(job, name)) for name in ("get", "events", "cancel", "result")
    }
    stream = parts["events"].stream
    if stream is None or operation.body is None:
        raise ValueError(f"{operation.id}: a job needs a body and a stream of events")
    subject = operation.success.schema or ""
    return {
        "resource": operation.resource,
        "create": camel(operation.name),
        "subject": subject,
        "body": operation.body.schema,
        "run": f"{subject}Run",
        "const": camel(f"{subject}_job"),
        "event_type": f"{stream.event.removesuffix('Event')}StreamEvent",
        "ops": {name: op.id for name, op in parts.items()},
        "id_param": parts["get"].params_in("path")[0].name,
        "id_argument": camel(parts["get"].params_in("path")[0].name),
        "result_param": parts["result"].params_in("path")[0].name,
        "status_field": job.status_field,
        "terminal": literal(list(job.terminal), TYPESCRIPT),
        "imports": [(op.tag, op.id) for name, op in parts.items() if name != "events"],
        "types": [subject, operation.body.schema],
        "noun": subject.lower(),
    }


def _type_of(schema: Json) -> str:
    if "enum" in schema:
        return " | ".join(literal(value, TYPESCRIPT) for value in schema["enum"])
    kinds = schema.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return " | ".join(
        f"readonly {_item_type(schema)}[]" if kind == "array" else SCALARS[kind] for kind in kinds
    )


def _item_type(schema: Json) -> str:
    item = _type_of(schema.get("items", {}))
    return f"({item})" if " " in item and not item.endswith(">") else item


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names), key=lambda name: name.removeprefix("type ").lower()))


def _wrapped(head: str, parts: Sequence[str], tail: str) -> str:
    """One line, or one a part."""
    flat = head + ", ".join(parts) + tail
    if len(flat) <= WIDTH:
        return flat
    return head + "\n" + "".join(f"    {part},\n" for part in parts) + "  " + tail


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(tools.ROOT / "codegen/templates"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - the output is source text, not HTML
    )


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(header=tools.TYPESCRIPT_HEADER, **values)
