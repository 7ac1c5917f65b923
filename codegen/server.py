"""The server's contract: operation table, handler Protocols, strict models, the document."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2

from codegen import bundle as bundles
from codegen import tools
from codegen.model import IDEMPOTENCY_KEY, LAST_EVENT_ID, Json, Operation, Param, Spec, resolve
from codegen.naming import docstring, pascal, snake

HOME = "server/src/aragora_server/contract"
TARGETS = (HOME,)
# The kernel reads these headers itself; no handler sees them.
KERNEL_HEADERS = frozenset({IDEMPOTENCY_KEY, LAST_EVENT_ID})
STRICT = ("--use-missing-sentinel", "--extra-fields", "forbid")
SCALARS: Mapping[str, str] = {"string": "str", "integer": "int", "boolean": "bool"}
ONLY = "The contract's generated half: see openapi/ for what it says."


def emit(spec: Spec) -> dict[str, str]:
    python = {
        "__init__.py": f'{tools.PYTHON_HEADER}\n"""{ONLY}"""\n',
        "operations.py": _operations(spec),
        "handlers.py": _handlers(spec),
        "schemas.py": _render("server_schemas.py.j2"),
    }
    files = {name: tools.ruff_format(text) for name, text in python.items()}
    files["models.py"] = _models(spec)
    files["bundle.json"] = bundles.text(published(spec))
    return {f"{HOME}/{name}": text for name, text in sorted(files.items())}


def _models(spec: Spec) -> str:
    """The generator closes every model; those that the contract leaves open are opened again."""
    text = tools.datamodel_codegen(spec.bundle, *STRICT)["models.py"]
    for name, schema in sorted(spec.schemas.items()):
        if schema.get("additionalProperties") is True:
            closed = re.compile(rf'(class {name}\(BaseModel\):.*?extra=)"forbid"', re.DOTALL)
            text = closed.sub(r'\1"allow"', text, count=1)
    # Most processes use few of them, and building all is a fifth of a server's start.
    return text.replace("ConfigDict(\n", "ConfigDict(\n        defer_build=True,\n")


def published(spec: Spec) -> dict[str, Any]:
    """What `GET /v1/openapi.json` answers: the bundle without what only generators read."""
    document = copy.deepcopy(dict(spec.bundle))
    for member in bundles.INTERNAL:
        document.pop(member, None)
    samples = _samples(spec)
    for operation in spec.operations:
        if found := samples.get(operation.id):
            document["paths"][operation.path][operation.method.lower()]["x-codeSamples"] = found
    return document


def _samples(spec: Spec) -> Mapping[str, list[dict[str, str]]]:
    from codegen import reference

    return reference.code_samples(spec)


def _handlers(spec: Spec) -> str:
    described = {tag.name: tag.description for tag in spec.tags}
    apis = [
        {
            "name": f"{pascal(tag)}Api",
            "docstring": docstring(described[tag]),
            "methods": [_method(spec, operation) for operation in operations],
        }
        for tag, operations in spec.by_tag().items()
    ]
    return _render("server_handlers.py.j2", apis=apis)


def _method(spec: Spec, operation: Operation) -> dict[str, str]:
    positional = ["self", *(["caller: Caller"] if not operation.is_public else [])]
    positional += [f"{snake(p.name)}: {_type(spec, p)}" for p in operation.params_in("path")]
    if operation.body:
        body = "bytes" if operation.body.is_raw else f"models.{operation.body.schema}"
        positional.append(f"body: {body}")
    named = [_named(spec, param) for param in operation.params if _is_argument(param)]
    arguments = ", ".join([*positional, *(["*", *named] if named else [])])
    prefix = "" if operation.success.kind == "stream" else "async "
    return {
        "signature": f"{prefix}def {snake(operation.id)}({arguments}) -> {_returns(operation)}:",
        "docstring": docstring(operation.summary, indent=" " * 8),
    }


def _is_argument(param: Param) -> bool:
    return param.where != "path" and param.name not in KERNEL_HEADERS


def _named(spec: Spec, param: Param) -> str:
    """No default values here: bind always passes every argument."""
    optional = not param.required and "default" not in param.schema
    return f"{snake(param.name)}: {_type(spec, param)}{' | None' if optional else ''}"


def _type(spec: Spec, param: Param) -> str:
    schema = resolve(spec.bundle, param.schema)
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    if schema.get("format") == "date-time":
        return "datetime"
    return SCALARS[schema["type"]]


def _returns(operation: Operation) -> str:
    kinds = {
        "empty": "None",
        "text": "str",
        "binary": "bytes",
        "stream": "AsyncIterator[StreamItem]",
    }
    return kinds.get(operation.success.kind, f"models.{operation.success.schema} | Encoded")


def _operations(spec: Spec) -> str:
    scopes = sorted({scope for operation in spec.operations for scope in operation.scopes})
    return _render(
        "server_operations.py.j2",
        version=repr(spec.version),
        operations=[{"key": repr(op.id), "value": _table_entry(op)} for op in spec.operations],
        errors=[
            {
                "key": repr(error.code),
                "value": _call(
                    "ErrorCode",
                    code=error.code,
                    status=error.status,
                    title=error.title,
                    retry=error.retry,
                ),
            }
            for error in spec.errors
        ],
        scopes=repr(scopes),
    )


def _table_entry(operation: Operation) -> str:
    return _call(
        "Operation",
        id=operation.id,
        handler=snake(operation.id),
        method=operation.method,
        path=operation.path,
        tag=operation.tag,
        scopes=_Code(_frozen(operation.scopes)),
        is_public=operation.is_public,
        params=_Code(_tuple([_param(param) for param in operation.params])),
        body=_body(operation),
        success=_Code(
            _call(
                "Success",
                status=operation.success.status,
                kind=operation.success.kind,
                schema=operation.success.schema,
                media_type=operation.success.media_type,
            )
        ),
        errors=_Code(_frozen(operation.errors)),
        stream=_stream(operation),
        is_idempotent=operation.takes_idempotency_key,
        deprecated=operation.deprecated,
        sunset=operation.sunset,
    )


def _param(param: Param) -> str:
    return _call(
        "Param",
        name=param.name,
        argument=snake(param.name),
        where=param.where,
        required=param.required,
        schema=_plain(param.schema),
    )


def _body(operation: Operation) -> _Code | None:
    body = operation.body
    if body is None:
        return None
    return _Code(
        _call(
            "Body",
            schema=body.schema,
            media_type=body.media_type,
            required=body.required,
            max_bytes=body.max_bytes,
            is_raw=body.is_raw,
        )
    )


def _stream(operation: Operation) -> _Code | None:
    stream = operation.stream
    if stream is None:
        return None
    return _Code(
        _call(
            "Stream",
            event=stream.event,
            resume_param=stream.resume_param,
            heartbeat_s=stream.heartbeat_s,
            terminal=_Code(_frozen(stream.terminal)),
            ephemeral=_Code(_frozen(stream.ephemeral)),
            websocket_path=stream.websocket_path,
        )
    )


class _Code(str):
    """Python text, as opposed to a value that becomes text."""

    __slots__ = ()


def _call(name: str, /, **arguments: object) -> str:
    shown = (f"{key}={v if isinstance(v, _Code) else repr(v)}" for key, v in arguments.items())
    return f"{name}({', '.join(shown)})"


def _tuple(parts: list[str]) -> str:
    return f"({', '.join(parts)},)" if parts else "()"


def _frozen(names: tuple[str, ...]) -> str:
    return f"frozenset({sorted(names)!r})" if names else "frozenset()"


def _plain(node: Json) -> dict[str, Any]:
    return dict(sorted(node.items()))


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("codegen"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python source, not HTML
    )


def _render(template: str, **values: object) -> str:
    return _templates().get_template(template).render(header=tools.PYTHON_HEADER, **values)
