"""Answers of a later server: nothing raises, nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from aragora._core.model import Model
from aragora.resources.debates import _load_events

from tests.debate_wire import log

BUNDLE = json.loads(
    (Path(__file__).parents[3] / "server/src/aragora_server/contract/bundle.json").read_text()
)


def answers() -> Iterator[tuple[str, str, Any]]:
    """Operation, schema and example of every JSON answer."""
    for path in BUNDLE["paths"].values():
        for operation in path.values():
            if not isinstance(operation, dict) or "operationId" not in operation:
                continue
            for status, response in operation["responses"].items():
                content = response.get("content", {}).get("application/json")
                if status.startswith("2") and content:
                    schema = content["schema"]["$ref"].rsplit("/", 1)[-1]
                    for example in content["examples"].values():
                        yield operation["operationId"], schema, example["value"]


def later(value: Any) -> Any:
    """The same from the future: every object has one more field."""
    if isinstance(value, dict):
        return {**{k: later(v) for k, v in value.items()}, "from_the_future": {"n": 1}}
    return [later(item) for item in value] if isinstance(value, list) else value


def model_of(schema: str) -> type[Model]:
    found: type[Model] = getattr(import_module("aragora.types"), schema)
    return found


def plain(value: Any) -> Any:
    """Times may be written shorter; everything else must be the same."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return datetime.fromisoformat(value)
    return value


@pytest.mark.parametrize(
    ("schema", "example"),
    [pytest.param(schema, example, id=name) for name, schema, example in answers()],
)
def test_an_answer_with_more_fields_survives_the_round_trip(schema: str, example: Any) -> None:
    value = later(example)

    model = model_of(schema).model_validate_json(json.dumps(value))

    assert plain(model.to_dict()) == plain(value)
    assert plain(json.loads(model.to_json())) == plain(value)


@pytest.mark.parametrize("entry", log(), ids=lambda entry: entry["type"])
def test_an_event_with_more_fields_survives_too(entry: dict[str, Any]) -> None:
    value = later(entry)

    model = _load_events()[entry["type"]].model_validate_json(json.dumps(value))

    assert plain(model.to_dict()) == plain(value)


def test_there_are_answers_to_replay() -> None:
    assert len(list(answers())) >= 20
