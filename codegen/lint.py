"""Everything that judges the contract by itself: our rules, redocly, openapi-spec-validator."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from codegen import bundle, checks
from codegen.source import ENTRY, Fault, read
from codegen.tools import ToolFailed, npm_tool

CONFIG = bundle.OPENAPI / "redocly.yaml"


def problems(root: Path = bundle.OPENAPI, config: Path = CONFIG) -> list[str]:
    """What any of the three judges has to say, ours first; empty when the contract is good."""
    try:
        found = [str(fault) for fault in checks.find(read(root))]
    except Fault as fault:
        return [str(fault)]
    found += redocly(root, config)
    # A validator reads the bundle, and there is none of a source with faults.
    return found or list(validator(root))


def redocly(root: Path, config: Path = CONFIG) -> list[str]:
    """redocly's findings, warnings included: nothing is tolerated."""
    with tempfile.TemporaryDirectory() as folder:
        said = npm_tool(
            "@redocly/cli",
            "lint",
            root / ENTRY,
            "--config",
            config,
            "--format",
            "json",
            "--max-problems",
            "1000",
            binary="redocly",
            cwd=Path(folder),
            allowed=(0, 1),
        )
    return [_line(problem, root) for problem in json.loads(said)["problems"]]


def _line(problem: dict[str, object], root: Path) -> str:
    locations = problem.get("location")
    place = locations[0] if isinstance(locations, list) and locations else {}
    file = Path(str(place.get("source", {}).get("ref", ""))).name or root.name
    return f"{file} at {place.get('pointer', '/')}: {problem['message']} ({problem['ruleId']})"


def validator(root: Path) -> Iterator[str]:
    """openapi-spec-validator on the bundle: it alone finds a default that is not in its enum."""
    try:
        document = bundle.build(root)
    except (Fault, checks.Faults, ToolFailed) as failure:
        yield str(failure)
        return
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        yield f"bundle at /{'/'.join(str(part) for part in error.absolute_path)}: {error.message}"


def main() -> int:
    found = problems()
    for problem in found:
        sys.stderr.write(problem + "\n")
    if not found:
        sys.stdout.write("the contract keeps every rule of its dialect\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
