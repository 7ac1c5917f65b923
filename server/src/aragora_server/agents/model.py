"""The port every agent stands behind: a prompt goes in, a reply with its usage comes out.

AgentFailure              a call that gave no reply; `is_billable` says what to settle
├─ ProviderUnavailable    connection, 408, 429, 5xx: worth another attempt
├─ ProviderTimeout        nothing by the deadline: worth another attempt, maybe billed
├─ ProviderReplyBroken    an answer that is no answer of that protocol, maybe billed
├─ ProviderRejected       400, 401, 403, ...: the same request would fail again
├─ ContextOverflow        the prompt is longer than the model reads
├─ ProviderRefused        the model would not answer
└─ CassetteMismatch       a recording was asked something else than it holds
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, Protocol

import attrs

UsageSource = Literal["reported", "counted", "estimated"]
OnDelta = Callable[[str], Awaitable[None]]

MESSAGE_OVERHEAD = 64


@attrs.frozen(kw_only=True)
class Passage:
    ref: str
    text: str


@attrs.frozen(kw_only=True)
class Peer:
    """Another agent's words under its label; never its name or model."""

    label: str
    text: str
    option_id: str | None = None


@attrs.frozen(kw_only=True)
class Material:
    """The parts a prompt was rendered from, for agents that compute instead of reading prose."""

    agent: str
    seed: int
    round: int
    kind: Literal["argument", "critique", "ballot"]
    question: str
    answer_kind: Literal["choice", "verdict", "number", "text"]
    role: str | None = None
    persona: str | None = None
    context: str = ""
    options: tuple[tuple[str, str], ...] = ()
    passages: tuple[Passage, ...] = ()
    peers: tuple[Peer, ...] = ()
    own_last: str | None = None
    own_choice: str | None = None
    repair_error: str | None = None


@attrs.frozen(kw_only=True)
class Prompt:
    debate_id: str
    call_no: int
    attempt: int = 1
    system: str
    user: str
    schema: Mapping[str, object]
    material: Material

    @property
    def key(self) -> str:
        """The same whoever asks, and however often: a provider that knows it answers once."""
        return hashlib.sha256(f"{self.debate_id}|{self.call_no}".encode()).hexdigest()


@attrs.frozen(kw_only=True)
class Usage:
    """Exclusive token buckets. None is unknown, 0 is a reported zero.

    `reasoning` is the part of `output` spent thinking; it is not added to it.
    """

    input: int
    output: int
    source: UsageSource
    cache_read: int | None = None
    cache_write_5m: int | None = None
    cache_write_1h: int | None = None
    audio_in: int | None = None
    audio_out: int | None = None
    reasoning: int | None = None


@attrs.frozen(kw_only=True)
class Reply:
    text: str
    usage: Usage
    model_version: str


class Agent(Protocol):
    async def ask(
        self,
        prompt: Prompt,
        *,
        max_output_tokens: int,
        deadline_s: float,
        on_delta: OnDelta | None = None,
    ) -> Reply:
        """One attempt, never more. Raises AgentFailure; cancelling closes the connection."""


class AgentFailure(Exception):
    code = "agent_failed"
    is_retryable = False
    is_billable = False

    def __init__(self, detail: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after_s = retry_after_s


class ProviderUnavailable(AgentFailure):
    code = "provider_unavailable"
    is_retryable = True


class ProviderTimeout(AgentFailure):
    code = "provider_timeout"
    is_retryable = True
    is_billable = True


class ProviderReplyBroken(AgentFailure):
    code = "provider_reply_broken"
    is_retryable = True
    is_billable = True


class ProviderRejected(AgentFailure):
    code = "provider_rejected"


class ContextOverflow(ProviderRejected):
    code = "context_too_large"


class ProviderRefused(AgentFailure):
    code = "provider_refused"
    is_billable = True


class CassetteMismatch(AgentFailure):
    code = "cassette_mismatch"


def input_bound(prompt: Prompt) -> int:
    """No tokenizer makes more tokens than bytes, so this many are the most that can be billed."""
    parts = (prompt.system, prompt.user, str(dict(prompt.schema)))
    return sum(len(part.encode()) + MESSAGE_OVERHEAD for part in parts)


def tokens(text: str) -> int:
    """Four bytes a token, rounded up: the usual ratio of English prose."""
    return -(-len(text.encode()) // 4)


def estimated_usage(prompt: Prompt, text: str = "") -> Usage:
    """What to settle when the provider said nothing: a cancelled or cut call, a silent stream."""
    return Usage(
        input=tokens(prompt.system) + tokens(prompt.user), output=tokens(text), source="estimated"
    )
