"""Python models of the SDK: tolerant, deferred, one module a tag; and one class an error code."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from codegen import tools
from codegen.model import ErrorCode, Json, Spec, ref_name, resolve
from codegen.naming import docstring, pascal, snake

HOME = "sdk/python/src/aragora/types"
TOLERANT = ("--base-class", "aragora._core.model.Model", "--extra-fields", "allow")
# The SDK has its own classes for these: errors, and a file that is never parsed.
HAND_WRITTEN = frozenset({"Problem", "FieldError"})
UNKNOWN_EVENT = {"type": "object", "customTypePath": "aragora._core.model.UnknownEvent"}
SCALARS: Mapping[str, str] = {
    "string": "str",
    "integer": "int",
    "boolean": "bool",
    "number": "float",
    "object": "Mapping[str, Any]",
}
_REF = "#/components/schemas/"
# These lines would build the models at import, and say again what the base class says.
_REDUNDANT = re.compile(
    r"^(?:\w+\.model_rebuild\(\)\n| {4}model_config = ConfigDict\(\n(?: {8}\w+=\S+\n)+ {4}\)\n)",
    re.MULTILINE,
)
_STATUS_CLASSES: Mapping[int, str] = {
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


def emit(spec: Spec) -> dict[str, str]:
    """File name below `types/` -> text."""
    files = {
        name: tools.ruff_format(_REDUNDANT.sub("", text))
        for name, text in tools.datamodel_codegen(_document(spec), *TOLERANT, modular=True).items()
        if name != "__init__.py"
    }
    if "_internal.py" in files:
        raise tools.ToolFailed("two schema files refer to each other: the models lost their homes")
    for tag, text in params(spec).items():
        files[f"{tag}.py"] = tools.ruff_format(_with_params(files[f"{tag}.py"], text))
    files["errors.py"] = tools.ruff_format(_errors(spec))
    files["__init__.py"] = tools.ruff_format(_door(files))
    return files


def _document(spec: Spec) -> dict[str, Any]:
    """The components alone, each named `<module>.<Name>`: that is how the tool makes modules."""
    skipped = HAND_WRITTEN | {op.success.schema for op in spec.operations if op.stream}
    schemas = {
        f"{spec.schema_tags[name]}.{name}": _renamed(spec, _tolerant(spec, schema))
        for name, schema in spec.schemas.items()
        if name not in skipped
    }
    info = {"title": spec.title, "version": spec.version}
    return {"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": schemas}}


def _tolerant(spec: Spec, schema: Json) -> Any:
    """A page of events must not fail on a type that is newer than this SDK."""
    unions = event_unions(spec)
    page: Any = copy.deepcopy(schema)
    for part in (page, *page.get("allOf", ())):
        for value in part.get("properties", {}).values():
            if value.get("type") == "array" and ref_name(value.get("items", {})) in unions:
                value["items"] = {"anyOf": [value["items"], UNKNOWN_EVENT]}
    return page


def event_unions(spec: Spec) -> set[str]:
    """Unions that grow: a client meets types that are newer than itself."""
    return {op.stream.event for op in spec.operations if op.stream}


def _renamed(spec: Spec, node: Any) -> Any:
    if isinstance(node, list):
        return [_renamed(spec, item) for item in node]
    if isinstance(node, str) and node.startswith(_REF):
        name = node.removeprefix(_REF)
        return f"{_REF}{spec.schema_tags[name]}.{name}"
    if isinstance(node, Mapping):
        return {key: _renamed(spec, value) for key, value in node.items()}
    return node


def params(spec: Spec) -> dict[str, str]:
    """Module -> `TypedDict`s of the objects that a request body nests."""
    texts: dict[str, str] = {}
    for name in sorted(nested(spec)):
        schema = spec.schemas[name]
        required = schema.get("required", ())
        lines = [f"class {name}Param(TypedDict):", f"    {docstring(schema['description'])}", ""]
        for field, value in sorted(schema["properties"].items()):
            kind = annotation(spec, value, module=spec.schema_tags[name])
            lines.append(f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}")
            if "description" in value:
                lines.append(f"    {docstring(value['description'])}")
        module = spec.schema_tags[name]
        texts[module] = texts.get(module, "") + "\n\n" + "\n".join(lines) + "\n"
    return texts


def nested(spec: Spec) -> set[str]:
    """Object schemas that request bodies nest."""
    found: set[str] = set()
    bodies = [op.body.schema for op in spec.operations if op.body and not op.body.is_raw]
    pending = [spec.schemas[name] for name in bodies]
    while pending:
        for value in pending.pop().get("properties", {}).values():
            for name in _object_refs(spec, value):
                if name not in found:
                    found.add(name)
                    pending.append(spec.schemas[name])
    return found


def _object_refs(spec: Spec, node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        name = ref_name(node)
        if name and "properties" in spec.schemas[name]:
            yield name
        for value in node.values():
            yield from _object_refs(spec, value)
    elif isinstance(node, list):
        for value in node:
            yield from _object_refs(spec, value)


def annotation(spec: Spec, schema: Json, *, module: str | None = None) -> str:
    """What a caller may pass for `schema`. `module`: where the annotation will stand."""
    if (name := ref_name(schema)) is not None:
        target = spec.schemas[name]
        if "properties" not in target:
            return annotation(spec, target, module=module)
        return f"{name}Param" if module else f"{name}Param | {name}"
    if "anyOf" in schema:
        return " | ".join(
            dict.fromkeys(annotation(spec, s, module=module) for s in schema["anyOf"])
        )
    if "enum" in schema:
        return f"Literal[{', '.join(repr(value) for value in schema['enum'])}]"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " | ".join(_simple(spec, schema, kind, module) for kind in kinds)


def _simple(spec: Spec, schema: Json, kind: str, module: str | None) -> str:
    if kind == "null":
        return "None"
    if kind == "array":
        return f"Sequence[{annotation(spec, schema['items'], module=module)}]"
    if schema.get("format") == "date-time":
        return "datetime | str"
    return SCALARS[kind]


def _with_params(module: str, text: str) -> str:
    head, marker, rest = module.partition("from __future__ import annotations\n")
    imports = ["from typing import NotRequired, TypedDict"]
    if "Sequence[" in text:
        imports.append("from collections.abc import Sequence")
    return head + marker + "\n" + "\n".join(imports) + "\n" + rest + text


def _errors(spec: Spec) -> str:
    blocks = [_error(spec, error) for error in spec.errors]
    table = "".join(f'    "{e.code}": {pascal(e.code)},\n' for e in spec.errors)
    return (
        f'{tools.PYTHON_HEADER}\n"""One class an error code of the contract."""\n\n'
        "from __future__ import annotations\n\nfrom collections.abc import Mapping\n"
        "from typing import Any, ClassVar, Final, Literal\n\nfrom aragora import errors\n\n\n"
        + "\n\n".join(blocks)
        + f"\n\nBY_CODE: Final[Mapping[str, type[errors.StatusError]]] = {{\n{table}}}\n"
    )


def _error(spec: Spec, error: ErrorCode) -> str:
    fallback = "ServerError" if error.status >= 500 else "StatusError"
    base = _STATUS_CLASSES.get(error.status, fallback)
    text = docstring([error.when, error.do])
    hint = f'    retry_hint: ClassVar[Literal["never", "safe"] | None] = "{error.retry}"\n'
    members = "".join(
        f"\n    @property\n    def {snake(name)}(self) -> {_member(spec, schema)} | None:\n"
        f"        {docstring(schema.get('description', name), indent='        ')}\n"
        f"        found: {_member(spec, schema)} | None = self._member({name!r})\n"
        "        return found\n"
        for name, schema in sorted(error.members.items())
    )
    return f"class {pascal(error.code)}(errors.{base}):\n    {text}\n\n{hint}{members}"


def _member(spec: Spec, schema: Json) -> str:
    schema = resolve(spec.bundle, schema)
    if schema.get("type") == "array":
        return f"list[{_member(spec, schema['items'])}]"
    kind = schema.get("type", "string")
    return SCALARS[kind if isinstance(kind, str) else kind[0]]


def _door(files: Mapping[str, str]) -> str:
    homes = {
        path.removesuffix(".py"): sorted(
            re.findall(r"^(?:class )?([A-Z]\w+)(?:\(| = Type)", text, re.M)
        )
        for path, text in sorted(files.items())
        if path != "errors.py"
    }
    imports = "".join(
        f"    from aragora.types.{module} import {name} as {name}\n"
        for module, names in homes.items()
        for name in names
    )
    table = "".join(f'    "{module}": "{" ".join(names)}",\n' for module, names in homes.items())
    return _DOOR.format(header=tools.PYTHON_HEADER, imports=imports, table=table)


_DOOR = '''{header}
"""Models of the contract. A module is imported when one of its names is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
{imports}
_HOMES = {{
{table}}}
_NAMES = {{name: home for home, names in _HOMES.items() for name in names.split()}}


def __getattr__(name: str) -> object:
    if name not in _NAMES:
        raise AttributeError(f"module 'aragora.types' has no attribute {{name!r}}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"aragora.types.{{_NAMES[name]}}"), name)
    return value


def __dir__() -> list[str]:
    return sorted(_NAMES)
'''
