"""One `Idempotency-Key`, one effect: the same request again gets the same answer again.

A record is claimed before the work and completed after it. A claim whose process died is taken
over: at once where this process is the only one on the database, else when its lease ends. Nobody
knows then how far the work came; so a record holds the id of what is made under it, and whoever
does the work again finds what was made before. The stored answer is sealed under the presented
API key, so the table alone reveals no secret.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import attrs
import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import (
    Column,
    Delete,
    LargeBinary,
    Row,
    String,
    Table,
    Update,
    delete,
    select,
    update,
)

from . import fault_points
from .clock import Clock
from .db import Database, Timestamp, Tx, add_if_new, metadata
from .errors import AragoraError, Conflict, Invalid
from .ids import new_id
from .purge import purge

KEPT_FOR = timedelta(hours=24)
LEASE = timedelta(seconds=60)
NONCE = 12
SERVER_FAULT = 500
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

idempotency_records = Table(
    "idempotency_records",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("request_sha256", String(64), nullable=False),
    Column("owner", String(36), nullable=False),
    Column("lease_ends_at", Timestamp, nullable=False),
    Column("expires_at", Timestamp, nullable=False, index=True),
    Column("made_id", String(36), nullable=False),
    Column("sealed", LargeBinary),
)
_t = idempotency_records.c


class IdempotencyKeyReused(Invalid):
    code = "idempotency_key_reused"


class IdempotencyInProgress(Conflict):
    code = "idempotency_in_progress"


@attrs.frozen(kw_only=True)
class Once:
    """What makes two requests the same one."""

    api_key: str = attrs.field(repr=False)
    operation_id: str
    key: str
    request: Any

    @property
    def id(self) -> str:
        return _sha256(orjson.dumps([_sha256(self.api_key.encode()), self.operation_id, self.key]))

    @property
    def request_sha256(self) -> str:
        """With the key, which is kept nowhere: nobody can test by it what was asked for."""
        return _sha256(orjson.dumps([self.key, self.request], option=orjson.OPT_SORT_KEYS))

    def seal(self, answer: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher().encrypt(nonce, answer, self.id.encode())

    def open(self, sealed: bytes) -> bytes | None:
        """None when the record was not sealed by these keys."""
        try:
            return self._cipher().decrypt(sealed[:NONCE], sealed[NONCE:], self.id.encode())
        except InvalidTag:
            return None

    def _cipher(self) -> AESGCM:
        derive = HKDF(
            algorithm=SHA256(), length=32, salt=self.key.encode(), info=b"aragora idempotency"
        )
        return AESGCM(derive.derive(self.api_key.encode()))


@attrs.frozen
class Claim:
    """The right to do the work. Who is not the first cannot know that nothing was done."""

    made_id: str
    is_first: bool


class Idempotency:
    def __init__(self, db: Database, clock: Clock, owner: str) -> None:
        self._db = db
        self._clock = clock
        self._owner = owner

    async def run(self, once: Once, work: Callable[[str], Awaitable[bytes]]) -> bytes:
        """The answer of `work`, or the one that an equal request got before.

        `work` is given the id of what it makes. When that exists already, `work` makes nothing
        and answers with it.
        """
        claim = await self._claim(once)
        if isinstance(claim, bytes):
            return claim
        try:
            answer = await work(claim.made_id)
            fault_points.reach("unanswered")
            await self._complete(once, answer)
        except AragoraError as refusal:
            is_refused = refusal.status < SERVER_FAULT
            await self._let_go(once, is_undone=is_refused and claim.is_first)
            raise
        except BaseException:
            await self._let_go(once, is_undone=False)
            raise
        return answer

    async def _claim(self, once: Once) -> bytes | Claim:
        """The answer that is there, or the right to make it."""
        now = self._clock()
        async with self._db.begin() as tx:
            record = self._record(once, now)
            if await add_if_new(tx, idempotency_records, record):
                return Claim(record["made_id"], is_first=True)
            if await self._replace_expired(tx, once, record, now):
                return Claim(record["made_id"], is_first=True)
            found = (
                await tx.execute(
                    select(idempotency_records).where(_t.id == once.id).with_for_update()
                )
            ).one_or_none()
            return await self._judge(tx, once, found, now)

    async def _replace_expired(
        self, tx: Tx, once: Once, record: dict[str, Any], now: datetime
    ) -> bool:
        """Expired records are deleted by and by; until then they count for nothing."""
        expired = (_t.id == once.id) & (_t.expires_at <= now)
        replacing = update(idempotency_records).where(expired)
        replaced = await tx.execute(replacing.values({**record, "sealed": None}))
        return replaced.rowcount == 1

    def _record(self, once: Once, now: datetime) -> dict[str, Any]:
        return {
            "id": once.id,
            "request_sha256": once.request_sha256,
            "owner": self._owner,
            "lease_ends_at": now + LEASE,
            "expires_at": now + KEPT_FOR,
            "made_id": new_id(),
        }

    async def _judge(
        self, tx: Tx, once: Once, found: Row[Any] | None, now: datetime
    ) -> bytes | Claim:
        if found is not None and found.request_sha256 != once.request_sha256:
            raise IdempotencyKeyReused("this idempotency key was used with another request")
        if found is None or (found.sealed is None and not self._is_abandoned(found, now)):
            raise IdempotencyInProgress(
                "a request with this idempotency key is still running", retry_after_s=1
            )
        if found.sealed is not None and (answer := once.open(found.sealed)) is not None:
            return answer
        await tx.execute(
            update(idempotency_records)
            .where(_t.id == once.id)
            .values(owner=self._owner, lease_ends_at=now + LEASE, sealed=None)
        )
        return Claim(found.made_id, is_first=False)

    def _is_abandoned(self, found: Row[Any], now: datetime) -> bool:
        alone = self._db.dialect == "sqlite"
        return found.lease_ends_at <= now or (alone and found.owner != self._owner)

    async def _complete(self, once: Once, answer: bytes) -> None:
        async with self._db.begin() as tx:
            await tx.execute(
                update(idempotency_records)
                .where(_t.id == once.id, _t.owner == self._owner)
                .values(sealed=once.seal(answer))
            )

    async def _let_go(self, once: Once, *, is_undone: bool) -> None:
        """The same request may be tried again at once. Where something may have been done, the
        record stays, with the id of it."""
        mine = (_t.id == once.id) & (_t.owner == self._owner) & _t.sealed.is_(None)
        forgetting: Delete | Update = delete(idempotency_records).where(mine)
        if not is_undone:
            ending = update(idempotency_records).where(mine)
            forgetting = ending.values(lease_ends_at=self._clock())
        with anyio.CancelScope(shield=True):
            async with self._db.begin() as tx:
                await tx.execute(forgetting)


async def forget_made(tx: Tx, made_id: str) -> None:
    """Drop the answers that told of a thing. The same request again finds the thing as it is."""
    told = update(idempotency_records).where(_t.made_id == made_id, _t.sealed.is_not(None))
    await tx.execute(told.values(sealed=None, lease_ends_at=LONG_AGO))


async def forget_expired(db: Database, now: datetime) -> int:
    return await purge(db, idempotency_records, _t.expires_at <= now)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
