# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.share_links`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora._core.response import BinaryResponse
    from aragora.types.sharing import ShareLink, ShareLinkCreated, ShareLinkPage


def _ShareLinkCreated() -> type[ShareLinkCreated]:
    from aragora.types import ShareLinkCreated

    return ShareLinkCreated


def _ShareLinkPage() -> type[ShareLinkPage]:
    from aragora.types import ShareLinkPage

    return ShareLinkPage


_LIST: Op[ShareLinkPage] = Op(
    id="listShareLinks",
    method="GET",
    path="/v1/receipts/{receipt_id}/share-links",
    returns=_ShareLinkPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[ShareLinkCreated] = Op(
    id="createShareLink",
    method="POST",
    path="/v1/receipts/{receipt_id}/share-links",
    returns=_ShareLinkCreated,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_REVOKE: Op[None] = Op(
    id="revokeShareLink",
    method="DELETE",
    path="/v1/receipts/{receipt_id}/share-links/{link_id}",
    reads="empty",
    repeatable=True,
)
_VIEWER: Op[str] = Op(
    id="getSharedReceiptPage",
    method="GET",
    path="/v1/shared-receipts",
    reads="text",
    accept="text/html; charset=utf-8",
    repeatable=True,
    public=True,
)
_OPEN: Op[BinaryResponse] = Op(
    id="openSharedReceipt",
    method="GET",
    path="/v1/shared-receipts/{token}",
    reads="binary",
    accept="application/vnd.aragora.receipt-bundle+json",
    repeatable=True,
    public=True,
)


class ShareLinksResource(Resource):
    """Operations on share links."""

    def list(
        self,
        receipt_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[ShareLink]:
        """List the links of a receipt.

        Links of the receipt without their tokens, newest first; expired and revoked ones too.

        Args:
            receipt_id: The receipt.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, NotFound, RateLimited,
            ReceiptErased, ReceiptNotFound, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                for share_link in client.share_links.list(receipt_id, limit=20):
                    print(share_link)
        """
        return self._page(
            _LIST,
            {
                "receipt_id": receipt_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def create(
        self,
        receipt_id: str,
        *,
        disclose: Sequence[
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
        ],
        expires_at: datetime | str | Omit = OMIT,
        max_uses: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> ShareLinkCreated:
        """Share a receipt.

        Makes a link that shows this receipt without a key, with only the texts that are named here.
        The token is shown this once; the server keeps its SHA-256. Every use is counted and
        recorded.

        Args:
            receipt_id: The receipt.
            disclose: The parts whose texts the link shows. What is signed in clear, such as
                tally and cost, shows always.
            expires_at: When it ends, at most 720 hours from now; 24 hours when absent.
            max_uses: How often it can be opened; default 100.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            RequestTimeout, ScopeMissing, ShareLinkExpiryInvalid, StorageFull, Unauthenticated,
            UnsupportedMediaType

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                share_link_created = client.share_links.create(
                    receipt_id,
                    disclose=["question", "verdict"],
                    max_uses=5,
                )
                print(share_link_created)
        """
        return self._call(
            _CREATE,
            {
                "receipt_id": receipt_id,
                "disclose": disclose,
                "expires_at": expires_at,
                "max_uses": max_uses,
            },
            request_options,
        )

    def revoke(
        self, receipt_id: str, link_id: str, *, request_options: RequestOptions | None = None
    ) -> None:
        """Revoke a link.

        The link opens nothing from now on and stays in the list as revoked. Repeating it changes
        nothing.

        Args:
            receipt_id: The receipt.
            link_id: The link.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ScopeMissing,
            ShareLinkNotFound, StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"
            link_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.share_links.revoke(receipt_id, link_id)
        """
        return self._call(
            _REVOKE,
            {
                "receipt_id": receipt_id,
                "link_id": link_id,
            },
            request_options,
        )

    def viewer(self, *, request_options: RequestOptions | None = None) -> str:
        """The page of shared receipts.

        A page that takes the token from the fragment of its own address, which no server is sent,
        opens the receipt and verifies it in the browser.

        Raises:
            InternalError, InvalidRequest, RateLimited

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.share_links.viewer())
        """
        return self._call(_VIEWER, {}, request_options)

    def open(self, token: str, *, request_options: RequestOptions | None = None) -> BinaryResponse:
        """Open a shared receipt.

        The bundle with the texts that the link discloses; all others are withheld, and it verifies
        all the same. Needs no key. One use of the link. Unknown, expired, used up and revoked links
        are not told apart.

        Args:
            token: The token of a link.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ShareLinkNotFound, StorageFull

        Example:
            from aragora import Aragora

            token = "ZXhhbXBsZS1vZi1hLXRva2VuLW5vdC1hLXJlYWwtMQ-"

            with Aragora() as client:
                client.share_links.open(token).save("receipt.json")
        """
        return self._call(
            _OPEN,
            {
                "token": token,
            },
            request_options,
        )


class AsyncShareLinksResource(AsyncResource):
    """Operations on share links."""

    async def list(
        self,
        receipt_id: str,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[ShareLink]:
        """List the links of a receipt.

        Links of the receipt without their tokens, newest first; expired and revoked ones too.

        Args:
            receipt_id: The receipt.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, NotFound, RateLimited,
            ReceiptErased, ReceiptNotFound, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                for share_link in client.share_links.list(receipt_id, limit=20):
                    print(share_link)
        """
        return await self._page(
            _LIST,
            {
                "receipt_id": receipt_id,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def create(
        self,
        receipt_id: str,
        *,
        disclose: Sequence[
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
        ],
        expires_at: datetime | str | Omit = OMIT,
        max_uses: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> ShareLinkCreated:
        """Share a receipt.

        Makes a link that shows this receipt without a key, with only the texts that are named here.
        The token is shown this once; the server keeps its SHA-256. Every use is counted and
        recorded.

        Args:
            receipt_id: The receipt.
            disclose: The parts whose texts the link shows. What is signed in clear, such as
                tally and cost, shows always.
            expires_at: When it ends, at most 720 hours from now; 24 hours when absent.
            max_uses: How often it can be opened; default 100.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, NotFound, RateLimited, ReceiptErased, ReceiptNotFound,
            RequestTimeout, ScopeMissing, ShareLinkExpiryInvalid, StorageFull, Unauthenticated,
            UnsupportedMediaType

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"

            with Aragora() as client:
                share_link_created = client.share_links.create(
                    receipt_id,
                    disclose=["question", "verdict"],
                    max_uses=5,
                )
                print(share_link_created)
        """
        return await self._call(
            _CREATE,
            {
                "receipt_id": receipt_id,
                "disclose": disclose,
                "expires_at": expires_at,
                "max_uses": max_uses,
            },
            request_options,
        )

    async def revoke(
        self, receipt_id: str, link_id: str, *, request_options: RequestOptions | None = None
    ) -> None:
        """Revoke a link.

        The link opens nothing from now on and stays in the list as revoked. Repeating it changes
        nothing.

        Args:
            receipt_id: The receipt.
            link_id: The link.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ReceiptErased, ScopeMissing,
            ShareLinkNotFound, StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            receipt_id = "01943f6f-02bc-7a11-8f0e-5d2c9b7a6e10"
            link_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                client.share_links.revoke(receipt_id, link_id)
        """
        return await self._call(
            _REVOKE,
            {
                "receipt_id": receipt_id,
                "link_id": link_id,
            },
            request_options,
        )

    async def viewer(self, *, request_options: RequestOptions | None = None) -> str:
        """The page of shared receipts.

        A page that takes the token from the fragment of its own address, which no server is sent,
        opens the receipt and verifies it in the browser.

        Raises:
            InternalError, InvalidRequest, RateLimited

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.share_links.viewer())
        """
        return await self._call(_VIEWER, {}, request_options)

    async def open(
        self, token: str, *, request_options: RequestOptions | None = None
    ) -> BinaryResponse:
        """Open a shared receipt.

        The bundle with the texts that the link discloses; all others are withheld, and it verifies
        all the same. Needs no key. One use of the link. Unknown, expired, used up and revoked links
        are not told apart.

        Args:
            token: The token of a link.

        Raises:
            InternalError, InvalidRequest, NotFound, RateLimited, ShareLinkNotFound, StorageFull

        Example:
            from aragora import Aragora

            token = "ZXhhbXBsZS1vZi1hLXRva2VuLW5vdC1hLXJlYWwtMQ-"

            with Aragora() as client:
                client.share_links.open(token).save("receipt.json")
        """
        return await self._call(
            _OPEN,
            {
                "token": token,
            },
            request_options,
        )
