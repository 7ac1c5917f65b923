"""One short program an operation and language. Every one of them is executed by the tests.

A program reads `ARAGORA_BASE_URL` and `ARAGORA_API_KEY` from the environment. Ids stand on lines
of their own (`debate_id = "..."`), so that whoever runs it can put in his own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from codegen.literals import JSON, PYTHON, TYPESCRIPT, literal
from codegen.model import Operation, Param, Spec, resolve
from codegen.naming import camel, constant, snake

LABELS: Mapping[str, str] = {"curl": "curl", "python": "Python", "typescript": "TypeScript"}
LANGUAGES: Mapping[str, str] = {"curl": "shell", "python": "python", "typescript": "typescript"}
PAGE_SIZE = 20
# Where a sample reads and writes the one kind of file that the API knows.
FILE = "receipt.json"
FILES = {
    "application/pdf": "receipt.pdf",
    "application/vnd.open-decision-receipt+json": "receipt.odr.json",
}


def samples(spec: Spec, operation: Operation) -> dict[str, str]:
    """Language -> program."""
    return {
        "curl": _curl(spec, operation),
        "python": _python(spec, operation),
        "typescript": _typescript(spec, operation),
    }


def code_samples(spec: Spec) -> dict[str, list[dict[str, str]]]:
    """Operation id -> what the published document says under `x-codeSamples`."""
    return {
        operation.id: [
            {"lang": LANGUAGES[name], "label": LABELS[name], "source": source}
            for name, source in samples(spec, operation).items()
        ]
        for operation in spec.operations
    }


def _curl(spec: Spec, operation: Operation) -> str:
    path = operation.path
    lines = []
    for parameter in operation.params_in("path"):
        name = constant(parameter.name)
        lines.append(f"{name}={_value(spec, parameter)}")
        path = path.replace(f"{{{parameter.name}}}", f"${name}")
    return "\n".join([*lines, " \\\n  ".join(_curl_call(spec, operation, path))]) + "\n"


def _curl_call(spec: Spec, operation: Operation, path: str) -> Iterator[str]:
    flags = "-N" if operation.success.kind == "stream" else "-sS"
    yield f'curl {flags} --fail-with-body "$ARAGORA_BASE_URL{path}{_query(spec, operation)}"'
    has_plain_method = operation.method == ("POST" if operation.body else "GET")
    if not has_plain_method:
        yield f"-X {operation.method}"
    if not operation.is_public:
        yield '-H "Authorization: Bearer $ARAGORA_API_KEY"'
    if operation.body:
        yield f'-H "Content-Type: {operation.body.media_type}"'
        if operation.body.is_raw:
            yield f"--data-binary @{FILE}"
        else:
            text = literal(_body(spec, operation), JSON, used=12)
            yield "--data '" + text.replace("'", "'\\''") + "'"
    if operation.success.kind == "binary":
        yield f"--output {_saved(operation)}"


def _saved(operation: Operation) -> str:
    """A file named by what is in it."""
    return FILES.get(operation.success.media_type or "", FILE)


def _query(spec: Spec, operation: Operation) -> str:
    pairs = [f"{name}={value}" for name, value in _query_values(spec, operation).items()]
    return "?" + "&".join(pairs) if pairs else ""


def _python(spec: Spec, operation: Operation) -> str:
    ids = {p.name: _value(spec, p) for p in operation.params_in("path")}
    call = f"client.{snake(operation.resource)}.{snake(operation.name)}"
    keywords = [
        f"{name}={literal(value, PYTHON, indent=' ' * 8, used=len(name) + 2)}"
        for name, value in (_query_values(spec, operation) | _fields(spec, operation)).items()
    ]
    arguments = [*ids, *(["receipt"] if _is_raw(operation) else []), *keywords]
    head = ["from aragora import Aragora"]
    if _is_raw(operation):
        head = ["from pathlib import Path", "", *head]
    head += ["", *(f'{name} = "{value}"' for name, value in ids.items())]
    if _is_raw(operation):
        head.append(f'receipt = Path("{FILE}").read_bytes()')
    lines = (
        [*head, "", "with Aragora() as client:"]
        if head[-1]
        else [*head, "with Aragora() as client:"]
    )
    return "\n".join([*lines, *_python_use(operation, _called(call, arguments, " " * 4))]) + "\n"


def _python_use(operation: Operation, call: str) -> list[str]:
    match operation.success.kind:
        case "empty":
            return [f"    {call}"]
        case "text":
            return [f"    print({call})"]
        case "binary":
            return [f'    {call}.save("{_saved(operation)}")']
        case "stream":
            return [f"    for event in {call}:", "        print(event.seq, event.type)"]
    if operation.pagination:
        item = snake(operation.pagination.item_schema)
        return [f"    for {item} in {call}:", f"        print({item})"]
    name = snake(operation.success.schema or "answer")
    return [f"    {name} = {call}", f"    print({name})"]


def _typescript(spec: Spec, operation: Operation) -> str:
    ids = {camel(p.name): _value(spec, p) for p in operation.params_in("path")}
    members = _query_values(spec, operation) | _fields(spec, operation)
    call = f"client.{camel(operation.resource)}.{camel(operation.name)}"
    arguments = [*ids, *(["receipt"] if _is_raw(operation) else [])]
    if members:
        arguments.append(literal(members, TYPESCRIPT, used=len(call) + 30))
    head = ['import { Aragora } from "@aragora/sdk";']
    if _is_raw(operation):
        head.insert(0, 'import { readFile } from "node:fs/promises";\n')
    head += ["", *(f'const {name} = "{value}";' for name, value in ids.items())]
    if _is_raw(operation):
        head.append(f'const receipt = await readFile("{FILE}");')
    head.append("const client = new Aragora();")
    return "\n".join([*head, *_typescript_use(operation, f"{call}({', '.join(arguments)})")]) + "\n"


def _typescript_use(operation: Operation, call: str) -> list[str]:
    match operation.success.kind:
        case "empty":
            return [f"await {call};"]
        case "text":
            return [f"console.log(await {call});"]
        case "binary":
            return [f"const file = await {call};", f'await file.save("{_saved(operation)}");']
        case "stream":
            return [f"for await (const event of {call}) {{", "  console.log(event.type);", "}"]
    if operation.pagination:
        item = camel(operation.pagination.item_schema)
        return [f"for await (const {item} of await {call}) {{", f"  console.log({item});", "}"]
    name = camel(operation.success.schema or "answer")
    return [f"const {name} = await {call};", f"console.log({name});"]


def _called(call: str, arguments: list[str], indent: str) -> str:
    flat = f"{call}({', '.join(arguments)})"
    if len(flat) + 28 <= 100 and "\n" not in flat:
        return flat
    lines = "".join(f"{indent}    {argument},\n" for argument in arguments)
    return f"{call}(\n{lines}{indent})"


def _is_raw(operation: Operation) -> bool:
    return operation.body is not None and operation.body.is_raw


def _body(spec: Spec, operation: Operation) -> Any:
    """The body's example, required members first."""
    if operation.body is None:
        return None
    example: Any = next(iter(operation.body.examples.values()), {})
    if not isinstance(example, Mapping):
        return example
    required = spec.schemas[operation.body.schema].get("required", ())
    order = [name for name in required if name in example]
    return {name: example[name] for name in [*order, *(n for n in example if n not in order)]}


def _fields(spec: Spec, operation: Operation) -> dict[str, Any]:
    """The members of a JSON body, which are arguments in both clients."""
    return {} if _is_raw(operation) else dict(_body(spec, operation) or {})


def _query_values(spec: Spec, operation: Operation) -> dict[str, Any]:
    """What a first call gives: required parameters, and a page size."""
    values: dict[str, Any] = {}
    for parameter in operation.params_in("query"):
        if parameter.required:
            values[parameter.name] = _value(spec, parameter)
        elif operation.pagination and parameter.name == "limit":
            values[parameter.name] = PAGE_SIZE
    return values


def _value(spec: Spec, parameter: Param) -> Any:
    """An example of this very parameter: the value that some example gives to its name."""
    for operation in spec.operations:
        for example in operation.success.examples.values():
            found = _find(example, parameter.name)
            if found is not None:
                return found
    schema = resolve(spec.bundle, parameter.schema)
    return next(iter(schema.get("examples", ["example"])))


def _find(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        if isinstance(value.get(name), (str, int)):
            return value[name]
        value = list(value.values())
    for member in value if isinstance(value, list) else ():
        if (found := _find(member, name)) is not None:
            return found
    return None
