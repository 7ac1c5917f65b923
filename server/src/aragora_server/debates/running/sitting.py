"""A debate while this process runs it: what it waits for, and what can end the waiting."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager

import anyio
import attrs

from aragora_server.debates.model import Tenure

from .calls import Usages
from .hearing import Hearing
from .minutes import Standing


@attrs.define(kw_only=True, eq=False)
class Sitting:
    debate_id: str
    tenure: Tenure | None = None
    hearings: Sequence[Hearing] = ()
    woken: anyio.Event = attrs.field(factory=anyio.Event)

    def left(self) -> Usages:
        """What to book for the calls that were cut."""
        return {one.ask.call_no: one.usage() for one in self.hearings if not one.is_over}

    async def hear(self, control: AsyncIterator[bytes], *, within_s: float) -> None:
        """Ask all at once. Their order is that of the asks, whoever answers first."""
        with anyio.move_on_after(within_s), _one_error():
            async with anyio.create_task_group() as group:

                async def listen() -> None:
                    async for _ in control:
                        group.cancel_scope.cancel()

                async def wake() -> None:
                    await self.woken.wait()
                    group.cancel_scope.cancel()

                async def hear_all() -> None:
                    async with anyio.create_task_group() as calls:
                        for hearing in self.hearings:
                            calls.start_soon(hearing.run)
                    group.cancel_scope.cancel()

                for watch in (listen, wake, hear_all):
                    group.start_soon(watch)


@attrs.frozen
class Sittings:
    """The debates that run in this process: each of them once."""

    _open: dict[str, Sitting] = attrs.field(factory=dict)
    let_go: set[str] = attrs.field(factory=set)
    """Released by us, and to be handed on."""

    @property
    def debate_ids(self) -> tuple[str, ...]:
        return tuple(self._open)

    @contextmanager
    def open(self, debate_id: str) -> Iterator[Sitting | None]:
        """None when it runs here already."""
        if debate_id in self._open:
            yield None
            return
        self._open[debate_id] = sitting = Sitting(debate_id=debate_id)
        try:
            yield sitting
        finally:
            del self._open[debate_id]

    def hear_of(self, standings: Mapping[str, Standing]) -> None:
        """End the waiting of those that are to be cancelled, or are not ours any more."""
        for debate_id, standing in standings.items():
            sitting = self._open.get(debate_id)
            if sitting is None or sitting.tenure is None:
                continue
            if standing.is_cancelled or standing.epoch != sitting.tenure.epoch:
                sitting.woken.set()


@contextmanager
def _one_error() -> Iterator[None]:
    """Of several calls that failed for a fault of ours, the first one says enough."""
    try:
        yield
    except BaseExceptionGroup as group:
        first: BaseException = group
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        raise first from None
