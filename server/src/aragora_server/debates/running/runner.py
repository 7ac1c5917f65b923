"""Runs a debate: asks the agents what rounds.py wants to know, until there is an end."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

import anyio
import attrs

from aragora_server.debates import estimate
from aragora_server.debates.model import Debate, DebateOver, Progress
from aragora_server.debates.ports import Agents
from aragora_server.debates.rules import prompts, protocol, rounds
from aragora_server.debates.rules.protocol import Protocol
from aragora_server.debates.rules.replies import Reader
from aragora_server.debates.rules.transcript import Ask, Record, Round, Setup
from aragora_server.debates.telling.events import control_topic
from aragora_server.kernel.errors import PaymentRequired

from .endings import Endings, Usages
from .hearing import Deltas, Hearing, Pace
from .proceedings import Proceedings

log = logging.getLogger(__name__)


def _never() -> bool:
    return False


@attrs.frozen(kw_only=True)
class Runner:
    proceedings: Proceedings
    endings: Endings
    agents: Agents
    pace: Pace
    new_salt: Callable[[], str]

    async def run(self, debate_id: str, is_stopping: Callable[[], bool] = _never) -> None:
        """Bring a debate to its end, wherever it stands; or to a round's end when we must stop."""
        under_way: list[Hearing] = []
        try:
            await self._run(debate_id, under_way, is_stopping)
        except DebateOver:
            log.info("debate %s ended elsewhere", debate_id)
        except Exception:
            log.exception("debate %s failed", debate_id)
            await self.endings.fail(debate_id, "internal_error", left=_left(under_way))
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True):
                await self.endings.interrupt(debate_id, left=_left(under_way))
            raise

    async def _run(
        self, debate_id: str, under_way: list[Hearing], is_stopping: Callable[[], bool]
    ) -> None:
        progress = await self.proceedings.begin(debate_id)
        while progress is not None and not progress.debate.is_over and not is_stopping():
            await self._step(progress, under_way)
            progress = await self.proceedings.look(progress.debate)

    async def _step(self, progress: Progress, under_way: list[Hearing]) -> None:
        """One move: the end, a round's closing, or a round's calls."""
        debate = progress.debate
        rules, setup = protocol.load(debate.protocol.id), debate.setup()
        if debate.cancelled_by is not None:
            await self.endings.cancel(debate.id, left=_left(under_way))
            return
        where = rounds.plan(rules, setup, progress.transcript)
        for view in where.rounds:
            if view.is_closed and view.no not in progress.closed:
                await self.proceedings.close_round(debate, view)
        if where.end is not None:
            await self.endings.conclude(debate.id, where.end, left={})
        elif self._time_left_s(debate) <= 0 or any(not hearing.is_over for hearing in under_way):
            end = rounds.cut_short(rules, setup, progress.transcript, "deadline")
            await self.endings.conclude(debate.id, end, left=_left(under_way))
        else:
            await self._hold_round(progress, where.rounds[-1], where.asks, under_way)

    async def _hold_round(
        self, progress: Progress, view: Round, asks: Sequence[Ask], under_way: list[Hearing]
    ) -> None:
        debate = progress.debate
        rules, setup = protocol.load(debate.protocol.id), debate.setup()
        try:
            hearings = await self._hearings(progress, view, asks)
        except PaymentRequired:
            end = rounds.cut_short(rules, setup, progress.transcript, "budget")
            await self.endings.conclude(debate.id, end, left={})
            return
        under_way[:] = hearings
        await self._hear(debate, hearings)

    async def _hearings(
        self, progress: Progress, view: Round, asks: Sequence[Ask]
    ) -> list[Hearing]:
        debate = progress.debate
        rules, setup = protocol.load(debate.protocol.id), debate.setup()
        rendered = {
            ask.call_no: prompts.render(rules, setup, progress.transcript, ask) for ask in asks
        }
        bounds = {ask.call_no: estimate.bound_of(setup, ask, rendered[ask.call_no]) for ask in asks}
        calls = await self.proceedings.claim(
            progress, view, [(ask, bounds[ask.call_no]) for ask in asks]
        )
        return [
            Hearing(
                debate=debate,
                ask=ask,
                prompt=rendered[ask.call_no],
                bound=bounds[ask.call_no],
                call=calls[ask.call_no],
                agent=self.agents.agent(setup.seat(ask.agent)),
                proceedings=self.proceedings,
                pace=self.pace,
                read=self._reader(rules, setup, progress, ask),
                deltas=self._deltas(debate, ask),
            )
            for ask in asks
        ]

    async def _hear(self, debate: Debate, hearings: Sequence[Hearing]) -> None:
        """Ask all at once. Their order is that of the asks, whoever answers first."""
        async with self.proceedings.clerk.broadcast.listen(control_topic(debate.id)) as control:
            # Listening first, then looking: a cancellation in between is seen by one of the two.
            if await self.proceedings.is_cancelled(debate.id):
                return
            with anyio.move_on_after(self._time_left_s(debate)), _one_error():
                async with anyio.create_task_group() as group:

                    async def watch() -> None:
                        async for _ in control:
                            group.cancel_scope.cancel()

                    async def hear_all() -> None:
                        async with anyio.create_task_group() as calls:
                            for hearing in hearings:
                                calls.start_soon(hearing.run)
                        group.cancel_scope.cancel()

                    group.start_soon(watch)
                    group.start_soon(hear_all)

    def _reader(
        self, rules: Protocol, setup: Setup, progress: Progress, ask: Ask
    ) -> Callable[[str], Record]:
        reader = Reader(
            protocol=rules,
            setup=setup,
            new_id=_ids_of_call(setup.debate_id, ask.call_no),
            new_salt=self.new_salt,
        )
        return lambda text: reader.read(progress.transcript, ask, text)

    def _deltas(self, debate: Debate, ask: Ask) -> Deltas:
        return Deltas(
            clerk=self.proceedings.clerk,
            debate_id=debate.id,
            call_no=ask.call_no,
            agent=ask.agent,
            monotonic=anyio.current_time,
        )

    def _time_left_s(self, debate: Debate) -> float:
        return (debate.deadline_at - self.proceedings.clerk.now()).total_seconds()


def _left(under_way: Sequence[Hearing]) -> Usages:
    """What to book for the calls that were cut."""
    return {hearing.ask.call_no: hearing.usage() for hearing in under_way if not hearing.is_over}


def _ids_of_call(debate_id: str, call_no: int) -> Callable[[], str]:
    """Ids for what is said follow from its place, so asking again changes none."""
    numbers = count()
    return lambda: _derived_id(debate_id, f"{call_no}|{next(numbers)}")


def _derived_id(debate_id: str, place: str) -> str:
    """A UUIDv7 with the debate's own time; its random part is a digest (RFC 9562 §5.7)."""
    stamp = uuid.UUID(debate_id).int >> 80
    digest = int.from_bytes(hashlib.sha256(f"{debate_id}|{place}".encode()).digest())
    high, low = digest & 0xFFF, digest >> 12 & (1 << 62) - 1
    return str(uuid.UUID(int=stamp << 80 | 7 << 76 | high << 64 | 2 << 62 | low))


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
