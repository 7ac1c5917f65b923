# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.system`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.system import Health


def _Health() -> type[Health]:
    from aragora.types import Health

    return Health


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
    accept="text/plain; version=0.0.4",
    repeatable=True,
    public=True,
)


class SystemResource(Resource):
    """Operations on system."""

    def health(self, *, request_options: RequestOptions | None = None) -> Health:
        """Is it alive?.

        Answers as long as it lives.

        Raises:
            InvalidAmount, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                health = client.system.health()
                print(health)
        """
        return self._call(_HEALTH, {}, request_options)

    def metrics(self, *, request_options: RequestOptions | None = None) -> str:
        """What it counts.

        A text, not JSON.

        Raises:
            InvalidAmount, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.system.metrics())
        """
        return self._call(_METRICS, {}, request_options)


class AsyncSystemResource(AsyncResource):
    """Operations on system."""

    async def health(self, *, request_options: RequestOptions | None = None) -> Health:
        """Is it alive?.

        Answers as long as it lives.

        Raises:
            InvalidAmount, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                health = client.system.health()
                print(health)
        """
        return await self._call(_HEALTH, {}, request_options)

    async def metrics(self, *, request_options: RequestOptions | None = None) -> str:
        """What it counts.

        A text, not JSON.

        Raises:
            InvalidAmount, InvalidRequest

        Example:
            from aragora import Aragora

            with Aragora() as client:
                print(client.system.metrics())
        """
        return await self._call(_METRICS, {}, request_options)
