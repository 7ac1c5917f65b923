"""What was saved follows from the caller's assumptions, what became of it from its word."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from typing import Any

import httpx2
import pytest
from aragora_server.receipts.feedback import service as feedback
from aragora_server.receipts.feedback.model import FeedbackCounts
from aragora_server.services import Services
from aragora_server.usage.calendar import Days
from aragora_server.usage.roi import Assumptions, Roi
from sqlalchemy import text

from .test_costs import decided, micro

pytestmark = pytest.mark.anyio

ASSUMED = {"minutes_per_decision": 30, "people": 4, "hourly_rate_usd": "60"}
SAID = {"useful": True, "outcome": "held", "comment": "xylophones were right"}


def roi(**told: Any) -> Roi:
    assumed = Assumptions(minutes_per_decision=7, people=3, hourly_rate_micro_usd=1_000_001)
    day = date(2026, 11, 1)
    return Roi(
        **{
            "days": Days(first=day, last=day, timezone="UTC"),
            "assumed": assumed,
            "decisions": 1,
            "changed_answers": 0,
            "feedback": FeedbackCounts(),
            "cost_micro_usd": 0,
            **told,
        }
    )


@pytest.mark.parametrize(
    ("told", "saved", "net", "percent"),
    [
        # 7 minutes x 3 x 1.000001 USD / 60 = 0.35000035 USD.
        ({}, 350_000, 350_000, None),
        ({"cost_micro_usd": 100_000}, 350_000, 250_000, 250),
        ({"cost_micro_usd": 350_001}, 350_000, -1, -1),
        ({"decisions": 0, "cost_micro_usd": 5}, 0, -5, -100),
        ({"cost_micro_usd": -5}, 350_000, 350_005, None),
    ],
)
def test_saved_net_and_percent_are_rounded_down(
    told: dict[str, Any], saved: int, net: int, percent: int | None
) -> None:
    computed = roi(**told)

    assert (computed.saved_micro_usd, computed.net_micro_usd, computed.percent) == (
        saved,
        net,
        percent,
    )


async def test_the_answer_repeats_assumptions_and_counts_what_is_on_record(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    debate = await decided(acme)
    path = f"/v1/receipts/{debate['receipt_id']}/feedback"
    await acme.put(path, json=SAID)
    await acme.put(path, json={"useful": False, "outcome": "dissent_was_right"})

    told = (await acme.get("/v1/usage/roi", params=ASSUMED)).json()
    foreign = (await rival.get("/v1/usage/roi", params=ASSUMED)).json()

    assert told["assumptions"] == ASSUMED
    assert (told["decisions"], told["saved_usd"]) == (1, "120")
    assert told["cost_usd"] == debate["usage"]["cost_usd"]
    assert micro(told["net_usd"]) == 120_000_000 - micro(told["cost_usd"])
    once = {"given": 1, "useful": 0, "held": 0, "reversed": 0, "dissent_was_right": 1}
    assert told["feedback"] == once
    assert foreign["feedback"] == dict.fromkeys(once, 0)
    assert (foreign["saved_usd"], foreign["net_usd"], foreign["roi_percent"]) == ("0", "0", None)
    too_much = {"minutes_per_decision": 100_000, "people": 10_000, "hourly_rate_usd": "9000000000"}
    refused = await acme.get("/v1/usage/roi", params=too_much)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_amount")


async def test_who_ended_elsewhere_than_they_began_is_counted(
    acme: httpx2.AsyncClient, services: Services
) -> None:
    debate = await decided(acme, protocol="escalate", question="Ship on Friday or not at all?")
    transcript = (await acme.get(f"/v1/debates/{debate['id']}/transcript")).json()
    chosen: dict[str, list[str]] = {}
    for held in transcript["rounds"]:
        for ballot in held["ballots"]:
            chosen.setdefault(ballot["agent"], []).append(ballot["choices"][0])

    told = (await acme.get("/v1/usage/roi", params=ASSUMED)).json()

    moved = [one for one in chosen.values() if one[0] and one[-1] and one[0] != one[-1]]
    assert told["changed_answers"] == len(moved)
    async with services.db.begin() as tx:
        await tx.execute(text("UPDATE debates SET changed_answers = 2"))
    assert (await acme.get("/v1/usage/roi", params=ASSUMED)).json()["changed_answers"] == 2


async def test_feedback_is_said_anew_and_nothing_of_before_is_lost(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    debate = await decided(acme)
    path = f"/v1/receipts/{debate['receipt_id']}/feedback"
    assert (await acme.get(path)).json()["current"] is None

    first = (await acme.put(path, json=SAID)).json()
    again = (await acme.put(path, json=SAID)).json()
    other = (await acme.put(path, json={"useful": False})).json()

    assert first == again
    assert first["current"] | SAID == first["current"]
    assert other["earlier"] == [first["current"]]
    assert other["current"]["comment"] is None
    assert (await acme.get(path)).json() == other
    assert (await rival.get(path)).status_code == 404
    assert (await rival.put(path, json=SAID)).status_code == 404


async def test_a_receipt_is_judged_a_hundred_times_and_not_once_more_in_a_crowd(
    acme: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "MOST", 5)
    debate = await decided(acme)
    path = f"/v1/receipts/{debate['receipt_id']}/feedback"

    said = [acme.put(path, json=SAID | {"comment": f"word {no}"}) for no in range(20)]
    answers = await asyncio.gather(*said)

    assert Counter(answer.status_code for answer in answers) == {200: 5, 422: 15}


async def test_an_erasure_takes_the_comments_and_leaves_what_was_decided(
    acme: httpx2.AsyncClient, services: Services
) -> None:
    debate = await decided(acme)
    path = f"/v1/receipts/{debate['receipt_id']}"
    await acme.put(f"{path}/feedback", json=SAID)
    asked = {"parts": ["question"], "legal_basis": "gdpr_art_17"}

    erased = await acme.post(f"{path}/erasures", json=asked)

    assert erased.status_code == 201, erased.text
    left = (await acme.get(f"{path}/feedback")).json()["current"]
    assert left | {"useful": True, "outcome": "held", "comment": None} == left
    async with services.db.read() as tx:
        rows = (await tx.execute(text("SELECT comment FROM receipt_feedback"))).scalars().all()
    assert rows == [None]


async def test_what_is_said_after_an_erasure_can_be_erased_too(acme: httpx2.AsyncClient) -> None:
    debate = await decided(acme)
    path = f"/v1/receipts/{debate['receipt_id']}"
    asked = {"parts": ["question"], "legal_basis": "gdpr_art_17"}
    await acme.post(f"{path}/erasures", json=asked)
    await acme.put(f"{path}/feedback", json=SAID)

    again = (await acme.post(f"{path}/erasures", json=asked)).json()

    assert again == {"erased": 0, "erasure": None}
    assert (await acme.get(f"{path}/feedback")).json()["current"]["comment"] is None
