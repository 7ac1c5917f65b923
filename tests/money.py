"""What the tests of money share: a priced call, and a workspace of its own for every test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import attrs
from aragora_server.agents.model import Usage
from aragora_server.budgets import books
from aragora_server.budgets.alerting import Alerts
from aragora_server.budgets.costs import CostReport
from aragora_server.budgets.holding import HoldService
from aragora_server.budgets.model import BudgetState, Draft, Hold, LedgerEntry, Standing
from aragora_server.budgets.overrides import OverrideService
from aragora_server.budgets.service import BudgetService
from aragora_server.budgets.sweeper import Act, Sweeper
from aragora_server.budgets.tables import holds
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.errors import PaymentRequired
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.notices import Notice
from aragora_server.plugs import ReceiptCosts
from aragora_server.pricing.keeping import OwnPriceService
from aragora_server.pricing.model import flat_price
from aragora_server.pricing.service import PriceService
from aragora_server.pricing.snapshot import load
from sqlalchemy import select

KEY = new_id()


@attrs.frozen(kw_only=True)
class Call:
    """One micro-USD a token, in and out, unless another model is named."""

    input_bound: int = 7
    max_output: int = 0
    agent: str = "ada"
    provider: str = "flat"
    model: str = "one"
    round: int = 0
    call_no: int = 0
    attempt: int = 1


class Time:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **span: int) -> None:
        self.moment += timedelta(**span)


class Keys:
    """The API keys of a workspace: one."""

    async def exists(self, tx: Tx, *, workspace_id: str, api_key_id: str) -> bool:
        return api_key_id == KEY


@attrs.frozen
class Heard:
    """Who is told of budgets: keeps what was said."""

    notices: list[Notice] = attrs.field(factory=list)

    async def tell(self, tx: Tx, notice: Notice) -> None:
        self.notices.append(notice)


@attrs.frozen
class NoDebates:
    """Money that is held for debates that are nowhere."""

    db: Database

    async def beside(self, debate_id: str, act: Act) -> int:
        async with self.db.begin() as tx:
            swept, _said = await act(tx)
        return swept


@attrs.frozen(kw_only=True)
class Money:
    """One workspace and what happens to its money, each step in a transaction of its own."""

    db: Database
    prices: PriceService
    holds: HoldService
    budgets: BudgetService
    time: Time
    heard: Heard
    workspace_id: str
    debate_id: str

    def on(self, db: Database) -> Money:
        """The same workspace, seen by another server."""
        return attrs.evolve(self, db=db, budgets=attrs.evolve(self.budgets, db=db))

    def rival(self) -> Money:
        """Another workspace on the same server."""
        return attrs.evolve(self, workspace_id=new_id(), debate_id=new_id())

    async def budget(self, limit: int, **draft: object) -> BudgetState:
        asked = Draft(name="b", limit_micro_usd=limit, **{"period": "total", **draft})  # type: ignore[arg-type]
        return await self.budgets.open(self.workspace_id, asked)

    async def lower(self, budget: BudgetState, limit: int) -> None:
        await self.budgets.change(self.workspace_id, budget.budget.id, limit_micro_usd=limit)

    async def state(self, budget: BudgetState) -> BudgetState:
        return await self.budgets.get(self.workspace_id, budget.budget.id)

    async def counters(self, budget: BudgetState) -> tuple[int, int, int, int]:
        now = (await self.state(budget)).counters
        left = now.remaining_micro_usd
        assert left is not None
        return now.spent_micro_usd, now.held_micro_usd, now.overage_micro_usd, left

    async def reserve(
        self, *amounts: int, debate_id: str | None = None, tags: Sequence[str] = ()
    ) -> list[str]:
        return await self.reserve_calls(*map(call_of, amounts), debate_id=debate_id, tags=tags)

    async def reserve_calls(
        self, *calls: Call, debate_id: str | None = None, tags: Sequence[str] = ()
    ) -> list[str]:
        async with self.db.begin() as tx:
            return await self.holds.reserve(
                tx,
                workspace_id=self.workspace_id,
                api_key_id=KEY,
                debate_id=debate_id or self.debate_id,
                bounds=calls,
                tags=tags,
            )

    async def settle(self, hold_id: str, cost: int, **usage: object) -> tuple[int, int]:
        used = Usage(**{"input": cost, "output": 0, "source": "reported", **usage})  # type: ignore[arg-type]
        async with self.db.begin() as tx:
            done = await self.holds.settle(tx, hold_id=hold_id, usage=used)
        return done.cost_micro_usd, done.overage_micro_usd

    async def release(self, hold_id: str) -> str:
        async with self.db.begin() as tx:
            return (await self.holds.release(tx, hold_id=hold_id)).state

    async def abandon(self, hold_id: str) -> None:
        async with self.db.begin() as tx:
            await self.holds.abandon(tx, hold_id=hold_id)

    async def adjust(self, hold_id: str, cost: int) -> None:
        used = Usage(input=cost, output=0, source="reported")
        async with self.db.begin() as tx:
            await self.holds.adjust(tx, hold_id=hold_id, usage=used)

    async def sent(self, *hold_ids: str) -> None:
        async with self.db.begin() as tx:
            await self.holds.mark_sent(tx, hold_ids=hold_ids)

    async def abandon_all(self) -> int:
        """Whatever the debate still holds."""
        open_ = select(holds.c.id).where(
            holds.c.debate_id == self.debate_id, holds.c.state == "held"
        )
        async with self.db.begin() as tx:
            left = (await tx.execute(open_)).scalars().all()
            for hold_id in left:
                await self.holds.abandon(tx, hold_id=hold_id)
        return len(left)

    async def sweep(self) -> int:
        return await Sweeper(db=self.db, holds=self.holds, debates=NoDebates(self.db)).sweep()

    async def open_cap(self, limit: int) -> None:
        async with self.db.begin() as tx:
            await self.holds.open_cap(
                tx,
                workspace_id=self.workspace_id,
                debate_id=self.debate_id,
                limit_micro_usd=limit,
            )

    async def cost(self) -> CostReport:
        async with self.db.read() as tx:
            return await self.holds.cost_of_debate(tx, debate_id=self.debate_id)

    async def overrides(self) -> tuple[str, ...]:
        async with self.db.read() as tx:
            return await self.holds.overrides_of_debate(tx, debate_id=self.debate_id)

    async def entries(self, tx: Tx) -> tuple[LedgerEntry, ...]:
        return await books.of_debates(tx, [self.debate_id])

    async def find(self, tx: Tx, hold_id: str) -> Hold:
        hold = await books.find_hold(tx, hold_id)
        assert hold is not None
        return hold

    async def standing(self) -> Standing:
        async with self.db.read() as tx:
            return await self.holds.standing(
                tx,
                workspace_id=self.workspace_id,
                api_key_id=KEY,
                debate_id=self.debate_id,
                tags=(),
            )

    async def refused(self, *amounts: int) -> PaymentRequired:
        """Asked for, refused, and the refusal noted as whoever asked does it."""
        try:
            await self.reserve(*amounts)
        except PaymentRequired as refusal:
            async with self.db.begin() as tx:
                await self.holds.note_refusal(tx, refusal=refusal)
            return refusal
        raise AssertionError("it was admitted")

    async def alerts(self, budget: BudgetState) -> list[tuple[str, int]]:
        """Oldest first: what was said, and at which percent."""
        page = await self.budgets.alerts(
            self.workspace_id, budget.budget.id, cursor=None, limit=1000
        )
        return [(shown.alert.kind, shown.alert.percent) for shown in reversed(page.items)]

    async def ledger(self, budget: BudgetState) -> list[tuple[str, int]]:
        """Oldest first."""
        page = await self.budgets.ledger(
            self.workspace_id, budget.budget.id, cursor=None, limit=1000
        )
        return [(entry.kind, entry.amount_micro_usd) for entry in reversed(page.items)]


def overrides_of(money: Money) -> OverrideService:
    return OverrideService(db=money.db, notices=money.heard, now=money.time, new_id=new_id)


def own_prices(money: Money) -> OwnPriceService:
    """What this workspace, or another of the same server, can do about its own prices."""
    return OwnPriceService(
        db=money.db,
        prices=money.prices,
        providers=("acme", "flat", "openai", "other"),
        now=money.time,
        new_id=new_id,
    )


def call_of(amount: int) -> Call:
    return Call(input_bound=amount)


def money_on(db: Database) -> Money:
    time, heard = Time(), Heard()
    own = {"flat": flat_price("flat-1", input_rate=1_000_000, output_rate=1_000_000)}
    prices = PriceService(load(), own)
    return Money(
        db=db,
        prices=prices,
        holds=HoldService(
            prices=prices,
            alerts=Alerts(notices=heard, new_id=new_id),
            now=time,
            new_id=new_id,
        ),
        budgets=BudgetService(
            db=db, api_keys=Keys(), receipts=ReceiptCosts(), now=time, new_id=new_id
        ),
        time=time,
        heard=heard,
        workspace_id=new_id(),
        debate_id=new_id(),
    )
