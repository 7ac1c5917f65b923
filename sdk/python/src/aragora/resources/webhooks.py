# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.webhooks`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.webhooks import Webhook, WebhookCreated, WebhookPage, WebhookTest


def _Webhook() -> type[Webhook]:
    from aragora.types import Webhook

    return Webhook


def _WebhookCreated() -> type[WebhookCreated]:
    from aragora.types import WebhookCreated

    return WebhookCreated


def _WebhookPage() -> type[WebhookPage]:
    from aragora.types import WebhookPage

    return WebhookPage


def _WebhookTest() -> type[WebhookTest]:
    from aragora.types import WebhookTest

    return WebhookTest


_LIST: Op[WebhookPage] = Op(
    id="listWebhooks",
    method="GET",
    path="/v1/webhooks",
    returns=_WebhookPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[WebhookCreated] = Op(
    id="createWebhook",
    method="POST",
    path="/v1/webhooks",
    returns=_WebhookCreated,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_GET: Op[Webhook] = Op(
    id="getWebhook",
    method="GET",
    path="/v1/webhooks/{webhook_id}",
    returns=_Webhook,
    repeatable=True,
)
_UPDATE: Op[Webhook] = Op(
    id="updateWebhook",
    method="PATCH",
    path="/v1/webhooks/{webhook_id}",
    returns=_Webhook,
    sends="application/json",
)
_DELETE: Op[None] = Op(
    id="deleteWebhook",
    method="DELETE",
    path="/v1/webhooks/{webhook_id}",
    reads="empty",
    repeatable=True,
)
_ROTATE_SECRET: Op[WebhookCreated] = Op(
    id="rotateWebhookSecret",
    method="POST",
    path="/v1/webhooks/{webhook_id}/rotate-secret",
    returns=_WebhookCreated,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_TEST: Op[WebhookTest] = Op(
    id="testWebhook",
    method="POST",
    path="/v1/webhooks/{webhook_id}/test",
    returns=_WebhookTest,
    repeatable=True,
    takes_key=True,
)


class WebhooksResource(Resource):
    """Operations on webhooks."""

    def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[Webhook]:
        """List webhook endpoints.

        Endpoints of the workspace without their secrets, newest first. What was sent to them, and
        what could not be, is listed as jobs of the kind `send_webhook`, whose subject is the id of
        the endpoint.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for webhook in client.webhooks.list(limit=20):
                    print(webhook)
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
        url: str,
        description: str | Omit = OMIT,
        events: Sequence[
            Literal[
                "budget.threshold_reached",
                "budget.exhausted",
                "budget.overage_recorded",
                "budget.override_granted",
                "budget.hold_swept",
            ]
        ]
        | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> WebhookCreated:
        """Create a webhook endpoint.

        From now on events of the workspace are sent to this URL, signed after Standard Webhooks.
        The secret that signs them is shown this once. The URL has https and a public address,
        unless whoever runs the server allows others.

        Args:
            url: Where events are posted. No user name, no password and no fragment in it.
            description: What it is for; default: nothing.
            events: Which events are sent; default: all, also kinds that a later version adds.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, RateLimited, RequestTimeout, ScopeMissing,
            StorageFull, TooManyWebhooks, Unauthenticated, UnsupportedMediaType, WebhookUrlRefused

        Example:
            from aragora import Aragora

            with Aragora() as client:
                webhook_created = client.webhooks.create(
                    url="https://hooks.example.com/aragora",
                    description="Budget alerts to the finance channel",
                    events=["budget.threshold_reached", "budget.exhausted"],
                )
                print(webhook_created)
        """
        return self._call(
            _CREATE,
            {
                "url": url,
                "description": description,
                "events": events,
            },
            request_options,
        )

    def get(self, webhook_id: str, *, request_options: RequestOptions | None = None) -> Webhook:
        """Read a webhook endpoint.

        The endpoint as it is now, without its secret.

        Args:
            webhook_id: The webhook endpoint.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing, Unauthenticated,
            WebhookNotFound

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                webhook = client.webhooks.get(webhook_id)
                print(webhook)
        """
        return self._call(
            _GET,
            {
                "webhook_id": webhook_id,
            },
            request_options,
        )

    def update(
        self,
        webhook_id: str,
        *,
        description: str | Omit = OMIT,
        events: Sequence[
            Literal[
                "budget.threshold_reached",
                "budget.exhausted",
                "budget.overage_recorded",
                "budget.override_granted",
                "budget.hold_swept",
            ]
        ]
        | Omit = OMIT,
        state: Literal["enabled", "disabled"] | Omit = OMIT,
        url: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Webhook:
        """Change a webhook endpoint.

        Changes what is given and leaves the rest. An endpoint that answered 410 is disabled;
        `enabled` takes it up again. What was recorded before goes to the URL that stands now.

        Args:
            webhook_id: The webhook endpoint.
            description: What it is for.
            events: Which events are sent; all when the list is empty.
            state: Whether events are sent.
            url: Where events are posted from now on.

        Raises:
            BodyTooLarge, InternalError, InvalidRequest, MalformedRequest, NotFound, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, UnsupportedMediaType,
            WebhookNotFound, WebhookUrlRefused

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                webhook = client.webhooks.update(webhook_id, state="enabled")
                print(webhook)
        """
        return self._call(
            _UPDATE,
            {
                "webhook_id": webhook_id,
                "description": description,
                "events": events,
                "state": state,
                "url": url,
            },
            request_options,
        )

    def delete(self, webhook_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a webhook endpoint.

        Nothing is sent to it any more, not even what is recorded already. Its secrets are
        forgotten.

        Args:
            webhook_id: The webhook endpoint.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing, StorageFull,
            Unauthenticated, WebhookNotFound

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.webhooks.delete(webhook_id)
        """
        return self._call(
            _DELETE,
            {
                "webhook_id": webhook_id,
            },
            request_options,
        )

    def rotate_secret(
        self,
        webhook_id: str,
        *,
        overlap_hours: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> WebhookCreated:
        """Change the secret of an endpoint.

        Makes a new secret, shown this once. For `overlap_hours` both secrets sign what is sent, so
        that a receiver can be changed at leisure; an older one ends at once.

        Args:
            webhook_id: The webhook endpoint.
            overlap_hours: How long the old secret still signs beside the new one; default 24.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, NotFound, RateLimited, RequestTimeout, ScopeMissing,
            StorageFull, Unauthenticated, UnsupportedMediaType, WebhookNotFound

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                webhook_created = client.webhooks.rotate_secret(webhook_id, overlap_hours=24)
                print(webhook_created)
        """
        return self._call(
            _ROTATE_SECRET,
            {
                "webhook_id": webhook_id,
                "overlap_hours": overlap_hours,
            },
            request_options,
        )

    def test(
        self, webhook_id: str, *, request_options: RequestOptions | None = None
    ) -> WebhookTest:
        """Send a test event.

        Records an event `webhook.test` for this endpoint alone, whatever events it asks for. The
        job that is named tells how it went.

        Args:
            webhook_id: The webhook endpoint.

        Raises:
            IdempotencyInProgress, IdempotencyKeyReused, InternalError, InvalidRequest,
            MalformedRequest, NotFound, RateLimited, ScopeMissing, StorageFull, Unauthenticated,
            WebhookDisabled, WebhookNotFound

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                webhook_test = client.webhooks.test(webhook_id)
                print(webhook_test)
        """
        return self._call(
            _TEST,
            {
                "webhook_id": webhook_id,
            },
            request_options,
        )


class AsyncWebhooksResource(AsyncResource):
    """Operations on webhooks."""

    async def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[Webhook]:
        """List webhook endpoints.

        Endpoints of the workspace without their secrets, newest first. What was sent to them, and
        what could not be, is listed as jobs of the kind `send_webhook`, whose subject is the id of
        the endpoint.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for webhook in client.webhooks.list(limit=20):
                    print(webhook)
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
        url: str,
        description: str | Omit = OMIT,
        events: Sequence[
            Literal[
                "budget.threshold_reached",
                "budget.exhausted",
                "budget.overage_recorded",
                "budget.override_granted",
                "budget.hold_swept",
            ]
        ]
        | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> WebhookCreated:
        """Create a webhook endpoint.

        From now on events of the workspace are sent to this URL, signed after Standard Webhooks.
        The secret that signs them is shown this once. The URL has https and a public address,
        unless whoever runs the server allows others.

        Args:
            url: Where events are posted. No user name, no password and no fragment in it.
            description: What it is for; default: nothing.
            events: Which events are sent; default: all, also kinds that a later version adds.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, RateLimited, RequestTimeout, ScopeMissing,
            StorageFull, TooManyWebhooks, Unauthenticated, UnsupportedMediaType, WebhookUrlRefused

        Example:
            from aragora import Aragora

            with Aragora() as client:
                webhook_created = client.webhooks.create(
                    url="https://hooks.example.com/aragora",
                    description="Budget alerts to the finance channel",
                    events=["budget.threshold_reached", "budget.exhausted"],
                )
                print(webhook_created)
        """
        return await self._call(
            _CREATE,
            {
                "url": url,
                "description": description,
                "events": events,
            },
            request_options,
        )

    async def get(
        self, webhook_id: str, *, request_options: RequestOptions | None = None
    ) -> Webhook:
        """Read a webhook endpoint.

        The endpoint as it is now, without its secret.

        Args:
            webhook_id: The webhook endpoint.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing, Unauthenticated,
            WebhookNotFound

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                webhook = client.webhooks.get(webhook_id)
                print(webhook)
        """
        return await self._call(
            _GET,
            {
                "webhook_id": webhook_id,
            },
            request_options,
        )

    async def update(
        self,
        webhook_id: str,
        *,
        description: str | Omit = OMIT,
        events: Sequence[
            Literal[
                "budget.threshold_reached",
                "budget.exhausted",
                "budget.overage_recorded",
                "budget.override_granted",
                "budget.hold_swept",
            ]
        ]
        | Omit = OMIT,
        state: Literal["enabled", "disabled"] | Omit = OMIT,
        url: str | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Webhook:
        """Change a webhook endpoint.

        Changes what is given and leaves the rest. An endpoint that answered 410 is disabled;
        `enabled` takes it up again. What was recorded before goes to the URL that stands now.

        Args:
            webhook_id: The webhook endpoint.
            description: What it is for.
            events: Which events are sent; all when the list is empty.
            state: Whether events are sent.
            url: Where events are posted from now on.

        Raises:
            BodyTooLarge, InternalError, InvalidRequest, MalformedRequest, NotFound, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, UnsupportedMediaType,
            WebhookNotFound, WebhookUrlRefused

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                webhook = client.webhooks.update(webhook_id, state="enabled")
                print(webhook)
        """
        return await self._call(
            _UPDATE,
            {
                "webhook_id": webhook_id,
                "description": description,
                "events": events,
                "state": state,
                "url": url,
            },
            request_options,
        )

    async def delete(
        self, webhook_id: str, *, request_options: RequestOptions | None = None
    ) -> None:
        """Delete a webhook endpoint.

        Nothing is sent to it any more, not even what is recorded already. Its secrets are
        forgotten.

        Args:
            webhook_id: The webhook endpoint.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing, StorageFull,
            Unauthenticated, WebhookNotFound

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.webhooks.delete(webhook_id)
        """
        return await self._call(
            _DELETE,
            {
                "webhook_id": webhook_id,
            },
            request_options,
        )

    async def rotate_secret(
        self,
        webhook_id: str,
        *,
        overlap_hours: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> WebhookCreated:
        """Change the secret of an endpoint.

        Makes a new secret, shown this once. For `overlap_hours` both secrets sign what is sent, so
        that a receiver can be changed at leisure; an older one ends at once.

        Args:
            webhook_id: The webhook endpoint.
            overlap_hours: How long the old secret still signs beside the new one; default 24.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, NotFound, RateLimited, RequestTimeout, ScopeMissing,
            StorageFull, Unauthenticated, UnsupportedMediaType, WebhookNotFound

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                webhook_created = client.webhooks.rotate_secret(webhook_id, overlap_hours=24)
                print(webhook_created)
        """
        return await self._call(
            _ROTATE_SECRET,
            {
                "webhook_id": webhook_id,
                "overlap_hours": overlap_hours,
            },
            request_options,
        )

    async def test(
        self, webhook_id: str, *, request_options: RequestOptions | None = None
    ) -> WebhookTest:
        """Send a test event.

        Records an event `webhook.test` for this endpoint alone, whatever events it asks for. The
        job that is named tells how it went.

        Args:
            webhook_id: The webhook endpoint.

        Raises:
            IdempotencyInProgress, IdempotencyKeyReused, InternalError, InvalidRequest,
            MalformedRequest, NotFound, RateLimited, ScopeMissing, StorageFull, Unauthenticated,
            WebhookDisabled, WebhookNotFound

        Example:
            from aragora import Aragora

            webhook_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                webhook_test = client.webhooks.test(webhook_id)
                print(webhook_test)
        """
        return await self._call(
            _TEST,
            {
                "webhook_id": webhook_id,
            },
            request_options,
        )
