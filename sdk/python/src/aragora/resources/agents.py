# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.agents`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.agents import AgentPreset, AgentPresetPage, Provider, ProviderPage


def _AgentPresetPage() -> type[AgentPresetPage]:
    from aragora.types import AgentPresetPage

    return AgentPresetPage


def _ProviderPage() -> type[ProviderPage]:
    from aragora.types import ProviderPage

    return ProviderPage


_LIST: Op[AgentPresetPage] = Op(
    id="listAgents",
    method="GET",
    path="/v1/agents",
    returns=_AgentPresetPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_LIST_PROVIDERS: Op[ProviderPage] = Op(
    id="listProviders",
    method="GET",
    path="/v1/providers",
    returns=_ProviderPage,
    query=(
        "cursor",
        "limit",
    ),
    repeatable=True,
)


class AgentsResource(Resource):
    """Operations on agents."""

    def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[AgentPreset]:
        """List agent presets.

        Agents that are ready to be named in a debate, with what is missing where one is not.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for agent_preset in client.agents.list(limit=20):
                    print(agent_preset)
        """
        return self._page(
            _LIST,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def list_providers(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[Provider]:
        """List providers.

        Sources of models and whether this server is configured to call them.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for provider in client.agents.list_providers(limit=20):
                    print(provider)
        """
        return self._page(
            _LIST_PROVIDERS,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )


class AsyncAgentsResource(AsyncResource):
    """Operations on agents."""

    async def list(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[AgentPreset]:
        """List agent presets.

        Agents that are ready to be named in a debate, with what is missing where one is not.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for agent_preset in client.agents.list(limit=20):
                    print(agent_preset)
        """
        return await self._page(
            _LIST,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def list_providers(
        self,
        *,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[Provider]:
        """List providers.

        Sources of models and whether this server is configured to call them.

        Args:
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for provider in client.agents.list_providers(limit=20):
                    print(provider)
        """
        return await self._page(
            _LIST_PROVIDERS,
            {
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )
