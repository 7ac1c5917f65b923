"""The hand-written YAML of `openapi/`, read strictly, with the place of every value known."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

ENTRY = "openapi.yaml"
ERRORS = "errors.yaml"
# Folders of the contract that hold no part of the description.
_NOT_SOURCE = ("vectors", "released")
_NOT_FILES = ("redocly.yaml",)

_YAML_11_ONLY = re.compile(r"^(?:y|n|yes|no|on|off)$", re.IGNORECASE)
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$")
_FLOW_KEY = re.compile(r"\?|: ")


class Fault(Exception):
    """One thing in the contract that is wrong: where, what, and how to put it right."""

    def __init__(self, file: str, place: str, problem: str, fix: str) -> None:
        super().__init__(f"openapi/{file} at {place or '/'}: {problem}. Fix: {fix}.")
        self.file = file
        self.place = place
        self.problem = problem
        self.fix = fix


@attrs.frozen(kw_only=True)
class Node:
    """A value of a source file together with its place."""

    file: str
    path: tuple[str, ...]
    value: Any

    @property
    def place(self) -> str:
        """An RFC 6901 pointer into the file."""
        return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in self.path)

    @property
    def is_component(self) -> bool:
        """It stands at the top of its file, under its own name."""
        return len(self.path) == 1

    def child(self, key: str | int) -> Node:
        return Node(file=self.file, path=(*self.path, str(key)), value=self.value[key])

    def get(self, key: str) -> Node | None:
        if isinstance(self.value, Mapping) and key in self.value:
            return self.child(key)
        return None

    def children(self) -> Iterator[tuple[str, Node]]:
        if isinstance(self.value, Mapping):
            for key in self.value:
                yield str(key), self.child(key)
        elif isinstance(self.value, list):
            for index in range(len(self.value)):
                yield str(index), self.child(index)

    def walk(self) -> Iterator[Node]:
        """This node and everything below it in the same file."""
        yield self
        for _, child in self.children():
            yield from child.walk()

    def fault(self, problem: str, fix: str) -> Fault:
        return Fault(self.file, self.place, problem, fix)


@attrs.frozen(kw_only=True)
class Source:
    """Every file of the contract; keys are paths relative to `openapi/`."""

    root: Path
    files: Mapping[str, Any]

    def node(self, file: str, *path: str) -> Node:
        node = Node(file=file, path=(), value=self.files[file])
        for part in path:
            node = node.child(part)
        return node

    @property
    def entry(self) -> Node:
        return self.node(ENTRY)

    def target(self, node: Node) -> Node:
        """What the reference `node` points to."""
        reference = node.value["$ref"]
        name, _, pointer = reference.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(node.file), name))
        found = Node(file=file if name else node.file, path=(), value=None)
        try:
            found = self.node(found.file)
            for part in pointer.strip("/").split("/") if pointer.strip("/") else ():
                key = part.replace("~1", "/").replace("~0", "~")
                found = found.child(int(key) if isinstance(found.value, list) else key)
        except (KeyError, IndexError, ValueError, TypeError):
            raise node.fault(
                f"`$ref: {reference}` leads nowhere", "name an existing file and key"
            ) from None
        return found

    def resolve(self, node: Node) -> Node:
        """Follow references until a value stands there."""
        while is_ref(node.value):
            node = self.target(node)
        return node

    def components(self) -> Iterator[Node]:
        """Every named schema, wherever it is written."""
        for file in sorted(self.files):
            if is_schema_file(file):
                for key, child in self.node(file).children():
                    if key != "$schema":
                        yield child


def is_ref(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("$ref"), str)


def is_schema_file(file: str) -> bool:
    return file.startswith("schemas/") or file == "events.yaml"


def read(root: Path) -> Source:
    """Read all YAML below `root`. Raises the first `Fault` in the text itself."""
    files = {
        path.relative_to(root).as_posix(): _parse(path, path.relative_to(root).as_posix())
        for path in sorted(root.rglob("*.yaml"))
        if path.relative_to(root).parts[0] not in _NOT_SOURCE and path.name not in _NOT_FILES
    }
    return Source(root=root.resolve(), files=files)


class _Loader(yaml.SafeLoader):
    """YAML that means the same to every parser, or a fault."""

    file: str

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:str":
                raise self.fault(key, f"the key {key.value} is not a string", "quote it")
            if key.value in seen:
                raise self.fault(key, f"the key {key.value} stands twice", "keep one")
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: Any) -> Any:
        if node.style is None and (_YAML_11_ONLY.match(node.value) or _DATE.match(node.value)):
            raise self.fault(
                node, f"{node.value} is no string to every YAML parser", "put it in quotes"
            )
        return super().construct_scalar(node)

    def fault(self, node: yaml.Node, problem: str, fix: str) -> Fault:
        return Fault(self.file, f"line {node.start_mark.line + 1}", problem, fix)


def _parse(path: Path, file: str) -> Any:
    loader = _Loader(path.read_text("utf-8"))
    loader.file = file
    try:
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise Fault(
            file,
            f"line {line}",
            f"not readable as YAML ({error.problem})",
            "quote texts that hold `?`, `: ` or `#`",
        ) from None
    finally:
        loader.dispose()
