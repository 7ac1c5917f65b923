# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.system`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.system import Health, Meta, OpenapiDocument, Readiness


def _Health() -> type[Health]:
    from aragora.types import Health

    return Health


def _Meta() -> type[Meta]:
    from aragora.types import Meta

    return Meta


def _OpenapiDocument() -> type[OpenapiDocument]:
    from aragora.types import OpenapiDocument

    return OpenapiDocument


def _Readiness() -> type[Readiness]:
    from aragora.types import Readiness

    return Readiness


_HEALTH: Op[Health] = Op(
    id="getHealth",
    method="GET",
    path="/healthz",
    returns=_Health,
    repeatable=True,
    public=True,
)
_METRICS: Op[str] = Op(
    id="getMetrics",
    method="GET",
    path="/metrics",
    reads="text",
    accept="text/plain; version=0.0.4; charset=utf-8",
    repeatable=True,
    public=True,
)
_READINESS: Op[Readiness] = Op(
    id="getReadiness",
    method="GET",
    path="/readyz",
    returns=_Readiness,
    repeatable=True,
    public=True,
)
_META: Op[Meta] = Op(
    id="getMeta",
    method="GET",
    path="/v1/meta",
    returns=_Meta,
    repeatable=True,
    public=True,
)
_OPENAPI: Op[OpenapiDocument] = Op(
    id="getOpenapi",
    method="GET",
    path="/v1/openapi.json",
    returns=_OpenapiDocument,
    repeatable=True,
    public=True,
)


class SystemResource(Resource):
    """Operations on system."""

    def health(self, *, request_options: RequestOptions | None = None) -> Health:
        """Is the process alive?.

        Answers as long as the server's loop turns. Asks nothing of the database. Never
        rate-limited.

        Raises:
            InternalError, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                health = client.system.health()
                print(health)
        """
        return self._call(_HEALTH, {}, request_options)

    def metrics(self, *, request_options: RequestOptions | None = None) -> str:
        """What this process counts.

        Counters, gauges and histograms in the text format of Prometheus. Answered to this machine
        alone, unless the server was given a metrics token: then to whoever sends it as
        `Authorization: Bearer`, and to nobody else. Behind a proxy nobody counts as this machine.
        Never rate-limited.

        Raises:
            InternalError, InvalidRequest, MetricsPrivate, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.system.metrics())
        """
        return self._call(_METRICS, {}, request_options)

    def readiness(self, *, request_options: RequestOptions | None = None) -> Readiness:
        """Would a request succeed now?.

        Runs the query behind the debate list, and checks the schema, the disk, the signing key and
        whether debates are left that nobody runs. `degraded` still serves; 503 means that requests
        would fail.

        Raises:
            InternalError, InvalidRequest, NotReady, Unavailable

        Example:
            from aragora import Aragora

            with Aragora() as client:
                readiness = client.system.readiness()
                print(readiness)
        """
        return self._call(_READINESS, {}, request_options)

    def meta(self, *, request_options: RequestOptions | None = None) -> Meta:
        """What this server is.

        Version, capabilities, protocols and limits, so that a client can check before it sends.

        Raises:
            InternalError, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                meta = client.system.meta()
                print(meta)
        """
        return self._call(_META, {}, request_options)

    def openapi(self, *, request_options: RequestOptions | None = None) -> OpenapiDocument:
        """The contract itself.

        The OpenAPI 3.1 document from which clients, server interface and reference are generated.

        Raises:
            InternalError, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                openapi_document = client.system.openapi()
                print(openapi_document)
        """
        return self._call(_OPENAPI, {}, request_options)


class AsyncSystemResource(AsyncResource):
    """Operations on system."""

    async def health(self, *, request_options: RequestOptions | None = None) -> Health:
        """Is the process alive?.

        Answers as long as the server's loop turns. Asks nothing of the database. Never
        rate-limited.

        Raises:
            InternalError, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                health = client.system.health()
                print(health)
        """
        return await self._call(_HEALTH, {}, request_options)

    async def metrics(self, *, request_options: RequestOptions | None = None) -> str:
        """What this process counts.

        Counters, gauges and histograms in the text format of Prometheus. Answered to this machine
        alone, unless the server was given a metrics token: then to whoever sends it as
        `Authorization: Bearer`, and to nobody else. Behind a proxy nobody counts as this machine.
        Never rate-limited.

        Raises:
            InternalError, InvalidRequest, MetricsPrivate, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.system.metrics())
        """
        return await self._call(_METRICS, {}, request_options)

    async def readiness(self, *, request_options: RequestOptions | None = None) -> Readiness:
        """Would a request succeed now?.

        Runs the query behind the debate list, and checks the schema, the disk, the signing key and
        whether debates are left that nobody runs. `degraded` still serves; 503 means that requests
        would fail.

        Raises:
            InternalError, InvalidRequest, NotReady, Unavailable

        Example:
            from aragora import Aragora

            with Aragora() as client:
                readiness = client.system.readiness()
                print(readiness)
        """
        return await self._call(_READINESS, {}, request_options)

    async def meta(self, *, request_options: RequestOptions | None = None) -> Meta:
        """What this server is.

        Version, capabilities, protocols and limits, so that a client can check before it sends.

        Raises:
            InternalError, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                meta = client.system.meta()
                print(meta)
        """
        return await self._call(_META, {}, request_options)

    async def openapi(self, *, request_options: RequestOptions | None = None) -> OpenapiDocument:
        """The contract itself.

        The OpenAPI 3.1 document from which clients, server interface and reference are generated.

        Raises:
            InternalError, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                openapi_document = client.system.openapi()
                print(openapi_document)
        """
        return await self._call(_OPENAPI, {}, request_options)
