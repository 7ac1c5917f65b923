# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.receipt_exports`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora._core.response import BinaryResponse
    from aragora.types.exports import ReceiptExport, ReceiptExportPage


def _ReceiptExport() -> type[ReceiptExport]:
    from aragora.types import ReceiptExport

    return ReceiptExport


def _ReceiptExportPage() -> type[ReceiptExportPage]:
    from aragora.types import ReceiptExportPage

    return ReceiptExportPage


_LIST: Op[ReceiptExportPage] = Op(
    id="listReceiptExports",
    method="GET",
    path="/v1/receipt-exports",
    returns=_ReceiptExportPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[ReceiptExport] = Op(
    id="createReceiptExport",
    method="POST",
    path="/v1/receipt-exports",
    returns=_ReceiptExport,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_GET: Op[ReceiptExport] = Op(
    id="getReceiptExport",
    method="GET",
    path="/v1/receipt-exports/{export_id}",
    returns=_ReceiptExport,
    repeatable=True,
)
_DELETE: Op[None] = Op(
    id="deleteReceiptExport",
    method="DELETE",
    path="/v1/receipt-exports/{export_id}",
    reads="empty",
    repeatable=True,
)
_PART: Op[BinaryResponse] = Op(
    id="getReceiptExportPart",
    method="GET",
    path="/v1/receipt-exports/{export_id}/parts/{part}",
    reads="binary",
    accept="application/octet-stream",
    repeatable=True,
)


class ReceiptExportsResource(Resource):
    """Operations on receipt exports."""

    def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[ReceiptExport]:
        """List exports.

        Exports of the workspace that did not expire yet, newest first.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for receipt_export in client.receipt_exports.list(limit=20):
                    print(receipt_export)
        """
        return self._page(
            _LIST,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def create(
        self,
        *,
        format: Literal["ndjson", "csv"],
        debate_id: str | Omit = OMIT,
        issued_from: datetime | str | Omit = OMIT,
        issued_to: datetime | str | Omit = OMIT,
        min_cost_usd: str | Omit = OMIT,
        outcome: Literal["decided", "no_consensus", "no_decision"] | Omit = OMIT,
        participant: str | Omit = OMIT,
        protocol: str | Omit = OMIT,
        topic: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> ReceiptExport:
        """Export many receipts.

        Begins a file of every receipt that the filters leave; it is made in the background.
        `ndjson` is the archive for an auditor: the keys, every checkpoint and every entry of the
        log, the bundle of each receipt, and what is left of deleted ones; its last line has the
        counts and the SHA-256 of all before. `csv` has one row a receipt, newest first: a cell that
        would begin like a formula has a leading `'`, and columns may be added at the end. What is
        issued after it was begun is not in it.

        Args:
            format: `ndjson`: the archive with all proofs; `csv`: a table.
            debate_id: Only the receipt of this debate.
            issued_from: Only receipts issued at or after this instant.
            issued_to: Only receipts issued before this instant.
            min_cost_usd: Only receipts of debates that cost this much or more.
            outcome: Only receipts with this outcome.
            participant: Only receipts in which somebody of this name took part: an agent, a
                person, a model, or `provider:model`.
            protocol: Only receipts of debates that followed the protocol of this name, such as
                `escalate`.
            topic: Only receipts whose question or verdict has, for each word of this text, a
                word that begins like it.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError, InvalidAmount,
            InvalidRequest, MalformedRequest, RateLimited, RequestTimeout, ScopeMissing,
            StorageFull, TooManyExports, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                receipt_export = client.receipt_exports.create(format="ndjson")
                print(receipt_export)
        """
        return self._call(
            _CREATE,
            {
                "format": format,
                "debate_id": debate_id,
                "issued_from": issued_from,
                "issued_to": issued_to,
                "min_cost_usd": min_cost_usd,
                "outcome": outcome,
                "participant": participant,
                "protocol": protocol,
                "topic": topic,
            },
            request_options,
        )

    def get(
        self, export_id: str, *, request_options: RequestOptions | None = None
    ) -> ReceiptExport:
        """Read how far an export is.

        The export as it is now. It is there until it expires.

        Args:
            export_id: The export.

        Raises:
            ExportNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            export_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                receipt_export = client.receipt_exports.get(export_id)
                print(receipt_export)
        """
        return self._call(
            _GET,
            {
                "export_id": export_id,
            },
            request_options,
        )

    def delete(self, export_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete an export.

        The file is gone at once, whether it was whole or still being made.

        Args:
            export_id: The export.

        Raises:
            ExportNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            export_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.receipt_exports.delete(export_id)
        """
        return self._call(
            _DELETE,
            {
                "export_id": export_id,
            },
            request_options,
        )

    def part(
        self, export_id: str, part: int, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Download a part of an export.

        The bytes of one part, at most 4 MiB. The parts from 0 to `parts` - 1, one behind the other,
        are the file, whose SHA-256 the export names. There are none before the file is whole.

        Args:
            export_id: The export.
            part: Which part, from 0.

        Raises:
            ExportNotFound, ExportNotReady, ExportWithdrawn, InternalError, InvalidRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            export_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"
            part = "0"

            with Aragora() as client:
                client.receipt_exports.part(export_id, part).save("receipt.json")
        """
        return self._call(
            _PART,
            {
                "export_id": export_id,
                "part": part,
            },
            request_options,
        )


class AsyncReceiptExportsResource(AsyncResource):
    """Operations on receipt exports."""

    async def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[ReceiptExport]:
        """List exports.

        Exports of the workspace that did not expire yet, newest first.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for receipt_export in client.receipt_exports.list(limit=20):
                    print(receipt_export)
        """
        return await self._page(
            _LIST,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def create(
        self,
        *,
        format: Literal["ndjson", "csv"],
        debate_id: str | Omit = OMIT,
        issued_from: datetime | str | Omit = OMIT,
        issued_to: datetime | str | Omit = OMIT,
        min_cost_usd: str | Omit = OMIT,
        outcome: Literal["decided", "no_consensus", "no_decision"] | Omit = OMIT,
        participant: str | Omit = OMIT,
        protocol: str | Omit = OMIT,
        topic: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> ReceiptExport:
        """Export many receipts.

        Begins a file of every receipt that the filters leave; it is made in the background.
        `ndjson` is the archive for an auditor: the keys, every checkpoint and every entry of the
        log, the bundle of each receipt, and what is left of deleted ones; its last line has the
        counts and the SHA-256 of all before. `csv` has one row a receipt, newest first: a cell that
        would begin like a formula has a leading `'`, and columns may be added at the end. What is
        issued after it was begun is not in it.

        Args:
            format: `ndjson`: the archive with all proofs; `csv`: a table.
            debate_id: Only the receipt of this debate.
            issued_from: Only receipts issued at or after this instant.
            issued_to: Only receipts issued before this instant.
            min_cost_usd: Only receipts of debates that cost this much or more.
            outcome: Only receipts with this outcome.
            participant: Only receipts in which somebody of this name took part: an agent, a
                person, a model, or `provider:model`.
            protocol: Only receipts of debates that followed the protocol of this name, such as
                `escalate`.
            topic: Only receipts whose question or verdict has, for each word of this text, a
                word that begins like it.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError, InvalidAmount,
            InvalidRequest, MalformedRequest, RateLimited, RequestTimeout, ScopeMissing,
            StorageFull, TooManyExports, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                receipt_export = client.receipt_exports.create(format="ndjson")
                print(receipt_export)
        """
        return await self._call(
            _CREATE,
            {
                "format": format,
                "debate_id": debate_id,
                "issued_from": issued_from,
                "issued_to": issued_to,
                "min_cost_usd": min_cost_usd,
                "outcome": outcome,
                "participant": participant,
                "protocol": protocol,
                "topic": topic,
            },
            request_options,
        )

    async def get(
        self, export_id: str, *, request_options: RequestOptions | None = None
    ) -> ReceiptExport:
        """Read how far an export is.

        The export as it is now. It is there until it expires.

        Args:
            export_id: The export.

        Raises:
            ExportNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            export_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                receipt_export = client.receipt_exports.get(export_id)
                print(receipt_export)
        """
        return await self._call(
            _GET,
            {
                "export_id": export_id,
            },
            request_options,
        )

    async def delete(
        self, export_id: str, *, request_options: RequestOptions | None = None
    ) -> None:
        """Delete an export.

        The file is gone at once, whether it was whole or still being made.

        Args:
            export_id: The export.

        Raises:
            ExportNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            export_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.receipt_exports.delete(export_id)
        """
        return await self._call(
            _DELETE,
            {
                "export_id": export_id,
            },
            request_options,
        )

    async def part(
        self, export_id: str, part: int, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Download a part of an export.

        The bytes of one part, at most 4 MiB. The parts from 0 to `parts` - 1, one behind the other,
        are the file, whose SHA-256 the export names. There are none before the file is whole.

        Args:
            export_id: The export.
            part: Which part, from 0.

        Raises:
            ExportNotFound, ExportNotReady, ExportWithdrawn, InternalError, InvalidRequest,
            NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            export_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"
            part = "0"

            with Aragora() as client:
                client.receipt_exports.part(export_id, part).save("receipt.json")
        """
        return await self._call(
            _PART,
            {
                "export_id": export_id,
                "part": part,
            },
            request_options,
        )
