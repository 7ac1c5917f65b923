"""Real models, through pydantic-ai's direct interface; the libraries load with the first ask.

One ask is one request: the retries of every provider's client are off, because a budget holds
money for one attempt at a time. The most tokens of the answer are always sent. Usage comes out in
exclusive buckets; where a provider says nothing it is estimated and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import anyio
import attrs

from aragora_server.kernel.redaction import Redactor

from .clients import Access, load, opened
from .model import (
    AgentFailure,
    ContextOverflow,
    OnDelta,
    Prompt,
    ProviderRefused,
    ProviderRejected,
    ProviderReplyBroken,
    ProviderTimeout,
    ProviderUnavailable,
    Reply,
    Usage,
    estimated_usage,
)

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model, ModelRequestParameters
    from pydantic_ai.settings import ModelSettings
    from pydantic_ai.usage import RequestUsage

# Servers that only look like OpenAI's often keep a stream's usage to themselves.
_COUNTS_STREAMS = frozenset({"openai", "anthropic", "google", "groq", "mistral"})
_TAKES_KEYS = frozenset({"openai", "openai_compatible"})
LONGEST_FAULT, LONGEST_DETAIL = 10_000, 300
_RETRY_LATER = frozenset({408, 409, 425, 429})
MOST_TOKENS = 10**9
_REPORTED = (
    "input_tokens",
    "cache_write_tokens",
    "cache_read_tokens",
    "output_tokens",
    "output_reasoning_tokens",
    "input_audio_tokens",
    "cache_audio_read_tokens",
    "output_audio_tokens",
)


@attrs.frozen(kw_only=True)
class ProviderAgent:
    access: Access
    temperature: str | None = None

    async def ask(
        self,
        prompt: Prompt,
        *,
        max_output_tokens: int,
        deadline_s: float,
        on_delta: OnDelta | None = None,
    ) -> Reply:
        try:
            await load(self.access.provider)
        except ImportError as error:
            raise ProviderRejected(f"its library cannot be loaded: {_told(error)}") from error
        with anyio.move_on_after(deadline_s):
            try:
                async with opened(self.access) as model:
                    call = self._call(model, prompt, max_output_tokens)
                    return await self._reply(call, prompt, on_delta)
            except AgentFailure as failure:
                failure.detail = _fit_to_show(failure.detail, self.access.key)
                raise
        raise ProviderTimeout(f"no answer within {deadline_s:g} s")

    def _call(self, model: Model[Any], prompt: Prompt, max_output_tokens: int) -> _Call:
        return _Call(
            model=model,
            messages=_messages(prompt),
            settings=self._settings(prompt, max_output_tokens),
            parameters=_parameters(model, prompt),
        )

    def _settings(self, prompt: Prompt, max_output_tokens: int) -> ModelSettings:
        from pydantic_ai.settings import ModelSettings

        settings = ModelSettings(max_tokens=max_output_tokens)
        if self.access.provider in _TAKES_KEYS:
            settings["extra_headers"] = {"Idempotency-Key": prompt.key}
        if self.access.provider == "openai_compatible":
            # llama.cpp and its relatives take a schema here and refuse OpenAI's own way of
            # sending one; those that know neither still answer with an object.
            as_object = {"type": "json_object", "schema": dict(prompt.schema)}
            settings["extra_body"] = {"response_format": as_object}
        if self.temperature is not None:
            settings["temperature"] = float(self.temperature)
        return settings

    async def _reply(self, call: _Call, prompt: Prompt, on_delta: OnDelta | None) -> Reply:
        is_streamed = on_delta is not None and self.access.provider in _COUNTS_STREAMS
        with translated():
            if on_delta is not None and is_streamed:
                response = await call.stream(on_delta)
            else:
                response = await call.send()
        text = response.text or ""
        if response.finish_reason == "content_filter":
            raise ProviderRefused("the provider's filter withheld the answer")
        if on_delta is not None and not is_streamed:
            await on_delta(text)
        return Reply(
            text=text,
            usage=usage_of(response.usage) or estimated_usage(prompt, text),
            model_version=response.model_name or self.access.model,
        )


@attrs.frozen(kw_only=True)
class _Call:
    model: Model[Any]
    messages: list[ModelMessage]
    settings: ModelSettings
    parameters: ModelRequestParameters

    async def send(self) -> ModelResponse:
        from pydantic_ai.direct import model_request

        return await model_request(
            self.model,
            self.messages,
            model_settings=self.settings,
            model_request_parameters=self.parameters,
        )

    async def stream(self, on_delta: OnDelta) -> ModelResponse:
        from pydantic_ai.direct import model_request_stream

        async with model_request_stream(
            self.model,
            self.messages,
            model_settings=self.settings,
            model_request_parameters=self.parameters,
        ) as stream:
            async for event in stream:
                if piece := _piece(event):
                    await on_delta(piece)
            return stream.get()


def usage_of(usage: RequestUsage) -> Usage | None:
    """Exclusive buckets from inclusive ones; None when the provider reported nothing, or what no
    call can have used."""
    if not usage.input_tokens and not usage.output_tokens:
        return None
    if not all(_is_count(getattr(usage, bucket)) for bucket in _REPORTED):
        return None
    written, audio_out = usage.cache_write_tokens, usage.output_audio_tokens
    # Audio that a cache served is reported as both. It counts as audio, whose rate is the dearer.
    read = max(0, usage.cache_read_tokens - usage.cache_audio_read_tokens)
    audio_in = usage.input_audio_tokens
    return Usage(
        input=max(0, usage.input_tokens - read - written - audio_in),
        output=max(0, usage.output_tokens - audio_out),
        source="reported",
        cache_read=read,
        cache_write_5m=written,
        audio_in=audio_in,
        audio_out=audio_out,
        reasoning=usage.output_reasoning_tokens,
    )


def _is_count(told: object) -> bool:
    return type(told) is int and 0 <= told <= MOST_TOKENS


def _messages(prompt: Prompt) -> list[ModelMessage]:
    from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart

    system = SystemPromptPart(content=prompt.system)
    return [ModelRequest(parts=[system, UserPromptPart(content=prompt.user)])]


def _parameters(model: Model[Any], prompt: Prompt) -> ModelRequestParameters:
    """Where the model can be held to a schema it is; elsewhere the prompt has to do."""
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.output import OutputObjectDefinition

    if not model.profile.get("supports_json_schema_output"):
        return ModelRequestParameters()
    schema = OutputObjectDefinition(json_schema=dict(prompt.schema), name="reply")
    return ModelRequestParameters(output_mode="native", output_object=schema)


def _piece(event: object) -> str:
    from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta

    match event:
        case PartStartEvent(part=TextPart(content=content)):
            return content
        case PartDeltaEvent(delta=TextPartDelta(content_delta=content)):
            return content
    return ""


@contextmanager
def translated() -> Iterator[None]:
    """What went wrong, in the words of the port."""
    from pydantic_ai import exceptions as gone

    try:
        yield
    except gone.ModelContextWindowExceededError as error:
        raise ContextOverflow(_told(error)) from error
    except (gone.ModelTimeoutError, gone.ModelRequestTimeout) as error:
        raise ProviderTimeout(_told(error)) from error
    except gone.ModelConnectionError as error:
        if error.phase in ("pool", "connect") or error.phase is None:
            raise ProviderUnavailable(_told(error)) from error
        raise ProviderReplyBroken(_told(error)) from error
    except (gone.ModelRequestRejectedError, gone.ModelQuotaExceededError, gone.UserError) as error:
        raise ProviderRejected(_told(error)) from error
    except gone.ModelHTTPError as error:
        if error.status_code in _RETRY_LATER or error.status_code >= 500:
            after = error.retry_after
            raise ProviderUnavailable(_told(error), retry_after_s=after) from error
        raise ProviderRejected(_told(error)) from error
    except gone.ContentFilterError as error:
        raise ProviderRefused(_told(error)) from error
    except gone.AgentRunError as error:
        raise ProviderReplyBroken(_told(error)) from error


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:LONGEST_FAULT]


def _fit_to_show(text: str, key: str) -> str:
    """A provider may repeat what it was sent, or worse. Cut last: half a secret looks like none."""
    return Redactor.of([key])(text)[:LONGEST_DETAIL]
