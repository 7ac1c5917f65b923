"""Finding receipts again, by the same words on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import attrs
import httpx2
import pytest
from aragora_server.kernel.ids import new_id
from aragora_server.receipts import words
from aragora_server.receipts.model import Claim
from aragora_server.receipts.service import ReceiptService
from aragora_server.receipts.store import Filter
from aragora_server.receipts.tables import receipt_terms
from aragora_server.services import Services
from sqlalchemy import delete, select

from .conftest import NOON

pytestmark = pytest.mark.anyio

ACME, RIVAL = new_id(), new_id()
MakeClaim = Callable[..., Claim]

HOSTILE = (
    "'", '"', "''; DROP TABLE receipts; --", "a OR b", "NEAR(a b)", "memo*", "*", "-memo", "^memo",
    "question:memo", "{question}: memo", "(", "memo AND", "NOT", "%", "_", "m_mo", "memo:*",
    "memo & !adopt", "a <-> b", "\\", "'memo':*B", "\n\t", "\u202e", "🤔", "?" * 200, "a " * 100,
)  # fmt: skip


async def issue(receipts: ReceiptService, claim: Claim, workspace_id: str = ACME) -> str:
    async with receipts.db.begin() as tx:
        return (await receipts.issue(tx, workspace_id=workspace_id, claim=claim)).receipt_id


async def found(
    receipts: ReceiptService, workspace_id: str = ACME, limit: int = 50, **wanted: object
) -> list[str]:
    """Every receipt that is found, page by page."""
    ids, cursor = [], None
    while True:
        page = await receipts.list(
            workspace_id,
            Filter(**wanted),  # type: ignore[arg-type]
            cursor=cursor,
            limit=limit,
        )
        ids += [receipt.sealed.id for receipt in page.items]
        if (cursor := page.next_cursor) is None:
            return ids


@pytest.mark.parametrize(
    ("topic", "is_found"),
    [
        ("memo", True),
        ("ADOPT the Mem", True),
        ("verdict of straße", True),
        ("STRASSE", True),
        ("ﬁne", True),
        ("京都", True),
        ("東京都に", True),
        ("हिन्दी", True),
        ("emo", False),
        ("memo missing", False),
        ("dear", False),
        ("東都", False),
        ("memo OR missing", False),
    ],
)
async def test_a_topic_is_found_by_how_the_words_of_question_and_verdict_begin(
    receipts: ReceiptService, make_claim: MakeClaim, topic: str, is_found: bool
) -> None:
    question = "Should we adopt the memo, fine as it is, in 東京都に or हिन्दी?"
    verdict = attrs.evolve(make_claim().verdict, answer="A verdict of the Straße")
    wanted = await issue(receipts, make_claim(question=question, verdict=verdict))
    await issue(receipts, make_claim(question="Another question"))

    assert await found(receipts, topic=topic) == ([wanted] if is_found else [])


@pytest.mark.parametrize("topic", HOSTILE)
async def test_no_topic_is_a_query_a_pattern_or_a_fault(
    receipts: ReceiptService, claim: Claim, topic: str
) -> None:
    receipt_id = await issue(receipts, claim)
    begun = [word for word in words.asked(topic) if not any(
        had.startswith(word) for had in words.entered(f"{claim.question} Approve")
    )]  # fmt: skip

    expected = [receipt_id] if words.asked(topic) and not begun else []
    assert await found(receipts, topic=topic) == expected
    assert await found(receipts, participant=topic) == []
    assert await found(receipts) == [receipt_id]


async def test_a_participant_is_found_by_a_whole_name_or_model(
    receipts: ReceiptService, make_claim: MakeClaim
) -> None:
    ada = await issue(receipts, make_claim())
    people = tuple(
        attrs.evolve(person, model=f"x-{person.model}") for person in make_claim().participants
    )
    other = await issue(receipts, make_claim(participants=people))

    assert await found(receipts, participant="aDA") == [other, ada]
    assert await found(receipts, participant="steady") == [ada]
    assert await found(receipts, participant="Scripted:X-Steady") == [other]
    for nobody in ("Ad", "scripted", "stead", "Ada Blaise", "approve", "Doubts"):
        assert await found(receipts, participant=nobody) == []


async def test_filters_narrow_together_and_a_cost_is_at_least(
    receipts: ReceiptService, make_claim: MakeClaim
) -> None:
    cheap = await issue(receipts, make_claim(question="a memo"))
    cost = make_claim().cost
    dearer = attrs.evolve(
        cost, agents=(attrs.evolve(cost.agents[0], cost_micro_usd=1_001), *cost.agents[1:])
    )
    dear = await issue(receipts, make_claim(question="a note", cost=dearer))

    assert await found(receipts, min_cost_micro_usd=3_000) == [dear, cheap]
    assert await found(receipts, min_cost_micro_usd=3_001) == [dear]
    assert await found(receipts, min_cost_micro_usd=3_002) == []
    assert await found(receipts, min_cost_micro_usd=3_000, topic="memo", participant="ada") == [
        cheap
    ]
    assert await found(receipts, topic="note", issued_to=NOON + timedelta(seconds=1)) == []


async def test_receipts_of_one_instant_are_each_on_one_page(
    receipts: ReceiptService, make_claim: MakeClaim
) -> None:
    still = attrs.evolve(receipts, now=lambda: NOON)
    made = [await issue(still, make_claim()) for _ in range(5)]
    older = attrs.evolve(receipts, now=lambda: NOON - timedelta(hours=1))
    last = await issue(older, make_claim())

    assert await found(receipts, limit=2) == [*sorted(made, reverse=True), last]
    assert await found(receipts, limit=2, topic="memo") == [*sorted(made, reverse=True), last]


async def test_nobody_finds_what_another_workspace_decided(
    receipts: ReceiptService, claim: Claim
) -> None:
    await issue(receipts, claim)

    assert await found(receipts, RIVAL, topic="memo") == []
    assert await found(receipts, RIVAL, participant="ada") == []
    assert await found(receipts, RIVAL, min_cost_micro_usd=0) == []


async def test_an_index_made_anew_gives_the_same_answers(
    receipts: ReceiptService, make_claim: MakeClaim
) -> None:
    for n in range(205):
        await issue(receipts, make_claim(question=f"Question {n} of 東京"))
    first = await entries(receipts)
    async with receipts.db.begin() as tx:
        await tx.execute(delete(receipt_terms))
    assert await found(receipts, topic="question") == []

    assert await receipts.rebuild_index() == 205

    assert await entries(receipts) == first
    assert len(await found(receipts, topic="question 東京")) == 205


async def entries(receipts: ReceiptService) -> set[tuple[object, ...]]:
    async with receipts.db.read() as tx:
        return {tuple(row) for row in await tx.execute(select(receipt_terms))}


async def test_every_filter_is_in_the_contract(
    acme: httpx2.AsyncClient, services: Services, claim: Claim
) -> None:
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    receipt_id = await issue(services.receipts, claim, workspace_id)
    wanted = {
        "topic": "memo approve",
        "participant": "scripted:careful",
        "min_cost_usd": "0.003",
        "outcome": "decided",
        "protocol": claim.protocol.name,
        "debate_id": claim.debate_id,
        "issued_from": "2020-01-01T00:00:00Z",
    }

    answer = await acme.get("/v1/receipts", params=wanted)
    dearer = await acme.get("/v1/receipts", params=wanted | {"min_cost_usd": "0.003001"})
    otherwise = await acme.get("/v1/receipts", params=wanted | {"protocol": "nobodys"})
    odd = await acme.get("/v1/receipts", params={"min_cost_usd": "9999999999"})

    assert [item["id"] for item in answer.json()["items"]] == [receipt_id]
    assert dearer.json()["items"] == otherwise.json()["items"] == []
    assert (odd.status_code, odd.json()["code"]) == (422, "invalid_amount")
