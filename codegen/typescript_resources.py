"""One resource file a tag: operation records, query types, methods of one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from codegen.literals import TYPESCRIPT, literal
from codegen.model import Operation, Param, Spec, resolve
from codegen.naming import camel, jsdoc, pascal
from codegen.typescript_text import name_list, render, resource_class, type_of, wrapped


def resources(spec: Spec, operations: Sequence[Operation]) -> str:
    names = list(dict.fromkeys(op.resource for op in operations))
    classes = [
        {
            "class": resource_class(name),
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
    return render(
        "typescript_resource.ts.j2",
        core=[(module, name_list(names)) for module, names in core.items() if names],
        types=name_list(_schemas_of(operations)),
        operations=[
            {"name": op.id, "value": literal(record(op), TYPESCRIPT, used=len(op.id) + 20)}
            for op in operations
        ],
        pages=_page_names(operations),
        params=[params_interface(spec, op) for op in operations if op.params_in("query")],
        resources=classes,
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


def record(operation: Operation) -> dict[str, Any]:
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
    if operation.success.kind in {"text", "binary", "stream"}:
        record["accept"] = operation.success.media_type
    if operation.takes_idempotency_key:
        record["takesKey"] = True
    if operation.is_public:
        record["public"] = True
    return record


def params_interface(spec: Spec, operation: Operation) -> dict[str, Any]:
    return {
        "name": _params_name(operation),
        "doc": jsdoc(f"Query of `{camel(operation.resource)}.{camel(operation.name)}`.", indent=""),
        "members": [_param_member(spec, param) for param in operation.params_in("query")],
    }


def _param_member(spec: Spec, param: Param) -> dict[str, str]:
    mark = "" if param.required else "?"
    type_ = type_of(resolve(spec.bundle, param.schema))
    return {
        "doc": jsdoc(param.description),
        "line": f"readonly {param.name}{mark}: {type_};",
    }


def _params_name(operation: Operation) -> str:
    return f"{pascal(operation.resource)}{pascal(operation.name)}Params"


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
        "doc": doc(operation),
        "signature": wrapped(
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
    if operation.success.kind == "text":
        return "call<string>", "ApiPromise<string>"
    if operation.success.kind == "empty":
        return "call<undefined>", "ApiPromise<undefined>"
    return f"call<{operation.success.schema}>", f"ApiPromise<{operation.success.schema}>"


def doc(operation: Operation) -> str:
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
