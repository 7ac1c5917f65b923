"""The Python SDK's generated half: models, and resources that are a signature plus one line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2

from codegen import python_types, samples, tools
from codegen.model import IDEMPOTENCY_KEY, LAST_EVENT_ID, Json, Operation, Param, Spec
from codegen.naming import constant, docstring, pascal, snake, wrap

HOME = "sdk/python/src/aragora/resources"
TARGETS = (python_types.HOME, HOME)
# The core sends these headers itself; no method takes them.
CORE_HEADERS = frozenset({IDEMPOTENCY_KEY, LAST_EVENT_ID})
STREAM_IDLE_BEATS = 3
READS: Mapping[str, str] = {
    "json": "json",
    "text": "text",
    "binary": "binary",
    "empty": "empty",
    "stream": "stream",
}
_DOC_INDENT = " " * 8


def emit(spec: Spec) -> dict[str, str]:
    types = {f"{python_types.HOME}/{name}": text for name, text in python_types.emit(spec).items()}
    return dict(sorted({**types, **_resources(spec)}.items()))


def _resources(spec: Spec) -> dict[str, str]:
    by_resource: dict[str, list[Operation]] = {}
    for operation in spec.operations:
        by_resource.setdefault(operation.resource, []).append(operation)
    files = {
        f"{HOME}/{resource}.py": _render(
            "python_resource.py.j2",
            resource=resource,
            class_name=f"{pascal(resource)}Resource",
            ops=[_operation(spec, op) for op in operations],
            models=_models_by_module(spec, operations),
            loaded=sorted({o.success.schema for o in operations if o.success.kind == "json"}),
        )
        for resource, operations in by_resource.items()
    }
    files[f"{HOME}/_namespaces.py"] = _render(
        "python_namespaces.py.j2", names={r: f"{pascal(r)}Resource" for r in sorted(by_resource)}
    )
    files[f"{HOME}/__init__.py"] = f'{tools.PYTHON_HEADER}\n"""Methods of the clients, by tag."""\n'
    return {path: tools.ruff_format(text) for path, text in files.items()}


def _operation(spec: Spec, op: Operation) -> dict[str, Any]:
    arguments = _arguments(spec, op)
    return {
        "op": op,
        "name": snake(op.name),
        "constant": f"_{constant(op.name)}",
        "returns": op.success.schema if op.success.kind == "json" else None,
        "result": _result(spec, op),
        "positional": [a for a in arguments if a["positional"]],
        "keywords": sorted(
            (a for a in arguments if not a["positional"]), key=lambda a: not a["required"]
        ),
        "query": [p.name for p in op.params_in("query")],
        "idle_s": STREAM_IDLE_BEATS * op.stream.heartbeat_s if op.stream else None,
        "events": _event_models(spec, op),
        "events_module": spec.schema_tags.get(op.stream.event) if op.stream else None,
        "job": _job(spec, op),
        "doc": _doc(spec, op, arguments, op.name),
        "job_docs": {name: _doc(spec, op, arguments, name) for name in ("start", "run")},
    }


def _result(spec: Spec, op: Operation) -> str:
    if op.pagination:
        item = op.pagination.item_schema
        return f"{item} | UnknownEvent" if item in python_types.event_unions(spec) else item
    return {"text": "str", "binary": "BinaryResponse", "empty": "None"}.get(
        op.success.kind, op.success.schema or "None"
    )


def _arguments(spec: Spec, op: Operation) -> list[dict[str, Any]]:
    taken = [_parameter(spec, p) for p in op.params if p.name not in CORE_HEADERS]
    if op.body is None:
        return taken
    if op.body.is_raw:
        text = "The file, exactly as it was received."
        return [*taken, _argument("body", "bytes", text, required=True, positional=True)]
    schema = spec.schemas[op.body.schema]
    return [*taken, *(_field(spec, schema, n, v) for n, v in _properties(schema))]


def _properties(schema: Json) -> list[tuple[str, Json]]:
    """Required first, as they are listed; then the rest by name."""
    required = list(schema.get("required", ()))
    names = [*required, *sorted(n for n in schema["properties"] if n not in required)]
    return [(name, schema["properties"][name]) for name in names]


def _parameter(spec: Spec, param: Param) -> dict[str, Any]:
    return _argument(
        param.name,
        python_types.annotation(spec, param.schema),
        param.description,
        required=param.required,
        positional=param.where == "path",
    )


def _field(spec: Spec, schema: Json, name: str, value: Json) -> dict[str, Any]:
    text = value.get("description") or spec.schemas[value["$ref"].rsplit("/", 1)[-1]]["description"]
    kind = python_types.annotation(spec, value)
    return _argument(
        name, kind, text, required=name in schema.get("required", ()), positional=False
    )


def _argument(
    name: str, kind: str, text: str, *, required: bool, positional: bool
) -> dict[str, Any]:
    return {
        "name": name,
        "wire": name,
        "annotation": kind if required else f"{kind} | Omit",
        "required": required,
        "positional": positional,
        "text": text,
    }


def _event_models(spec: Spec, op: Operation) -> dict[str, str]:
    if op.stream is None:
        return {}
    mapping = spec.schemas[op.stream.event]["discriminator"]["mapping"]
    return {kind: ref.rsplit("/", 1)[-1] for kind, ref in sorted(mapping.items())}


def _job(spec: Spec, op: Operation) -> dict[str, Any] | None:
    if op.job is None:
        return None
    get, result = spec.operation(op.job.get), spec.operation(op.job.result)
    return {
        "read": f"_{constant(get.name)}",
        "cancel": f"_{constant(spec.operation(op.job.cancel).name)}",
        "events": f"_{constant(spec.operation(op.job.events).name)}",
        "event": spec.operation(op.job.events).stream,
        "result_module": result.resource,
        "result": f"_{constant(result.name)}",
        "result_type": _result(spec, result),
        "id_param": get.params_in("path")[0].name,
        "result_param": result.params_in("path")[0].name,
        "status_field": op.job.status_field,
        "terminal": sorted(op.job.terminal),
        "name": f"{op.success.schema}Run",
    }


def _models_by_module(spec: Spec, operations: list[Operation]) -> dict[str, list[str]]:
    """What the annotations of a resource name, to be imported for type checkers."""
    names: set[str] = set()
    for op in operations:
        names.update(n for n in (op.success.schema if op.success.kind == "json" else None,) if n)
        names.update({op.pagination.item_schema} if op.pagination else ())
        names.update({op.stream.event} if op.stream else ())
        names.update(_named(spec, op))
    grouped: dict[str, list[str]] = {}
    for name in sorted(names):
        grouped.setdefault(spec.schema_tags[name.removesuffix("Param")], []).append(name)
    return grouped


def _named(spec: Spec, op: Operation) -> set[str]:
    text = " ".join(a["annotation"] for a in _arguments(spec, op))
    return {
        name
        for schema in python_types.nested(spec)
        for name in (schema, f"{schema}Param")
        if name in text.replace("[", " ").replace("]", " ").split()
    }


def _doc(spec: Spec, op: Operation, arguments: list[dict[str, Any]], name: str) -> str:
    extra = {
        "start": "Returns a handle to follow, wait for or cancel the debate.",
        "run": "Waits until the debate is over and returns it.",
    }.get(name, "")
    lines = [*wrap(op.summary + ".", width=92), "", *wrap(op.description, width=92)]
    lines += ["", extra] if extra else []
    if arguments:
        lines += ["", "Args:"]
        for argument in arguments:
            text = f"{argument['name']}: {' '.join(argument['text'].split())}"
            first, *rest = wrap(text, width=84)
            lines += [f"    {first}", *(f"        {line}" for line in rest)]
    raised = [pascal(code) for code in op.errors]
    if raised:
        lines += ["", "Raises:"]
        lines += [f"    {line}" for line in wrap(", ".join(raised), width=88)]
    if name == op.name:
        sample = samples.samples(spec, op)["python"].strip()
        lines += ["", "Example:", *(f"    {line}".rstrip() for line in sample.splitlines())]
    body = "\n".join(_DOC_INDENT + line if line else "" for line in lines).strip()
    safe = body.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{safe}\n{_DOC_INDENT}"""'


def _render(template: str, **values: Any) -> str:
    return _templates().get_template(template).render(header=tools.PYTHON_HEADER, **values)


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(tools.ROOT / "codegen" / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is Python, not HTML
    )
    environment.filters["doc"] = docstring
    return environment
