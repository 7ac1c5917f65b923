"""Our judges together find every planted fault. Run when a pin, redocly.yaml or a rule moves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codegen import lint

pytestmark = pytest.mark.tools

MINI = Path(__file__).parent / "mini"
NOTES, SCHEMAS = "paths/notes.yaml", "schemas/notes.yaml"

# name: (file, text, text instead of its first occurrence)
MUTATIONS = {
    "an operationId twice": (NOTES, "operationId: updateNote\n", "operationId: listNotes\n"),
    "no operationId": (NOTES, "    operationId: updateNote\n", ""),
    "no summary": (NOTES, "    summary: Read a note\n", ""),
    "no description": (NOTES, "    description: The note as it is now.\n", ""),
    "an answer's example of the wrong type": (NOTES, "words: 2", "words: two"),
    "a request's example without a required member": (
        NOTES,
        "                text: Buy milk?\n                authors:",
        "                authors:",
    ),
    "a request's example with an unknown member": (
        NOTES,
        "                max_cost_usd: '0.50'",
        "                max_cost: '0.50'",
    ),
    "a schema's example that breaks its pattern": (
        "schemas/common.yaml",
        "- note0001",
        "- NOTE-0001",
    ),
    "a reference to nowhere": (NOTES, "notes.yaml#/NoteUpdate", "notes.yaml#/NoteUpgrade"),
    "a path parameter that nobody declares": (
        "openapi.yaml",
        "/v1/notes/{note_id}/file",
        "/v1/notes/{poem_id}/file",
    ),
    "a parameter without a description": (
        "components/parameters.yaml",
        "  description: The note.\n",
        "",
    ),
    "a tag that nobody declares": ("openapi.yaml", "- name: system\n", "- name: sistem\n"),
    "no success": (NOTES, "      '204':", "      '404':"),
    "a required member that does not exist": (SCHEMAS, "  - is_note\n", "  - is_a_note\n"),
    "a type that does not exist": (SCHEMAS, "      type: boolean", "      type: bool"),
    "an enum value of another type": (SCHEMAS, "      - poem\n", "      - 7\n"),
    "a default that is not in its enum": (
        SCHEMAS,
        "default memo.\n      default: memo",
        "default song.\n      default: song",
    ),
    "an orphan schema": (SCHEMAS, "NoteUpdate:\n", "Lost:\n  type: string\n\nNoteUpdate:\n"),
    "a link to nowhere": (
        NOTES,
        "            operationId: getNote\n",
        "            operationId: a\n",
    ),
}

ASSERTED = {
    "an operationId that is no verb and noun": (
        NOTES,
        "operationId: checkNote\n",
        "operationId: check_note\n",
    ),
    "two tags": (NOTES, "    tags:\n    - notes\n", "    tags:\n    - notes\n    - system\n"),
    "no client name": (NOTES, "    x-sdk:\n      resource: notes\n      method: check\n", ""),
    "an answer for everything else": (NOTES, "      '503':", "      default:"),
    "a member for answers only": (
        SCHEMAS,
        "      type: boolean\n",
        "      type: boolean\n      readOnly: true\n",
    ),
    "null as in OpenAPI 3.0": (
        SCHEMAS,
        "      type: boolean\n",
        "      type: boolean\n      nullable: true\n",
    ),
    "an unknown security scheme": ("openapi.yaml", "- bearer: []", "- basic: []"),
    "two paths that answer the same requests": (
        "openapi.yaml",
        "  /v1/notes/{note_id}/file:\n",
        """  /v1/{kind}/{note_id}/file:
    $ref: paths/notes.yaml#/file
  /v1/notes/{note_id}/file:
""",
    ),
    "an unknown keyword": (NOTES, "    summary: Read a note\n", "    sumary: Read\n"),
}


def mutated(tmp_path: Path, file: str, text: str, instead: str) -> Path:
    root = shutil.copytree(MINI, tmp_path / "openapi")
    path = root / file
    before = path.read_text("utf-8")
    assert text in before
    path.write_text(before.replace(text, instead, 1), "utf-8")
    return root


def test_the_small_contract_has_no_fault() -> None:
    assert lint.problems(MINI) == []


def test_there_are_nineteen_mutations() -> None:
    assert len(MUTATIONS) == 19


@pytest.mark.parametrize("name", [*MUTATIONS, *ASSERTED])
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    assert lint.problems(mutated(tmp_path, *{**MUTATIONS, **ASSERTED}[name])) != []


@pytest.mark.parametrize("name", ASSERTED)
def test_redocly_alone_finds_what_its_configuration_asserts(name: str, tmp_path: Path) -> None:
    assert lint.redocly(mutated(tmp_path, *ASSERTED[name])) != []
