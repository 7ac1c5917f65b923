from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.receipts import model
from aragora_server.receipts.seal import Seal
from aragora_server.receipts.service import ReceiptService
from aragora_server.receipts.signing import KeyStore
from aragora_server.services import Services

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MakeClaim = Callable[..., model.Claim]


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    return KeyStore(directory=tmp_path / "keys", now=lambda: NOON)


@pytest.fixture
def receipts(database: Database, keys: KeyStore) -> ReceiptService:
    ticks = itertools.count()
    salts = itertools.count()
    return ReceiptService(
        db=database,
        seal=Seal(
            origin="http://127.0.0.1:8080",
            keys=keys,
            new_salt=lambda: next(salts).to_bytes(16, "big"),
        ),
        now=lambda: NOON + timedelta(seconds=next(ticks)),
        new_id=new_id,
    )


@pytest.fixture
def claim() -> model.Claim:
    return new_claim()


@pytest.fixture
def make_claim() -> MakeClaim:
    return new_claim


@pytest.fixture
async def receipt_id(services: Services, acme: httpx2.AsyncClient, claim: model.Claim) -> str:
    """A receipt of acme, as the end of a debate issues it."""
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    async with services.db.begin() as tx:
        issued = await services.receipts.issue(tx, workspace_id=workspace_id, claim=claim)
    return issued.receipt_id


def new_claim(**changes: object) -> model.Claim:
    """Three agents, two rounds; Blaise dissents and Carl changed sides."""
    fields = {
        "debate_id": new_id(),
        "question": "Should we adopt the memo? — «yes»",
        "context": "Background 🤔",
        "protocol": model.Protocol(name="escalate", version=1, sha256="a" * 64),
        "seed": 7,
        "rounds": 2,
        "stop_reason": "rounds_exhausted",
        "participants": (
            model.Participant(name="Ada", provider="scripted", model="careful", role="first"),
            model.Participant(name="Blaise", provider="scripted", model="steady", persona="Doubts"),
            model.Participant(name="Carl", provider="scripted", model="bold", model_version="1"),
        ),
        "options": (
            model.Option(id="approve", label="Approve"),
            model.Option(id="reject", label="Reject"),
        ),
        "ballots": (
            model.Ballot(participant="Ada", round=0, option_id="approve", weight=8),
            model.Ballot(participant="Blaise", round=0, option_id="reject", reason="Too dear."),
            model.Ballot(participant="Carl", round=0, option_id="reject"),
            model.Ballot(
                participant="Carl", round=1, option_id="approve", weight=5, confidence_ppm=850_000
            ),
        ),
        "verdict": model.Verdict(
            outcome="decided",
            option_id="approve",
            rule="weighted",
            tally=(
                model.TallyEntry(option_id="approve", count=2, weight=13),
                model.TallyEntry(option_id="reject", count=1, weight=1),
            ),
            quorum=model.Quorum(cast=3, eligible=3, met=True),
            abstentions=0,
            answer="Approve",
            confidence_ppm=850_000,
        ),
        "dissents": (
            model.Dissent(participant="Blaise", round=0, option_id="reject", text="Too dear."),
        ),
        "messages": (
            model.Message(round=0, phase="pair", participant="Ada", at=NOON, text="I approve."),
            model.Message(round=0, phase="pair", participant="Blaise", at=NOON, text="Too dear."),
            model.Message(round=1, phase="panel", participant="Carl", at=NOON, text="Approve."),
        ),
        "cost": model.Cost(
            agents=tuple(cost(name) for name in ("Ada", "Blaise", "Carl")),
            price_versions=("2026-11-20",),
        ),
        "evidence": (
            model.Evidence(name="memo.md", media_type="text/markdown", bytes=4, sha256="b" * 64),
        ),
    }
    return model.Claim(**fields | changes)  # type: ignore[arg-type]


def cost(name: str) -> model.AgentCost:
    return model.AgentCost(
        participant=name,
        calls=2,
        input_tokens=900,
        cache_read_tokens=0,
        cache_write_tokens=0,
        output_tokens=120,
        reasoning_tokens=20,
        is_estimated=False,
        cost_micro_usd=1_000,
    )
