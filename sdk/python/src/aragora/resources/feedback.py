# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.feedback`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.feedback import ReceiptFeedback


def _ReceiptFeedback() -> type[ReceiptFeedback]:
    from aragora.types import ReceiptFeedback

    return ReceiptFeedback


_GET: Op[ReceiptFeedback] = Op(
    id="getFeedback",
    method="GET",
    path="/v1/receipts/{receipt_id}/feedback",
    returns=_ReceiptFeedback,
    repeatable=True,
)
_PUT: Op[ReceiptFeedback] = Op(
    id="putFeedback",
    method="PUT",
    path="/v1/receipts/{receipt_id}/feedback",
    returns=_ReceiptFeedback,
    sends="application/json",
    repeatable=True,
)


class FeedbackResource(Resource):
    """Operations on feedback."""

    def get(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> ReceiptFeedback:
        """Read the feedback on a receipt.

        What was said last of the decision, and what was said before it.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                receipt_feedback = client.feedback.get(receipt_id)
                print(receipt_feedback)
        """
        return self._call(
            _GET,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    def put(
        self,
        receipt_id: str,
        *,
        useful: bool,
        comment: str | Omit = OMIT,
        outcome: Literal["held", "reversed", "dissent_was_right"] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> ReceiptFeedback:
        """Say what became of a decision.

        Whether the decision was useful, how it turned out, and why. It stands beside the receipt
        and changes nothing in it. Said anew, the last counts, and what was said before stays to be
        read. Comments go when a text of the receipt is erased, and all of it with the receipt.

        Args:
            receipt_id: The receipt.
            useful: Whether the decision was of use.
            comment: Why.
            outcome: How it turned out; left out while nobody knows.

        Raises:
            BodyTooLarge, InternalError, InvalidRequest, MalformedRequest, NotFound, RateLimited,
            ReceiptErased, ReceiptNotFound, RequestTimeout, ScopeMissing, StorageFull,
            Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                receipt_feedback = client.feedback.put(
                    receipt_id,
                    useful=True,
                    comment="Shipped, and nobody called.",
                    outcome="held",
                )
                print(receipt_feedback)
        """
        return self._call(
            _PUT,
            {
                "receipt_id": receipt_id,
                "useful": useful,
                "comment": comment,
                "outcome": outcome,
            },
            request_options,
        )


class AsyncFeedbackResource(AsyncResource):
    """Operations on feedback."""

    async def get(
        self, receipt_id: str, *, request_options: RequestOptions | None = None
    ) -> ReceiptFeedback:
        """Read the feedback on a receipt.

        What was said last of the decision, and what was said before it.

        Args:
            receipt_id: The receipt.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                receipt_feedback = client.feedback.get(receipt_id)
                print(receipt_feedback)
        """
        return await self._call(
            _GET,
            {
                "receipt_id": receipt_id,
            },
            request_options,
        )

    async def put(
        self,
        receipt_id: str,
        *,
        useful: bool,
        comment: str | Omit = OMIT,
        outcome: Literal["held", "reversed", "dissent_was_right"] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> ReceiptFeedback:
        """Say what became of a decision.

        Whether the decision was useful, how it turned out, and why. It stands beside the receipt
        and changes nothing in it. Said anew, the last counts, and what was said before stays to be
        read. Comments go when a text of the receipt is erased, and all of it with the receipt.

        Args:
            receipt_id: The receipt.
            useful: Whether the decision was of use.
            comment: Why.
            outcome: How it turned out; left out while nobody knows.

        Raises:
            BodyTooLarge, InternalError, InvalidRequest, MalformedRequest, NotFound, RateLimited,
            ReceiptErased, ReceiptNotFound, RequestTimeout, ScopeMissing, StorageFull,
            Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                receipt_feedback = client.feedback.put(
                    receipt_id,
                    useful=True,
                    comment="Shipped, and nobody called.",
                    outcome="held",
                )
                print(receipt_feedback)
        """
        return await self._call(
            _PUT,
            {
                "receipt_id": receipt_id,
                "useful": useful,
                "comment": comment,
                "outcome": outcome,
            },
            request_options,
        )
