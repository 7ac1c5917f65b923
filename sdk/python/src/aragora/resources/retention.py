# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.retention`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.custody import Retention


def _Retention() -> type[Retention]:
    from aragora.types import Retention

    return Retention


_GET: Op[Retention] = Op(
    id="getRetention",
    method="GET",
    path="/v1/retention",
    returns=_Retention,
    repeatable=True,
)
_SET: Op[Retention] = Op(
    id="setRetention",
    method="PUT",
    path="/v1/retention",
    returns=_Retention,
    sends="application/json",
    repeatable=True,
)


class RetentionResource(Resource):
    """Operations on retention."""

    def get(self, *, request_options: RequestOptions | None = None) -> Retention:
        """How long things are kept.

        Seven calendar years, unless the workspace says otherwise.

        Raises:
            InternalError, InvalidRequest, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                retention = client.retention.get()
                print(retention)
        """
        return self._call(_GET, {}, request_options)

    def set(
        self,
        *,
        receipts: str,
        apply_to_existing: bool | Omit = OMIT,
        debates: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Retention:
        """Say how long things are kept.

        For what is issued from now on. What exists is kept longer when the period is longer; it is
        kept shorter only when `apply_to_existing` says so. Every change is recorded. What a legal
        hold covers stays.

        Args:
            receipts: Receipts, as an ISO 8601 duration of whole calendar years (`P7Y`) or of
                days (`P90D`); at least `P1D`.
            apply_to_existing: Whether what exists is kept shorter too; default false.
            debates: The words of debates beside their receipts (question, documents, answers,
                events), counted from the end of the debate. When it is left out, as long as
                receipts.

        Raises:
            BodyTooLarge, InternalError, InvalidRequest, MalformedRequest, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                retention = client.retention.set(receipts="P10Y", debates="P1Y")
                print(retention)
        """
        return self._call(
            _SET,
            {
                "receipts": receipts,
                "apply_to_existing": apply_to_existing,
                "debates": debates,
            },
            request_options,
        )


class AsyncRetentionResource(AsyncResource):
    """Operations on retention."""

    async def get(self, *, request_options: RequestOptions | None = None) -> Retention:
        """How long things are kept.

        Seven calendar years, unless the workspace says otherwise.

        Raises:
            InternalError, InvalidRequest, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                retention = client.retention.get()
                print(retention)
        """
        return await self._call(_GET, {}, request_options)

    async def set(
        self,
        *,
        receipts: str,
        apply_to_existing: bool | Omit = OMIT,
        debates: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Retention:
        """Say how long things are kept.

        For what is issued from now on. What exists is kept longer when the period is longer; it is
        kept shorter only when `apply_to_existing` says so. Every change is recorded. What a legal
        hold covers stays.

        Args:
            receipts: Receipts, as an ISO 8601 duration of whole calendar years (`P7Y`) or of
                days (`P90D`); at least `P1D`.
            apply_to_existing: Whether what exists is kept shorter too; default false.
            debates: The words of debates beside their receipts (question, documents, answers,
                events), counted from the end of the debate. When it is left out, as long as
                receipts.

        Raises:
            BodyTooLarge, InternalError, InvalidRequest, MalformedRequest, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                retention = client.retention.set(receipts="P10Y", debates="P1Y")
                print(retention)
        """
        return await self._call(
            _SET,
            {
                "receipts": receipts,
                "apply_to_existing": apply_to_existing,
                "debates": debates,
            },
            request_options,
        )
