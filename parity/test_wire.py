"""Every client sends the same bytes, and makes the same of the same answers."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from parity import wire
from parity.recorder import contract, operations

CLIENTS = list(wire.DRIVERS)


@pytest.mark.parametrize("scenario", wire.SCENARIOS, ids=lambda path: path.stem)
def test_clients_agree_on_the_wire_and_on_the_outcome(scenario):
    with ThreadPoolExecutor() as pool:
        played = dict(
            zip(
                CLIENTS,
                pool.map(lambda one: wire.play(one, wire.load(scenario)), CLIENTS),
                strict=True,
            )
        )

    results, requests = played["python"]
    assert requests, "a scenario that sends nothing shows nothing"
    for client in CLIENTS[1:]:
        assert played[client][1] == requests, f"{client} sends other requests"
        assert as_json(played[client][0]) == as_json(results), f"{client} gives other results"
    expected(wire.load(scenario), results, requests)


def as_json(value):
    """An instant is the same with and without its closing zeros."""
    return re.sub(r"(:\d\d)(?:\.0+|(\.\d*[1-9])0+)Z", r"\1\2Z", json.dumps(value, sort_keys=True))


def expected(scenario, results, requests):
    """What the scenario itself promises, so that three equal mistakes are found too."""
    for step, result in zip(scenario["steps"], results, strict=True):
        if "error" in step.get("expect", {}):
            assert result["error"]["code"] == step["expect"]["error"]
        elif "events" in step.get("expect", {}):
            assert [event.get("seq") for event in result["value"]] == step["expect"]["events"]
        else:
            assert "value" in result, result
    if "requests" in scenario:
        assert [f"{r['method']} {r['path']}" for r in requests] == scenario["requests"]


def steps():
    return [step for path in wire.SCENARIOS for step in wire.load(path)["steps"]]


def test_every_operation_appears_in_a_scenario():
    named = {
        f"{n['x-sdk']['resource']}.{n['x-sdk']['method']}" for n in operations(contract()).values()
    }

    assert named - {step["call"] for step in steps()} == set()


def test_every_error_code_appears_in_a_scenario():
    planted = {
        answer["error"]
        for step in steps()
        for answer in step.get("answers", [])
        if "error" in answer
    }

    assert set(wire.error_codes()) - planted == set()
