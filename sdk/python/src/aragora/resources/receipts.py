# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.receipts`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora._core.response import BinaryResponse
    from aragora.types.receipts import (
        KeyDirectory,
        LogConsistency,
        Receipt,
        ReceiptPage,
        ReceiptProof,
        VerificationReport,
    )


def _KeyDirectory() -> type[KeyDirectory]:
    from aragora.types import KeyDirectory

    return KeyDirectory


def _LogConsistency() -> type[LogConsistency]:
    from aragora.types import LogConsistency

    return LogConsistency


def _Receipt() -> type[Receipt]:
    from aragora.types import Receipt

    return Receipt


def _ReceiptPage() -> type[ReceiptPage]:
    from aragora.types import ReceiptPage

    return ReceiptPage


def _ReceiptProof() -> type[ReceiptProof]:
    from aragora.types import ReceiptProof

    return ReceiptProof


def _VerificationReport() -> type[VerificationReport]:
    from aragora.types import VerificationReport

    return VerificationReport


_KEYS: Op[KeyDirectory] = Op(
    id="getKeys",
    method="GET",
    path="/.well-known/aragora-keys.json",
    returns=_KeyDirectory,
    repeatable=True,
    public=True,
)
_CONSISTENCY: Op[LogConsistency] = Op(
    id="getLogConsistency",
    method="GET",
    path="/v1/log/consistency",
    returns=_LogConsistency,
    query=(
        "from_size",
        "to_size",
        "shard",
    ),
    repeatable=True,
)
_LIST: Op[ReceiptPage] = Op(
    id="listReceipts",
    method="GET",
    path="/v1/receipts",
    returns=_ReceiptPage,
    query=(
        "debate_id",
        "outcome",
        "issued_from",
        "issued_to",
        "topic",
        "participant",
        "protocol",
        "min_cost_usd",
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_VERIFY: Op[VerificationReport] = Op(
    id="verifyReceipt",
    method="POST",
    path="/v1/receipts/verify",
    returns=_VerificationReport,
    sends="application/vnd.aragora.receipt-bundle+json",
    public=True,
)
_GET: Op[Receipt] = Op(
    id="getReceipt",
    method="GET",
    path="/v1/receipts/{receipt_id}",
    returns=_Receipt,
    repeatable=True,
)
_BUNDLE: Op[BinaryResponse] = Op(
    id="getReceiptBundle",
    method="GET",
    path="/v1/receipts/{receipt_id}/bundle",
    reads="binary",
    accept="application/vnd.aragora.receipt-bundle+json",
    repeatable=True,
)
_HTML: Op[str] = Op(
    id="getReceiptHtml",
    method="GET",
    path="/v1/receipts/{receipt_id}/html",
    reads="text",
    accept="text/html; charset=utf-8",
    repeatable=True,
)
_MARKDOWN: Op[str] = Op(
    id="getReceiptMarkdown",
    method="GET",
    path="/v1/receipts/{receipt_id}/markdown",
    reads="text",
    accept="text/markdown; charset=utf-8",
    repeatable=True,
)
_ODR: Op[BinaryResponse] = Op(
    id="getReceiptOdr",
    method="GET",
    path="/v1/receipts/{receipt_id}/odr",
    reads="binary",
    accept="application/vnd.open-decision-receipt+json",
    repeatable=True,
)
_PDF: Op[BinaryResponse] = Op(
    id="getReceiptPdf",
    method="GET",
    path="/v1/receipts/{receipt_id}/pdf",
    reads="binary",
    accept="application/pdf",
    repeatable=True,
)
_PROOF: Op[ReceiptProof] = Op(
    id="getReceiptProof",
    method="GET",
    path="/v1/receipts/{receipt_id}/proof",
    returns=_ReceiptProof,
    repeatable=True,
)
_VERIFY_STORED: Op[VerificationReport] = Op(
    id="verifyStoredReceipt",
    method="POST",
    path="/v1/receipts/{receipt_id}/verify",
    returns=_VerificationReport,
)


class ReceiptsResource(Resource):
    """Operations on receipts."""

    def keys(self, *, request_options: RequestOptions | None = None) -> KeyDirectory:
        """The signing keys.

        Public keys to pin. A verifier trusts a key because it pinned it, never because a message
        names it.

        Raises:
            InternalError, InvalidRequest, RateLimited

        Example:
            from aragora import Aragora

            with Aragora() as client:
                key_directory = client.receipts.keys()
                print(key_directory)
        """
        return self._call(_KEYS, {}, request_options)

    def consistency(
        self,
        *,
        from_size: int,
        to_size: int | Omit = OMIT,
        shard: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> LogConsistency:
        """Prove that the log only grew.

        The proof that the log of `from_size` leaves, of which you kept a checkpoint, is the
        beginning of the log that a later checkpoint speaks for.

        Args:
            from_size: How many leaves the log had.
            to_size: The size of a later checkpoint; without it the newest.
            shard: The part of the log; without it that of this year.

        Raises:
            CheckpointNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                log_consistency = client.receipts.consistency(from_size=1)
                print(log_consistency)
        """
        return self._call(
            _CONSISTENCY,
            {
                "from_size": from_size,
                "to_size": to_size,
                "shard": shard,
            },
            request_options,
        )

    def list(
        self,
        *,
        debate_id: str | Omit = OMIT,
        outcome: Literal["decided", "no_consensus", "no_decision"] | Omit = OMIT,
        issued_from: datetime | str | Omit = OMIT,
        issued_to: datetime | str | Omit = OMIT,
        topic: str | Omit = OMIT,
        participant: str | Omit = OMIT,
        protocol: str | Omit = OMIT,
        min_cost_usd: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[Receipt]:
        """List and search receipts.

        Receipts of the workspace, newest first: by `issued_at`, then by `id`. Filters narrow the
        list together.

        Args:
            debate_id: Only the receipt of this debate.
            outcome: Only receipts with this outcome.
            issued_from: Only receipts issued at or after this instant.
            issued_to: Only receipts issued before this instant.
            topic: Only receipts whose question or verdict has, for each word of this text, a
                word that begins like it. Case does not matter, and there is no query language; a
                text without any word finds nothing.
            participant: Only receipts in which somebody of this name took part: the name of an
                agent or a person, a model, or `provider:model`. The whole name counts, its case
                does not.
            protocol: Only receipts of debates that followed the protocol of this name, such as
                `escalate`.
            min_cost_usd: Only receipts of debates that cost this much or more.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidAmount, InvalidCursor, InvalidRequest, MalformedRequest,
            RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for receipt in client.receipts.list(limit=20):
                    print(receipt)
        """
        return self._page(
            _LIST,
            {
                "debate_id": debate_id,
                "outcome": outcome,
                "issued_from": issued_from,
                "issued_to": issued_to,
                "topic": topic,
                "participant": participant,
                "protocol": protocol,
                "min_cost_usd": min_cost_usd,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def verify(
        self, body: bytes, *, request_options: RequestOptions | None = None
    ) -> VerificationReport:
        """Verify a bundle.

        Judges the bundle exactly as sent, with this server's own keys pinned. Nothing is stored and
        no key is needed. A failed verification is an answer, not an error. To trust neither this
        server nor the network, verify offline with the SDKs.

        Args:
            body: The file, exactly as it was received.

        Raises:
            BodyTooLarge, BundleUnreadable, InternalError, InvalidRequest, MalformedRequest,
            RateLimited, RequestTimeout, UnsupportedMediaType

        Example:
            from pathlib import Path

            from aragora import Aragora

            receipt = Path("receipt.json").read_bytes()

            with Aragora() as client:
                verification_report = client.receipts.verify(receipt)
                print(verification_report)
        """
        return self._call(
            _VERIFY,
            {
                "body": body,
            },
            request_options,
        )

    def get(self, receipt_id: str, *, request_options: RequestOptions | None = None) -> Receipt:
        """Read a receipt.

        The receipt printed for reading. The evidence itself is the bundle.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                receipt = client.receipts.get(receipt_id)
                print(receipt)
        """
        return self._call(
            _GET,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    def bundle(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Download the evidence.

        The receipt's bundle with the proof that it is in the log: byte for byte the same on every
        download. A new receipt is waited for until the log has signed for it, a few milliseconds as
        a rule and five seconds at most; a bundle without the proof is given only when the log
        stands still. Verify it offline with `aragora verify`.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                client.receipts.bundle(receipt_id).save("receipt.json")
        """
        return self._call(
            _BUNDLE,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    def html(self, receipt_id: str, *, request_options: RequestOptions | None = None) -> str:
        """Print as a page.

        The same document as one page of HTML that loads nothing, runs no script and prints well.
        Every text is escaped, and the page forbids itself all but its own style sheet.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                print(client.receipts.html(receipt_id))
        """
        return self._call(
            _HTML,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    def markdown(self, receipt_id: str, *, request_options: RequestOptions | None = None) -> str:
        """Print as markdown.

        The receipt as a document to read: question, verdict, dissent, votes, cost, protocol,
        transcript, and how to verify it. Texts that are not disclosed are shown as such. The
        evidence is the bundle.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                print(client.receipts.markdown(receipt_id))
        """
        return self._call(
            _MARKDOWN,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    def odr(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Print as Open Decision Receipt.

        What is disclosed of the receipt in the vendor-neutral form Open Decision Receipt 0.2,
        signed by the issuer at this moment with the key that signs receipts. What a receipt does
        not know is `absent` with a reason. The evidence is the bundle.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                client.receipts.odr(receipt_id).save("receipt.odr.json")
        """
        return self._call(
            _ODR,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    def pdf(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Print as PDF.

        The same document as PDF/A-3b with the bundle attached as `receipt.json`: one file is both
        the print and the evidence. Needs the server's extra `[pdf]`.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, PdfSupportMissing, RateLimited, ReceiptErased,
            ReceiptNotFound, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                client.receipts.pdf(receipt_id).save("receipt.pdf")
        """
        return self._call(
            _PDF,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    def proof(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> ReceiptProof:
        """Prove that the receipt is in the log.

        The way from the receipt's leaf up to the newest signed checkpoint. The bundle carries one
        to the first checkpoint that spoke for it; this one shows that it still is in the log.
        Verify it with the log's key from `getKeys`.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ReceiptPending, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                receipt_proof = client.receipts.proof(receipt_id)
                print(receipt_proof)
        """
        return self._call(
            _PROOF,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    def verify_stored(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> VerificationReport:
        """Verify a receipt of this server.

        Judges the bundle that the server would hand out now, as `verifyReceipt` does. It has no
        body. To trust neither this server nor the network, download the bundle and verify it
        offline.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                verification_report = client.receipts.verify_stored(receipt_id)
                print(verification_report)
        """
        return self._call(
            _VERIFY_STORED,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )


class AsyncReceiptsResource(AsyncResource):
    """Operations on receipts."""

    async def keys(self, *, request_options: RequestOptions | None = None) -> KeyDirectory:
        """The signing keys.

        Public keys to pin. A verifier trusts a key because it pinned it, never because a message
        names it.

        Raises:
            InternalError, InvalidRequest, RateLimited

        Example:
            from aragora import Aragora

            with Aragora() as client:
                key_directory = client.receipts.keys()
                print(key_directory)
        """
        return await self._call(_KEYS, {}, request_options)

    async def consistency(
        self,
        *,
        from_size: int,
        to_size: int | Omit = OMIT,
        shard: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> LogConsistency:
        """Prove that the log only grew.

        The proof that the log of `from_size` leaves, of which you kept a checkpoint, is the
        beginning of the log that a later checkpoint speaks for.

        Args:
            from_size: How many leaves the log had.
            to_size: The size of a later checkpoint; without it the newest.
            shard: The part of the log; without it that of this year.

        Raises:
            CheckpointNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                log_consistency = client.receipts.consistency(from_size=1)
                print(log_consistency)
        """
        return await self._call(
            _CONSISTENCY,
            {
                "from_size": from_size,
                "to_size": to_size,
                "shard": shard,
            },
            request_options,
        )

    async def list(
        self,
        *,
        debate_id: str | Omit = OMIT,
        outcome: Literal["decided", "no_consensus", "no_decision"] | Omit = OMIT,
        issued_from: datetime | str | Omit = OMIT,
        issued_to: datetime | str | Omit = OMIT,
        topic: str | Omit = OMIT,
        participant: str | Omit = OMIT,
        protocol: str | Omit = OMIT,
        min_cost_usd: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[Receipt]:
        """List and search receipts.

        Receipts of the workspace, newest first: by `issued_at`, then by `id`. Filters narrow the
        list together.

        Args:
            debate_id: Only the receipt of this debate.
            outcome: Only receipts with this outcome.
            issued_from: Only receipts issued at or after this instant.
            issued_to: Only receipts issued before this instant.
            topic: Only receipts whose question or verdict has, for each word of this text, a
                word that begins like it. Case does not matter, and there is no query language; a
                text without any word finds nothing.
            participant: Only receipts in which somebody of this name took part: the name of an
                agent or a person, a model, or `provider:model`. The whole name counts, its case
                does not.
            protocol: Only receipts of debates that followed the protocol of this name, such as
                `escalate`.
            min_cost_usd: Only receipts of debates that cost this much or more.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidAmount, InvalidCursor, InvalidRequest, MalformedRequest,
            RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for receipt in client.receipts.list(limit=20):
                    print(receipt)
        """
        return await self._page(
            _LIST,
            {
                "debate_id": debate_id,
                "outcome": outcome,
                "issued_from": issued_from,
                "issued_to": issued_to,
                "topic": topic,
                "participant": participant,
                "protocol": protocol,
                "min_cost_usd": min_cost_usd,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def verify(
        self, body: bytes, *, request_options: RequestOptions | None = None
    ) -> VerificationReport:
        """Verify a bundle.

        Judges the bundle exactly as sent, with this server's own keys pinned. Nothing is stored and
        no key is needed. A failed verification is an answer, not an error. To trust neither this
        server nor the network, verify offline with the SDKs.

        Args:
            body: The file, exactly as it was received.

        Raises:
            BodyTooLarge, BundleUnreadable, InternalError, InvalidRequest, MalformedRequest,
            RateLimited, RequestTimeout, UnsupportedMediaType

        Example:
            from pathlib import Path

            from aragora import Aragora

            receipt = Path("receipt.json").read_bytes()

            with Aragora() as client:
                verification_report = client.receipts.verify(receipt)
                print(verification_report)
        """
        return await self._call(
            _VERIFY,
            {
                "body": body,
            },
            request_options,
        )

    async def get(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> Receipt:
        """Read a receipt.

        The receipt printed for reading. The evidence itself is the bundle.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                receipt = client.receipts.get(receipt_id)
                print(receipt)
        """
        return await self._call(
            _GET,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    async def bundle(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Download the evidence.

        The receipt's bundle with the proof that it is in the log: byte for byte the same on every
        download. A new receipt is waited for until the log has signed for it, a few milliseconds as
        a rule and five seconds at most; a bundle without the proof is given only when the log
        stands still. Verify it offline with `aragora verify`.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                client.receipts.bundle(receipt_id).save("receipt.json")
        """
        return await self._call(
            _BUNDLE,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    async def html(self, receipt_id: str, *, request_options: RequestOptions | None = None) -> str:
        """Print as a page.

        The same document as one page of HTML that loads nothing, runs no script and prints well.
        Every text is escaped, and the page forbids itself all but its own style sheet.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                print(client.receipts.html(receipt_id))
        """
        return await self._call(
            _HTML,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    async def markdown(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> str:
        """Print as markdown.

        The receipt as a document to read: question, verdict, dissent, votes, cost, protocol,
        transcript, and how to verify it. Texts that are not disclosed are shown as such. The
        evidence is the bundle.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                print(client.receipts.markdown(receipt_id))
        """
        return await self._call(
            _MARKDOWN,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    async def odr(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Print as Open Decision Receipt.

        What is disclosed of the receipt in the vendor-neutral form Open Decision Receipt 0.2,
        signed by the issuer at this moment with the key that signs receipts. What a receipt does
        not know is `absent` with a reason. The evidence is the bundle.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                client.receipts.odr(receipt_id).save("receipt.odr.json")
        """
        return await self._call(
            _ODR,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    async def pdf(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Print as PDF.

        The same document as PDF/A-3b with the bundle attached as `receipt.json`: one file is both
        the print and the evidence. Needs the server's extra `[pdf]`.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, PdfSupportMissing, RateLimited, ReceiptErased,
            ReceiptNotFound, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                client.receipts.pdf(receipt_id).save("receipt.pdf")
        """
        return await self._call(
            _PDF,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    async def proof(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> ReceiptProof:
        """Prove that the receipt is in the log.

        The way from the receipt's leaf up to the newest signed checkpoint. The bundle carries one
        to the first checkpoint that spoke for it; this one shows that it still is in the log.
        Verify it with the log's key from `getKeys`.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ReceiptPending, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                receipt_proof = client.receipts.proof(receipt_id)
                print(receipt_proof)
        """
        return await self._call(
            _PROOF,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    async def verify_stored(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> VerificationReport:
        """Verify a receipt of this server.

        Judges the bundle that the server would hand out now, as `verifyReceipt` does. It has no
        body. To trust neither this server nor the network, download the bundle and verify it
        offline.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                verification_report = client.receipts.verify_stored(receipt_id)
                print(verification_report)
        """
        return await self._call(
            _VERIFY_STORED,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )
