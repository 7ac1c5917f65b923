"""`aragora webhooks` against a real server and a real receiver."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from aragora.cli import exits, main

from tests.receiver import receiver

pytestmark = pytest.mark.usefixtures("signed_in")


def said(capsys: pytest.CaptureFixture[str], *argv: str, code: int = exits.OK) -> str:
    assert main(["webhooks", *argv]) == code
    return capsys.readouterr().out


def shown(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    return json.loads(said(capsys, *argv, "--json"))


def test_an_endpoint_is_added_tried_rotated_and_removed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with receiver() as endpoint:
        added = said(capsys, "add", endpoint.url, "--event", "budget.exhausted")
        found = re.fullmatch(
            rf"(\S+): {endpoint.url}, budget.exhausted\nsecret, shown this once: (\S+)\n", added
        )
        assert found is not None
        webhook_id, secret = found.groups()

        assert re.fullmatch(r"msg_\S+ was taken\n", said(capsys, "test", webhook_id))
        rotated = shown(capsys, "rotate", webhook_id, "--overlap-hours", "1")
        assert "the old secret signs too until" in said(capsys, "rotate", webhook_id)
        listed = said(capsys, "list")

        assert endpoint.requests[0].is_signed_with(secret)
        assert rotated["secret"] != secret
        assert re.search(rf"^{webhook_id}  enabled  {endpoint.url}  budget", listed, re.M)

    assert "was not taken" in said(capsys, "test", webhook_id, code=exits.FAILED)
    assert said(capsys, "remove", webhook_id) == f"{webhook_id} is removed\n"
    assert webhook_id not in said(capsys, "list")
    assert main(["webhooks", "remove", webhook_id]) == exits.NOT_FOUND


def test_an_endpoint_that_is_gone_says_so_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with receiver() as endpoint:
        endpoint.answers = [410]
        webhook_id = shown(capsys, "add", endpoint.url)["webhook"]["id"]

        assert "410" in said(capsys, "test", webhook_id, code=exits.FAILED)

    listed = shown(capsys, "list")["items"]
    (mine,) = [one for one in listed if one["id"] == webhook_id]
    assert mine["state"] == "disabled"
    assert "all events" in said(capsys, "list")
    said(capsys, "remove", webhook_id)


@pytest.mark.parametrize(
    "argv",
    [
        ["add"],
        ["add", "ftp://hooks.example.com"],
        ["add", "https://user@hooks.example.com/"],
        ["add", "https://hooks.example.com", "--event", "budget.nope"],
        ["rotate", "no id"],
        ["test"],
    ],
)
def test_wrong_usage_ends_with_2(argv: list[str]) -> None:
    assert main(["webhooks", *argv]) == exits.USAGE
