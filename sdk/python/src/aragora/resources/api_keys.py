# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.api_keys`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.account import ApiKey, ApiKeyCreated, ApiKeyPage


def _ApiKeyCreated() -> type[ApiKeyCreated]:
    from aragora.types import ApiKeyCreated

    return ApiKeyCreated


def _ApiKeyPage() -> type[ApiKeyPage]:
    from aragora.types import ApiKeyPage

    return ApiKeyPage


_LIST: Op[ApiKeyPage] = Op(
    id="listApiKeys",
    method="GET",
    path="/v1/api-keys",
    returns=_ApiKeyPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[ApiKeyCreated] = Op(
    id="createApiKey",
    method="POST",
    path="/v1/api-keys",
    returns=_ApiKeyCreated,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_REVOKE: Op[None] = Op(
    id="revokeApiKey",
    method="DELETE",
    path="/v1/api-keys/{api_key_id}",
    reads="empty",
    repeatable=True,
)


class ApiKeysResource(Resource):
    """Operations on api keys."""

    def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[ApiKey]:
        """List API keys.

        Keys of the workspace without their secrets, newest first; revoked ones too.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for api_key in client.api_keys.list(limit=20):
                    print(api_key)
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
        name: str,
        scopes: Sequence[
            Literal[
                "debates:read",
                "debates:write",
                "agents:read",
                "receipts:read",
                "receipts:write",
                "receipts:export",
                "receipts:share",
                "receipts:erase",
                "receipts:hold",
                "receipts:retain",
                "budgets:read",
                "budgets:write",
                "budgets:override",
                "prices:read",
                "prices:write",
                "budgets:adjust",
                "usage:read",
                "usage:share",
                "webhooks:read",
                "webhooks:write",
                "jobs:read",
                "jobs:write",
                "account:read",
                "keys:read",
                "keys:write",
            ]
        ],
        request_options: RequestOptions | None = None,
    ) -> ApiKeyCreated:
        """Create an API key.

        Makes a key and shows its secret this once. A key can pass on only scopes that it has
        itself.

        Args:
            name: What the key is for.
            scopes: What the key may do; never more than the key that makes it.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, RateLimited, RequestTimeout, ScopeEscalation,
            ScopeMissing, StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                api_key_created = client.api_keys.create(
                    name="CI",
                    scopes=["debates:read", "debates:write"],
                )
                print(api_key_created)
        """
        return self._call(
            _CREATE,
            {
                "name": name,
                "scopes": scopes,
            },
            request_options,
        )

    def revoke(self, api_key_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Revoke an API key.

        The key stops working at once and stays in the list as revoked. Repeating it changes
        nothing.

        Args:
            api_key_id: The API key.

        Raises:
            ApiKeyNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            api_key_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.api_keys.revoke(api_key_id)
        """
        return self._call(
            _REVOKE,
            {
                "api_key_id": api_key_id,
            },
            request_options,
        )


class AsyncApiKeysResource(AsyncResource):
    """Operations on api keys."""

    async def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[ApiKey]:
        """List API keys.

        Keys of the workspace without their secrets, newest first; revoked ones too.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for api_key in client.api_keys.list(limit=20):
                    print(api_key)
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
        name: str,
        scopes: Sequence[
            Literal[
                "debates:read",
                "debates:write",
                "agents:read",
                "receipts:read",
                "receipts:write",
                "receipts:export",
                "receipts:share",
                "receipts:erase",
                "receipts:hold",
                "receipts:retain",
                "budgets:read",
                "budgets:write",
                "budgets:override",
                "prices:read",
                "prices:write",
                "budgets:adjust",
                "usage:read",
                "usage:share",
                "webhooks:read",
                "webhooks:write",
                "jobs:read",
                "jobs:write",
                "account:read",
                "keys:read",
                "keys:write",
            ]
        ],
        request_options: RequestOptions | None = None,
    ) -> ApiKeyCreated:
        """Create an API key.

        Makes a key and shows its secret this once. A key can pass on only scopes that it has
        itself.

        Args:
            name: What the key is for.
            scopes: What the key may do; never more than the key that makes it.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, RateLimited, RequestTimeout, ScopeEscalation,
            ScopeMissing, StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                api_key_created = client.api_keys.create(
                    name="CI",
                    scopes=["debates:read", "debates:write"],
                )
                print(api_key_created)
        """
        return await self._call(
            _CREATE,
            {
                "name": name,
                "scopes": scopes,
            },
            request_options,
        )

    async def revoke(
        self, api_key_id: str, *, request_options: RequestOptions | None = None
    ) -> None:
        """Revoke an API key.

        The key stops working at once and stays in the list as revoked. Repeating it changes
        nothing.

        Args:
            api_key_id: The API key.

        Raises:
            ApiKeyNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            api_key_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.api_keys.revoke(api_key_id)
        """
        return await self._call(
            _REVOKE,
            {
                "api_key_id": api_key_id,
            },
            request_options,
        )
