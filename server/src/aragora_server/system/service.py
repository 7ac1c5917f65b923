"""Readiness that tells the truth: it does what a request would do."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import anyio
import attrs

from aragora_server.kernel import telemetry
from aragora_server.kernel.drain import Drain

from .model import Finding, Health, NotReady, Probe

log = logging.getLogger("aragora.system")

PATIENCE_S = 5.0
GLANCE_S = 2.0
FRESH_S = 5.0
LEAST_FREE = 0.05
LOW_FREE = 0.10


@attrs.define(eq=False)
class Readiness:
    """Anybody may ask, as often as he likes: all who come while one looks share the next look."""

    probes: tuple[Probe, ...]
    drain: Drain
    _turn: anyio.Lock = attrs.field(factory=anyio.Lock, init=False)
    _begun: int = attrs.field(default=0, init=False)
    _done: int = attrs.field(default=0, init=False)
    _found: tuple[Finding, ...] = attrs.field(default=(), init=False)

    async def findings(self) -> tuple[Finding, ...]:
        """What was found; NotReady when a request would fail."""
        found = list(await self._fresh())
        if self.drain.is_on:
            found.append(Finding(name="shutdown", status="failed", detail="the server is stopping"))
        if any(finding.status == "failed" for finding in found):
            checks = [attrs.asdict(finding) for finding in found]
            raise NotReady("requests would fail now", members={"checks": checks}, retry_after_s=5)
        return tuple(found)

    async def _fresh(self) -> tuple[Finding, ...]:
        """What a look found that began after it was asked for."""
        wanted = self._begun + 1
        async with self._turn:
            if self._done < wanted:
                self._begun += 1
                number = self._begun
                self._found = tuple([await _look(probe) for probe in self.probes])
                self._done = number
            return self._found


@attrs.frozen(kw_only=True)
class Look:
    """Sets gauges by what it sees. `forget` makes them unknown, for when nothing can be seen."""

    see: Callable[[], Awaitable[None]]
    forget: Callable[[], None]


class Metrics:
    """What this process counts, and what it can see: looked up again only every few seconds."""

    def __init__(self, looks: Sequence[Look], monotonic: Callable[[], float]) -> None:
        self._looks = looks
        self._monotonic = monotonic
        self._lock = anyio.Lock()
        self._seen_at = float("-inf")

    async def text(self) -> str:
        async with self._lock:
            if self._monotonic() - self._seen_at >= FRESH_S:
                for look in self._looks:
                    await _see(look)
                self._seen_at = self._monotonic()
        return telemetry.exposition().decode()


async def _see(look: Look) -> None:
    try:
        with anyio.fail_after(GLANCE_S):
            await look.see()
    except Exception:  # what this process counts must be told all the more
        log.exception("a part of the metrics is not known now")
        look.forget()


async def _look(probe: Probe) -> Finding:
    try:
        with anyio.fail_after(PATIENCE_S):
            status, detail = await probe.look()
    except Exception:  # the caller must learn that it is broken, not how
        log.exception("the check of %s failed", probe.name)
        return Finding(name=probe.name, status="failed", detail="it does not work")
    return Finding(name=probe.name, status=status, detail=detail)


def works(look: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[tuple[Health, str]]]:
    """Something that either works or raises."""

    async def check() -> tuple[Health, str]:
        started = anyio.current_time()
        await look()
        return "ok", f"answered in {(anyio.current_time() - started) * 1000:.0f} ms"

    return check


def free_ratio(folder: Path) -> float:
    """The free part of the file system that holds this folder, 0 to 1."""
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total


def disk(folder: Path) -> Callable[[], Awaitable[tuple[Health, str]]]:
    async def check() -> tuple[Health, str]:
        free = free_ratio(folder)
        status: Health = "ok" if free > LOW_FREE else "degraded" if free > LEAST_FREE else "failed"
        return status, f"{free:.0%} free"

    return check
