"""Receipts: issued and in the log, proven among a million leaves, verified, audited."""

from __future__ import annotations

import asyncio
import base64
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from aragora.receipts import PinnedKeys, canonical, dsse, merkle, verify
from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.receipts import model
from aragora_server.receipts.log import store, tree
from aragora_server.receipts.log.proofs import Proofs
from aragora_server.receipts.log.sequencer import Sequencer
from aragora_server.receipts.service import ReceiptService
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert

from bench import databases, readers

SIZES = {"2 kB": 2, "20 kB": 70}
"""Messages of a transcript that make a payload of about so much."""
BATCHES, ISSUED = (1, 16, 100), 300
LEAVES, AT_ONCE, ASKED = 1_000_000, 50_000, 300
SHARD = "2026"


def measure() -> dict[str, float]:
    return {**_in_process(), **databases.on_both(_issued), **asyncio.run(_proven())}


# Issued ------------------------------------------------------------------------------------------


async def _issued(db: Database) -> dict[str, float]:
    """Receipts a second, and how long one takes, by how many are issued at once."""
    told: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        service = _service(db, Path(folder))
        for size, messages in SIZES.items():
            await _issue(service, messages, 10, 1)
            for batch in BATCHES:
                took = await _issue(service, messages, ISSUED, batch)
                rate = ISSUED / took.whole
                told[f"{size}, {batch} at once (receipts/s)"] = round(rate)
                if batch == 1:
                    told[f"{size}: p50 (ms)"] = round(took.p50 * 1000, 2)
                    told[f"{size}: p99 (ms)"] = round(took.p99 * 1000, 2)
        told["given places and signed for (leaves/s)"] = round(await _sequenced(service))
    return told


class _Took:
    def __init__(self, each: list[float], whole: float) -> None:
        self.whole, ordered = whole, sorted(each)
        self.p50 = ordered[len(ordered) // 2]
        self.p99 = ordered[len(ordered) * 99 // 100]


async def _issue(service: ReceiptService, messages: int, count: int, at_once: int) -> _Took:
    each: list[float] = []
    claims = iter([_claim(messages) for _ in range(count)])

    async def work() -> None:
        for claim in claims:
            begin = time.perf_counter()
            async with service.db.begin() as tx:
                await service.issue(tx, workspace_id=WORKSPACE, claim=claim)
            each.append(time.perf_counter() - begin)

    begin = time.perf_counter()
    await asyncio.gather(*[work() for _ in range(at_once)])
    return _Took(each, time.perf_counter() - begin)


async def _sequenced(service: ReceiptService) -> float:
    """All that was issued comes into the log: checkpoints of at most a hundred leaves each."""
    seal = service.seal
    sequencer = Sequencer.of(seal, db=service.db, broadcast=LocalBroadcast())
    signer = seal.log_signer(str(system_clock().year))
    placed, begin = 0, time.perf_counter()
    while more := await sequencer.advance(signer):
        placed += more
    return placed / (time.perf_counter() - begin)


# In one process, without a database --------------------------------------------------------------


def _in_process() -> dict[str, float]:
    """What a receipt costs to sign, and what its reader pays."""
    told: dict[str, float] = {}
    bundles, directory = asyncio.run(_bundles())
    keys = PinnedKeys.of(directory)
    for size, bundle in bundles.items():
        assert verify(bundle, keys=keys).is_verified
        told[f"{size}: verified offline (µs)"] = _each_us(partial(verify, bundle, keys=keys))
    bundle = bundles["20 kB"]
    told["20 kB: canonical form, HMAC and Ed25519 (µs)"] = _each_us(_signing(bundle))
    told |= readers.measure(bundle, directory, _claim(SIZES["20 kB"]))
    entries = [b'{"v":1,"n":%d}' % number for number in range(200_000)]
    begin = time.perf_counter()
    merkle.root(entries)
    told["log audited, root from nothing (leaves/s)"] = round(
        len(entries) / (time.perf_counter() - begin)
    )
    return told


async def _bundles() -> tuple[dict[str, bytes], dict[str, Any]]:
    """One of each size, with its proof, and the keys to verify them."""
    with databases.sqlite() as url, tempfile.TemporaryDirectory() as folder:
        db = await databases.opened(url)
        service = _service(db, Path(folder))
        issued = {}
        for size, messages in SIZES.items():
            async with db.begin() as tx:
                issued[size] = await service.issue(
                    tx, workspace_id=WORKSPACE, claim=_claim(messages)
                )
        await _sequenced(service)
        made = {
            size: await service.bundle(WORKSPACE, one.receipt_id) for size, one in issued.items()
        }
        directory = await service.published.directory()
        await db.close()
    return made, directory


def _signing(bundle: bytes) -> Callable[[], object]:
    statement = json.loads(base64.b64decode(json.loads(bundle)["dsse"]["payload"]))
    key, secret = Ed25519PrivateKey.generate(), bytes(32)

    def sign() -> object:
        message = dsse.pae(dsse.PAYLOAD_TYPE, canonical.encode(statement))
        return key.sign(message), dsse.hmac_tag(secret, message)

    return sign


def _each_us(work: Callable[[], object], times: int = 200) -> float:
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return round(statistics.median(took) * 1_000_000, 1)


# Proven ------------------------------------------------------------------------------------------


async def _proven() -> dict[str, float]:
    """Proofs in a log of a million leaves, of any and of the newest."""
    with databases.sqlite() as url:
        db = await databases.opened(url)
        await _grow(db)
        proofs = Proofs()
        chosen = {
            "any": [(number * 7_919) % LEAVES for number in range(ASKED)],
            "fresh": [LEAVES - 1 - number for number in range(ASKED)],
        }
        told = {}
        async with db.read() as tx:
            for name, indexes in chosen.items():
                took = []
                for index in indexes:
                    begin = time.perf_counter()
                    await proofs.inclusion(tx, SHARD, index, LEAVES)
                    took.append(time.perf_counter() - begin)
                micro = statistics.median(took) * 1_000_000
                told[f"proof among 1,000,000 leaves, {name} (µs)"] = round(micro, 1)
        await db.close()
    return told


async def _grow(db: Database) -> None:
    """A log as the sequencer leaves it, made faster than it could."""
    from aragora_server.receipts.log.tables import entries

    for start in range(0, LEAVES, AT_ONCE):
        async with db.begin() as tx:
            rows = []
            for number in range(start, start + AT_ONCE):
                entry = b'{"v":1,"n":%d}' % number
                rows.append(
                    {
                        "shard": SHARD,
                        "idx": number,
                        "kind": "anchor",
                        "leaf_id": str(number),
                        "entry": entry,
                        "hash": merkle.leaf_hash(entry),
                    }
                )
            await tx.execute(insert(entries), rows)
            for level, n in tree.completed(start, start + AT_ONCE):
                first = n * tree.WIDTH
                content = await store.hashes(tx, SHARD, level, first, first + tree.WIDTH)
                await store.add_tile(tx, SHARD, level, n, content)


# What is issued ----------------------------------------------------------------------------------

WORKSPACE = new_id()
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = ("Ada", "Blaise", "Carl")


def _service(db: Database, folder: Path) -> ReceiptService:
    return ReceiptService(db=db, seal=readers.seal(folder), now=system_clock, new_id=new_id)


def _claim(messages: int) -> model.Claim:
    """Three agents who agree; the transcript makes the size."""
    tally = (model.TallyEntry(option_id="approve", count=3, weight=3),)
    return model.Claim(
        debate_id=new_id(),
        question="Should we adopt the memo?",
        context="",
        protocol=model.Protocol(name="escalate", version=1, sha256="a" * 64),
        seed=7,
        rounds=1,
        stop_reason="rounds_exhausted",
        participants=tuple(
            model.Participant(name=name, provider="scripted", model="careful") for name in NAMES
        ),
        options=(model.Option(id="approve", label="Approve"),),
        ballots=tuple(
            model.Ballot(participant=name, round=0, option_id="approve") for name in NAMES
        ),
        verdict=model.Verdict(
            outcome="decided",
            option_id="approve",
            rule="plurality",
            tally=tally,
            quorum=model.Quorum(cast=3, eligible=3, met=True),
            abstentions=0,
            answer="Approve",
        ),
        dissents=(),
        messages=tuple(
            model.Message(
                round=0, phase="pair", participant=NAMES[n % 3], at=NOON, text="I approve. " * 12
            )
            for n in range(messages)
        ),
        cost=model.Cost(agents=tuple(_cost(name) for name in NAMES), price_versions=("2026-11",)),
        evidence=(),
    )


def _cost(name: str) -> model.AgentCost:
    counts = dict.fromkeys(("cache_read_tokens", "cache_write_tokens", "reasoning_tokens"), 0)
    return model.AgentCost(
        participant=name,
        calls=2,
        input_tokens=900,
        output_tokens=120,
        is_estimated=False,
        cost_micro_usd=1_000,
        **counts,
    )
