"""docs/reference: one page a tag, the common types, the events and the error codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import jinja2

from codegen import tools
from codegen.model import Job, Json, Operation, Spec, ref_name, resolve
from codegen.naming import camel, snake, title
from codegen.samples import LABELS, LANGUAGES, code_samples, samples

__all__ = ["HOME", "code_samples", "emit"]

HOME = "docs/reference"
# Schema files that are no tag have pages of their own.
COMMON = "common"
EVENTS = "events"


@attrs.frozen(kw_only=True)
class Field:
    name: str
    type: str
    required: bool
    description: str


@attrs.frozen(kw_only=True)
class Type:
    name: str
    description: str
    type: str
    fields: tuple[Field, ...]


def emit(spec: Spec) -> dict[str, str]:
    writer = _Writer(spec)
    pages = {f"{tag}.md": writer.tag(tag, operations) for tag, operations in spec.by_tag().items()}
    pages["README.md"] = writer.render("reference_index.md.j2", tags=spec.by_tag())
    pages["common.md"] = writer.types_page("Common types", COMMON)
    pages["errors.md"] = writer.errors()
    if stream := next((op for op in spec.operations if op.stream), None):
        pages["events.md"] = writer.events(stream)
    return {f"{HOME}/{name}": text for name, text in sorted(pages.items())}


@attrs.frozen
class _Writer:
    spec: Spec

    def render(self, template: str, **values: Any) -> str:
        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("codegen", "templates"),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            autoescape=False,  # noqa: S701 - Markdown from our own contract
        )
        environment.filters |= {"title": title, "snake": snake, "camel": camel, "cell": _cell}
        text = environment.get_template(template).render(
            spec=self.spec, header=tools.MARKDOWN_HEADER, link=self.link, **values
        )
        return _tidy(text)

    def tag(self, tag: str, operations: list[Operation]) -> str:
        described = {entry.name: entry.description for entry in self.spec.tags}
        return self.render(
            "reference_tag.md.j2",
            tag=tag,
            description=described[tag],
            operations=[self.operation(operation) for operation in operations],
            types=list(self.types(tag)),
        )

    def operation(self, operation: Operation) -> dict[str, Any]:
        programs = samples(self.spec, operation)
        return {
            "it": operation,
            "parameters": [
                Field(
                    name=p.name,
                    type=self.describe(p.schema),
                    required=p.required,
                    description=_one_line(p.description),
                )
                for p in operation.params
            ],
            "errors": [code for code in self.spec.errors if code.code in operation.errors],
            "samples": [(LABELS[n], LANGUAGES[n], text) for n, text in programs.items()],
            "job": self.job(operation.job) if operation.job else None,
        }

    def job(self, job: Job) -> dict[str, Operation]:
        roles = {"get": job.get, "events": job.events, "cancel": job.cancel, "result": job.result}
        return {role: self.spec.operation(identifier) for role, identifier in roles.items()}

    def types_page(self, heading: str, home: str) -> str:
        return self.render("reference_types.md.j2", heading=heading, types=list(self.types(home)))

    def errors(self) -> str:
        answered = {
            code.code: [op for op in self.spec.operations if code.code in op.errors]
            for code in self.spec.errors
        }
        ordered = sorted(self.spec.errors, key=lambda code: (code.status, code.code))
        members = {
            code.code: [
                Field(
                    name=name,
                    type=self.describe(schema),
                    required=True,
                    description=_one_line(schema.get("description", "")),
                )
                for name, schema in code.members.items()
            ]
            for code in ordered
        }
        return self.render(
            "reference_errors.md.j2", errors=ordered, answered=answered, members=members
        )

    def events(self, operation: Operation) -> str:
        stream = operation.stream
        assert stream is not None  # noqa: S101 - the caller chose it so
        mapping: Mapping[str, str] = self.spec.schemas[stream.event]["discriminator"]["mapping"]
        events = {name: reference.rsplit("/", 1)[-1] for name, reference in mapping.items()}
        return self.render(
            "reference_events.md.j2",
            operation=operation,
            stream=stream,
            events={name: self.spec.schemas[schema] for name, schema in events.items()},
            schemas=events,
            types=list(self.types(EVENTS)),
        )

    def types(self, home: str) -> Iterator[Type]:
        for name, schema in self.spec.schemas.items():
            if self.spec.schema_tags[name] == home:
                yield Type(
                    name=name,
                    description=_one_line(schema.get("description", "")),
                    type=self.describe(schema),
                    fields=tuple(self.fields(schema)),
                )

    def fields(self, schema: Json) -> Iterator[Field]:
        for part in (schema, *schema.get("allOf", ())):
            part = resolve(self.spec.bundle, part)  # noqa: PLW2901
            required = part.get("required", ())
            for name, value in part.get("properties", {}).items():
                text = value.get("description") or resolve(self.spec.bundle, value).get(
                    "description", ""
                )
                yield Field(
                    name=name,
                    type=self.describe(value),
                    required=name in required,
                    description=_one_line(text),
                )

    def describe(self, schema: Json) -> str:
        """A type in words, with links to named ones."""
        if name := ref_name(schema):
            return self.link(name)
        if parts := schema.get("oneOf") or schema.get("anyOf"):
            named = [self.describe(part) for part in parts if not _is_fallback(part, parts)]
            return " or ".join(named)
        if "const" in schema:
            return f"`{schema['const']}`"
        if "enum" in schema:
            return ", ".join(f"`{value}`" for value in schema["enum"])
        if "items" in schema:
            return f"list of {self.describe(schema['items'])}"
        declared = schema.get("type", "any")
        words = declared if isinstance(declared, list) else [declared]
        return " or ".join(words) + _limits(schema)

    def link(self, name: str) -> str:
        return f"[{name}]({self.spec.schema_tags[name]}.md#{name.lower()})"


def _is_fallback(part: Json, parts: list[Json]) -> bool:
    """The open end of an open enum, which says nothing to a reader."""
    return part == {"type": "string"} and any("enum" in other for other in parts)


def _limits(schema: Json) -> str:
    if "minimum" in schema and schema.get("maximum") != 2**53 - 1:
        return f" {schema['minimum']} to {schema['maximum']}"
    if "maxLength" in schema:
        return f", at most {schema['maxLength']} characters"
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _one_line(text).replace("|", "\\|")


def _tidy(text: str) -> str:
    """No blank line twice, outside of code; one newline at the end."""
    lines: list[str] = []
    in_code = False
    for line in text.splitlines():
        in_code ^= line.startswith("```")
        if line.strip() or in_code or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip("\n") + "\n"
