"""Spec = server = Python = TypeScript = reference: operation by operation, name by name."""

from __future__ import annotations

import re

import pytest
import yaml

from parity import surface
from parity.recorder import ROOT, contract, operations


@pytest.fixture(scope="module")
def spec():
    column = surface.from_spec()
    assert len(column) == len(operations(contract())) > 20
    return column


def test_the_server_serves_exactly_the_operations_of_the_spec():
    wanted = {
        operation: (node["method"], node["path"])
        for operation, node in operations(contract()).items()
    }

    assert surface.from_server() == wanted


@pytest.mark.parametrize("client", ["Aragora", "AsyncAragora"])
def test_python_clients_have_exactly_the_methods_and_names_of_the_spec(client, spec):
    found = surface.from_python(client)

    assert found.keys() - spec.keys() == {f"debates.{name}" for name in surface.JOB_METHODS}
    for call, names in spec.items():
        assert set(found[call]) - {"transport", "on_reconnect"} == set(names), call


def test_typescript_has_exactly_the_methods_of_the_spec(spec):
    found = surface.from_typescript()

    assert found == spec.keys() | {f"debates.{name}" for name in surface.JOB_METHODS}


def test_the_reference_describes_exactly_the_operations_of_the_spec(spec):
    assert surface.from_reference() == spec.keys()


def test_error_codes_are_the_same_everywhere():
    codes = set(yaml.safe_load((ROOT / "openapi/errors.yaml").read_text()))
    python = (ROOT / "sdk/python/src/aragora/types/errors.py").read_text()
    typescript = (ROOT / "sdk/typescript/src/generated/errors.ts").read_text()
    reference = (ROOT / "docs/reference/errors.md").read_text()

    assert set(re.findall(r'^    "(\w+)": \w+,$', python, re.MULTILINE)) == codes
    assert set(re.findall(r"^  (\w+): \w+,?$", typescript, re.MULTILINE)) == codes
    assert set(re.findall(r"^## ([a-z_]+)$", reference, re.MULTILINE)) == codes


def test_event_types_are_the_same_everywhere():
    types = set(contract()["components"]["schemas"]["DebateEvent"]["discriminator"]["mapping"])
    python = (ROOT / "sdk/python/src/aragora/types/events.py").read_text()
    typescript = (ROOT / "sdk/typescript/src/generated/types.ts").read_text()
    reference = (ROOT / "docs/reference/events.md").read_text()

    for text in (python, typescript, reference):
        assert {name for name in types if name not in text} == set()
