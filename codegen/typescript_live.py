"""Streams and jobs: what the lean client leaves out, on top of the same resources."""

from __future__ import annotations

from typing import Any

from codegen.literals import TYPESCRIPT, literal
from codegen.model import Json, Operation, Spec, ref_name, resolve
from codegen.naming import camel
from codegen.typescript_resources import doc, params_interface, record
from codegen.typescript_text import name_list, render, resource_class


def live(spec: Spec) -> str:
    """What the lean client leaves out: streams and jobs, on top of the same resources."""
    extended = list(dict.fromkeys(op.resource for op in spec.operations if op.stream or op.job))
    tags = {op.resource: op.tag for op in spec.operations}
    jobs = [_job(spec, op) for op in spec.operations if op.job]
    streams = [_stream(spec, op) for op in spec.operations if op.stream]
    imports: dict[str, set[str]] = {tags[name]: {resource_class(name)} for name in extended}
    for job in jobs:
        for tag, name in job["imports"]:
            imports.setdefault(tag, set()).add(name)
    types = {name for entry in (*jobs, *streams) for name in entry["types"]}
    return render(
        "typescript_live.ts.j2",
        files=[(tag, name_list(names)) for tag, names in sorted(imports.items())],
        types=name_list(types),
        streams=streams,
        jobs=jobs,
        resources=[
            {
                "member": camel(name),
                "class": resource_class(name),
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
        **record(operation),
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
        "params": params_interface(spec, operation),
        "arguments": ", ".join(f"{camel(p.name)}: string" for p in ids),
        "args": ", ".join(
            [
                *(f"{p.name}: {camel(p.name)}" for p in ids),
                *(f"{name}: {literal(value, TYPESCRIPT)}" for name, value in defaults.items()),
                "...params",
            ]
        ),
        "doc": doc(operation),
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
