"""What can be done with receipts: issue, read, verify. Nothing changes one."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import anyio
import attrs
from anyio import to_thread
from aragora.receipts import (
    Disclosure,
    PinnedKeys,
    Verification,
    canonical,
    digest,
    dsse,
    reveal,
    verify,
)
from aragora.receipts.disclosure import places

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, InvalidCursor, Page, page_of

from . import index, payload, store
from .keeping import store as keeping
from .log import pending
from .log.book import LogBook
from .log.model import Growth, Inclusion, Leaf, LogPlace, ReceiptPending, shard_of
from .model import BundleUnreadable, Claim, Issued, Issuer, Receipt, Sealed
from .prints import odr
from .published import Published
from .seal import Seal
from .signing import SigningKey
from .store import Filter, Place

EPOCH, MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)
REBUILT_AT_ONCE = 100
# Much longer than a receipt waits for the log, unless that stands still.
LOG_WITHIN = timedelta(seconds=5)
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.01, 0.5


@attrs.frozen(kw_only=True)
class ReceiptService:
    db: Database
    seal: Seal
    now: Clock
    new_id: NewId
    log: LogBook = attrs.field(factory=LogBook)

    async def issue(self, tx: Tx, *, workspace_id: str, claim: Claim) -> Issued:
        """Sign and keep a receipt in the caller's transaction: no verdict without its receipt."""
        issued_at = self.now()
        signer = await self.seal.custody.signer(tx, issued_at)
        sealed, texts = self._sealed(workspace_id, claim, signer, issued_at)
        terms = index.terms_of(sealed.payload, texts)
        if await store.append(tx, sealed, [text.encoded for text in texts], terms):
            message = dsse.pae(dsse.PAYLOAD_TYPE, sealed.payload)
            leaf = Leaf.of_receipt(sealed.id, message, sealed.signature)
            await pending.append(tx, leaf, sealed.issued_at)
        return Issued(receipt_id=sealed.id, digest=sealed.digest)

    async def get(self, workspace_id: str, receipt_id: str) -> Receipt:
        async with self.db.read() as tx:
            sealed, texts = await self._find(tx, workspace_id, receipt_id)
            places = await self.log.places(tx, [receipt_id])
        return _readable(sealed, texts, places.get(receipt_id))

    async def bundle(
        self, workspace_id: str, receipt_id: str, *, parts: Collection[str] | None = None
    ) -> bytes:
        """The evidence; once the log has signed for it, the same bytes on every download. Of these
        parts alone, all other texts are withheld."""
        async with self.db.read() as tx:
            sealed, texts = await self._find(tx, workspace_id, receipt_id)
            inclusion = await self.log.first_proof(tx, receipt_id)
            erasures = [
                erasure_of(body, await self.log.first_proof(tx, erasure_id, "erasure"))
                for erasure_id, body in await keeping.erasures_of(tx, receipt_id)
            ]
        shown = texts if parts is None else _of_parts(sealed, texts, parts)
        return bundle_of(sealed, shown, inclusion, erasures)

    async def odr(self, workspace_id: str, receipt_id: str) -> bytes:
        """What is disclosed, as an Open Decision Receipt that the issuer signs now."""
        bundle, at = await self.bundle(workspace_id, receipt_id), self.now()
        async with self.db.begin() as tx:
            signer = await self.seal.custody.signer(tx, at)
        return await to_thread.run_sync(odr.of, bundle, signer, self.seal.origin, at)

    async def until_included(self, workspace_id: str, receipt_id: str) -> None:
        """Wait a moment for the log: whoever hears of a receipt asks sooner than it is signed for.

        A receipt that still waits after that has something in its way, and nobody waits for it.
        """
        pause_s = FIRST_PAUSE_S
        with anyio.move_on_after(LOG_WITHIN.total_seconds()):
            while not await self._is_settled(workspace_id, receipt_id):
                await anyio.sleep(pause_s)
                pause_s = min(pause_s * 1.5, LONGEST_PAUSE_S)

    async def _is_settled(self, workspace_id: str, receipt_id: str) -> bool:
        async with self.db.read() as tx:
            sealed = await store.find(tx, workspace_id, receipt_id)
            if sealed is None or self.now() - sealed.issued_at > LOG_WITHIN:
                return True
            return bool(await self.log.places(tx, [receipt_id]))

    async def proof(self, workspace_id: str, receipt_id: str) -> Inclusion:
        """That the receipt is in the log as it is now."""
        async with self.db.read() as tx:
            await self._find(tx, workspace_id, receipt_id)
            inclusion = await self.log.newest_proof(tx, receipt_id)
        if inclusion is None:
            raise ReceiptPending(f"the log has not signed for {receipt_id} yet", retry_after_s=1)
        return inclusion

    async def log_growth(self, *, shard: str | None, from_size: int, to_size: int | None) -> Growth:
        async with self.db.read() as tx:
            return await self.log.growth(
                tx, shard or shard_of(self.now()), from_size=from_size, to_size=to_size
            )

    async def list(
        self, workspace_id: str, wanted: Filter, *, cursor: str | None, limit: int
    ) -> Page[Receipt]:
        before = None if cursor is None else _place(cursor)
        async with self.db.search() as tx:
            found = await store.list_page(tx, workspace_id, wanted, before=before, limit=limit + 1)
            ids = [sealed.id for sealed in found]
            texts, places = await store.texts_of(tx, ids), await self.log.places(tx, ids)

        def read() -> list[Receipt]:
            return [_readable(one, texts.get(one.id, ()), places.get(one.id)) for one in found]

        # Beside the loop: a page of long transcripts takes a while.
        return page_of(await to_thread.run_sync(read), limit, _standing)

    async def rebuild_index(self) -> int:
        """Make anew what every receipt is found by, some in a transaction: how many there are."""
        total, last = 0, ""
        while found := await self._rebuild_after(last):
            total, last = total + len(found), found[-1].id
        return total

    async def _rebuild_after(self, receipt_id: str) -> tuple[Sealed, ...]:
        async with self.db.begin() as tx:
            found = await store.some_after(tx, receipt_id, limit=REBUILT_AT_ONCE)
            ids = [sealed.id for sealed in found]
            texts = await store.texts_of(tx, ids)
            await index.remove(tx, ids)
            for sealed in found:
                kept = [Disclosure.parse(text) for text in texts.get(sealed.id, ())]
                terms = index.terms_of(sealed.payload, kept)
                await index.enter(tx, sealed.workspace_id, sealed.id, terms)
        return found

    def verify(self, bundle: bytes, pinned: PinnedKeys) -> Verification:
        """Judge any bundle by this server's keys; nothing is looked up and nothing is kept."""
        result = verify(bundle, keys=pinned, hmac_keys=self.seal.keys.hmac_keys())
        if result.verdict == "unreadable":
            raise BundleUnreadable(result.detail)
        return result

    @property
    def published(self) -> Published:
        return Published(db=self.db, seal=self.seal, log=self.log, now=self.now)

    async def _find(
        self, tx: Tx, workspace_id: str, receipt_id: str
    ) -> tuple[Sealed, tuple[str, ...]]:
        sealed = await store.found(tx, workspace_id, receipt_id)
        texts = await store.texts_of(tx, [receipt_id])
        return sealed, texts.get(receipt_id, ())

    def _sealed(
        self, workspace_id: str, claim: Claim, signer: SigningKey, issued_at: datetime
    ) -> tuple[Sealed, tuple[Disclosure, ...]]:
        salt = self.seal.new_salt()
        secret = self.seal.keys.hmac_key(workspace_id, issued_at)
        issuer = Issuer(
            origin=self.seal.origin,
            key_id=signer.public.key_id,
            hmac_key_id=dsse.hmac_key_id(secret),
        )
        heading = payload.Heading(
            receipt_id=self.new_id(),
            issued_at=issued_at,
            issuer=issuer,
            workspace_digest=payload.digest_of_workspace(workspace_id, salt),
        )
        statement, texts = payload.build(claim, heading, self.seal.new_salt)
        content = canonical.encode(statement)
        message = dsse.pae(dsse.PAYLOAD_TYPE, content)
        sealed = Sealed(
            id=heading.receipt_id,
            workspace_id=workspace_id,
            debate_id=claim.debate_id,
            issued_at=issued_at,
            outcome=claim.verdict.outcome,
            cost_micro_usd=claim.cost.total_micro_usd,
            amends_id=None if claim.amends is None else claim.amends.receipt_id,
            key_id=issuer.key_id,
            payload=content,
            signature=signer.sign(message),
            hmac_key_id=issuer.hmac_key_id,
            hmac_tag=dsse.hmac_tag(secret, message),
            workspace_salt=salt,
            digest=digest.payload_digest(content),
        )
        return sealed, texts


def _of_parts(sealed: Sealed, texts: tuple[str, ...], parts: Collection[str]) -> tuple[str, ...]:
    """The disclosures of these members of the receipt."""
    signed = json.loads(sealed.payload)["predicate"]
    wanted = {one.digest for part in parts for one in places(signed.get(part, {}))}
    return tuple(text for text in texts if Disclosure.parse(text).digest in wanted)


def erasure_of(body: bytes, inclusion: Inclusion | None) -> dict[str, Any]:
    """Until the log has signed for it, what was stated alone."""
    told = {"body": base64.b64encode(body).decode(), "leaf": "", "tlog_proof": ""}
    return told if inclusion is None else told | inclusion.evidence


def bundle_of(
    sealed: Sealed,
    texts: tuple[str, ...],
    inclusion: Inclusion | None,
    erasures: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    line = {"keyid": sealed.key_id, "sig": base64.b64encode(sealed.signature).decode()}
    bundle: dict[str, Any] = {
        "v": 1,
        "dsse": {
            "payloadType": dsse.PAYLOAD_TYPE,
            "payload": base64.b64encode(sealed.payload).decode(),
            "signatures": [line],
        },
        "disclosures": list(texts),
        "hmac": {"key_id": sealed.hmac_key_id, "tag": sealed.hmac_tag},
    }
    if inclusion is not None:
        bundle |= inclusion.evidence
    if erasures:
        bundle["erasures"] = list(erasures)
    return canonical.encode(bundle)


def _standing(receipt: Receipt) -> tuple[int, str]:
    """Where a receipt stands in a list, in whole milliseconds: databases keep no others."""
    return (receipt.sealed.issued_at - EPOCH) // MILLISECOND, receipt.sealed.id


def _place(cursor: str) -> Place:
    at, receipt_id = Cursor.decode(cursor, int, str).parts
    try:
        return EPOCH + MILLISECOND * int(at), str(receipt_id)
    except OverflowError:
        raise InvalidCursor("this cursor was not made by this server") from None


def _readable(sealed: Sealed, texts: tuple[str, ...], place: LogPlace | None) -> Receipt:
    statement = reveal(json.loads(sealed.payload), [Disclosure.parse(text) for text in texts])
    content = cast(dict[str, Any], statement)["predicate"]
    return Receipt(sealed=sealed, content=content, place=place)
