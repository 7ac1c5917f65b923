"""A debate as a running thing: follow it, wait for it, cancel it, get its receipt."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from aragora._core.call import Op
from aragora._core.follow import StreamOp
from aragora._core.options import RequestOptions, RetryPolicy
from aragora._core.retry import backoff
from aragora.errors import (
    ConnectionFailed,
    DeadlineExceeded,
    DebateCancelled,
    DebateFailed,
    IdleTimeout,
    JobError,
    ServerError,
    StreamError,
)

if TYPE_CHECKING:
    from aragora._core.resource import AsyncSender, Sender
    from aragora._core.stream import AsyncEventStream, EventStream, OnReconnect, Transport

J = TypeVar("J")
E = TypeVar("E")
R = TypeVar("R")

# Two failed attempts on the stream, then polling: 1 s, 1.5 s ... 10 s.
_STREAM_POLICY = RetryPolicy(max_retries=1)
_POLL_FIRST_S, _POLL_GROWTH, _POLL_CAP_S = 1.0, 1.5, 10.0
_STREAM_FAILURES = (ConnectionFailed, IdleTimeout, StreamError, ServerError)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobOp(Generic[J, E, R]):
    """The operations that together make a job; they come from `x-job`."""

    get: Op[J]
    cancel: Op[J]
    events: StreamOp[E]
    result: Callable[[], Op[R]]
    id_param: str
    result_param: str
    status_field: str
    terminal: frozenset[str]

    def is_over(self, job: J) -> bool:
        return getattr(job, self.status_field) in self.terminal

    def outcome(self, job: J) -> J:
        """The finished job; raises when it ended without a result."""
        status = getattr(job, self.status_field)
        reason = f"debate {getattr(job, 'id', '?')} {status}: {getattr(job, 'stop_reason', None)}"
        if status == "failed":
            raise DebateFailed(reason, job)
        if status == "cancelled":
            raise DebateCancelled(reason, job)
        return job


class _Patience:
    """The time that `wait` has left, and how long to wait between polls."""

    def __init__(self, sender: Sender | AsyncSender, job_id: str, timeout_s: float | None) -> None:
        self._effects = sender.transport.effects
        self._job_id, self._timeout_s = job_id, timeout_s
        self._started = self._effects.monotonic()

    def left_s(self) -> float | None:
        """What is left; raises when it is nothing."""
        if self._timeout_s is None:
            return None
        left_s = self._timeout_s - (self._effects.monotonic() - self._started)
        if left_s <= 0:
            raise self.over()
        return left_s

    def over(self) -> DeadlineExceeded:
        return DeadlineExceeded(
            f"debate {self._job_id} is not over after {self._timeout_s:g} s; it goes on"
        )

    def options(self) -> RequestOptions:
        left_s = self.left_s()
        return {} if left_s is None else {"deadline_s": left_s}

    def stream_options(self) -> RequestOptions:
        return {**self.options(), "retry": _STREAM_POLICY}

    def poll_s(self, poll: int) -> float:
        """Full jitter between the polls, never past the timeout."""
        ceiling = min(_POLL_CAP_S, _POLL_FIRST_S * _POLL_GROWTH ** min(poll, 32))
        flat = RetryPolicy(base_s=ceiling, cap_s=ceiling)
        delay_s = backoff(flat, 1, self._effects.chance())
        left_s = self.left_s()
        return delay_s if left_s is None else min(delay_s, left_s)


class Run(Generic[J, E, R]):
    """A handle on a running debate. Dropping it does not stop the debate."""

    def __init__(
        self, sender: Sender, op: JobOp[J, E, R], job_id: str, debate: J | None = None
    ) -> None:
        self._sender, self._op = sender, op
        self.id = job_id
        self.debate = debate

    def events(
        self,
        *,
        after: int = 0,
        deltas: bool = False,
        transport: Transport = "sse",
        on_reconnect: OnReconnect | None = None,
        request_options: RequestOptions | None = None,
    ) -> EventStream[E]:
        """All events from `after` on, then each new one until the debate is over."""
        args = {self._op.id_param: self.id, "after": after, "deltas": deltas}
        return self._sender.stream(
            self._op.events, args, request_options, transport=transport, on_reconnect=on_reconnect
        )

    def refresh(self, request_options: RequestOptions | None = None) -> J:
        """Read the debate again."""
        self.debate = self._sender.call(self._op.get, {self._op.id_param: self.id}, request_options)
        return self.debate

    def wait(self, *, timeout_s: float | None = None) -> J:
        """The finished debate.

        Raises: DebateFailed, DebateCancelled, DeadlineExceeded (the debate goes on)
        """
        patience = _Patience(self._sender, self.id, timeout_s)
        try:
            return self._op.outcome(self._finished(patience))
        except DeadlineExceeded as error:
            raise patience.over() from error

    def _finished(self, patience: _Patience) -> J:
        try:
            with self.events(request_options=patience.stream_options()) as events:
                for _ in events:
                    pass
        except _STREAM_FAILURES:
            pass
        for poll in itertools.count():
            debate = self.refresh(patience.options())
            if self._op.is_over(debate):
                return debate
            self._sender.transport.effects.sleep(patience.poll_s(poll))
        raise AssertionError("count() never ends")

    def cancel(self, *, request_options: RequestOptions | None = None) -> J:
        """Ask the server to stop the debate."""
        self.debate = self._sender.call(
            self._op.cancel, {self._op.id_param: self.id}, request_options
        )
        return self.debate

    def receipt(self, *, timeout_s: float | None = None) -> R:
        """The signed receipt bundle; waits until the debate is over."""
        patience = _Patience(self._sender, self.id, timeout_s)
        debate = self.debate
        if debate is None or not self._op.is_over(debate):
            try:
                debate = self._finished(patience)
            except DeadlineExceeded as error:
                raise patience.over() from error
        args = {self._op.result_param: _result_id(self._op, debate)}
        return self._sender.call(self._op.result(), args, patience.options())


class AsyncRun(Generic[J, E, R]):
    """A handle on a running debate. Dropping it does not stop the debate."""

    def __init__(
        self, sender: AsyncSender, op: JobOp[J, E, R], job_id: str, debate: J | None = None
    ) -> None:
        self._sender, self._op = sender, op
        self.id = job_id
        self.debate = debate

    def events(
        self,
        *,
        after: int = 0,
        deltas: bool = False,
        transport: Transport = "sse",
        on_reconnect: OnReconnect | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncEventStream[E]:
        """All events from `after` on, then each new one until the debate is over."""
        args = {self._op.id_param: self.id, "after": after, "deltas": deltas}
        return self._sender.stream(
            self._op.events, args, request_options, transport=transport, on_reconnect=on_reconnect
        )

    async def refresh(self, request_options: RequestOptions | None = None) -> J:
        """Read the debate again."""
        self.debate = await self._sender.call(
            self._op.get, {self._op.id_param: self.id}, request_options
        )
        return self.debate

    async def wait(self, *, timeout_s: float | None = None) -> J:
        """The finished debate.

        Raises: DebateFailed, DebateCancelled, DeadlineExceeded (the debate goes on)
        """
        patience = _Patience(self._sender, self.id, timeout_s)
        return self._op.outcome(await self._in_time(patience, timeout_s))

    async def _in_time(self, patience: _Patience, timeout_s: float | None) -> J:
        if timeout_s is None:
            return await self._finished(patience)
        import anyio

        try:
            with anyio.fail_after(timeout_s):
                return await self._finished(patience)
        except TimeoutError as error:
            raise patience.over() from error

    async def _finished(self, patience: _Patience) -> J:
        try:
            async with self.events(request_options=patience.stream_options()) as events:
                async for _ in events:
                    pass
        except _STREAM_FAILURES:
            pass
        for poll in itertools.count():
            debate = await self.refresh(patience.options())
            if self._op.is_over(debate):
                return debate
            await self._sender.transport.sleep(patience.poll_s(poll))
        raise AssertionError("count() never ends")

    async def cancel(self, *, request_options: RequestOptions | None = None) -> J:
        """Ask the server to stop the debate."""
        self.debate = await self._sender.call(
            self._op.cancel, {self._op.id_param: self.id}, request_options
        )
        return self.debate

    async def receipt(self, *, timeout_s: float | None = None) -> R:
        """The signed receipt bundle; waits until the debate is over."""
        patience = _Patience(self._sender, self.id, timeout_s)
        debate = self.debate
        if debate is None or not self._op.is_over(debate):
            debate = await self._in_time(patience, timeout_s)
        args = {self._op.result_param: _result_id(self._op, debate)}
        return await self._sender.call(self._op.result(), args, patience.options())


def _result_id(op: JobOp[Any, Any, Any], debate: Any) -> str:
    found: str | None = getattr(debate, op.result_param, None)
    if found is None:
        op.outcome(debate)
        raise JobError(f"debate {debate.id} ended without a receipt", debate)
    return found
