"""Many hand-written files -> one canonical document, the form that everything else reads."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from codegen.checks import require
from codegen.source import ENTRY, ERRORS, Fault, Node, Source, is_ref, read
from codegen.tools import ROOT, ToolFailed, npm_tool

OPENAPI = ROOT / "openapi"
BUILT = ROOT / "build" / "openapi.json"
# Members that only the generators need; the published document does not carry them.
INTERNAL = ("x-schema-tags",)


def build(root: Path = OPENAPI) -> dict[str, Any]:
    """The canonical bundle of a source that keeps every rule."""
    source = read(root)
    require(source)
    return assemble(source)


def assemble(source: Source) -> dict[str, Any]:
    """Bundle the source, and add the error catalogue and the home of every schema."""
    document = _redocly(source)
    document["x-error-codes"] = _error_codes(source)
    document["x-schema-tags"] = _schema_tags(source, document)
    return canonical(document)


def canonical(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its keys in order, as a reader of the canonical bytes sees it."""
    ordered: dict[str, Any] = json.loads(text(document))
    return ordered


def text(document: Mapping[str, Any]) -> str:
    """Keys sorted, UTF-8, LF, final newline: same meaning, same bytes."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def digest(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(text(document).encode()).hexdigest()


def write(document: Mapping[str, Any], path: Path = BUILT) -> Path:
    """Leave the bundle where the lint and the validator find it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text(document).encode())
    return path


def _redocly(source: Source) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "bundle.json"
        try:
            # Two schemas of one name would get invented names: refuse instead.
            npm_tool(
                "@redocly/cli",
                "bundle",
                source.root / ENTRY,
                "--output",
                output,
                "--component-renaming-conflicts-severity",
                "error",
                binary="redocly",
                cwd=Path(folder),
            )
        except ToolFailed as failure:
            raise Fault(ENTRY, "", f"redocly cannot bundle it ({failure})", "see above") from None
        bundled: dict[str, Any] = json.loads(output.read_text("utf-8"))
    return bundled


def _error_codes(source: Source) -> Any:
    """errors.yaml as it is, its references turned to the components of the bundle."""
    return _with_component_refs(source, source.node(ERRORS))


def _with_component_refs(source: Source, node: Node) -> Any:
    if is_ref(node.value):
        return {"$ref": f"#/components/schemas/{source.target(node).path[-1]}"}
    if isinstance(node.value, Mapping):
        return {key: _with_component_refs(source, child) for key, child in node.children()}
    if isinstance(node.value, list):
        return [_with_component_refs(source, child) for _, child in node.children()]
    return node.value


def _schema_tags(source: Source, document: Mapping[str, Any]) -> dict[str, str]:
    """Component -> the stem of the file that defines it, which names its generated module."""
    homes = {node.path[0]: Path(node.file).stem for node in source.components()}
    return {name: homes[name] for name in document["components"]["schemas"]}
