"""The archive: all from which an auditor rebuilds the log and verifies each receipt.

One line a thing, in this order: header, keys, checkpoints, entries, bundles, tombstones, end. It
is of one moment: whatever the log took after making began is not in it.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import anyio
import attrs
from aragora.receipts import canonical
from aragora.receipts.note import Note
from aragora.receipts.proof import Checkpoint

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.db import Tx
from aragora_server.kernel.jobs import JobFailed
from aragora_server.receipts import store
from aragora_server.receipts.keeping import store as keeping
from aragora_server.receipts.keeping.retention import Tombstone
from aragora_server.receipts.log import store as logged
from aragora_server.receipts.log.model import LogPlace
from aragora_server.receipts.model import Sealed
from aragora_server.receipts.service import ReceiptService, bundle_of, erasure_of
from aragora_server.receipts.store import Place

from .model import Cursor, Export, Piece, Survey

CHECKPOINTS, ENTRIES, BUNDLES, TOMBSTONES = 500, 1000, 20, 100
SETTLED_WITHIN_S, PAUSE_S = 5.0, 0.02


@attrs.frozen
class Archive:
    receipts: ReceiptService

    async def survey(self, export: Export) -> Survey:
        logs = await self._settled()
        async with self.receipts.db.search() as tx:
            receipts = await store.count(tx, export.workspace_id, export.filter)
            deleted = await keeping.count_tombstones(tx, export.workspace_id)
            notes = [await logged.count_checkpoints(tx, log["shard"], log["size"]) for log in logs]
        total = receipts + deleted + sum(notes) + sum(log["size"] for log in logs)
        return Survey(scope={"logs": logs}, total=total, cursor=["head"])

    async def piece(self, export: Export, cursor: Cursor) -> Piece:
        match list(cursor):
            case ["head"]:
                return await self._head(export)
            case ["checkpoints", int(log), int(size)]:
                return await self._checkpoints(_logs(export), log, size)
            case ["entries", int(log), int(start)]:
                return await self._entries(_logs(export), log, start)
            case ["bundles"]:
                return await self._bundles(export, None)
            case ["bundles", str(issued_at), str(receipt_id)]:
                before = (datetime.fromisoformat(issued_at), receipt_id)
                return await self._bundles(export, before)
            case ["tombstones", str(after)]:
                return await self._tombstones(export, after)
        raise ValueError(f"no place in an archive: {cursor}")

    def ending(self, counts: Mapping[str, int], sha256: str) -> bytes:
        return _line("end", {"counts": dict(counts), "sha256": sha256})

    async def _head(self, export: Export) -> Piece:
        header = {
            "v": 1,
            "export_id": export.id,
            "issuer": self.receipts.seal.origin,
            "at": wire_time(self.receipts.now()),
            "logs": [{name: log[name] for name in ("origin", "size")} for log in _logs(export)],
        }
        keys = await self.receipts.published.directory()
        lines = _line("header", header) + _line("keys", keys)
        return Piece(content=lines, counts={}, cursor=_first("checkpoints", _logs(export)))

    async def _checkpoints(self, logs: Sequence[Any], no: int, after: int) -> Piece:
        log = logs[no]
        async with self.receipts.db.read() as tx:
            found = await logged.checkpoints_between(
                tx, log["shard"], after, log["size"], limit=CHECKPOINTS
            )
        lines = b"".join(_line("checkpoint", note) for _, note in found)
        cursor: Cursor = ["checkpoints", no, found[-1][0] if found else log["size"]]
        if len(found) < CHECKPOINTS:
            cursor = ["checkpoints", no + 1, 0] if no + 1 < len(logs) else _first("entries", logs)
        return Piece(content=lines, counts={"checkpoint": len(found)}, cursor=cursor)

    async def _entries(self, logs: Sequence[Any], no: int, start: int) -> Piece:
        log = logs[no]
        stop = min(start + ENTRIES, log["size"])
        async with self.receipts.db.read() as tx:
            rows = await logged.entries_between(tx, log["shard"], start, stop)
        content = b"".join(
            _line("entry", {"origin": log["origin"], "index": row.idx, "leaf": _base64(row.entry)})
            for row in rows
        )
        cursor: Cursor = ["entries", no, stop]
        if stop == log["size"]:
            cursor = ["entries", no + 1, 0] if no + 1 < len(logs) else ["bundles"]
        return Piece(content=content, counts={"entry": len(rows)}, cursor=cursor)

    async def _bundles(self, export: Export, before: Place | None) -> Piece:
        """In one transaction: receipt by receipt takes many times as long."""
        async with self.receipts.db.search() as tx:
            found = await store.list_page(
                tx, export.workspace_id, export.filter, before=before, limit=BUNDLES
            )
            ids = [sealed.id for sealed in found]
            places = await self.receipts.log.places(tx, ids)
            texts, erased = await store.texts_of(tx, ids), await keeping.erasures_among(tx, ids)
            lines = [
                await self._bundle(
                    tx,
                    sealed,
                    texts.get(sealed.id, ()),
                    places[sealed.id],
                    erased.get(sealed.id, []),
                )
                for sealed in found
                if sealed.id in places and _has(export, places[sealed.id])
            ]
        after: Cursor = ["tombstones", ""]
        if len(found) == BUNDLES:
            after = ["bundles", found[-1].issued_at.isoformat(), found[-1].id]
        return Piece(content=b"".join(lines), counts={"bundle": len(lines)}, cursor=after)

    async def _bundle(
        self,
        tx: Tx,
        sealed: Sealed,
        texts: tuple[str, ...],
        place: LogPlace,
        erased: Sequence[tuple[str, bytes]],
    ) -> bytes:
        """The bundle as everybody gets it: a verifier judges the bytes."""
        log = self.receipts.log
        erasures = [
            erasure_of(body, await log.first_proof(tx, erasure_id, "erasure"))
            for erasure_id, body in erased
        ]
        bundle = bundle_of(sealed, texts, await log.proof_at(tx, place), erasures)
        return b'{"bundle":%b}\n' % bundle

    async def _tombstones(self, export: Export, after: str) -> Piece:
        async with self.receipts.db.read() as tx:
            found = await keeping.tombstones_after(tx, export.workspace_id, after, limit=TOMBSTONES)
            told = [await self._tombstone(tx, export, one) for one in found]
        lines = [_line("tombstone", one) for one in told if one is not None]
        cursor = ["tombstones", found[-1].id] if len(found) == TOMBSTONES else None
        return Piece(content=b"".join(lines), counts={"tombstone": len(lines)}, cursor=cursor)

    async def _tombstone(self, tx: Tx, export: Export, one: Tombstone) -> dict[str, Any] | None:
        """What the log says of the deletion, and of the receipt before; None when it came later."""
        told = await self.receipts.log.first_proof(tx, one.leaf_id, "retention")
        leaf = await self.receipts.log.first_proof(tx, one.id)
        if told is None or leaf is None or not _has(export, told.place):
            return None
        return {**erasure_of(one.statement(), told), "receipt": leaf.evidence}

    async def _settled(self) -> list[dict[str, Any]]:
        """Each log with its size, once it has taken all that waits for it now."""
        async with self.receipts.db.read() as tx:
            last = await logged.last_waiting(tx)
        with anyio.move_on_after(SETTLED_WITHIN_S):
            while True:
                async with self.receipts.db.read() as tx:
                    if await logged.has_settled(tx, last):
                        return await self._logs(tx)
                await anyio.sleep(PAUSE_S)
        raise JobFailed("the log has not taken yet what waits for it")

    async def _logs(self, tx: Tx) -> list[dict[str, Any]]:
        logs = []
        for shard in await logged.shards(tx):
            newest = await logged.newest_checkpoint(tx, shard)
            if newest is not None:
                size, note = newest
                origin = Checkpoint.parse(Note.parse(note).text).origin
                logs.append({"shard": shard, "origin": origin, "size": size})
        return logs


def _first(stage: str, logs: Sequence[Any]) -> Cursor:
    return [stage, 0, 0] if logs else ["bundles"]


def _logs(export: Export) -> Sequence[Any]:
    logs: Sequence[Any] = (export.scope or {}).get("logs", ())
    return logs


def _has(export: Export, place: LogPlace) -> bool:
    """Whether the log had this leaf when making began."""
    return any(log["shard"] == place.shard and place.index < log["size"] for log in _logs(export))


def _line(name: str, value: object) -> bytes:
    return canonical.encode({name: value}) + b"\n"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
