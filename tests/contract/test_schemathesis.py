"""The running server against its own contract: all phases, deterministic, on seeded data."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import attrs
import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.contract.seeded import Seeded, server

CONFIG = Path(__file__).parent / "schemathesis.toml"
KEYS_IN_USE: dict[str, str] = {}
TOO_GENERAL = ("invalid_request", "malformed_request", "not_found")


@schemathesis.check
def refusals_are_specific(_ctx, response, case) -> None:
    """A request that matches the schema is refused for a reason that no schema can tell."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if response.status_code in (400, 404, 422) and not has_float(case.body):
        code = json.loads(response.content)["code"]
        assert code not in TOO_GENERAL, f"{code} for a request that matches the schema"


def has_float(value) -> bool:
    """`1.0` is an integer to JSON Schema; we want it written as one."""
    if isinstance(value, dict | list):
        return any(
            has_float(part) for part in (value.values() if isinstance(value, dict) else value)
        )
    return isinstance(value, float)


@schemathesis.hook
def before_call(_ctx, case, _kwargs) -> None:
    """A run that revokes its own key would see nothing but 401 from then on."""
    if case.path_parameters.get("api_key_id") in KEYS_IN_USE:
        case.path_parameters["api_key_id"] = KEYS_IN_USE[case.path_parameters["api_key_id"]]


@attrs.frozen
class Outcome:
    """What one run saw: statuses by operation, failures, warnings, the phases it went through."""

    statuses: dict[str, Counter[int]]
    failures: list[str]
    phases: set[str]

    @property
    def cases(self) -> int:
        return sum(counter.total() for counter in self.statuses.values())


def configured(seeded: Seeded) -> SchemathesisConfig:
    text = CONFIG.read_text()
    for name, value in attrs.asdict(seeded).items():
        text = text.replace(f"<{name}>", value)
    return SchemathesisConfig.from_str(text)


def run(folder: Path) -> Outcome:
    statuses: dict[str, Counter[int]] = defaultdict(Counter)
    failures: list[str] = []
    phases: set[str] = set()
    with server(folder) as seeded:
        schema = schemathesis.openapi.from_url(
            f"{seeded.url}/v1/openapi.json", config=configured(seeded)
        )
        KEYS_IN_USE[seeded.own_api_key_id] = seeded.api_key_id
        for event in from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                phases.add(event.phase.value)
                note(event.recorder, statuses, failures)
            elif isinstance(event, events.NonFatalError | events.FatalError):
                failures.append(str(event))
    return Outcome(statuses, failures, phases)


def note(recorder, statuses, failures) -> None:
    for case_id, interaction in recorder.interactions.items():
        case = recorder.cases[case_id].value
        if interaction.response is not None:
            statuses[case.operation.label][interaction.response.status_code] += 1
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                label = recorder.cases[case_id].value.operation.label
                failures.append(f"{label}: {check.name}: {check.failure_info.failure}")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> tuple[Outcome, Outcome]:
    return run(tmp_path_factory.mktemp("first")), run(tmp_path_factory.mktemp("second"))


def test_nothing_fails_in_any_phase(outcomes):
    first, second = outcomes

    assert first.failures == []
    assert second.failures == []
    assert len(first.phases) == 4, first.phases


def test_two_runs_count_the_same(outcomes):
    first, second = outcomes

    assert {op: c.total() for op, c in first.statuses.items()} == {
        op: c.total() for op, c in second.statuses.items()
    }
    assert first.cases > 500


def test_every_operation_was_answered_with_a_success(outcomes):
    refused = {
        operation: dict(counter)
        for operation, counter in outcomes[0].statuses.items()
        if not any(status < 300 for status in counter)
    }

    assert refused == {}
    assert len(outcomes[0].statuses) == 29
