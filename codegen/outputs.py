"""Rendered files against the tree: what differs, what to write, what to delete."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from codegen import bundle, tools
from codegen.model import Spec

MANIFEST = "codegen/MANIFEST.json"
# Each emitter owns these directories whole: no file in them is written by hand.
TARGETS: Mapping[str, tuple[str, ...]] = {
    "python_sdk": ("sdk/python/src/aragora/types", "sdk/python/src/aragora/resources"),
    "typescript_sdk": ("sdk/typescript/src/generated",),
    "server": ("server/src/aragora_server/contract",),
    "reference": ("docs/reference",),
}
_CACHES = frozenset({"__pycache__", "node_modules"})


class Misplaced(Exception):
    """An emitter wrote outside of its directories, or without the first line."""


@attrs.frozen(kw_only=True)
class Tree:
    """A project root with the generated files that its manifest knows."""

    root: Path
    known: Mapping[str, str]

    @classmethod
    def read(cls, root: Path) -> Tree:
        path = root / MANIFEST
        manifest = json.loads(path.read_text("utf-8")) if path.is_file() else {"files": {}}
        return cls(root=root, known=manifest["files"])

    def text(self, path: str) -> str | None:
        file = self.root / path
        return file.read_bytes().decode("utf-8", "replace") if file.is_file() else None

    def files_in(self, targets: Sequence[str]) -> list[str]:
        """Every file that lies in the directories of `targets`."""
        return sorted(
            file.relative_to(self.root).as_posix()
            for target in targets
            for folder in TARGETS[target]
            for file in (self.root / folder).rglob("*")
            if file.is_file() and _CACHES.isdisjoint(file.parts)
        )


def judge(target: str, files: Mapping[str, str]) -> None:
    """Raise unless `target` stayed at home and signed what it wrote."""
    for path, text in files.items():
        if not any(path.startswith(folder + "/") for folder in TARGETS[target]):
            raise Misplaced(f"{target} wrote {path}, which is not in its directories")
        if not is_signed(path, text):
            raise Misplaced(f"{target} wrote {path} without the @generated line")


def is_signed(path: str, text: str) -> bool:
    """The first line says that the file is generated; JSON has no place to say so."""
    return path.endswith(".json") or tools.GENERATED in text.partition("\n")[0]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def manifest(
    spec: Spec,
    versions: Mapping[str, str],
    targets: Sequence[str],
    files: Mapping[str, str],
    tree: Tree,
) -> str:
    """The manifest's text; files of targets that did not run keep their entries."""
    homes = tuple(folder + "/" for target in targets for folder in TARGETS[target])
    kept = {path: sha for path, sha in tree.known.items() if not path.startswith(homes)}
    hashes = kept | {path: sha256(text) for path, text in files.items()}
    document: dict[str, Any] = {
        "spec": {"version": spec.version, "sha256": bundle.digest(spec.bundle)},
        "tools": dict(versions),
        "operations": len(spec.operations),
        "schemas": len(spec.schemas),
        "files": dict(sorted(hashes.items())),
    }
    return json.dumps(document, indent=2) + "\n"


def differences(tree: Tree, targets: Sequence[str], files: Mapping[str, str]) -> Iterator[str]:
    """What `--check` has to say, one message each: a diff, or a file that is missing or extra."""
    for path, wanted in sorted(files.items()):
        found = tree.text(path)
        if found is None:
            yield f"missing: {path}"
        elif found != wanted:
            if not is_signed(path, found):
                yield f"no @generated line: {path}"
            yield _diff(path, found, wanted)
    for path in tree.files_in(targets):
        if path not in files:
            yield f"extra file in a generated directory: {path}"


def _diff(path: str, found: str, wanted: str) -> str:
    lines = difflib.unified_diff(
        found.splitlines(),
        wanted.splitlines(),
        f"{path} (as it is)",
        f"{path} (generated)",
        "",
        "",
        2,
        "",
    )
    # Equal lines, unequal bytes: only an ending can differ.
    return "\n".join(lines) or f"line endings differ: {path}"


@attrs.frozen(kw_only=True)
class Written:
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    strangers: tuple[str, ...]


def write(tree: Tree, targets: Sequence[str], files: Mapping[str, str]) -> Written:
    """Bring the tree up to date. A file that no manifest knows is named, never deleted."""
    changed = [path for path, text in sorted(files.items()) if tree.text(path) != text]
    for path in changed:
        file = tree.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(files[path].encode())
    extra = [path for path in tree.files_in(targets) if path not in files]
    deleted = [path for path in extra if path in tree.known]
    for path in deleted:
        (tree.root / path).unlink()
    strangers = tuple(path for path in extra if path not in tree.known)
    return Written(changed=tuple(changed), deleted=tuple(deleted), strangers=strangers)
