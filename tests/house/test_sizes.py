"""Sizes to feel by (docs/house.md): a file or a function past them hides two things in one."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ("codegen", "sdk/python/src", "server/src")
GENERATED = ("aragora/types/", "aragora/resources/", "aragora_server/contract/", "codegen/tests/")
FILE_LINES, FUNCTION_LINES, FUNCTION_P95, COLLABORATORS = 300, 40, 25, 5

# Longer on purpose: each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
WIDE_CONSTRUCTORS: dict[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    paths = [path for folder in SOURCES for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in paths if not any(part in path.as_posix() for part in GENERATED)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions() -> Iterator[tuple[str, int]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Function):
                yield f"{name_of(path)}::{node.name}", body_lines(node)


def body_lines(node: Function) -> int:
    """Lines of code: a docstring explains, it does not complicate."""
    docstring = node.body[0] if ast.get_docstring(node) else None
    told = docstring.end_lineno - docstring.lineno + 1 if docstring else 0  # type: ignore[operator]
    return (node.end_lineno or node.lineno) - node.lineno + 1 - told


def test_there_is_something_to_measure():
    assert len(sources()) > 40


def test_no_file_is_longer_than_a_reader_can_hold():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in sources()}

    too_long = {name: n for name, n in lengths.items() if n > FILE_LINES}

    assert set(too_long) == set(LONG_FILES), too_long


def test_no_function_does_two_things():
    too_long = {name: n for name, n in functions() if n > FUNCTION_LINES}

    assert set(too_long) == set(LONG_FUNCTIONS), too_long


def test_most_functions_are_small():
    lengths = [n for _, n in functions()]

    assert statistics.quantiles(lengths, n=20)[-1] <= FUNCTION_P95


def test_no_service_needs_more_than_five_collaborators():
    wide = {}
    for path in sorted((ROOT / "server/src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and node.name.endswith(
                ("Service", "Routes", "Runner")
            ):
                fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
                if len(fields) > COLLABORATORS:
                    wide[f"{name_of(path)}::{node.name}"] = len(fields)

    assert set(wide) == set(WIDE_CONSTRUCTORS), wide
