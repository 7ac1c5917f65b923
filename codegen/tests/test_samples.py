"""Programs for every operation, in three languages."""

from __future__ import annotations

import ast
import json
import shlex

import pytest

from codegen.literals import JSON, PYTHON, TYPESCRIPT, literal
from codegen.model import Spec
from codegen.samples import code_samples, samples


def test_every_operation_has_a_program_in_each_language(spec: Spec) -> None:
    found = code_samples(spec)

    assert found.keys() == {operation.id for operation in spec.operations}
    assert all(
        [s["label"] for s in entry] == ["curl", "Python", "TypeScript"] for entry in found.values()
    )


def test_python_programs_parse_and_call_the_operation(spec: Spec) -> None:
    for operation in spec.operations:
        program = samples(spec, operation)["python"]

        ast.parse(program)
        assert f"client.{operation.resource}.{operation.name}(" in program


def test_the_body_of_a_curl_call_is_the_example(spec: Spec) -> None:
    words = shlex.split(samples(spec, spec.operation("createNote"))["curl"])

    assert json.loads(words[words.index("--data") + 1]) == {
        "text": "Buy milk?",
        "authors": [{"name": "Ada"}],
        "max_cost_usd": "0.50",
    }


def test_required_members_come_first(spec: Spec) -> None:
    program = samples(spec, spec.operation("createNote"))["python"]

    assert program.index("text=") < program.index("authors=")


def test_a_public_operation_sends_no_key(spec: Spec) -> None:
    assert "Authorization" not in samples(spec, spec.operation("getHealth"))["curl"]
    assert "Authorization" in samples(spec, spec.operation("getNote"))["curl"]


def test_ids_stand_on_lines_of_their_own(spec: Spec) -> None:
    programs = samples(spec, spec.operation("getNote"))

    assert "NOTE_ID=note0001\n" in programs["curl"]
    assert 'note_id = "note0001"\n' in programs["python"]
    assert 'const noteId = "note0001";\n' in programs["typescript"]


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        (JSON, '{"a-b": null, "c": [true, 1]}'),
        (PYTHON, '{"a-b": None, "c": [True, 1]}'),
        (TYPESCRIPT, '{ "a-b": null, c: [true, 1] }'),
    ],
)
def test_values_are_written_as_the_language_wants(dialect: object, text: str) -> None:
    assert literal({"a-b": None, "c": [True, 1]}, dialect) == text  # type: ignore[arg-type]


def test_a_long_value_is_broken_and_still_the_same() -> None:
    value = {"names": ["x" * 30] * 4, "empty": {}}

    text = literal(value, JSON)

    assert text.count("\n") > 4
    assert json.loads(text) == value
