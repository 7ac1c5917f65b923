"""The TypeScript emitter: what it writes compiles, and what it cannot write it refuses."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen import tools, typescript_sdk
from codegen.load import load
from codegen.model import Spec
from codegen.typescript_text import name_list, type_of, wrapped

CORE = tools.ROOT / "sdk/typescript/src/core"

Change = Callable[[dict[str, Any]], object]


def changed(document: dict[str, Any], change: Change) -> Spec:
    document = copy.deepcopy(document)
    change(document)
    return load(document)


def test_what_is_written_compiles_under_the_strictest_options(
    mini_bundle: dict[str, Any], tmp_path: Path
) -> None:
    shutil.copytree(CORE, tmp_path / "src/core", ignore=shutil.ignore_patterns("*.test.ts"))
    (tmp_path / "src/generated").mkdir()
    for path, text in typescript_sdk.emit(load(mini_bundle)).items():
        (tmp_path / "src/generated" / Path(path).name).write_text(text, "utf-8")
    settings = json.loads((CORE.parents[1] / "tsconfig.json").read_text("utf-8"))
    settings["compilerOptions"] |= {"types": [], "noEmit": True}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")

    said = tools.npm_tool("typescript", "-p", tmp_path, binary="tsc", allowed=(0, 1, 2))

    assert said == ""


def test_a_name_in_two_places_of_a_request_is_refused(mini_bundle: dict[str, Any]) -> None:
    def clash(document: dict[str, Any]) -> None:
        operation = document["paths"]["/v1/notes"]["post"]
        query = {"name": "text", "in": "query", "description": "x", "schema": {"type": "string"}}
        operation.setdefault("parameters", []).append(query)

    with pytest.raises(ValueError, match="more than one place"):
        typescript_sdk.emit(changed(mini_bundle, clash))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["string", "null"]}, "string | null"),
        ({"enum": ["a", "b"]}, '"a" | "b"'),
        ({"type": "array", "items": {"type": "integer"}}, "readonly number[]"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, 'readonly ("a" | "b")[]'),
        (
            {"type": "array", "items": {"type": "object"}},
            "readonly Readonly<Record<string, unknown>>[]",
        ),
    ],
)
def test_a_schema_has_its_type(schema: dict[str, Any], expected: str) -> None:
    assert type_of(schema) == expected


def test_imports_are_sorted_whatever_the_case_and_the_word_type() -> None:
    assert name_list(["b", "type A", "C", "b"]) == "type A, b, C"


def test_a_long_signature_takes_a_line_for_each_argument() -> None:
    assert wrapped("  f(", ["a: string"], "): void {") == "  f(a: string): void {"
    assert wrapped("  f(", ["a" * 50, "b" * 50], "): void {").count("\n") == 3


@pytest.mark.parametrize(
    ("status", "retry", "expected"),
    [
        (409, "safe", True),
        (409, "never", False),
        (503, "never", True),
        (503, "safe", False),
        (404, "safe", False),
    ],
)
def test_only_misleading_codes_are_told_to_the_client(
    mini_bundle: dict[str, Any], status: int, retry: str, expected: bool
) -> None:
    def plant(document: dict[str, Any]) -> None:
        entry = {"status": status, "title": "t", "when": "w", "do": "d", "retry": retry}
        document["x-error-codes"]["planted"] = entry

    text = typescript_sdk.emit(changed(mini_bundle, plant))[f"{typescript_sdk.HOME}/namespaces.ts"]

    assert (f'planted: "{retry}"' in text) == expected
