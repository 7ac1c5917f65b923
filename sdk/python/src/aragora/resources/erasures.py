# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.erasures`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.custody import ErasureResult


def _ErasureResult() -> type[ErasureResult]:
    from aragora.types import ErasureResult

    return ErasureResult


_CREATE: Op[ErasureResult] = Op(
    id="eraseDisclosures",
    method="POST",
    path="/v1/receipts/{receipt_id}/erasures",
    returns=_ErasureResult,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)


class ErasuresResource(Resource):
    """Operations on erasures."""

    def create(
        self,
        receipt_id: str,
        *,
        legal_basis: str,
        participant: str | Omit = OMIT,
        parts: Sequence[
            Literal[
                "question",
                "participants",
                "options",
                "ballots",
                "verdict",
                "dissent",
                "transcript",
                "evidence",
            ]
        ]
        | Omit = OMIT,
        paths: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> ErasureResult:
        """Erase texts of a receipt.

        Deletes the chosen texts with their salts, for good: from the receipt, the search index, the
        debate with its events and messages, kept answers and shared links. Comments in its feedback
        go too. All proofs stay valid, and a leaf of the log says that they were erased. Texts that
        are gone already are passed over; comments that were given since go all the same.

        Args:
            receipt_id: The receipt.
            legal_basis: Why, as a code such as `gdpr_art_17`. It is part of every bundle from
                now on.
            participant: Every text of this participant: name, persona, role, ballots, dissent
                and messages. The id is that of the signed bytes, such as `p3`.
            parts: Every text of these parts.
            paths: The texts of these digests.

        Raises:
            BodyTooLarge, ErasureEmpty, ErasurePathUnknown, IdempotencyInProgress,
            IdempotencyKeyReused, InternalError, InvalidRequest, LegalHoldActive, MalformedRequest,
            NotFound, RateLimited, ReceiptErased, ReceiptNotFound, RequestTimeout, ScopeMissing,
            StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                erasure_result = client.erasures.create(
                    receipt_id,
                    legal_basis="gdpr_art_17",
                    parts=["question"],
                )
                print(erasure_result)
        """
        return self._call(
            _CREATE,
            {
                "receipt_id": receipt_id,
                "legal_basis": legal_basis,
                "participant": participant,
                "parts": parts,
                "paths": paths,
            },
            request_options,
        )


class AsyncErasuresResource(AsyncResource):
    """Operations on erasures."""

    async def create(
        self,
        receipt_id: str,
        *,
        legal_basis: str,
        participant: str | Omit = OMIT,
        parts: Sequence[
            Literal[
                "question",
                "participants",
                "options",
                "ballots",
                "verdict",
                "dissent",
                "transcript",
                "evidence",
            ]
        ]
        | Omit = OMIT,
        paths: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> ErasureResult:
        """Erase texts of a receipt.

        Deletes the chosen texts with their salts, for good: from the receipt, the search index, the
        debate with its events and messages, kept answers and shared links. Comments in its feedback
        go too. All proofs stay valid, and a leaf of the log says that they were erased. Texts that
        are gone already are passed over; comments that were given since go all the same.

        Args:
            receipt_id: The receipt.
            legal_basis: Why, as a code such as `gdpr_art_17`. It is part of every bundle from
                now on.
            participant: Every text of this participant: name, persona, role, ballots, dissent
                and messages. The id is that of the signed bytes, such as `p3`.
            parts: Every text of these parts.
            paths: The texts of these digests.

        Raises:
            BodyTooLarge, ErasureEmpty, ErasurePathUnknown, IdempotencyInProgress,
            IdempotencyKeyReused, InternalError, InvalidRequest, LegalHoldActive, MalformedRequest,
            NotFound, RateLimited, ReceiptErased, ReceiptNotFound, RequestTimeout, ScopeMissing,
            StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                erasure_result = client.erasures.create(
                    receipt_id,
                    legal_basis="gdpr_art_17",
                    parts=["question"],
                )
                print(erasure_result)
        """
        return await self._call(
            _CREATE,
            {
                "receipt_id": receipt_id,
                "legal_basis": legal_basis,
                "participant": participant,
                "parts": parts,
                "paths": paths,
            },
            request_options,
        )
