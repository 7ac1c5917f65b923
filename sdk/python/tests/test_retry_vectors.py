"""The decisions that both clients share, from openapi/vectors/retry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aragora import RetryPolicy, StatusError, Timeouts, errors
from aragora._core.call import Call, Op
from aragora._core.retry import (
    Answer,
    Broke,
    Done,
    Fail,
    Moment,
    Outcome,
    Retry,
    backoff,
    decide,
    retry_after_s,
)

VECTORS = json.loads(
    (Path(__file__).parents[3] / "openapi/vectors/retry/decisions.json").read_text("utf-8")
)
NOW = 1_793_000_000.0


def call_of(case: Mapping[str, Any]) -> Call[None]:
    return Call(
        op=Op(id="x", method="GET", path="/x"),
        url="http://aragora.test/x",
        headers={},
        body=None,
        repeatable=case["repeatable"],
        timeouts=Timeouts(),
        policy=RetryPolicy(**case["policy"]),
    )


def outcome_of(case: Mapping[str, Any]) -> Outcome:
    outcome = case["outcome"]
    if outcome["kind"] != "answer":
        return Broke(outcome["kind"], OSError("broke"))
    body = json.dumps({"code": outcome["code"]}).encode() if outcome["code"] else b""
    return Answer(outcome["status"], outcome["headers"], body)


def error_types(case: Mapping[str, Any]) -> Mapping[str, type[StatusError]]:
    outcome = case["outcome"]
    if outcome.get("code") is None or outcome["hint"] is None:
        return {}
    base = errors.class_for(outcome["status"])
    return {outcome["code"]: type(base.__name__, (base,), {"retry_hint": outcome["hint"]})}


@pytest.mark.parametrize("case", VECTORS["decisions"], ids=lambda case: case["name"])
def test_an_attempt_is_judged_as_the_shared_vectors_say(case: Mapping[str, Any]) -> None:
    moment = Moment(case["attempt"], case["left_s"], NOW, case["chance"])

    step = decide(call_of(case), moment, outcome_of(case), lambda: error_types(case))

    expect = case["expect"]
    if expect["action"] == "done":
        assert isinstance(step, Done)
    elif expect["action"] == "retry":
        assert isinstance(step, Retry)
        assert step.delay_s == pytest.approx(expect["delay_s"], abs=1e-9)
    else:
        assert isinstance(step, Fail)
        assert type(step.error).__name__ == expect["error"]
        assert getattr(step.error, "retry_after_s", None) == expect.get("retry_after_s")


@pytest.mark.parametrize("case", VECTORS["retry_after"], ids=lambda case: repr(case["value"]))
def test_retry_after_is_read_in_seconds_and_as_a_date(case: Mapping[str, Any]) -> None:
    assert retry_after_s(case["value"], case["now_epoch_s"]) == case["expect_s"]


@pytest.mark.parametrize("case", VECTORS["backoff"], ids=lambda case: case["name"])
def test_the_wait_lies_between_nothing_and_its_ceiling(case: Mapping[str, Any]) -> None:
    policy = RetryPolicy(**case["policy"])

    assert backoff(policy, case["attempt"], 0.0) == case["floor_s"]
    assert backoff(policy, case["attempt"], 1.0) == case["ceiling_s"]


def test_a_date_without_a_zone_counts_as_utc() -> None:
    assert retry_after_s("Sun, 22 Nov 2026 10:00:30 -0000", 1_795_341_600.0) == 30
