"""Runs a debate: asks the agents what rounds.py wants to know, until there is an end."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
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
from aragora_server.kernel.faults import is_passing

from .endings import Endings
from .hearing import Deltas, Hearing, Pace
from .journal import Fenced
from .proceedings import Proceedings
from .sitting import Sitting, Sittings

log = logging.getLogger(__name__)


def _never() -> bool:
    return False


@attrs.frozen(kw_only=True)
class Runner:
    proceedings: Proceedings
    endings: Endings
    agents: Agents
    pace: Pace
    sittings: Sittings = attrs.field(factory=Sittings)

    async def run(self, debate_id: str, is_stopping: Callable[[], bool] = _never) -> None:
        """Bring a debate to its end, wherever it stands; or to a round's end when we must stop.

        Nothing happens when it runs already, here or elsewhere.
        """
        if is_stopping():
            return
        with self.sittings.open(debate_id) as sitting:
            if sitting is not None:
                await self._sit(sitting, is_stopping)

    async def _sit(self, sitting: Sitting, is_stopping: Callable[[], bool]) -> None:
        try:
            await self._run(sitting, is_stopping)
        except DebateOver:
            log.info("debate %s ended elsewhere", sitting.debate_id)
        except Fenced as fence:
            log.warning("let go: %s", fence)
        except Exception as fault:
            if is_passing(fault):
                # It stays ours; the reconciler finds it dropped, and then it goes on from there.
                log.warning("debate %s was dropped: %s", sitting.debate_id, fault)
                return
            log.exception("debate %s failed", sitting.debate_id)
            if sitting.tenure is not None:
                with suppress(Fenced, DebateOver):
                    await self.endings.fail(sitting.tenure, "internal_error", left=sitting.left())
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True):
                await self._let_go(sitting)
            raise

    async def _run(self, sitting: Sitting, is_stopping: Callable[[], bool]) -> None:
        progress = await self.proceedings.begin(sitting.debate_id)
        while progress is not None and not progress.debate.is_over:
            sitting.tenure = progress.tenure
            if is_stopping():
                await self._let_go(sitting)
                return
            await self._step(progress, sitting)
            progress = await self.proceedings.look(progress)

    async def _let_go(self, sitting: Sitting) -> None:
        """Others may have it at once, instead of when we are seen to be dead."""
        if sitting.tenure is None:
            return
        try:
            await self.endings.release(sitting.tenure, left=sitting.left())
            self.sittings.let_go.add(sitting.debate_id)
        except (Fenced, DebateOver):
            return
        except Exception:
            log.exception("debate %s could not be let go", sitting.debate_id)

    async def _step(self, progress: Progress, sitting: Sitting) -> None:
        """One move: the end, a round's closing, or a round's calls."""
        debate, tenure = progress.debate, progress.tenure
        rules, setup = protocol.load(debate.protocol.id), debate.setup()
        if debate.cancelled_by is not None:
            await self.endings.cancel(tenure, left=sitting.left())
            return
        where = rounds.plan(rules, setup, progress.transcript)
        for view in where.rounds:
            if view.is_closed and view.no not in progress.closed:
                await self.proceedings.close_round(tenure, debate, view)
        if where.end is not None:
            await self.endings.conclude(tenure, where.end, left={})
        elif self._time_left_s(debate) <= 0 or sitting.left():
            end = rounds.cut_short(rules, setup, progress.transcript, "deadline")
            await self.endings.conclude(tenure, end, left=sitting.left())
        else:
            await self._hold_round(progress, where.rounds[-1], where.asks, sitting)

    async def _hold_round(
        self, progress: Progress, view: Round, asks: Sequence[Ask], sitting: Sitting
    ) -> None:
        debate, tenure = progress.debate, progress.tenure
        rules, setup = protocol.load(debate.protocol.id), debate.setup()
        try:
            hearings = await self._hearings(progress, view, asks)
        except PaymentRequired:
            end = rounds.cut_short(rules, setup, progress.transcript, "budget")
            await self.endings.conclude(tenure, end, left={})
            return
        sitting.hearings = hearings
        # Listening first, then looking: a cancellation in between is seen by one of the two.
        topic = control_topic(debate.id)
        async with self.proceedings.clerk.broadcast.listen(topic) as control:
            if not await self.proceedings.is_cancelled(tenure):
                await sitting.hear(control, within_s=self._time_left_s(debate))

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
                tenure=progress.tenure,
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

    def _reader(
        self, rules: Protocol, setup: Setup, progress: Progress, ask: Ask
    ) -> Callable[[str], Record]:
        reader = Reader(
            protocol=rules,
            setup=setup,
            new_id=_ids_of_call(setup.debate_id, ask.call_no),
            new_salt=self.pace.new_salt,
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
