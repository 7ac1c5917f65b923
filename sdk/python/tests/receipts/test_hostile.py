"""Bundles made to hurt: whoever verifies one loses no time, and is told no lies by a terminal."""

from __future__ import annotations

import base64
import copy
import json
import time

import pytest
from aragora.receipts import Disclosure, verify
from example import sealed, text_of

BUNDLE = sealed()
ESCAPE = "\x1b[2K\rVERIFIED receipt"


def test_a_key_that_stands_twice_among_many_costs_no_more_than_reading_them() -> None:
    many = ",".join(f'"k{no}":1' for no in range(90_000))
    text = text_of(BUNDLE).removesuffix("}") + f',{many},"k1":1}}'

    started = time.perf_counter()
    result = verify(text)

    assert (result.verdict, result.detail) == (
        "failed",
        "duplicate_keys: bundle: k1 stands twice",
    )
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("value", ["[]", "{}", "0"])
def test_a_large_file_of_small_values_is_not_parsed(value: str) -> None:
    soup = ",".join([value] * 700_000)

    result = verify('{"v":1,"x":[' + soup + "]}")

    assert result.verdict == "failed"
    assert result.detail == "size: a bundle of this size may hold at most 100000 values"


def test_a_payload_that_is_too_large_is_not_parsed() -> None:
    soup = b'{"v":[' + b"{}," * 400_000 + b"{}]}"
    envelope = {**BUNDLE["dsse"], "payload": base64.b64encode(soup).decode()}

    result = verify(text_of({**BUNDLE, "dsse": envelope}))

    found = {check.name: check.result for check in result.checks}
    assert result.detail == "size: the payload exceeds 1048576 bytes"
    assert (found["canonical"], found["schema"]) == ("absent", "absent")


def test_thousands_of_repeated_keys_are_not_all_named() -> None:
    twice = ",".join(f'"k{no}":1,"k{no}":1' for no in range(1000))

    result = verify(text_of(BUNDLE).removesuffix("}") + f",{twice}}}")

    assert len(result.detail) < 100


@pytest.mark.parametrize(
    "member",
    [
        json.dumps(ESCAPE) + ":1",
        f'"extra":{{{json.dumps(ESCAPE)}:1}}',
        f'"extra":{{{json.dumps(ESCAPE)}:1,{json.dumps(ESCAPE)}:2}},"extra":1',
    ],
)
def test_a_key_of_a_strangers_choice_never_reaches_the_terminal(member: str) -> None:
    result = verify(text_of(BUNDLE).removesuffix("}") + f",{member}}}")

    assert not result.is_verified
    assert _is_harmless(json.dumps(result.to_dict(), ensure_ascii=False) + result.detail)


def test_the_name_of_a_text_that_nobody_signed_is_shown_without_control_codes() -> None:
    changed = copy.deepcopy(BUNDLE)
    stray = Disclosure.make(ESCAPE + "x" * 500, "value", salt=bytes(16))
    changed["disclosures"].append(stray.encoded)

    details = [check.detail for check in verify(text_of(changed)).checks]

    assert any("?[2K?VERIFIED" in detail for detail in details)
    assert all(_is_harmless(detail) and len(detail) < 200 for detail in details)


def _is_harmless(text: str) -> bool:
    return "\x1b" not in text and "\r" not in text
