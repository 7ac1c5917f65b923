"""`python -m parity.compat`: may this contract follow the released ones?

redocly judges schemas, parameters and answers. What it does not see is judged here, over two
operation models: scopes, defaults, client names, pages, streams, jobs and error codes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from codegen import bundle
from codegen.load import load
from codegen.model import Operation, Param, Spec, resolve
from codegen.source import read
from codegen.tools import ROOT
from parity import differences

RELEASED = ROOT / "openapi" / "released"
SUMS = "SHA256SUMS"
_VERSION = re.compile(r"^v(\d+)\.(\d+)\.(\d+)\.json$")


def breaks(old: Spec, new: Spec) -> list[str]:
    """What a client of `old` would stumble over in `new`, as far as redocly does not tell."""
    found = [line for pair in _pairs(old, new) for line in _operation_breaks(old, new, *pair)]
    return found + list(_code_breaks(old, new))


def _pairs(old: Spec, new: Spec) -> Iterator[tuple[Operation, Operation]]:
    """Operations that both know; redocly reports the removed ones."""
    current = {(operation.method, operation.path): operation for operation in new.operations}
    for operation in old.operations:
        if found := current.get((operation.method, operation.path)):
            yield operation, found


def _operation_breaks(old: Spec, new: Spec, was: Operation, now: Operation) -> Iterator[str]:
    if (was.resource, was.name) != (now.resource, now.name):
        yield f"{was.id}: x-sdk {was.resource}.{was.name} became {now.resource}.{now.name}"
    if added := sorted(set(now.scopes) - set(was.scopes)):
        yield f"{was.id}: needs the scopes {', '.join(added)} now"
    if was.is_public and not now.is_public:
        yield f"{was.id}: needs an API key now"
    for extension in ("pagination", "stream", "job"):
        before, after = getattr(was, extension), getattr(now, extension)
        if before is not None and before != after:
            yield f"{was.id}: x-{extension} changed"
    for parameter in was.params:
        for other in now.params:
            if (parameter.name, parameter.where) == (other.name, other.where):
                before, after = _default(old, parameter), _default(new, other)
                if before != after:
                    yield f"{was.id}: the default of {parameter.name} was {before}, is {after}"


def _default(spec: Spec, parameter: Param) -> Any:
    return resolve(spec.bundle, parameter.schema).get("default")


def _code_breaks(old: Spec, new: Spec) -> Iterator[str]:
    current = {code.code: code for code in new.errors}
    for code in old.errors:
        found = current.get(code.code)
        if found is None:
            yield f"the error code {code.code} is gone"
        elif found.status != code.status:
            yield f"the error code {code.code} had status {code.status}, has {found.status}"
        elif missing := sorted(set(code.members) - set(found.members)):
            yield f"the error code {code.code} lost {', '.join(missing)}"


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Everything that speaks against `new` as a successor of `old`. A new major is free."""
    if _major(old) != _major(new):
        return []
    return differences.objections(old, new) + breaks(load(old), load(new))


def _major(document: dict[str, Any]) -> str:
    return str(document["info"]["version"]).partition(".")[0]


def releases(folder: Path) -> list[Path]:
    """Released bundles, oldest first."""
    found = {
        tuple(int(part) for part in match.groups()): path
        for path in folder.glob("*.json")
        if (match := _VERSION.match(path.name))
    }
    return [found[version] for version in sorted(found)]


def untouched(folder: Path) -> Iterator[str]:
    """Released bundles are append-only: each is listed with its digest, none is missing."""
    listed: dict[str, str] = {}
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in releases(folder)}
    for name in sorted(listed.keys() | found.keys()):
        if listed.get(name) != found.get(name):
            yield f"openapi/released/{name} is not what {SUMS} says"


def at_revision(revision: str) -> dict[str, Any] | None:
    """The bundle of the contract as it was at a revision of this repository."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ["git", "archive", "--format=tar", revision, "openapi"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if archive.returncode:
            return None
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        # It may break rules that are younger than it is.
        return bundle.assemble(read(Path(folder) / "openapi"))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m parity.compat", description=__doc__)
    parser.add_argument("--base", help="a revision to compare with too, such as a merge base")
    options = parser.parse_args(argv)
    released = releases(RELEASED) if RELEASED.is_dir() else []
    if not released:
        _say("nothing is released yet: the contract may still change freely")
        return 0
    found = list(untouched(RELEASED))
    current = bundle.build()
    found += compare(json.loads(released[-1].read_text("utf-8")), current)
    if options.base and (base := at_revision(options.base)):
        found += compare(base, current)
    for line in found:
        _say(line)
    _say(f"compared with {released[-1].name}: {len(found)} objections")
    return 1 if found else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
