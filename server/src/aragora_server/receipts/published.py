"""The public keys as anybody may read them, and what the log says of each."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import attrs
from aragora.receipts import PinnedKeys

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx

from .custody import events_of
from .log.book import LogBook
from .log.model import shard_of
from .seal import Seal
from .signing import RECEIPT, log_records, record

# So long before a log is begun its key can be pinned.
AHEAD = timedelta(days=30)


@attrs.frozen(kw_only=True)
class Published:
    db: Database
    seal: Seal
    log: LogBook
    now: Clock

    async def directory(self) -> dict[str, Any]:
        """The keys of receipts with their events, then those of logs; the newest of each first."""
        now = self.now()
        for moment in (now, now + AHEAD):
            self.seal.log_signer(shard_of(moment))
        async with self.db.read() as tx:
            own = await self._own(tx)
        logs = log_records(self.seal.keys.log_keys(), shard=shard_of(now))
        return {"issuer": self.seal.origin, "keys": [*own, *logs]}

    async def pinned(self) -> PinnedKeys:
        """What a reader holds who has pinned the directory now."""
        return PinnedKeys.of(await self.directory())

    async def _own(self, tx: Tx) -> list[dict[str, Any]]:
        standing = await self.seal.custody.standing(tx)
        events = await events_of(tx)
        records = []
        for key in self.seal.custody.loaded:
            key_id = key.public.key_id
            told = [await self._told(tx, *event) for event in events.get(key_id, ())]
            shown = record(RECEIPT, key, status=standing.get(key_id, "active"))
            records.append(shown | {"events": told})
        return records

    async def _told(self, tx: Tx, event_id: str, body: bytes) -> dict[str, str]:
        """An event, with the proof that the log has it as soon as there is one."""
        told = {"body": base64.b64encode(body).decode()}
        inclusion = await self.log.newest_proof(tx, event_id, "key")
        return told if inclusion is None else told | inclusion.evidence
