"""A budget runs dry: people and programs of others are told, each of each thing once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from aragora import webhooks
from aragora.types import BudgetExhaustedEvent, BudgetThresholdReachedEvent

from tests.acceptance.test_money import ASK, micro, usd
from tests.mail_server import MailServer, mail_server
from tests.receiver import Receiver, receiver
from tests.serving import Server, everything, wait_for_end

READERS = ("ada@example.com", "eve@example.com")
PAID_FOR = 9
KINDS = {"budget.threshold_reached", "budget.exhausted"}


def told_by(office: MailServer, endpoint: Receiver, **more: str) -> dict[str, str]:
    """Settings of a server that tells these two."""
    return {
        "ARAGORA_SMTP_URL": f"smtp+plain://127.0.0.1:{office.port}",
        "ARAGORA_MAIL_FROM": "Aragora <alerts@example.com>",
        "ARAGORA_WEBHOOK_TARGETS": "any",
        "ARAGORA_SCRIPTED_PACE_S": "0",
        **more,
    }


def run_dry(client: httpx2.Client, *, at_once: int = 1, worth: int = PAID_FOR) -> dict[str, Any]:
    """A budget that pays for so many debates, `at_once` of them until it refuses one."""
    one = wait_for_end(client, client.post("/v1/debates", json=ASK).json()["id"])
    asked = {
        "name": "Team",
        "limit_usd": usd(worth * micro(one["usage"]["cost_usd"])),
        "notify": {"emails": list(READERS)},
    }
    budget = client.post("/v1/budgets", json=asked)
    assert budget.status_code == 201, budget.text
    with ThreadPoolExecutor(at_once) as pool:
        for wave in range(3 * worth):
            seeds = range(wave * at_once, (wave + 1) * at_once)
            answers = list(pool.map(lambda seed: opened(client, seed), seeds))
            accepted = [one.json()["id"] for one in answers if one.status_code == 202]
            for debate_id in accepted:
                wait_for_end(client, debate_id)
            if not accepted:
                break
        else:
            raise AssertionError("the budget never refused")
    shown: dict[str, Any] = budget.json()
    return shown


def opened(client: httpx2.Client, seed: int) -> httpx2.Response:
    return client.post("/v1/debates", json={**ASK, "seed": seed})


def wait(is_so: Callable[[], bool], within_s: float = 60) -> None:
    end = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def sending(client: httpx2.Client) -> list[dict[str, Any]]:
    return [job for job in everything(client, "/v1/jobs") if job["kind"].startswith("send_")]


def assert_each_was_told_once(
    client: httpx2.Client,
    budget: dict[str, Any],
    secret: str,
    office: MailServer,
    endpoint: Receiver,
) -> None:
    alerts = everything(client, f"/v1/budgets/{budget['id']}/alerts")
    wait(lambda: all(job["state"] == "done" for job in sending(client)))
    events = [webhooks.unwrap(one.body, one.headers, secret) for one in endpoint.requests]
    letters = office.messages

    assert {event.type for event in events} == KINDS
    assert len(events) == len({one.id for one in endpoint.requests}) == len(KINDS)
    assert {one.id for one in endpoint.requests} == {f"msg_{alert['id']}" for alert in alerts}
    for event in events:
        assert isinstance(event, BudgetExhaustedEvent | BudgetThresholdReachedEvent)
        assert event.data.budget.id == budget["id"]
    assert len({str(one["Message-ID"]) for one in letters}) == len(letters)
    assert Counter((str(one["To"]), str(one["Subject"])) for one in letters) == {
        (reader, f"Budget “Team” {said}"): 1
        for reader in READERS
        for said in ("has reached 80 % of its limit", "admits nothing more")
    }


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_each_reader_and_each_endpoint_is_told_once_that_money_runs_out(server: Server) -> None:
    with mail_server() as office, receiver() as endpoint:
        server.settings |= told_by(office, endpoint)
        client = server.start().client()
        made = client.post("/v1/webhooks", json={"url": endpoint.url}).json()

        budget = run_dry(client)

        assert_each_was_told_once(client, budget, made["secret"], office, endpoint)
