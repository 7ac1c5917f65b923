"""Four workers spend one budget, and what it has to say is said by one of them."""

from __future__ import annotations

import threading
from typing import Any

from tests.acceptance.test_alerts import (
    READERS,
    assert_each_was_told_once,
    run_dry,
    sending,
    told_by,
    wait,
)
from tests.chaos.full import Full
from tests.mail_server import mail_server
from tests.receiver import receiver

WORKERS, AT_ONCE, WORTH = 4, 8, 80


def test_four_workers_tell_each_reader_and_each_endpoint_once(full: Full) -> None:
    with mail_server() as office, receiver() as endpoint:
        full.server.settings |= told_by(office, endpoint)
        client = started(full)
        made = client.post("/v1/webhooks", json={"url": endpoint.url}).json()

        budget = run_dry(client, at_once=AT_ONCE, worth=WORTH)

        assert_each_was_told_once(client, budget, made["secret"], office, endpoint)


def test_what_a_killed_worker_was_sending_is_known_again_by_its_id(full: Full) -> None:
    """It dies with the answer of the receiver in its hands: who takes over cannot know."""
    with mail_server() as office, receiver() as endpoint:
        full.server.settings |= told_by(office, endpoint)
        client = started(full)
        client.post("/v1/webhooks", json={"url": endpoint.url})
        endpoint.hold = threading.Event()

        budget = run_dry(client, at_once=AT_ONCE, worth=WORTH)
        wait(lambda: len(endpoint.requests) == 2)
        for worker in list(full.workers):
            worker.kill()
            full.replace(worker)
        endpoint.hold.set()
        wait(lambda: all(job["state"] == "done" for job in sending(client)))

        alerts = [one["id"] for one in pages(client, f"/v1/budgets/{budget['id']}/alerts")]
        assert len(endpoint.requests) > len(alerts) == 2
        assert {one.id for one in endpoint.requests} == {f"msg_{alert}" for alert in alerts}
        assert {one.body for one in endpoint.requests if one.id == f"msg_{alerts[0]}"} == {
            next(one.body for one in endpoint.requests if one.id == f"msg_{alerts[0]}")
        }
        assert len({str(one["Message-ID"]) for one in office.messages}) == 2 * len(READERS)


def started(full: Full) -> Any:
    full.server.start()
    for _ in range(WORKERS):
        full.start_worker()
    full.wait_for_workers()
    return full.server.client()


def pages(client: Any, path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(path).json()["items"]
    return items
