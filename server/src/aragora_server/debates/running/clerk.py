"""Writes down what happens in a debate: one transaction a fact, told after it is committed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import anyio
import attrs

from aragora_server.debates import store
from aragora_server.debates.model import Debate, DebateNotFound, DebateOver, Tenure
from aragora_server.debates.ports import Costs, Pulse, Said
from aragora_server.debates.telling import drafts, shapes
from aragora_server.debates.telling.events import Draft, Event, publish
from aragora_server.kernel import fault_points, telemetry
from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.errors import PaymentRequired
from aragora_server.kernel.faults import is_passing

from . import minutes
from .journal import CallAlreadyOver, Fenced, Journal

log = logging.getLogger(__name__)

T = TypeVar("T")
Told = tuple[Event, ...]
Work = Callable[[Tx], Awaitable[tuple[T, Told]]]
Act = Callable[[Tx], Awaitable[tuple[T, Sequence[Said]]]]

PATIENCE_S = 60.0
"""So long a runner holds a result in its hands when it cannot be written."""
PAUSE_S, LONGEST_PAUSE_S = 0.1, 2.0


@attrs.frozen(kw_only=True)
class Clerk:
    """Every transaction locks the debate first and budgets after it: none wait in a ring."""

    db: Database
    journal: Journal
    costs: Costs
    broadcast: Broadcast
    pulse: Pulse

    @property
    def now(self) -> Clock:
        return self.journal.now

    async def commit(self, name: str, work: Work[T]) -> T:
        """Once: whoever asked is told when the database is away."""
        result, told = await self._commit(name, work, None)
        await publish(self.broadcast, told)
        return result

    async def keep(self, name: str, work: Work[T], tenure: Tenure | None = None) -> T | None:
        """For a runner: while the database is away or its disk full, hold on to what there is.

        A COMMIT of which nobody knows whether it happened is not repeated blindly: the work looks
        for its own traces. None when it found that it was done. Where a budget may refuse, the
        debate of `tenure` is told.
        """
        told: Told
        is_repeat = False

        async def once() -> tuple[T | None, Told]:
            nonlocal is_repeat
            try:
                return await self._commit(name, work, tenure)
            except CallAlreadyOver:
                if not is_repeat:
                    raise
                return None, ()
            finally:
                is_repeat = True

        result, told = await patiently(name, once)
        with anyio.CancelScope(shield=True):
            await publish(self.broadcast, told)
        return result

    async def see(self, name: str, look: Callable[[Tx], Awaitable[T]]) -> T:
        """For a runner: read, and wait for the database while it is away."""

        async def once() -> T:
            async with self.db.read() as tx:
                return await look(tx)

        return await patiently(name, once)

    async def append(self, tx: Tx, tenure: Tenure, *drafts: Draft) -> Told:
        return await self.journal.append(tx, tenure, *drafts)

    async def tell(self, tx: Tx, tenure: Tenure, said: Sequence[Draft]) -> Told:
        """What came up on the way: the fence was passed before."""
        return await self.journal.append(tx, tenure, *said) if said else ()

    def beside(self, debate_id: str, act: Act[T]) -> Work[T]:
        """For whoever does not run a debate: what budgets say of `act` is told in it, unless it is
        over."""

        async def work(tx: Tx) -> tuple[T, Told]:
            debate = await store.find(tx, debate_id, lock=True)
            result, said = await act(tx)
            if debate is None or debate.is_over or not said:
                return result, ()
            tenure = await minutes.tenure_of(tx, debate_id)
            return result, await self.append(tx, tenure, *drafts.of_budgets(said))

        return work

    async def enter(self, tx: Tx, tenure: Tenure) -> Debate:
        """Lock the debate, if it is still ours and not over, and read it."""
        await self.journal.append(tx, tenure)
        return await self.get(tx, tenure.debate_id)

    async def get(self, tx: Tx, debate_id: str) -> Debate:
        debate = await store.find(tx, debate_id)
        if debate is None:
            raise DebateNotFound(f"no debate {debate_id}")
        return debate

    async def standing(self, tx: Tx, debate: Debate) -> Draft:
        known = await self.costs.standing(
            tx,
            workspace_id=debate.workspace_id,
            api_key_id=debate.created_by,
            debate_id=debate.id,
            tags=debate.tags,
        )
        return Draft("budget.updated", shapes.standing(known))

    async def _commit(self, name: str, work: Work[T], tenure: Tenure | None) -> tuple[T, Told]:
        async def watched(tx: Tx) -> tuple[T, Told]:
            done = await work(fault_points.watched(name, tx))
            fault_points.reach(f"{name}:commit")
            return done

        # Neither a cancellation nor a deadline may lose what is being written.
        with anyio.CancelScope(shield=True):
            try:
                done = await self.db.run(watched)
            except Fenced:
                telemetry.FENCED.inc()
                raise
            except PaymentRequired as refusal:
                await self._note(refusal, tenure)
                raise
        fault_points.reach(f"{name}:committed")
        return done

    async def _note(self, refusal: PaymentRequired, tenure: Tenure | None) -> None:
        budgets = self.journal.budgets

        async def note(tx: Tx) -> Told:
            if tenure is None:
                await budgets.note_refusal(tx, refusal=refusal)
                return ()
            await self.append(tx, tenure)
            said = await budgets.note_refusal(tx, refusal=refusal)
            return await self.tell(tx, tenure, drafts.of_budgets(said))

        try:
            await publish(self.broadcast, await self.db.run(note))
        except (Fenced, DebateOver):
            # The debate is somebody else's by now; that the budget refused is true all the same.
            await self._note(refusal, None)
        except Exception as fault:
            if not is_passing(fault):
                raise
            log.warning("a refusal could not be noted, the next one will be: %s", fault)


async def patiently(name: str, action: Callable[[], Awaitable[T]]) -> T:
    """Again and again while the database is away; between two attempts it can be cancelled."""
    until, pause_s = anyio.current_time() + PATIENCE_S, PAUSE_S
    while True:
        try:
            return await action()
        except Exception as fault:
            if not is_passing(fault) or anyio.current_time() >= until:
                raise
            log.warning("%s waits for the database: %s", name, fault)
        await anyio.sleep(pause_s)
        pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
