"""Money is counted in whole micro-USD: where it is, nothing can become a fraction."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVER = Path("server/src/aragora_server")
FILES = sorted(
    (SERVER / "kernel/money.py", *(f for s in ("budgets", "pricing", "usage")
                                   for f in (SERVER / s).rglob("*.py")))
)  # fmt: skip


def fractions(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id="float" | "Decimal" | "Fraction"):
                yield f"line {node.lineno}: {node.id}"
            case ast.Constant(value=float()):
                yield f"line {node.lineno}: {node.value}"
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield f"line {node.lineno}: a division that is not whole"


@pytest.mark.parametrize("file", FILES, ids=str)
def test_no_file_about_money_knows_a_fraction(file: Path) -> None:
    assert list(fractions(ast.parse(file.read_text("utf-8")))) == []


@pytest.mark.parametrize("written", ["float(1)", "x = 0.1", "a / b", "a /= 2", "Decimal(1)"])
def test_a_fraction_is_found(written: str) -> None:
    assert list(fractions(ast.parse(written)))
