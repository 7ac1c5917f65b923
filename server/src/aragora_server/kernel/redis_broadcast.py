"""Wake-ups between processes, over Redis. Without Redis there is silence, never an error."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
import attrs

from .broadcast import LocalBroadcast
from .redis_client import faults, prefix

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.asyncio.client import PubSub

log = logging.getLogger(__name__)

FIRST_WAIT_S, LONGEST_WAIT_S = 0.05, 1.0
OPEN_WITHIN_S = 2.0
CONFIRM_WITHIN_S = 1.0
PING_S = 5.0
SILENCE_S = 12.0
"""A connection that says nothing for so long, not even to a ping, is dead."""


@attrs.define
class _Topic:
    listeners: int = 0
    subscribed: anyio.Event = attrs.field(factory=anyio.Event)


class RedisBroadcast:
    """One subscribing connection a process, whoever and however many listen in it."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._prefix = prefix(client)
        self._here = LocalBroadcast()
        self._topics: dict[str, _Topic] = {}
        self._changed = anyio.Event()
        self._unconfirmed: Counter[str] = Counter()
        self._up = anyio.Event()

    @property
    def is_connected(self) -> bool:
        return self._up.is_set()

    async def publish(self, topic: str, message: bytes) -> None:
        if not self.is_connected:
            return
        try:
            await self._client.publish(self._prefix + topic, message)
        except faults() as fault:
            log.debug("a wake-up was lost: %s", fault)

    @asynccontextmanager
    async def listen(self, topic: str) -> AsyncIterator[AsyncIterator[bytes]]:
        async with self._here.listen(topic) as wake_ups:
            known = self._topics.setdefault(topic, _Topic())
            known.listeners += 1
            self._changed.set()
            try:
                if self.is_connected:
                    with anyio.move_on_after(CONFIRM_WITHIN_S):
                        await known.subscribed.wait()
                yield wake_ups
            finally:
                known.listeners -= 1
                if not known.listeners:
                    del self._topics[topic]
                    self._changed.set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """While the block is open the connection is made, and made again whenever it breaks."""
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(self._stay_connected)
                with anyio.move_on_after(OPEN_WITHIN_S):
                    await self._up.wait()
                yield
                group.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                await self._client.aclose()

    async def _stay_connected(self) -> None:
        wait_s = FIRST_WAIT_S
        while True:
            was_up = False
            try:
                async with self._client.pubsub() as connection:
                    await self._greet(connection)
                    was_up = True
                    await self._converse(connection)
            except* Exception as group:
                # Whatever a client library says of a connection that breaks under two tasks.
                fault = _first(group)
                if not isinstance(fault, faults()):
                    log.warning("the connection to Redis is made anew", exc_info=fault)
                elif was_up or wait_s == FIRST_WAIT_S:
                    log.warning("Redis is away, wake-ups are polled for: %s", fault)
            wait_s = FIRST_WAIT_S if was_up else min(wait_s * 2, LONGEST_WAIT_S)
            await anyio.sleep(wait_s * random.uniform(0.5, 1.0))  # noqa: S311 - jitter

    async def _greet(self, connection: PubSub) -> None:
        """A channel that is always there shows that the connection subscribes at all."""
        await connection.subscribe(self._prefix)
        if await connection.get_message(timeout=CONFIRM_WITHIN_S) is None:
            raise TimeoutError("no answer to the first subscription")

    async def _converse(self, connection: PubSub) -> None:
        for topic in self._topics.values():
            topic.subscribed = anyio.Event()
        self._unconfirmed.clear()
        self._up.set()
        log.info("Redis is there")
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(self._speak, connection)
                await self._hear(connection)
        finally:
            self._up = anyio.Event()
            for topic in self._topics.values():
                topic.subscribed.set()  # nobody waits for a connection that is gone

    async def _speak(self, connection: PubSub) -> None:
        """Bring what Redis sends us to what is listened to, whenever that has changed."""
        subscribed: set[str] = set()
        while True:
            self._changed = anyio.Event()
            wanted = set(self._topics)
            for topic in wanted & subscribed - set(self._unconfirmed):
                self._topics[topic].subscribed.set()  # left and back before it was noticed
            if fresh := wanted - subscribed:
                self._unconfirmed.update(fresh)
                await connection.subscribe(*(self._prefix + topic for topic in fresh))
            if left := subscribed - wanted:
                await connection.unsubscribe(*(self._prefix + topic for topic in left))
            subscribed = wanted
            with anyio.move_on_after(PING_S):
                await self._changed.wait()
                continue
            await connection.ping()

    async def _hear(self, connection: PubSub) -> None:
        while True:
            heard: dict[str, Any] | None = await connection.get_message(timeout=SILENCE_S)
            if heard is None:
                raise TimeoutError(f"nothing was heard for {SILENCE_S} s")
            topic = (heard["channel"] or b"").decode().removeprefix(self._prefix)
            if heard["type"] == "message":
                await self._here.publish(topic, heard["data"])
            elif heard["type"] == "subscribe":
                self._confirm(topic)

    def _confirm(self, topic: str) -> None:
        self._unconfirmed[topic] -= 1
        # Left and listened to again meanwhile: only the last confirmation counts.
        if self._unconfirmed[topic] <= 0:
            del self._unconfirmed[topic]
            if known := self._topics.get(topic):
                known.subscribed.set()


def _first(group: BaseExceptionGroup[Exception]) -> BaseException:
    found: BaseException = group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found
