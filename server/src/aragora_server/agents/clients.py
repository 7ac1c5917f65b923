"""A client for each provider, made by us so that it never retries by itself.

Each function imports only its own provider's library: one that is broken breaks no other.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

import attrs
from anyio import to_thread

if TYPE_CHECKING:
    from pydantic_ai.models import Model

# The deadline of an ask is ours; a client must only not give up before it.
NEVER_S = 86_400.0


@attrs.frozen(kw_only=True)
class Access:
    """How a provider is reached. The key leaves this object only in a request."""

    provider: str
    model: str
    key: str = attrs.field(repr=False)
    base_url: str | None = None


@asynccontextmanager
async def _openai(access: Access) -> AsyncIterator[Model[Any]]:
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    async with AsyncOpenAI(
        api_key=access.key, base_url=access.base_url, max_retries=0, timeout=NEVER_S
    ) as client:
        yield OpenAIChatModel(access.model, provider=OpenAIProvider(openai_client=client))


@asynccontextmanager
async def _openai_compatible(access: Access) -> AsyncIterator[Model[Any]]:
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai import OpenAIProvider

    # The newer name of the limit is OpenAI's own; the others ignore it and answer without end.
    profile = OpenAIModelProfile(
        openai_chat_supports_max_completion_tokens=False, supports_json_schema_output=False
    )
    async with AsyncOpenAI(
        api_key=access.key or "none", base_url=access.base_url, max_retries=0, timeout=NEVER_S
    ) as client:
        provider = OpenAIProvider(openai_client=client)
        yield OpenAIChatModel(access.model, provider=provider, profile=profile)


@asynccontextmanager
async def _anthropic(access: Access) -> AsyncIterator[Model[Any]]:
    from anthropic import AsyncAnthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    async with AsyncAnthropic(
        api_key=access.key, base_url=access.base_url, max_retries=0, timeout=NEVER_S
    ) as client:
        yield AnthropicModel(access.model, provider=AnthropicProvider(anthropic_client=client))


@asynccontextmanager
async def _groq(access: Access) -> AsyncIterator[Model[Any]]:
    from groq import AsyncGroq
    from pydantic_ai.models.groq import GroqModel
    from pydantic_ai.providers.groq import GroqProvider

    async with AsyncGroq(
        api_key=access.key, base_url=access.base_url, max_retries=0, timeout=NEVER_S
    ) as client:
        yield GroqModel(access.model, provider=GroqProvider(groq_client=client))


@asynccontextmanager
async def _mistral(access: Access) -> AsyncIterator[Model[Any]]:
    from mistralai.client import Mistral
    from mistralai.client.utils.retries import BackoffStrategy, RetryConfig
    from pydantic_ai.models.mistral import MistralModel
    from pydantic_ai.providers.mistral import MistralProvider

    once = RetryConfig("none", BackoffStrategy(1, 1, 1.0, 1), retry_connection_errors=False)
    async with Mistral(
        api_key=access.key,
        server_url=access.base_url,
        retry_config=once,
        timeout_ms=int(NEVER_S * 1000),
    ) as client:
        yield MistralModel(access.model, provider=MistralProvider(mistral_client=client))


@asynccontextmanager
async def _google(access: Access) -> AsyncIterator[Model[Any]]:
    from google.genai import Client
    from google.genai.types import HttpOptions, HttpRetryOptions
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google import GoogleProvider

    options = HttpOptions(
        base_url=access.base_url,
        timeout=int(NEVER_S * 1000),
        retry_options=HttpRetryOptions(attempts=1),
    )
    client = Client(vertexai=False, api_key=access.key, http_options=options)
    try:
        yield GoogleModel(access.model, provider=GoogleProvider(client=client))
    finally:
        await client.aio.aclose()
        client.close()


_MAKERS: dict[str, Callable[[Access], AbstractAsyncContextManager[Model[Any]]]] = {
    "openai": _openai,
    "openai_compatible": _openai_compatible,
    "anthropic": _anthropic,
    "groq": _groq,
    "mistral": _mistral,
    "google": _google,
}


_MODULES = {
    "openai": ("openai", "pydantic_ai.models.openai"),
    "openai_compatible": ("openai", "pydantic_ai.models.openai"),
    "anthropic": ("anthropic", "pydantic_ai.models.anthropic"),
    "groq": ("groq", "pydantic_ai.models.groq"),
    "mistral": ("mistralai.client", "pydantic_ai.models.mistral"),
    "google": ("google.genai", "pydantic_ai.models.google"),
}


async def load(provider: str) -> None:
    """Import what a provider needs, in a thread: the first time takes most of a second."""
    for name in ("pydantic_ai.direct", *_MODULES[provider]):
        if sys.modules.get(name) is None:
            await to_thread.run_sync(importlib.import_module, name)


def opened(access: Access) -> AbstractAsyncContextManager[Model[Any]]:
    """The provider's model; its connections close when the block is left, however it is left."""
    return _MAKERS[access.provider](access)
