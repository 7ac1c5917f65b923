# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.usage_links`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.usage_links import SharedUsage, UsageLink, UsageLinkCreated, UsageLinkPage


def _SharedUsage() -> type[SharedUsage]:
    from aragora.types import SharedUsage

    return SharedUsage


def _UsageLinkCreated() -> type[UsageLinkCreated]:
    from aragora.types import UsageLinkCreated

    return UsageLinkCreated


def _UsageLinkPage() -> type[UsageLinkPage]:
    from aragora.types import UsageLinkPage

    return UsageLinkPage


_VIEWER: Op[str] = Op(
    id="getSharedUsagePage",
    method="GET",
    path="/v1/shared-usage",
    reads="text",
    accept="text/html; charset=utf-8",
    repeatable=True,
    public=True,
)
_OPEN: Op[SharedUsage] = Op(
    id="openSharedUsage",
    method="GET",
    path="/v1/shared-usage/{token}",
    returns=_SharedUsage,
    repeatable=True,
    public=True,
)
_LIST: Op[UsageLinkPage] = Op(
    id="listUsageLinks",
    method="GET",
    path="/v1/usage/share-links",
    returns=_UsageLinkPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[UsageLinkCreated] = Op(
    id="createUsageLink",
    method="POST",
    path="/v1/usage/share-links",
    returns=_UsageLinkCreated,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_REVOKE: Op[None] = Op(
    id="revokeUsageLink",
    method="DELETE",
    path="/v1/usage/share-links/{link_id}",
    reads="empty",
    repeatable=True,
)


class UsageLinksResource(Resource):
    """Operations on usage links."""

    def viewer(self, *, request_options: RequestOptions | None = None) -> str:
        """The page of shared usage reports.

        A page that takes the token from the fragment of its own address, which no server is sent,
        and shows the report, anew every minute.

        Raises:
            InternalError, InvalidRequest, RateLimited

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.usage_links.viewer())
        """
        return self._call(_VIEWER, {}, request_options)

    def open(self, token: str, *, request_options: RequestOptions | None = None) -> SharedUsage:
        """Open a shared usage report.

        The report of the link with the figures of this moment. Needs no key. Every use is counted.
        Unknown, expired and revoked links are not told apart.

        Args:
            token: The token of a link.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ShareLinkNotFound, StorageFull

        Example:
            from aragora import Aragora

            token = "ZXhhbXBsZS1vZi1hLXRva2VuLW5vdC1hLXJlYWwtMQ-"

            with Aragora() as client:
                shared_usage = client.usage_links.open(token)
                print(shared_usage)
        """
        return self._call(
            _OPEN,
            {
                "token": token,
            },
            request_options,
        )

    def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[UsageLink]:
        """List the links to usage reports.

        Links of the workspace without their tokens, newest first; expired and revoked ones too.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, NotFound, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for usage_link in client.usage_links.list(limit=20):
                    print(usage_link)
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
        expires_at: datetime | str | Omit = OMIT,
        first_day: str | Omit = OMIT,
        group_by: Literal[
            "day",
            "week",
            "month",
            "agent",
            "provider",
            "model",
            "protocol",
            "tag",
            "api_key",
            "budget",
        ]
        | Omit = OMIT,
        last_day: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        title: str | Omit = OMIT,
        top: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> UsageLinkCreated:
        """Share a usage report.

        Makes a link that shows one report without a key: its days, its zone and what it adds up by
        are fixed, its figures are those of the moment when it is opened. It shows no questions, and
        no budgets beside those that it adds up by. The token is shown this once; the server keeps
        its SHA-256.

        Args:
            expires_at: When it ends, at most 720 hours from now; that, when absent.
            first_day: The first day of the report; without it the first of the last day's
                month.
            group_by: What to add up by; default `day`. Never by debate, for that would show
                questions.
            last_day: The last day of the report, and the whole of it; without it the last of
                this month.
            timezone: The IANA time zone in which a day begins, such as `Europe/Berlin`; default
                `UTC`.
            title: What the report is called for whoever opens the link; they see it.
            top: How many groups to show, the dearest first; default 100.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError, InvalidPeriod,
            InvalidRange, InvalidRequest, MalformedRequest, NotFound, RateLimited, RequestTimeout,
            ScopeMissing, ShareLinkExpiryInvalid, StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                usage_link_created = client.usage_links.create(
                    first_day="2026-11-01",
                    group_by="tag",
                    last_day="2026-11-30",
                    timezone="Europe/Berlin",
                    title="November, for the accountant",
                )
                print(usage_link_created)
        """
        return self._call(
            _CREATE,
            {
                "expires_at": expires_at,
                "first_day": first_day,
                "group_by": group_by,
                "last_day": last_day,
                "timezone": timezone,
                "title": title,
                "top": top,
            },
            request_options,
        )

    def revoke(self, link_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Revoke a link.

        The link opens nothing from now on and stays in the list as revoked. Repeating it changes
        nothing.

        Args:
            link_id: The link.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing, ShareLinkNotFound,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            link_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.usage_links.revoke(link_id)
        """
        return self._call(
            _REVOKE,
            {
                "link_id": link_id,
            },
            request_options,
        )


class AsyncUsageLinksResource(AsyncResource):
    """Operations on usage links."""

    async def viewer(self, *, request_options: RequestOptions | None = None) -> str:
        """The page of shared usage reports.

        A page that takes the token from the fragment of its own address, which no server is sent,
        and shows the report, anew every minute.

        Raises:
            InternalError, InvalidRequest, RateLimited

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.usage_links.viewer())
        """
        return await self._call(_VIEWER, {}, request_options)

    async def open(
        self, token: str, *, request_options: RequestOptions | None = None
    ) -> SharedUsage:
        """Open a shared usage report.

        The report of the link with the figures of this moment. Needs no key. Every use is counted.
        Unknown, expired and revoked links are not told apart.

        Args:
            token: The token of a link.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ShareLinkNotFound, StorageFull

        Example:
            from aragora import Aragora

            token = "ZXhhbXBsZS1vZi1hLXRva2VuLW5vdC1hLXJlYWwtMQ-"

            with Aragora() as client:
                shared_usage = client.usage_links.open(token)
                print(shared_usage)
        """
        return await self._call(
            _OPEN,
            {
                "token": token,
            },
            request_options,
        )

    async def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[UsageLink]:
        """List the links to usage reports.

        Links of the workspace without their tokens, newest first; expired and revoked ones too.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, NotFound, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for usage_link in client.usage_links.list(limit=20):
                    print(usage_link)
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
        expires_at: datetime | str | Omit = OMIT,
        first_day: str | Omit = OMIT,
        group_by: Literal[
            "day",
            "week",
            "month",
            "agent",
            "provider",
            "model",
            "protocol",
            "tag",
            "api_key",
            "budget",
        ]
        | Omit = OMIT,
        last_day: str | Omit = OMIT,
        timezone: str | Omit = OMIT,
        title: str | Omit = OMIT,
        top: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> UsageLinkCreated:
        """Share a usage report.

        Makes a link that shows one report without a key: its days, its zone and what it adds up by
        are fixed, its figures are those of the moment when it is opened. It shows no questions, and
        no budgets beside those that it adds up by. The token is shown this once; the server keeps
        its SHA-256.

        Args:
            expires_at: When it ends, at most 720 hours from now; that, when absent.
            first_day: The first day of the report; without it the first of the last day's
                month.
            group_by: What to add up by; default `day`. Never by debate, for that would show
                questions.
            last_day: The last day of the report, and the whole of it; without it the last of
                this month.
            timezone: The IANA time zone in which a day begins, such as `Europe/Berlin`; default
                `UTC`.
            title: What the report is called for whoever opens the link; they see it.
            top: How many groups to show, the dearest first; default 100.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError, InvalidPeriod,
            InvalidRange, InvalidRequest, MalformedRequest, NotFound, RateLimited, RequestTimeout,
            ScopeMissing, ShareLinkExpiryInvalid, StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                usage_link_created = client.usage_links.create(
                    first_day="2026-11-01",
                    group_by="tag",
                    last_day="2026-11-30",
                    timezone="Europe/Berlin",
                    title="November, for the accountant",
                )
                print(usage_link_created)
        """
        return await self._call(
            _CREATE,
            {
                "expires_at": expires_at,
                "first_day": first_day,
                "group_by": group_by,
                "last_day": last_day,
                "timezone": timezone,
                "title": title,
                "top": top,
            },
            request_options,
        )

    async def revoke(self, link_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Revoke a link.

        The link opens nothing from now on and stays in the list as revoked. Repeating it changes
        nothing.

        Args:
            link_id: The link.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing, ShareLinkNotFound,
            StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            link_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.usage_links.revoke(link_id)
        """
        return await self._call(
            _REVOKE,
            {
                "link_id": link_id,
            },
            request_options,
        )
