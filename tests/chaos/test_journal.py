"""A debate that everybody is asked to run, and one whose process dies between two statements."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.chaos import start
from tests.chaos.conftest import COMMON, assert_flawless
from tests.chaos.full import Full
from tests.serving import ROOT, Server, everything, wait_for_end

SUBMITTERS, TIMES = 4, 25
SUBMIT = """
import anyio, sys
from aragora_server.debates.running.carried import CarriedDispatch

async def main(url: str, debate_id: str, times: int) -> None:
    dispatch = CarriedDispatch(url, max_debates=1)
    async with dispatch.open():
        for _ in range(times):
            await dispatch.submit(debate_id)
            await anyio.sleep(0.05)

anyio.run(main, sys.argv[1], sys.argv[2], int(sys.argv[3]))
"""
ASK: dict[str, Any] = {
    "question": "Ship on Friday or wait for Monday?",
    "options": [{"id": "ship", "label": "Ship on Friday"}, {"id": "wait", "label": "Wait"}],
    "agents": [
        {"model": f"scripted:{style}", "name": style}
        for style in ("steady", "careful", "contrarian")
    ],
    "seed": 7,
}
POINTS = (
    "adopt:1",
    "adopt:4",
    "adopt:commit",
    "adopt:committed",
    "claim:2",
    "claim:commit",
    "claim:committed",
    "claim:5#2",
    "claim:committed#2",
    "asking",
    "answered#2",
    "complete:2",
    "complete:3",
    "complete:commit",
    "complete:committed#3",
    "close:2",
    "close:committed",
    "conclude:2",
    "conclude:5",
    "conclude:commit",
    "conclude:committed",
)
"""Of each unit some statements, and both sides of its commit. That the other statements are no
different is seen in one process: `server/tests/debates/running/test_resume.py` cuts at them all."""
NOT_ADOPTED, SEED = 3, 7
LAST_ADOPTED = (*POINTS[NOT_ADOPTED:], *POINTS[:NOT_ADOPTED])
"""A debate that nobody has adopted yet is taken by any worker that comes, so those come last."""


# C11


def test_a_debate_that_is_submitted_again_and_again_is_adopted_once(
    full: Full, tell: Callable[..., None]
) -> None:
    full.server.settings |= {"ARAGORA_SCRIPTED_PACE_S": "1", "ARAGORA_SCRIPTED_SLOW_S": "1"}
    full.start()
    full.open(1)
    url = full.server.settings["ARAGORA_DATABASE_URL"]
    submitters = [
        subprocess.Popen([sys.executable, "-c", SUBMIT, url, full.opened[0], str(TIMES)], cwd=ROOT)
        for _ in range(SUBMITTERS)
    ]

    codes = [submitter.wait(timeout=60) for submitter in submitters]
    seen = full.finish()

    started = Counter(line.key for line in seen.log if line.event == "START")
    tell(full, submitted=SUBMITTERS * TIMES)
    assert codes == [0] * SUBMITTERS
    (rows,) = full.store.ask("SELECT epoch FROM debates")
    assert [row["epoch"] for row in rows] == [1]
    assert set(started.values()) == {1}
    assert_flawless(full, seen)


# C12


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    server = Server(tmp_path_factory.mktemp("undisturbed"), dict(COMMON))
    try:
        client = server.start().client()
        return told(client, run(client))
    finally:
        server.stop()


@pytest.mark.parametrize("point", POINTS)
def test_a_process_that_dies_between_two_statements_leaves_no_trace(
    tmp_path: Path, undisturbed: list[str], point: str
) -> None:
    armed = {**COMMON, start.FAULT_POINT: point}
    server = Server(tmp_path, armed, module="tests.chaos.start")
    try:
        client = server.start().client()
        budget = client.post("/v1/budgets", json={"name": "b", "limit_usd": "5"}).json()
        debate_id = ask_for_one(client)
        assert server.process is not None
        assert server.process.wait(timeout=60) == -9, "the point was not reached"
        del server.settings[start.FAULT_POINT]

        client = server.start().client()
        debate_id = debate_id or everything(client, "/v1/debates")[0]["id"]
        wait_for_end(client, debate_id)

        assert told(client, debate_id) == undisturbed
        after = client.get(f"/v1/budgets/{budget['id']}").json()
        assert after["held_usd"] == "0"
    finally:
        server.stop()


@pytest.mark.smoke
def test_a_server_that_dies_before_it_answers_makes_nothing_twice(tmp_path: Path) -> None:
    server = Server(tmp_path, {**COMMON, start.FAULT_POINT: "unanswered"})
    server.module = "tests.chaos.start"
    once = {"idempotency-key": "once"}
    try:
        client = server.start().client()
        with pytest.raises(httpx2.TransportError):
            client.post("/v1/debates", json=ASK, headers=once)
        assert server.process is not None
        assert server.process.wait(timeout=60) == -9
        del server.settings[start.FAULT_POINT]

        client = server.start().client()
        again = client.post("/v1/debates", json=ASK, headers=once)

        assert again.status_code == 202, again.text
        made = [debate["id"] for debate in everything(client, "/v1/debates")]
        assert made == [again.json()["id"]]
    finally:
        server.stop()


def test_workers_that_die_between_two_statements_leave_no_trace(
    full: Full, tell: Callable[..., None]
) -> None:
    full.server.module = "tests.chaos.start"
    full.start(workers=1)
    (healthy,) = full.workers
    full.open(1, seed=SEED)
    full.wait(full.is_over, "the debate ends that nobody disturbs")
    assert healthy.terminate() == 0

    for point in LAST_ADOPTED:
        die_at(full, point)
    full.start_worker()
    seen = full.finish()

    client = full.server.client()
    undisturbed, *disturbed = (told(client, debate_id) for debate_id in full.opened)
    differ = [
        point for point, one in zip(LAST_ADOPTED, disturbed, strict=True) if one != undisturbed
    ]
    tell(full, points=len(disturbed))
    assert differ == []
    assert_flawless(full, seen)


def die_at(full: Full, point: str) -> None:
    """The only worker there is, with a debate of its own. It takes nobody for dead: what the ones
    before it left is for the one that comes last."""
    worker = full.start_worker(**{start.FAULT_POINT: point, "ARAGORA_HEARTBEAT_TIMEOUT_S": "600"})
    full.open(1, seed=SEED)
    assert worker.process is not None
    assert worker.process.wait(timeout=60) == -9, f"{point} was not reached\n{worker.log}"
    full.note_cut(worker)


def run(client: httpx2.Client) -> str:
    client.post("/v1/budgets", json={"name": "b", "limit_usd": "5"})
    debate_id = ask_for_one(client)
    assert debate_id is not None
    wait_for_end(client, debate_id)
    return debate_id


def ask_for_one(client: httpx2.Client) -> str | None:
    """None when the server was dead before it had answered."""
    try:
        answer = client.post("/v1/debates", json=ASK)
    except httpx2.TransportError:
        return None
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


# Ids, salts and digests are made by chance or from what is; times pass; and what was under way at
# a death is paid for twice.
CHANCE = re.compile(r'"[0-9a-f-]{36}"|"[0-9a-f]{64}"|"[\w-]{22}"|"\d{4}-\d\d-\d\dT[^"]*"')
MONEY = frozenset({"usage", "spent_usd", "held_usd", "remaining_usd", "is_estimated", "attempt"})


def told(client: httpx2.Client, debate_id: str) -> list[str]:
    """All events in order, without what must differ between two debates."""
    events = everything(client, f"/v1/debates/{debate_id}/events")
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    spoken = sorted_within_rounds([without_money(event) for event in events])
    return [CHANCE.sub("*", json.dumps(event, sort_keys=True)) for event in spoken]


def without_money(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_money(one) for key, one in value.items() if key not in MONEY}
    return [without_money(one) for one in value] if isinstance(value, list) else value


def sorted_within_rounds(events: list[Any]) -> list[Any]:
    """Whoever answers first is told first; all else has one order. Numbers are looked at before."""
    speech = ("argument.added", "critique.added", "ballot.sealed")
    ordered: list[Any] = []
    answers: list[Any] = []
    for event in events:
        del event["seq"]
        if event["type"] in speech:
            answers.append(event)
            continue
        ordered += sorted(answers, key=lambda one: (one["data"]["agent"], one["type"]))
        answers = []
        ordered.append(event)
    return ordered
