"""Rules about names and about how files hang together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codegen.rules.view import View
from codegen.source import ENTRY, ERRORS, Fault, Node, is_schema_file

_PASCAL = re.compile(r"^[A-Z][A-Za-z0-9]*$")
_SNAKE = re.compile(r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$")
_HEADER = re.compile(r"^[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)*$")
_SEGMENT = re.compile(r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.json)?|\{[a-z][a-z0-9_]*\})$")
_OUTSIDE_V1 = re.compile(r"^/(?:healthz|readyz|metrics|\.well-known/[a-z0-9.-]+)$")


def schema_names(view: View) -> Iterator[Fault]:
    seen: dict[str, Node] = {}
    for node in view.source.components():
        name = node.path[0]
        if not _PASCAL.match(name):
            yield node.fault(f"the schema name `{name}`", "write it in PascalCase")
        if name in seen:
            yield node.fault(f"`{name}` is in {seen[name].file} too", "rename one")
        seen[name] = node


def field_names(view: View) -> Iterator[Fault]:
    for node in view.schemas.values():
        for name, child in properties.children() if (properties := node.get("properties")) else ():
            if not _SNAKE.match(name):
                yield child.fault(f"the property `{name}`", "write it in snake_case")
    seen = set()
    for operation in view.operations:
        for parameter in operation.parameters():
            name = str(parameter.value.get("name"))
            wanted = _HEADER if parameter.value.get("in") == "header" else _SNAKE
            if not wanted.match(name) and (parameter.file, parameter.path) not in seen:
                yield parameter.fault(
                    f"the parameter `{name}`", "write it in snake_case, a header in Words-Of-Case"
                )
            seen.add((parameter.file, parameter.path))


def paths(view: View) -> Iterator[Fault]:
    entry = view.source.entry.get("paths")
    for path, node in entry.children() if entry else ():
        if _OUTSIDE_V1.match(path):
            continue
        if not path.startswith("/v1/"):
            yield node.fault(f"the path {path}", "put it under /v1")
        elif not all(_SEGMENT.match(part) for part in path[1:].split("/")):
            yield node.fault(f"the path {path}", "write kebab-case segments and {snake_case} names")


def orphans(view: View) -> Iterator[Fault]:
    """What nothing refers to would vanish from the bundle without a word."""
    for file in view.source.files:
        if file in (ENTRY, ERRORS):
            continue
        for key, node in view.source.node(file).children():
            if (file, key) not in view.reached:
                yield node.fault(f"nothing refers to `{key}`", "use it or remove it")


def modules_form_no_cycle(view: View) -> Iterator[Fault]:
    edges: dict[str, set[str]] = {}
    for source, target, node in view.schema_file_edges():
        if not is_schema_file(target):
            yield node.fault(f"a schema refers to {target}", "refer to schemas only")
        edges.setdefault(source, set()).add(target)
    for source, target, node in view.schema_file_edges():
        if source in _reachable(edges, target):
            yield node.fault(
                f"{source} and {target} refer to each other",
                "refer back by id, or move the schema",
            )


def _reachable(edges: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


RULES = (schema_names, field_names, paths, orphans, modules_form_no_cycle)
