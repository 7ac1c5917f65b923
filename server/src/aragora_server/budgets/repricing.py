"""Calls that were paid at one price, booked as they come to at another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import attrs
from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, not_, or_, select

from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.money import InvalidAmount, format_usd

from . import books
from .adjusting import MOST_A_CALL, correct
from .drafting import entry_of
from .holding import HoldService
from .model import PAID
from .prices import Price
from .tables import holds, ledger

MOST = 1_000
"""Calls of one request, each in a transaction of its own, so that nobody waits for all of them."""


class Reach(Protocol):
    """Calls by the name of their model, and by when they were reserved."""

    @property
    def match(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def valid_from(self) -> datetime: ...
    @property
    def valid_to(self) -> datetime | None: ...


@attrs.frozen(kw_only=True)
class Wanted:
    """Calls of a workspace that `reach` takes and none of `others`, and their price instead."""

    workspace_id: str
    provider: str
    reach: Reach
    others: Sequence[Reach]
    price: Price


@attrs.frozen(kw_only=True)
class Repriced:
    calls: int = 0
    before_micro_usd: int = 0
    after_micro_usd: int = 0
    left: int = 0

    def with_call(self, before: int, after: int) -> Repriced:
        return attrs.evolve(
            self,
            calls=self.calls + 1,
            before_micro_usd=self.before_micro_usd + before,
            after_micro_usd=self.after_micro_usd + after,
        )


@attrs.frozen(kw_only=True)
class Used:
    """What a call used, in the buckets that a price counts."""

    input: int
    cache_read: int | None
    cache_write_5m: int | None
    cache_write_1h: int | None
    output: int
    reasoning: int | None
    audio_in: int | None
    audio_out: int | None
    source: Any = "reported"


@attrs.frozen(kw_only=True)
class RepricingService:
    db: Database
    holds: HoldService

    async def foresee(self, wanted: Wanted) -> Repriced:
        """What it would come to. Nothing is booked."""
        found, left = await self._find(wanted)
        done = Repriced(left=left)
        for row in found:
            done = done.with_call(int(row.cost), _cost(row, wanted.price))
        return done

    async def reprice(self, wanted: Wanted, *, by: str) -> Repriced:
        """Repeating it goes on with what is left, and changes nothing of what is done."""
        found, left = await self._find(wanted)
        done = Repriced(left=left)
        for row in found:
            async with self.db.begin() as tx:
                if moved := await self._book(tx, row.id, wanted, by):
                    done = done.with_call(*moved)
        return done

    async def _find(self, wanted: Wanted) -> tuple[Sequence[Row[Any]], int]:
        """The first of the calls, and how many come after those."""
        every = _calls(wanted)
        async with self.db.search() as tx:
            found = (await tx.execute(every.order_by(holds.c.id).limit(MOST))).all()
            counting = select(func.count()).select_from(every.order_by(None).subquery())
            left = int((await tx.execute(counting)).scalar_one()) - len(found)
        return found, left

    async def _book(self, tx: Tx, hold_id: str, wanted: Wanted, by: str) -> tuple[int, int] | None:
        """None when somebody else was first."""
        hold = await books.find_hold(tx, hold_id)
        row = (await tx.execute(_calls(wanted).where(holds.c.id == hold_id))).first()
        if hold is None or row is None:
            return None
        before, after = int(row.cost), _cost(row, wanted.price)
        entry = entry_of(
            hold, "adjust", after - before, entry_id=self.holds.new_id(), at=self.holds.now()
        )
        old, new = str(row.last_version or hold.price_version), wanted.price.version
        told = attrs.evolve(
            entry,
            price_version=new,
            repriced_from=old,
            actor=by,
            reason=f"re-priced from {old} to {new}",
        )
        await correct(tx, self.holds.alerts, hold, told)
        return before, after


def _cost(row: Row[Any], price: Price) -> int:
    """What nobody can price stays at what it cost."""
    before = int(row.cost)
    after = price.cost(Used(**row.usage))
    if after is None:
        return before
    if after > max(before, MOST_A_CALL):
        most = format_usd(MOST_A_CALL)
        raise InvalidAmount(f"the call {row.id} would cost more than {most} USD at this price")
    return after


def _calls(wanted: Wanted) -> Select[Any]:
    """Those whose usage is known, that no person corrected and that never had this price."""
    theirs = and_(ledger.c.hold_id == holds.c.id, ledger.c.debate_id == holds.c.debate_id)
    answer = ledger.alias("answer")
    told = and_(
        answer.c.hold_id == holds.c.id,
        answer.c.workspace_id == wanted.workspace_id,
        answer.c.usage.is_not(None),
    )
    repriced = ledger.c.repriced_from.is_not(None)
    version = wanted.price.version
    had = exists().where(theirs, repriced, ledger.c.price_version == version)
    corrected = exists().where(theirs, ledger.c.actor.is_not(None), not_(repriced))
    cost = select(func.sum(ledger.c.amount_micro_usd)).where(theirs, ledger.c.kind.in_(PAID))
    last = (
        select(ledger.c.price_version)
        .where(theirs, repriced)
        .order_by(ledger.c.seq.desc())
        .limit(1)
    )
    shown = (holds.c.id, answer.c.usage, cost.scalar_subquery().label("cost"))
    return (
        select(*shown, last.scalar_subquery().label("last_version"))
        .join_from(holds, answer, told)
        .where(
            holds.c.workspace_id == wanted.workspace_id,
            holds.c.provider == wanted.provider,
            _takes(wanted.reach),
            not_(or_(False, *map(_takes, wanted.others))),
            holds.c.price_version != version,
            not_(had),
            not_(corrected),
        )
    )


def _takes(reach: Reach) -> ColumnElement[bool]:
    name, asked = func.lower(holds.c.model), reach.model.lower()
    named = name == asked if reach.match == "exact" else name.startswith(asked, autoescape=True)
    held = and_(named, holds.c.created_at >= reach.valid_from)
    return held if reach.valid_to is None else and_(held, holds.c.created_at < reach.valid_to)
