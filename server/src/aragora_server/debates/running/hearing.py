"""One call of a debate, from its first attempt to a committed record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
import attrs
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from aragora_server.agents.model import (
    Agent,
    AgentFailure,
    Prompt,
    ProviderTimeout,
    Reply,
    Usage,
    estimated_usage,
)
from aragora_server.debates.estimate import MAX_ATTEMPTS
from aragora_server.debates.model import Call, Debate, Tenure
from aragora_server.debates.ports import Bound
from aragora_server.debates.rules.transcript import Ask, Failed, Record
from aragora_server.debates.telling.events import EPHEMERAL, TOKEN_DELTA, WakeUp, ephemeral, topic
from aragora_server.kernel import fault_points
from aragora_server.kernel.errors import PaymentRequired

from .clerk import Clerk
from .proceedings import Proceedings, Setback

CALL_TIMEOUT_S = 240.0
"""With the time a fresh hold may have waited, still within the life of a hold."""
RETRY_AFTER_LIMIT_S = 60.0
BACKOFF_LIMIT_S = 8.0
PAUSE_S = 0.1
"""At most ten pieces a second from one call."""

Sleep = Callable[[float], Awaitable[None]]


@attrs.frozen(kw_only=True)
class Pace:
    """What a runner leaves to time and to chance; handed in, so that tests need not."""

    sleep: Sleep
    jitter: Callable[[], float]
    new_salt: Callable[[], str]

    def wait_s(self, state: RetryCallState) -> float:
        """0.5, 1, 2, ... seconds and some jitter; a provider's own wish comes first."""
        failure = state.outcome and state.outcome.exception()
        wish = getattr(failure, "retry_after_s", None)
        if wish is not None:
            return float(min(wish, RETRY_AFTER_LIMIT_S))
        backoff = 0.5 * 2 ** (state.attempt_number - 1)
        return float(min(backoff * (1 + self.jitter()), BACKOFF_LIMIT_S))


@attrs.define(kw_only=True, eq=False)
class Deltas:
    """The pieces of one answer on their way to those who watch: joined, shown, never kept."""

    clerk: Clerk
    debate_id: str
    call_no: int
    agent: str
    monotonic: Callable[[], float]
    waiting: str = ""
    shown_at: float = float("-inf")

    async def add(self, text: str) -> None:
        self.waiting += text
        if self.monotonic() - self.shown_at >= PAUSE_S:
            await self.flush()

    async def flush(self) -> None:
        if not self.waiting:
            return
        data = {"call_no": self.call_no, "agent": self.agent, "text": self.waiting}
        self.waiting, self.shown_at = "", self.monotonic()
        payload = ephemeral(self.debate_id, TOKEN_DELTA, self.clerk.now(), data)
        wake_up = WakeUp(seq=EPHEMERAL, type=TOKEN_DELTA, payload=payload)
        await self.clerk.broadcast.publish(topic(self.debate_id), wake_up.encode())


@attrs.define(kw_only=True, eq=False)
class Hearing:
    """Asks one agent. `heard` is the text so far, to book by when the call is cut."""

    tenure: Tenure
    debate: Debate
    ask: Ask
    prompt: Prompt
    bound: Bound
    call: Call
    agent: Agent
    proceedings: Proceedings
    pace: Pace
    read: Callable[[str], Record]
    deltas: Deltas
    heard: str = ""
    answered: Reply | None = None
    is_sent: bool = False
    is_over: bool = False

    async def run(self) -> None:
        first = self.call.attempt
        retrying = AsyncRetrying(
            stop=stop_after_attempt(max(1, MAX_ATTEMPTS + 1 - first)),
            wait=self.pace.wait_s,
            sleep=self.pace.sleep,
            retry=retry_if_exception(_is_retryable),
            before_sleep=self._note,
            reraise=True,
        )
        try:
            reply: Reply = await retrying(self._attempt)
        except AgentFailure as failure:
            await self._give_up(failure)
        except PaymentRequired as refusal:
            record = self._failed("budget_exceeded", refusal.detail)
            await self.proceedings.refuse(self.tenure, self.call, record)
        else:
            self.answered = reply
            await self._keep(reply)
        self.is_over = True

    def usage(self) -> Usage | None:
        """What to book for a call that was cut; nothing when it had not left yet."""
        if self.answered is not None:
            return self.answered.usage
        return estimated_usage(self.prompt, self.heard) if self.is_sent else None

    async def _keep(self, reply: Reply) -> None:
        """It is paid for: only a database that is away can lose it now."""
        fault_points.reach("answered")
        with anyio.CancelScope(shield=True):
            await self.deltas.flush()
        await self.proceedings.complete(self.tenure, self.call, self.read(reply.text), reply)

    async def _attempt(self) -> Reply:
        if self.call.hold_id is None:
            self.call = await self.proceedings.retry(self.tenure, self.debate, self.ask, self.bound)
        await self.proceedings.be_sure(self.tenure)
        fault_points.reach("asking")
        self.heard, self.is_sent = "", True
        try:
            with anyio.fail_after(CALL_TIMEOUT_S):
                return await self.agent.ask(
                    attrs.evolve(self.prompt, attempt=self.call.attempt),
                    max_output_tokens=self.bound.max_output,
                    deadline_s=CALL_TIMEOUT_S,
                    on_delta=self._hear,
                )
        except TimeoutError:
            raise ProviderTimeout(f"no answer within {CALL_TIMEOUT_S:g} s") from None

    async def _hear(self, text: str) -> None:
        self.heard += text
        await self.deltas.add(text)

    async def _note(self, state: RetryCallState) -> None:
        """Between two attempts: the first one is paid for or given back, and told."""
        failure = state.outcome and state.outcome.exception()
        if isinstance(failure, AgentFailure) and state.next_action is not None:
            in_s = state.next_action.sleep
            await self._set_back(
                Setback(failure=failure, usage=self._billed(failure), retry_in_s=in_s)
            )

    async def _give_up(self, failure: AgentFailure) -> None:
        record = self._failed(failure.code, failure.detail)
        await self._set_back(Setback(failure=failure, usage=self._billed(failure), record=record))

    async def _set_back(self, setback: Setback) -> None:
        await self.proceedings.set_back(self.tenure, self.call, setback)
        self.call = attrs.evolve(self.call, hold_id=None)
        self.is_sent = False

    def _billed(self, failure: AgentFailure) -> Usage | None:
        return self.usage() if failure.is_billable else None

    def _failed(self, code: str, detail: str) -> Failed:
        return Failed(
            call_no=self.ask.call_no,
            round=self.ask.round,
            step=self.ask.step,
            agent=self.ask.agent,
            code=code,
            detail=detail,
            repairs=self.ask.repairs,
        )


def _is_retryable(failure: BaseException) -> bool:
    return isinstance(failure, AgentFailure) and failure.is_retryable
