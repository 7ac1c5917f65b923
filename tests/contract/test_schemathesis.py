"""The running server against its own contract: all phases, deterministic, on seeded data, twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from parity.recorder import contract, operations

ROOT = Path(__file__).parents[2]
PHASES = ["coverage", "examples", "fuzzing", "stateful"]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory, postgres) -> list[dict]:
    """Two runs, each in a process of its own, at the same time: on SQLite and on PostgreSQL."""
    name = postgres.create(template="template1")
    runs = [trial(tmp_path_factory), trial(tmp_path_factory, postgres.url(name))]
    told = [run.communicate(timeout=900) for run in runs]
    postgres.drop(name)
    assert [run.returncode for run in runs] == [0, 0], told
    return [json.loads(out) for out, _ in told]


def trial(tmp_path_factory, *database: str) -> subprocess.Popen[str]:
    folder = str(tmp_path_factory.mktemp("trial"))
    command = [sys.executable, "-m", "tests.contract.trial", folder, *database]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


def cases(outcome: dict) -> dict[str, int]:
    return {name: sum(counts.values()) for name, counts in outcome["statuses"].items()}


def test_nothing_fails_in_any_phase(outcomes):
    for outcome in outcomes:
        assert outcome["failures"] == []
        assert outcome["phases"] == PHASES


def test_two_runs_count_the_same(outcomes, record_property):
    first, second = (cases(outcome) for outcome in outcomes)

    assert first == second
    assert sum(first.values()) > 1_000
    record_property("cases", sum(first.values()))


def test_every_operation_was_answered_with_a_success(outcomes):
    answered = {
        operation
        for operation, counts in outcomes[0]["statuses"].items()
        if any(status < "3" for status in counts)
    }

    assert answered == {f"{n['method']} {n['path']}" for n in operations(contract()).values()}
