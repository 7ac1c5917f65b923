# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.legal_holds`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.custody import LegalHold, LegalHoldPage


def _LegalHold() -> type[LegalHold]:
    from aragora.types import LegalHold

    return LegalHold


def _LegalHoldPage() -> type[LegalHoldPage]:
    from aragora.types import LegalHoldPage

    return LegalHoldPage


_LIST: Op[LegalHoldPage] = Op(
    id="listLegalHolds",
    method="GET",
    path="/v1/legal-holds",
    returns=_LegalHoldPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[LegalHold] = Op(
    id="createLegalHold",
    method="POST",
    path="/v1/legal-holds",
    returns=_LegalHold,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_RELEASE: Op[LegalHold] = Op(
    id="releaseLegalHold",
    method="POST",
    path="/v1/legal-holds/{legal_hold_id}/release",
    returns=_LegalHold,
)


class LegalHoldsResource(Resource):
    """Operations on legal holds."""

    def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[LegalHold]:
        """List legal holds.

        Legal holds of the workspace, newest first; released ones too.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for legal_hold in client.legal_holds.list(limit=20):
                    print(legal_hold)
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
        matter: str,
        reason: str,
        debate_id: str | Omit = OMIT,
        issued_from: datetime | str | Omit = OMIT,
        issued_to: datetime | str | Omit = OMIT,
        participant: str | Omit = OMIT,
        receipt_ids: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> LegalHold:
        """Place a legal hold.

        No receipt that it covers, now or later, can be deleted or lose a text until it is released.
        Criteria narrow together. A leaf of the log says that it was placed.

        Args:
            matter: What it is about, such as the number of a case.
            reason: Why.
            debate_id: Only receipts of this debate.
            issued_from: Only receipts issued at or after this instant.
            issued_to: Only receipts issued before this instant.
            participant: Only receipts in which somebody of this name took part: an agent, a
                person, a model, or `provider:model`.
            receipt_ids: Only these receipts.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, LegalHoldEmpty, MalformedRequest, RateLimited, RequestTimeout,
            ScopeMissing, StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                legal_hold = client.legal_holds.create(
                    matter="Case 7/2026",
                    reason="Pending litigation",
                    receipt_ids=["01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"],
                )
                print(legal_hold)
        """
        return self._call(
            _CREATE,
            {
                "matter": matter,
                "reason": reason,
                "debate_id": debate_id,
                "issued_from": issued_from,
                "issued_to": issued_to,
                "participant": participant,
                "receipt_ids": receipt_ids,
            },
            request_options,
        )

    def release(
        self, legal_hold_id: str, *, request_options: RequestOptions | None = None
    ) -> LegalHold:
        """Release a legal hold.

        It holds nothing from now on, and stays in the list. A leaf of the log says so. Repeating it
        changes nothing.

        Args:
            legal_hold_id: The legal hold.

        Raises:
            InternalError, InvalidRequest, LegalHoldNotFound, NotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            legal_hold_id = "01943f81-1a2b-7c3d-8e4f-5a6b7c8d9e0f"

            with Aragora() as client:
                legal_hold = client.legal_holds.release(legal_hold_id)
                print(legal_hold)
        """
        return self._call(
            _RELEASE,
            {
                "legal_hold_id": legal_hold_id,
            },
            request_options,
        )


class AsyncLegalHoldsResource(AsyncResource):
    """Operations on legal holds."""

    async def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[LegalHold]:
        """List legal holds.

        Legal holds of the workspace, newest first; released ones too.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for legal_hold in client.legal_holds.list(limit=20):
                    print(legal_hold)
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
        matter: str,
        reason: str,
        debate_id: str | Omit = OMIT,
        issued_from: datetime | str | Omit = OMIT,
        issued_to: datetime | str | Omit = OMIT,
        participant: str | Omit = OMIT,
        receipt_ids: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> LegalHold:
        """Place a legal hold.

        No receipt that it covers, now or later, can be deleted or lose a text until it is released.
        Criteria narrow together. A leaf of the log says that it was placed.

        Args:
            matter: What it is about, such as the number of a case.
            reason: Why.
            debate_id: Only receipts of this debate.
            issued_from: Only receipts issued at or after this instant.
            issued_to: Only receipts issued before this instant.
            participant: Only receipts in which somebody of this name took part: an agent, a
                person, a model, or `provider:model`.
            receipt_ids: Only these receipts.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, LegalHoldEmpty, MalformedRequest, RateLimited, RequestTimeout,
            ScopeMissing, StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                legal_hold = client.legal_holds.create(
                    matter="Case 7/2026",
                    reason="Pending litigation",
                    receipt_ids=["01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"],
                )
                print(legal_hold)
        """
        return await self._call(
            _CREATE,
            {
                "matter": matter,
                "reason": reason,
                "debate_id": debate_id,
                "issued_from": issued_from,
                "issued_to": issued_to,
                "participant": participant,
                "receipt_ids": receipt_ids,
            },
            request_options,
        )

    async def release(
        self, legal_hold_id: str, *, request_options: RequestOptions | None = None
    ) -> LegalHold:
        """Release a legal hold.

        It holds nothing from now on, and stays in the list. A leaf of the log says so. Repeating it
        changes nothing.

        Args:
            legal_hold_id: The legal hold.

        Raises:
            InternalError, InvalidRequest, LegalHoldNotFound, NotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            legal_hold_id = "01943f81-1a2b-7c3d-8e4f-5a6b7c8d9e0f"

            with Aragora() as client:
                legal_hold = client.legal_holds.release(legal_hold_id)
                print(legal_hold)
        """
        return await self._call(
            _RELEASE,
            {
                "legal_hold_id": legal_hold_id,
            },
            request_options,
        )
