"""The TypeScript client: types, error classes, one resource file a tag, namespaces, streams."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from codegen import tools
from codegen.literals import TYPESCRIPT, literal
from codegen.model import ErrorCode, Operation, Spec
from codegen.naming import camel, jsdoc, pascal
from codegen.typescript_live import live
from codegen.typescript_resources import resources
from codegen.typescript_text import name_list, render, resource_class, type_of

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
RETRIED = frozenset({408, 429, 500, 502, 503, 504})
# `"a" | string` is plain `string` to the compiler: no completion, no narrowing.
OPEN_ENUM = re.compile(r'(?<=[")]) \| string(?=[;) ])')


def emit(spec: Spec) -> dict[str, str]:
    files = {
        "types.ts": _types(spec),
        "errors.ts": _errors(spec),
        "namespaces.ts": _namespaces(spec),
        "live.ts": live(spec),
    }
    for tag, operations in spec.by_tag().items():
        rest = [op for op in operations if op.success.kind != "stream"]
        if rest:
            files[f"{tag}.ts"] = resources(spec, rest)
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
    return render(
        "typescript_errors.ts.j2",
        imports=name_list([*bases, "type StatusErrorClass"]),
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
                "type": type_of(schema),
                "doc": jsdoc(schema.get("description", "")) if "description" in schema else None,
            }
            for name, schema in error.members.items()
        ],
    }


def _namespaces(spec: Spec) -> str:
    return render(
        "typescript_namespaces.ts.j2",
        version=spec.version,
        retry=literal({e.code: e.retry for e in spec.errors if _misleads(e)}, TYPESCRIPT, used=24),
        files=[
            (tag, name_list(resource_class(name) for name in _resource_names(operations)))
            for tag, operations in sorted(spec.by_tag().items())
            if any(op.success.kind != "stream" for op in operations)
        ],
        members=[
            (camel(name), resource_class(name))
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
