"""Which key signs receipts, and what became of the others.

The database decides, not the files: whoever issues a receipt shares a lock on the row of his key,
so that a key is never retired while somebody still signs with it. Each event is a leaf of the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

import attrs
from aragora.receipts import canonical
from sqlalchemy import Column, LargeBinary, String, Table, bindparam, insert, select, update

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.db import Timestamp, Tx, metadata
from aragora_server.kernel.errors import Unavailable
from aragora_server.kernel.ids import NewId, new_id
from aragora_server.kernel.prepared import Prepared
from aragora_server.kernel.turns import KEYS, take_turn

from .guards import refuse
from .log import pending
from .log.model import Leaf
from .signing import KeyStore, KeyUnknown, SigningKey

Status = Literal["active", "retired", "revoked"]
Event = Literal["add", "retire", "revoke"]
KEY_ID = String(64)

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("key_id", KEY_ID, primary_key=True),
    Column("status", String(8), nullable=False),
    Column("added_at", Timestamp, nullable=False),
)
key_events = Table(
    "key_events",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("key_id", KEY_ID, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
refuse(key_events, "UPDATE", "DELETE", "TRUNCATE")

_STANDING = select(signing_keys.c.key_id, signing_keys.c.status)
_STATUS = Prepared(
    select(signing_keys.c.status)
    .where(signing_keys.c.key_id == bindparam("key_id"))
    .with_for_update(read=True)
)


@attrs.define(kw_only=True, eq=False)
class Custody:
    """The keys in the files, and their standing in the database."""

    files: KeyStore
    new_id: NewId = new_id
    _loaded: tuple[SigningKey, ...] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._loaded = self.files.signing_keys()

    @property
    def loaded(self) -> tuple[SigningKey, ...]:
        """All keys that this process has seen so far, newest first."""
        return self._loaded

    async def signer(self, tx: Tx, at: datetime) -> SigningKey:
        """The key to sign with in this transaction; it stays active until the transaction ends."""
        for key in self._candidates():
            status = await self._status(tx, key.public.key_id)
            if status is None:
                await take_turn(tx, KEYS)
                status = await self._status(tx, key.public.key_id)
            if status is None:
                await self._add(tx, key, at)
                status = "active"
            if status == "active":
                return key
        raise Unavailable("no signing key is active: aragora keys rotate", retry_after_s=5)

    async def rotate(self, tx: Tx, at: datetime) -> str:
        """From now on a new key signs, and the others no more; the id of the new one."""
        await take_turn(tx, KEYS)
        made = self.files.new_signing_key()
        await self._add(tx, made, at)
        for key_id, status in (await _standing(tx)).items():
            if status == "active" and key_id != made.public.key_id:
                await self._end(tx, key_id, "retired", {"event": "retire"}, at)
        self._loaded = self.files.signing_keys()
        return made.public.key_id

    async def revoke(
        self, tx: Tx, key_id: str, at: datetime, *, reason: str, since: dict[str, Any] | None
    ) -> None:
        """Nothing counts any more that it signed: from a place of the log on, or at all."""
        await take_turn(tx, KEYS)
        found = await _standing(tx)
        if found.get(key_id, "revoked") == "revoked":
            raise KeyUnknown(f"there is no key {key_id} that could be revoked")
        if list(found.values()).count("active") == 1 and found[key_id] == "active":
            await self.rotate(tx, at)
        more = {"compromised_since": since} if since else {}
        event = {"event": "revoke", "reason": reason, **more}
        await self._end(tx, key_id, "revoked", event, at)

    async def standing(self, tx: Tx) -> dict[str, Status]:
        """What the database says of each key."""
        found = await _standing(tx)
        if not found.keys() <= {key.public.key_id for key in self._loaded}:
            self._loaded = self.files.signing_keys()
        return found

    def _candidates(self) -> Iterator[SigningKey]:
        """Newest first, then what another process may have made meanwhile."""
        tried = self._loaded
        yield from tried
        self._loaded = self.files.signing_keys()
        yield from (key for key in self._loaded if key not in tried)

    async def _status(self, tx: Tx, key_id: str) -> Status | None:
        row = await _STATUS.row(tx, key_id=key_id)
        status: Status | None = None if row is None else row.status
        return status

    async def _add(self, tx: Tx, key: SigningKey, at: datetime) -> None:
        key_id = key.public.key_id
        row = {"key_id": key_id, "status": "active", "added_at": at}
        await tx.execute(insert(signing_keys), row)
        await self._tell(tx, key_id, {"event": "add"}, at)

    async def _end(
        self, tx: Tx, key_id: str, status: Status, event: dict[str, Any], at: datetime
    ) -> None:
        """The update waits for all who sign with the key; their leaves come first, then."""
        mine = update(signing_keys).where(signing_keys.c.key_id == key_id)
        await tx.execute(mine.values(status=status))
        await self._tell(tx, key_id, event, at)

    async def _tell(self, tx: Tx, key_id: str, event: dict[str, Any], at: datetime) -> None:
        told = {"v": 1, "id": self.new_id(), "key_id": key_id, "at": wire_time(at), **event}
        body = canonical.encode(told)
        row = {"id": told["id"], "key_id": key_id, "body": body}
        await tx.execute(insert(key_events), row)
        await pending.append(tx, Leaf.of_body("key", told["id"], body), at)


async def _standing(tx: Tx) -> dict[str, Status]:
    return dict((await tx.execute(_STANDING)).all())


async def events_of(tx: Tx) -> dict[str, list[tuple[str, bytes]]]:
    """Of each key its events, `(id, body)`, oldest first."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    rows = await tx.execute(select(key_events).order_by(key_events.c.id))
    for row in rows:
        found.setdefault(row.key_id, []).append((row.id, row.body))
    return found
