"""From a canonical bundle to the operation model."""

from __future__ import annotations

from codegen.model import (
    DEFAULT_MAX_BYTES,
    METHODS,
    Body,
    ErrorCode,
    Job,
    Json,
    Kind,
    Operation,
    Pagination,
    Param,
    Response,
    Spec,
    Stream,
    Tag,
    ref_name,
    resolve,
)


def load(bundle: Json) -> Spec:
    """Read a canonical bundle.

    `bundle` is an OpenAPI 3.1 document whose only references are `#/components/...`, plus two
    members that `codegen.bundle` writes: `x-error-codes` (the catalogue of errors.yaml) and
    `x-schema-tags` (component name -> the schema file it came from, which names its module).
    """
    errors = tuple(_error(code, entry) for code, entry in bundle["x-error-codes"].items())
    operations = tuple(
        _operation(bundle, errors, path, method, item[method])
        for path, item in bundle["paths"].items()
        for method in METHODS
        if method in item
    )
    return Spec(
        title=bundle["info"]["title"],
        version=bundle["info"]["version"],
        operations=_in_tag_order(bundle, operations),
        tags=tuple(Tag(name=t["name"], description=t["description"]) for t in bundle["tags"]),
        errors=errors,
        schemas=bundle["components"]["schemas"],
        schema_tags=bundle["x-schema-tags"],
        bundle=bundle,
    )


def _in_tag_order(bundle: Json, operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """Canonical bundles sort their keys; readers want tags as declared, then paths."""
    order = {tag["name"]: position for position, tag in enumerate(bundle["tags"])}
    rank = {method.upper(): position for position, method in enumerate(METHODS)}
    return tuple(sorted(operations, key=lambda op: (order[op.tag], op.path, rank[op.method])))


def _error(code: str, entry: Json) -> ErrorCode:
    return ErrorCode(
        code=code,
        status=entry["status"],
        title=entry["title"],
        when=entry["when"],
        do=entry["do"],
        retry=entry["retry"],
        general=entry.get("general", False),
        members=entry.get("members", {}),
    )


def _operation(
    bundle: Json, errors: tuple[ErrorCode, ...], path: str, method: str, node: Json
) -> Operation:
    statuses = tuple(sorted(int(s) for s in node["responses"] if not s.startswith("2")))
    specific = tuple(node.get("x-errors", ()))
    success = _success(bundle, node)
    return Operation(
        id=node["operationId"],
        method=method.upper(),
        path=path,
        tag=node["tags"][0],
        resource=node["x-sdk"]["resource"],
        name=node["x-sdk"]["method"],
        summary=node["summary"],
        description=node["description"].strip(),
        scopes=tuple(node["x-scopes"]),
        is_public=node.get("security") == [],
        params=tuple(_param(bundle, p) for p in node.get("parameters", ())),
        body=_body(bundle, node),
        success=success,
        error_statuses=statuses,
        specific_errors=specific,
        errors=tuple(
            e.code for e in errors if e.code in specific or (e.general and e.status in statuses)
        ),
        pagination=_pagination(bundle, node, success),
        stream=_stream(node),
        job=_job(node),
        deprecated=node.get("deprecated", False),
        sunset=node.get("x-sunset"),
    )


def _param(bundle: Json, node: Json) -> Param:
    node = resolve(bundle, node)
    return Param(
        name=node["name"],
        where=node["in"],
        required=node.get("required", False),
        schema=node["schema"],
        description=node["description"].strip(),
    )


def _body(bundle: Json, node: Json) -> Body | None:
    if "requestBody" not in node:
        return None
    body = resolve(bundle, node["requestBody"])
    media_type, content = next(iter(body["content"].items()))
    schema = ref_name(content["schema"])
    if schema is None:
        raise ValueError(f"{node['operationId']}: a request body must name a component")
    return Body(
        schema=schema,
        media_type=media_type,
        required=body.get("required", False),
        max_bytes=node.get("x-max-bytes", DEFAULT_MAX_BYTES),
        examples=_examples(bundle, content),
    )


def _success(bundle: Json, node: Json) -> Response:
    status, response = next(
        (s, resolve(bundle, r)) for s, r in node["responses"].items() if s.startswith("2")
    )
    if "content" not in response:
        return Response(
            status=int(status),
            kind="empty",
            schema=None,
            media_type=None,
            description=response["description"],
            examples={},
        )
    media_type, content = next(iter(response["content"].items()))
    return Response(
        status=int(status),
        kind=_kind(media_type),
        schema=ref_name(content["schema"]),
        media_type=media_type,
        description=response["description"],
        examples=_examples(bundle, content),
    )


def _kind(media_type: str) -> Kind:
    if media_type == "text/event-stream":
        return "stream"
    if media_type.startswith("text/"):
        return "text"
    return "json" if media_type == "application/json" else "binary"


def _examples(bundle: Json, content: Json) -> Json:
    if "example" in content:
        return {"default": content["example"]}
    return {
        name: resolve(bundle, entry)["value"] for name, entry in content.get("examples", {}).items()
    }


def _pagination(bundle: Json, node: Json, success: Response) -> Pagination | None:
    entry = node.get("x-pagination")
    if entry is None:
        return None
    item = ref_name(_property(bundle, success.schema or "", entry["items"])["items"])
    if item is None:
        raise ValueError(f"{node['operationId']}: the items of a page must name a component")
    return Pagination(
        param=entry["param"], items=entry["items"], next=entry["next"], item_schema=item
    )


def _property(bundle: Json, schema: str, name: str) -> Json:
    """A property of a component, looked up through `allOf`."""
    node = bundle["components"]["schemas"][schema]
    for part in (node, *node.get("allOf", ())):
        found: Json | None = resolve(bundle, part).get("properties", {}).get(name)
        if found is not None:
            return found
    raise ValueError(f"{schema} has no property {name}")


def _stream(node: Json) -> Stream | None:
    entry = node.get("x-stream")
    if entry is None:
        return None
    return Stream(
        event=entry["event"],
        seq=entry["seq"],
        resume_param=entry["resume_param"],
        heartbeat_s=entry["heartbeat_s"],
        terminal=tuple(entry["terminal"]),
        ephemeral=tuple(entry["ephemeral"]),
        websocket_path=entry.get("websocket", {}).get("path"),
    )


def _job(node: Json) -> Job | None:
    entry = node.get("x-job")
    if entry is None:
        return None
    return Job(
        get=entry["get"],
        events=entry["events"],
        cancel=entry["cancel"],
        result=entry["result"],
        status_field=entry["status_field"],
        terminal=tuple(entry["terminal"]),
    )
