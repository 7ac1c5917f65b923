"""The two clients. Their resources are generated; everything they do is in `_core`."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import warnings
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, overload

from aragora._core.call import Defaults, Op, default_headers
from aragora._core.credentials import resolve
from aragora._core.options import RequestOptions, RetryPolicy, Timeouts
from aragora._core.resource import AsyncSender, Sender
from aragora._core.response import Response, seeing
from aragora._core.transport import AsyncMiddleware, AsyncTransport, Middleware, SyncTransport
from aragora._core.wire import Effects, HttpClient, set_up_logging
from aragora.errors import ConfigurationError
from aragora.resources._namespaces import AsyncNamespaces, Namespaces

if TYPE_CHECKING:
    from typing import Self, Unpack

    from aragora._core.model import Model
    from aragora.errors import StatusError

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound="Model")


def _error_types() -> Mapping[str, type[StatusError]]:
    from aragora.types.errors import BY_CODE

    return BY_CODE


def _defaults(
    api_key: str | None,
    base_url: str | None,
    timeouts: Timeouts | None,
    retry: RetryPolicy | None,
    headers: Mapping[str, str] | None,
) -> Defaults:
    set_up_logging(os.environ.get("ARAGORA_LOG"))
    target = resolve(api_key, base_url, os.environ)
    return Defaults(
        base_url=target.base_url,
        api_key=target.api_key,
        timeouts=timeouts or Timeouts(),
        retry=retry or RetryPolicy(),
        headers=default_headers(target.api_key, headers),
    )


def _free_op(method: str, path: str, returns: type[Any] | None, *, has_body: bool) -> Op[Any]:
    if not path.startswith("/"):
        # Written behind the address, anything else could name another host, and get the key.
        raise ConfigurationError(f"path must start with a slash, got {path!r}")
    return Op(
        id=f"{method.lower()}:{path}",
        method=method.upper(),
        path=path.replace("{", "%7B"),
        returns=None if returns is None else lambda: returns,
        sends="application/json" if has_body else None,
        repeatable=method.upper() in {"GET", "HEAD", "PUT", "DELETE"},
    )


class Aragora(Namespaces):
    """A client of an Aragora server. Thread-safe; use it in a `with` block or close it."""

    def __init__(  # noqa: PLR0913 - keyword-only options
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeouts: Timeouts | None = None,
        retry: RetryPolicy | None = None,
        headers: Mapping[str, str] | None = None,
        http_client: HttpClient | None = None,
        middleware: Sequence[Middleware] = (),
    ) -> None:
        """Without arguments: `ARAGORA_API_KEY`, `ARAGORA_BASE_URL`, then the credentials file.

        `http_client` is a `Client` of httpx2 or httpx; closing it stays the caller's business.
        """
        defaults = _defaults(api_key, base_url, timeouts, retry, headers)
        transport = SyncTransport(http_client, middleware, _error_types, Effects())
        super().__init__(Sender(defaults, transport))
        self._owns = True

    @property
    def base_url(self) -> str:
        """The server, without a slash at the end."""
        return self._sender.defaults.base_url

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        """A copy whose calls have these options; it shares connections with this client."""
        copy = object.__new__(type(self))
        defaults = self._sender.defaults
        request: RequestOptions = {**defaults.request, **options}
        sender = Sender(dataclasses.replace(defaults, request=request), self._sender.transport)
        Namespaces.__init__(copy, sender)
        copy._owns = False
        return copy

    def with_response(self, method: Callable[P, T]) -> Callable[P, Response[T]]:
        """`method`, returning its answer together with status, headers and raw bytes.

        Example: client.with_response(client.debates.get)(debate_id).request_id
        """

        def call(*args: P.args, **kwargs: P.kwargs) -> Response[T]:
            with seeing() as seen:
                return seen.response(method(*args, **kwargs))

        return call

    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        returns: type[M],
        request_options: RequestOptions | None = None,
    ) -> M: ...
    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        returns: None = None,
        request_options: RequestOptions | None = None,
    ) -> Any: ...
    def request(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        returns: type[Any] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Any:
        """Call what has no method here, with the same key, retries and errors."""
        op = _free_op(method, path, returns, has_body=body is not None)
        return self._sender.call(op, body or {}, request_options)

    def close(self) -> None:
        """Close the connections; copies made by `with_options` share them."""
        self._sender.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        # The constructor may have failed before there was anything to close.
        with contextlib.suppress(AttributeError):
            if self._owns and self._sender.transport.is_open:
                warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)

    def __repr__(self) -> str:
        return f"<Aragora {self.base_url}>"


class AsyncAragora(AsyncNamespaces):
    """A client of an Aragora server for one event loop; use it in an `async with` block."""

    def __init__(  # noqa: PLR0913 - keyword-only options
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeouts: Timeouts | None = None,
        retry: RetryPolicy | None = None,
        headers: Mapping[str, str] | None = None,
        http_client: HttpClient | None = None,
        middleware: Sequence[AsyncMiddleware] = (),
    ) -> None:
        """Without arguments: `ARAGORA_API_KEY`, `ARAGORA_BASE_URL`, then the credentials file.

        `http_client` is an `AsyncClient` of httpx2 or httpx; closing it stays the caller's.
        """
        defaults = _defaults(api_key, base_url, timeouts, retry, headers)
        transport = AsyncTransport(http_client, middleware, _error_types, Effects())
        super().__init__(AsyncSender(defaults, transport))
        self._owns = True

    @property
    def base_url(self) -> str:
        """The server, without a slash at the end."""
        return self._sender.defaults.base_url

    def with_options(self, **options: Unpack[RequestOptions]) -> Self:
        """A copy whose calls have these options; it shares connections with this client."""
        copy = object.__new__(type(self))
        defaults = self._sender.defaults
        request: RequestOptions = {**defaults.request, **options}
        sender = AsyncSender(dataclasses.replace(defaults, request=request), self._sender.transport)
        AsyncNamespaces.__init__(copy, sender)
        copy._owns = False
        return copy

    def with_response(
        self, method: Callable[P, Awaitable[T]]
    ) -> Callable[P, Awaitable[Response[T]]]:
        """`method`, returning its answer together with status, headers and raw bytes.

        Example: (await client.with_response(client.debates.get)(debate_id)).request_id
        """

        async def call(*args: P.args, **kwargs: P.kwargs) -> Response[T]:
            with seeing() as seen:
                return seen.response(await method(*args, **kwargs))

        return call

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        returns: type[M],
        request_options: RequestOptions | None = None,
    ) -> M: ...
    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        returns: None = None,
        request_options: RequestOptions | None = None,
    ) -> Any: ...
    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        returns: type[Any] | None = None,
        request_options: RequestOptions | None = None,
    ) -> Any:
        """Call what has no method here, with the same key, retries and errors."""
        op = _free_op(method, path, returns, has_body=body is not None)
        return await self._sender.call(op, body or {}, request_options)

    async def close(self) -> None:
        """Close the connections; copies made by `with_options` share them."""
        await self._sender.transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __del__(self) -> None:
        # The constructor may have failed before there was anything to close.
        with contextlib.suppress(AttributeError):
            if self._owns and self._sender.transport.is_open:
                warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)

    def __repr__(self) -> str:
        return f"<AsyncAragora {self.base_url}>"
