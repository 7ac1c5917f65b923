"""What a caller can choose: timeouts, retries, options of one request."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Final, TypedDict


class Omit:
    """The type of `OMIT`: an argument that is not sent. `None` is sent as JSON null."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final = Omit()


@dataclasses.dataclass(frozen=True, slots=True)
class RetryInfo:
    """Told to `on_retry` before each wait."""

    operation_id: str
    attempt: int
    delay_s: float
    error: Exception


@dataclasses.dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently a call is repeated.

    The wait before retry n is uniform(0, min(cap_s, base_s * 2**n)). A server that asks for more
    than `max_retry_after_s` is not waited for: the error is raised at once.
    """

    max_retries: int = 2
    base_s: float = 0.5
    cap_s: float = 8.0
    max_retry_after_s: float = 60.0
    on_retry: Callable[[RetryInfo], None] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Timeouts:
    """Three timeouts, all in seconds.

    `connect_s`: TCP and TLS. `idle_s`: no byte arrived; None means 30 for calls and three
    heartbeats for streams. `deadline_s`: the whole call with its retries; None means no limit.
    """

    connect_s: float = 5.0
    idle_s: float | None = None
    deadline_s: float | None = None


class RequestOptions(TypedDict, total=False):
    """Options of one request, accepted by every method as `request_options`."""

    timeout_s: float
    """Another name for `idle_s`."""
    connect_s: float
    idle_s: float
    deadline_s: float | None
    max_retries: int
    retry: RetryPolicy
    idempotency_key: str
    headers: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    """Merged last into the request body."""


def timeouts_of(options: RequestOptions, default: Timeouts) -> Timeouts:
    """The timeouts of one request."""
    return Timeouts(
        connect_s=options.get("connect_s", default.connect_s),
        idle_s=options.get("idle_s", options.get("timeout_s", default.idle_s)),
        deadline_s=options.get("deadline_s", default.deadline_s),
    )


def policy_of(options: RequestOptions, default: RetryPolicy) -> RetryPolicy:
    """The retry policy of one request."""
    policy = options.get("retry", default)
    if "max_retries" in options:
        return dataclasses.replace(policy, max_retries=options["max_retries"])
    return policy
