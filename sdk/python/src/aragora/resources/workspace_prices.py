# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.workspace_prices`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.prices import (
        PriceTierCreate,
        PriceTierCreateParam,
        Repricing,
        WorkspacePrice,
        WorkspacePricePage,
    )


def _Repricing() -> type[Repricing]:
    from aragora.types import Repricing

    return Repricing


def _WorkspacePrice() -> type[WorkspacePrice]:
    from aragora.types import WorkspacePrice

    return WorkspacePrice


def _WorkspacePricePage() -> type[WorkspacePricePage]:
    from aragora.types import WorkspacePricePage

    return WorkspacePricePage


_LIST: Op[WorkspacePricePage] = Op(
    id="listWorkspacePrices",
    method="GET",
    path="/v1/workspace-prices",
    returns=_WorkspacePricePage,
    query=(
        "provider",
        "model",
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[WorkspacePrice] = Op(
    id="createWorkspacePrice",
    method="POST",
    path="/v1/workspace-prices",
    returns=_WorkspacePrice,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_END: Op[WorkspacePrice] = Op(
    id="endWorkspacePrice",
    method="POST",
    path="/v1/workspace-prices/{workspace_price_id}/end",
    returns=_WorkspacePrice,
)
_REPRICE: Op[Repricing] = Op(
    id="repriceLedger",
    method="POST",
    path="/v1/workspace-prices/{workspace_price_id}/reprice",
    returns=_Repricing,
    sends="application/json",
)


class WorkspacePricesResource(Resource):
    """Operations on workspace prices."""

    def list(
        self,
        *,
        provider: str | Omit = OMIT,
        model: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[WorkspacePrice]:
        """List prices of the workspace.

        All that the workspace ever set, newest first, also those that have ended: they are the
        history.

        Args:
            provider: Only prices of this provider.
            model: Only prices of models whose names begin like this.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for workspace_price in client.workspace_prices.list(limit=20):
                    print(workspace_price)
        """
        return self._page(
            _LIST,
            {
                "provider": provider,
                "model": model,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def create(
        self,
        *,
        provider: str,
        match: Literal["exact", "prefix"],
        model: str,
        tiers: Sequence[PriceTierCreateParam | PriceTierCreate],
        note: str | Omit = OMIT,
        request_fee_usd: str | Omit = OMIT,
        valid_from: datetime | str | Omit = OMIT,
        valid_to: datetime | str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> WorkspacePrice:
        """Set a price.

        A rate of the workspace's own: what it negotiated, or what its own models cost it. It comes
        before every other price from `valid_from` on. A price is never changed: one that holds
        without an end under the same name ends where this one begins, and stays to be read. Calls
        that were made keep the price that they were admitted at.

        Args:
            provider: Who answers, as `listProviders` names it.
            match: Whether `model` is the name of a model, or what the names of models begin
                with.
            model: The name, or the prefix; an empty prefix takes every model of the provider.
                The case of letters means nothing.
            tiers: The first is over 0 tokens, the others rise.
            note: Why, for whoever reads the history.
            request_fee_usd: What every call costs beside its tokens; nothing when absent.
            valid_from: When it begins, also in the past; now when absent.
            valid_to: When it ends; without an end when absent.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError, InvalidAmount,
            InvalidRequest, MalformedRequest, PriceInvalid, PriceOverlap, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, TooManyPrices, Unauthenticated,
            UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                workspace_price = client.workspace_prices.create(
                    provider="openai",
                    match="exact",
                    model="gpt-4o",
                    tiers=[
                        {
                            "cache_read_usd": "0.2",
                            "input_usd": "2",
                            "output_usd": "7",
                            "over_tokens": 0,
                        },
                    ],
                    note="Agreed for 2027",
                )
                print(workspace_price)
        """
        return self._call(
            _CREATE,
            {
                "provider": provider,
                "match": match,
                "model": model,
                "tiers": tiers,
                "note": note,
                "request_fee_usd": request_fee_usd,
                "valid_from": valid_from,
                "valid_to": valid_to,
            },
            request_options,
        )

    def end(
        self, workspace_price_id: str, *, request_options: RequestOptions | None = None
    ) -> WorkspacePrice:
        """End a price.

        The price holds no longer, from now on. One that was still to come is called off, and never
        held. What has ended stays as it is, so repeating it changes nothing.

        Args:
            workspace_price_id: The price.

        Raises:
            InternalError, InvalidRequest, NotFound, PriceNotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            workspace_price_id = "01943f84-1b2c-7d3e-8f4a-5b6c7d8e9f0a"

            with Aragora() as client:
                workspace_price = client.workspace_prices.end(workspace_price_id)
                print(workspace_price)
        """
        return self._call(
            _END,
            {
                "workspace_price_id": workspace_price_id,
            },
            request_options,
        )

    def reprice(
        self,
        workspace_price_id: str,
        *,
        starts_at: datetime | str,
        dry_run: bool | Omit = OMIT,
        ends_at: datetime | str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Repricing:
        """Re-price calls of the past.

        What calls of a time in the past cost, at this price instead of the one that they were
        admitted at: as if it had held then, by the same rule. Unless `dry_run` is false nothing is
        booked, and the answer says what it would come to. Each call whose usage is known gets one
        adjustment in every budget that it counts in, once for each price: what it cost less is free
        again, what it cost more is overage. Calls that somebody adjusted stay as they are. At most
        1,000 calls are re-priced at once; `calls_left` says how many come after them, and asking
        again goes on with those. It needs both scopes.

        Args:
            workspace_price_id: The price.
            starts_at: Calls that were reserved from this time on.
            dry_run: Whether only to say what it would come to; default true.
            ends_at: And before this one; now when absent.

        Raises:
            BodyTooLarge, InternalError, InvalidAmount, InvalidRequest, MalformedRequest, NotFound,
            PriceInvalid, PriceNotFound, RateLimited, RequestTimeout, ScopeMissing, StorageFull,
            Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            workspace_price_id = "01943f84-1b2c-7d3e-8f4a-5b6c7d8e9f0a"

            with Aragora() as client:
                repricing = client.workspace_prices.reprice(
                    workspace_price_id,
                    starts_at="2026-11-01T00:00:00Z",
                    dry_run=True,
                    ends_at="2026-11-22T00:00:00Z",
                )
                print(repricing)
        """
        return self._call(
            _REPRICE,
            {
                "workspace_price_id": workspace_price_id,
                "starts_at": starts_at,
                "dry_run": dry_run,
                "ends_at": ends_at,
            },
            request_options,
        )


class AsyncWorkspacePricesResource(AsyncResource):
    """Operations on workspace prices."""

    async def list(
        self,
        *,
        provider: str | Omit = OMIT,
        model: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[WorkspacePrice]:
        """List prices of the workspace.

        All that the workspace ever set, newest first, also those that have ended: they are the
        history.

        Args:
            provider: Only prices of this provider.
            model: Only prices of models whose names begin like this.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for workspace_price in client.workspace_prices.list(limit=20):
                    print(workspace_price)
        """
        return await self._page(
            _LIST,
            {
                "provider": provider,
                "model": model,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def create(
        self,
        *,
        provider: str,
        match: Literal["exact", "prefix"],
        model: str,
        tiers: Sequence[PriceTierCreateParam | PriceTierCreate],
        note: str | Omit = OMIT,
        request_fee_usd: str | Omit = OMIT,
        valid_from: datetime | str | Omit = OMIT,
        valid_to: datetime | str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> WorkspacePrice:
        """Set a price.

        A rate of the workspace's own: what it negotiated, or what its own models cost it. It comes
        before every other price from `valid_from` on. A price is never changed: one that holds
        without an end under the same name ends where this one begins, and stays to be read. Calls
        that were made keep the price that they were admitted at.

        Args:
            provider: Who answers, as `listProviders` names it.
            match: Whether `model` is the name of a model, or what the names of models begin
                with.
            model: The name, or the prefix; an empty prefix takes every model of the provider.
                The case of letters means nothing.
            tiers: The first is over 0 tokens, the others rise.
            note: Why, for whoever reads the history.
            request_fee_usd: What every call costs beside its tokens; nothing when absent.
            valid_from: When it begins, also in the past; now when absent.
            valid_to: When it ends; without an end when absent.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError, InvalidAmount,
            InvalidRequest, MalformedRequest, PriceInvalid, PriceOverlap, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, TooManyPrices, Unauthenticated,
            UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                workspace_price = client.workspace_prices.create(
                    provider="openai",
                    match="exact",
                    model="gpt-4o",
                    tiers=[
                        {
                            "cache_read_usd": "0.2",
                            "input_usd": "2",
                            "output_usd": "7",
                            "over_tokens": 0,
                        },
                    ],
                    note="Agreed for 2027",
                )
                print(workspace_price)
        """
        return await self._call(
            _CREATE,
            {
                "provider": provider,
                "match": match,
                "model": model,
                "tiers": tiers,
                "note": note,
                "request_fee_usd": request_fee_usd,
                "valid_from": valid_from,
                "valid_to": valid_to,
            },
            request_options,
        )

    async def end(
        self, workspace_price_id: str, *, request_options: RequestOptions | None = None
    ) -> WorkspacePrice:
        """End a price.

        The price holds no longer, from now on. One that was still to come is called off, and never
        held. What has ended stays as it is, so repeating it changes nothing.

        Args:
            workspace_price_id: The price.

        Raises:
            InternalError, InvalidRequest, NotFound, PriceNotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            workspace_price_id = "01943f84-1b2c-7d3e-8f4a-5b6c7d8e9f0a"

            with Aragora() as client:
                workspace_price = client.workspace_prices.end(workspace_price_id)
                print(workspace_price)
        """
        return await self._call(
            _END,
            {
                "workspace_price_id": workspace_price_id,
            },
            request_options,
        )

    async def reprice(
        self,
        workspace_price_id: str,
        *,
        starts_at: datetime | str,
        dry_run: bool | Omit = OMIT,
        ends_at: datetime | str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Repricing:
        """Re-price calls of the past.

        What calls of a time in the past cost, at this price instead of the one that they were
        admitted at: as if it had held then, by the same rule. Unless `dry_run` is false nothing is
        booked, and the answer says what it would come to. Each call whose usage is known gets one
        adjustment in every budget that it counts in, once for each price: what it cost less is free
        again, what it cost more is overage. Calls that somebody adjusted stay as they are. At most
        1,000 calls are re-priced at once; `calls_left` says how many come after them, and asking
        again goes on with those. It needs both scopes.

        Args:
            workspace_price_id: The price.
            starts_at: Calls that were reserved from this time on.
            dry_run: Whether only to say what it would come to; default true.
            ends_at: And before this one; now when absent.

        Raises:
            BodyTooLarge, InternalError, InvalidAmount, InvalidRequest, MalformedRequest, NotFound,
            PriceInvalid, PriceNotFound, RateLimited, RequestTimeout, ScopeMissing, StorageFull,
            Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            workspace_price_id = "01943f84-1b2c-7d3e-8f4a-5b6c7d8e9f0a"

            with Aragora() as client:
                repricing = client.workspace_prices.reprice(
                    workspace_price_id,
                    starts_at="2026-11-01T00:00:00Z",
                    dry_run=True,
                    ends_at="2026-11-22T00:00:00Z",
                )
                print(repricing)
        """
        return await self._call(
            _REPRICE,
            {
                "workspace_price_id": workspace_price_id,
                "starts_at": starts_at,
                "dry_run": dry_run,
                "ends_at": ends_at,
            },
            request_options,
        )
