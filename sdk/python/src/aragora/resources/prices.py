# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.prices`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.prices import AppliedPrice, Price, PricePage


def _AppliedPrice() -> type[AppliedPrice]:
    from aragora.types import AppliedPrice

    return AppliedPrice


def _PricePage() -> type[PricePage]:
    from aragora.types import PricePage

    return PricePage


_LIST: Op[PricePage] = Op(
    id="listPrices",
    method="GET",
    path="/v1/prices",
    returns=_PricePage,
    query=(
        "provider",
        "model",
        "at",
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_RESOLVE: Op[AppliedPrice] = Op(
    id="resolvePrice",
    method="GET",
    path="/v1/prices/resolve",
    returns=_AppliedPrice,
    query=(
        "provider",
        "model",
        "at",
    ),
    repeatable=True,
)


class PricesResource(Resource):
    """Operations on prices."""

    def list(
        self,
        *,
        provider: str | Omit = OMIT,
        model: str | Omit = OMIT,
        at: datetime | str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[Price]:
        """List prices.

        What models cost at an instant, by provider and model: the rates of whoever runs the server,
        and the snapshot that comes with it. The snapshot's source says of itself that its prices
        are not 100 % accurate. What a workspace has set for itself is not among them:
        `resolvePrice` says which price applies to its calls.

        Args:
            provider: Only prices of this provider.
            model: Only prices of models whose names begin like this.
            at: The instant; default now.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for price in client.prices.list(limit=20):
                    print(price)
        """
        return self._page(
            _LIST,
            {
                "provider": provider,
                "model": model,
                "at": at,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def resolve(
        self,
        *,
        provider: str,
        model: str,
        at: datetime | str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AppliedPrice:
        """Say which price applies.

        The price of a call of this workspace to a model at an instant, by the rule that calls are
        admitted by: an exact name that the workspace has set, then its longest prefix, then the
        rates of whoever runs the server, then the snapshot. A call that was made keeps the price
        that it was admitted at, whatever is set later.

        Args:
            provider: Who answers.
            model: The model, without its provider.
            at: The instant; default now.

        Raises:
            InternalError, InvalidRequest, ModelUnpriced, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                applied_price = client.prices.resolve(provider="scripted", model="scripted:careful")
                print(applied_price)
        """
        return self._call(
            _RESOLVE,
            {
                "provider": provider,
                "model": model,
                "at": at,
            },
            request_options,
        )


class AsyncPricesResource(AsyncResource):
    """Operations on prices."""

    async def list(
        self,
        *,
        provider: str | Omit = OMIT,
        model: str | Omit = OMIT,
        at: datetime | str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[Price]:
        """List prices.

        What models cost at an instant, by provider and model: the rates of whoever runs the server,
        and the snapshot that comes with it. The snapshot's source says of itself that its prices
        are not 100 % accurate. What a workspace has set for itself is not among them:
        `resolvePrice` says which price applies to its calls.

        Args:
            provider: Only prices of this provider.
            model: Only prices of models whose names begin like this.
            at: The instant; default now.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for price in client.prices.list(limit=20):
                    print(price)
        """
        return await self._page(
            _LIST,
            {
                "provider": provider,
                "model": model,
                "at": at,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def resolve(
        self,
        *,
        provider: str,
        model: str,
        at: datetime | str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AppliedPrice:
        """Say which price applies.

        The price of a call of this workspace to a model at an instant, by the rule that calls are
        admitted by: an exact name that the workspace has set, then its longest prefix, then the
        rates of whoever runs the server, then the snapshot. A call that was made keeps the price
        that it was admitted at, whatever is set later.

        Args:
            provider: Who answers.
            model: The model, without its provider.
            at: The instant; default now.

        Raises:
            InternalError, InvalidRequest, ModelUnpriced, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                applied_price = client.prices.resolve(provider="scripted", model="scripted:careful")
                print(applied_price)
        """
        return await self._call(
            _RESOLVE,
            {
                "provider": provider,
                "model": model,
                "at": at,
            },
            request_options,
        )
