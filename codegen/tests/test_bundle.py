"""The bundle: canonical bytes, nothing lost, nothing dereferenced."""

from __future__ import annotations

import json
import random
from typing import Any

from codegen import bundle
from codegen.source import Source


def test_the_bundle_has_only_references_into_itself(mini_bundle: dict[str, Any]) -> None:
    assert ".yaml" not in bundle.text(mini_bundle)


def test_every_schema_of_the_source_is_in_the_bundle(
    mini: Source, mini_bundle: dict[str, Any]
) -> None:
    written = {node.path[0] for node in mini.components()}

    assert set(mini_bundle["components"]["schemas"]) == written


def test_every_schema_knows_its_file(mini_bundle: dict[str, Any]) -> None:
    assert mini_bundle["x-schema-tags"]["Note"] == "notes"
    assert mini_bundle["x-schema-tags"]["NoteEvent"] == "events"
    assert mini_bundle["x-schema-tags"].keys() == mini_bundle["components"]["schemas"].keys()


def test_references_of_the_error_catalogue_lead_into_the_bundle(
    mini_bundle: dict[str, Any],
) -> None:
    members = mini_bundle["x-error-codes"]["budget_exceeded"]["members"]

    assert members == {"remaining_usd": {"$ref": "#/components/schemas/Money"}}


def test_a_recursive_schema_stays_a_reference(mini_bundle: dict[str, Any]) -> None:
    parent = mini_bundle["components"]["schemas"]["Note"]["properties"]["parent"]

    assert {"$ref": "#/components/schemas/Note"} in parent["anyOf"]


def test_the_order_of_writing_does_not_reach_the_bytes(mini_bundle: dict[str, Any]) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            keys = random.sample(list(value), len(value))
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(member) for member in value] if isinstance(value, list) else value

    again = shuffled(mini_bundle)

    assert bundle.text(again) == bundle.text(mini_bundle)
    assert bundle.digest(again) == bundle.digest(mini_bundle)


def test_canonical_text_is_utf8_with_one_final_newline() -> None:
    text = bundle.text({"b": "ä", "a": 1})

    assert text == '{\n  "a": 1,\n  "b": "ä"\n}\n'
    assert json.loads(text) == {"a": 1, "b": "ä"}
