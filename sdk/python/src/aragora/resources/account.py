# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.account`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.account import Account


def _Account() -> type[Account]:
    from aragora.types import Account

    return Account


_GET: Op[Account] = Op(
    id="getAccount",
    method="GET",
    path="/v1/account",
    returns=_Account,
    repeatable=True,
)


class AccountResource(Resource):
    """Operations on account."""

    def get(self, *, request_options: RequestOptions | None = None) -> Account:
        """Who am I?.

        The workspace and the API key of the request.

        Raises:
            InternalError, InvalidRequest, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                account = client.account.get()
                print(account)
        """
        return self._call(_GET, {}, request_options)


class AsyncAccountResource(AsyncResource):
    """Operations on account."""

    async def get(self, *, request_options: RequestOptions | None = None) -> Account:
        """Who am I?.

        The workspace and the API key of the request.

        Raises:
            InternalError, InvalidRequest, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                account = client.account.get()
                print(account)
        """
        return await self._call(_GET, {}, request_options)
