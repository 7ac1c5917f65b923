"""Hold, settle, release: how a call is paid. Every method joins the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

import attrs

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Tx
from aragora_server.kernel.errors import PaymentRequired
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.money import MAX_MICRO_USD

from . import books, override_rows, store
from .adjusting import correct
from .admission import admit
from .alerting import Alerts
from .applying import applicable
from .calls import Bound, Usage, UsageSource
from .costs import CostReport, buckets, is_plausible, report
from .drafting import HOLD_LIFETIME, entry_of, hold_of
from .model import Budget, BudgetExceeded, Draft, EntryKind, Hold, LedgerEntry, Standing
from .prices import Price, PriceBook, Prices, bound_at, may_go_unpriced, price_of
from .settling import Said, Settlement


@attrs.frozen(kw_only=True)
class HoldService:
    prices: Prices
    alerts: Alerts
    now: Clock
    new_id: NewId

    async def open_cap(
        self, tx: Tx, *, workspace_id: str, debate_id: str, limit_micro_usd: int
    ) -> None:
        """A debate's own limit is a budget like any other."""
        draft = Draft(
            name="this debate",
            limit_micro_usd=limit_micro_usd,
            period="total",
            scope="debate",
            scope_id=debate_id,
            warn_at_percent=(),
        )
        cap = Budget.drafted(
            draft, budget_id=self.new_id(), workspace_id=workspace_id, at=self.now()
        )
        await store.add(tx, cap)

    async def pricing(
        self, tx: Tx, *, workspace_id: str, api_key_id: str, tags: Sequence[str], is_capped: bool
    ) -> Callable[[Bound], int | None]:
        """What a call may cost now; None where nobody knows and everybody allows it.

        A debate's own cap refuses what nobody can count against it. Nothing is held.
        """
        now = self.now()
        open_budgets, has_own_prices = await applicable(
            tx, workspace_id=workspace_id, api_key_id=api_key_id, debate_id="", tags=tags
        )
        book = await self._book_of(tx, workspace_id, now, has_own_prices)
        unpriced = None if is_capped else self._unpriced(open_budgets)

        def quote(bound: Bound) -> int | None:
            price = price_of(book, bound, now, unpriced=unpriced)
            return None if price is unpriced else bound_at(price, bound)

        return quote

    async def reserve(  # noqa: PLR0913 - who pays, and what for
        self,
        tx: Tx,
        *,
        workspace_id: str,
        api_key_id: str,
        debate_id: str,
        bounds: Sequence[Bound],
        tags: Sequence[str] = (),
    ) -> list[str]:
        """Hold the bounds of a whole round, or nothing: no debate stops half-way in a round."""
        if not bounds:
            return []
        now = self.now()
        open_budgets, has_own_prices = await applicable(
            tx, workspace_id=workspace_id, api_key_id=api_key_id, debate_id=debate_id, tags=tags
        )
        book = await self._book_of(tx, workspace_id, now, has_own_prices)
        unpriced = self._unpriced(open_budgets)
        priced = [(bound, price_of(book, bound, now, unpriced=unpriced)) for bound in bounds]
        whose = {"workspace_id": workspace_id, "debate_id": debate_id}
        holds = [
            hold_of(bound, price, hold_id=self.new_id(), at=now, **whose) for bound, price in priced
        ]
        total = sum(hold.amount_micro_usd for hold in holds)
        period_ids = {
            await store.period_for(tx, budget, budget.window(now), self.new_id()): budget
            for budget in open_budgets
        }
        for period_id in sorted(period_ids):
            if await admit(tx, period_id, period_ids[period_id], total, now):
                await override_rows.note_debate(tx, period_id, debate_id, now)
        await books.add_holds(tx, holds, sorted(period_ids))
        await books.append(
            tx, [self._entry(hold, "reserve", hold.amount_micro_usd, now) for hold in holds]
        )
        return [hold.id for hold in holds]

    async def note_refusal(self, tx: Tx, *, refusal: PaymentRequired) -> tuple[Said, ...]:
        """Say that a budget refused, the first time in a period.

        In a transaction of its own: that of the refusal is gone.
        """
        if isinstance(refusal, BudgetExceeded) and not refusal.state.is_refusal_told:
            return await self.alerts.refused(tx, refusal, self.now())
        return ()

    async def mark_sent(self, tx: Tx, *, hold_ids: Sequence[str]) -> frozenset[str]:
        """Say, before the requests leave, that from now on a provider may bill them.

        Returns those that are held; one that was closed meanwhile pays for nothing.
        """
        now = self.now()
        return await books.mark_sent(tx, hold_ids, now, now + HOLD_LIFETIME)

    async def settle(self, tx: Tx, *, hold_id: str, usage: Usage) -> Settlement:
        """Book what the call cost. Saying it twice changes nothing and answers the same."""
        hold = await self._find(tx, hold_id)
        if not is_plausible(usage):
            return await self._book(tx, hold, hold.amount_micro_usd, None, "estimated")
        cost = self._cost(hold, usage)
        if cost is None:
            return await self._book(tx, hold, hold.amount_micro_usd, buckets(usage), "estimated")
        return await self._book(tx, hold, cost, buckets(usage), usage.source)

    async def release(self, tx: Tx, *, hold_id: str) -> Settlement:
        """Give a hold back: the provider surely did not bill."""
        return await self._give_back(tx, await self._find(tx, hold_id))

    async def adjust(self, tx: Tx, *, hold_id: str, usage: Usage) -> Settlement:
        """An answer came after its hold was closed without it: now the true cost is known.

        The difference is booked once, in the period of the hold. What was booked too much is free
        again; what was booked too little is overage.
        """
        hold = await self._find(tx, hold_id)
        if hold.state == "held":
            return await self.settle(tx, hold_id=hold_id, usage=usage)
        cost = self._cost(hold, usage) if is_plausible(usage) else None
        if cost is None or await books.is_answered(tx, hold_id):
            return _settlement(hold)
        booked = await books.booked_for(tx, hold_id)
        told = self._entry(hold, "adjust", cost - booked.cost_micro_usd, self.now())
        told = attrs.evolve(told, usage=buckets(usage), usage_source=usage.source)
        _, said = await correct(tx, self.alerts, hold, told)
        return attrs.evolve(_settlement(hold), said=said)

    async def abandon(self, tx: Tx, *, hold_id: str) -> Settlement:
        """Close a hold that nobody will settle.

        What was sent may have been billed and is booked in full; the rest is given back.
        """
        hold = await self._find(tx, hold_id)
        if hold.sent_at is None:
            return await self._give_back(tx, hold)
        return await self._book(tx, hold, hold.amount_micro_usd, None, "estimated")

    async def rename(self, tx: Tx, *, debate_id: str, names: Mapping[str, str]) -> None:
        """Agents of this debate have other names from now on; no amount changes."""
        await books.rename(tx, debate_id, names)

    async def cost_of_debate(self, tx: Tx, *, debate_id: str) -> CostReport:
        return report(await books.of_debate(tx, debate_id))

    async def overrides_of_debate(self, tx: Tx, *, debate_id: str) -> tuple[str, ...]:
        """Without which a budget would have refused a round of it."""
        return await override_rows.of_debate(tx, debate_id)

    async def costs_of_debates(
        self, tx: Tx, *, debate_ids: Collection[str]
    ) -> dict[str, CostReport]:
        """The cost of each, in one query, however many they are."""
        paid: dict[str, list[LedgerEntry]] = {debate_id: [] for debate_id in debate_ids}
        for entry in await books.of_debates(tx, debate_ids):
            paid[entry.debate_id].append(entry)
        return {debate_id: report(entries) for debate_id, entries in paid.items()}

    async def standing(
        self, tx: Tx, *, workspace_id: str, api_key_id: str, debate_id: str, tags: Sequence[str]
    ) -> Standing:
        open_budgets, _ = await applicable(
            tx, workspace_id=workspace_id, api_key_id=api_key_id, debate_id=debate_id, tags=tags
        )
        states = await store.states(tx, open_budgets, self.now())
        lefts = (state.counters.remaining_micro_usd for state in states)
        left = [one for one in lefts if one is not None]
        spent, held = await books.sums_of_debate(tx, debate_id)
        return Standing(
            spent_micro_usd=spent,
            held_micro_usd=held,
            remaining_micro_usd=min(left, default=None),
        )

    def _cost(self, hold: Hold, usage: Usage) -> int | None:
        """None where nobody can say, or it is more than any amount may be."""
        cost = self.prices.read(hold.price_terms).cost(usage)
        return None if cost is None or cost > MAX_MICRO_USD else cost

    async def _book(
        self,
        tx: Tx,
        hold: Hold,
        cost: int,
        usage: Mapping[str, int | None] | None,
        source: UsageSource,
    ) -> Settlement:
        if not await books.end_hold(tx, hold.id, "settled", cost):
            return _settlement(await self._find(tx, hold.id))
        done = _settlement(attrs.evolve(hold, state="settled", cost_micro_usd=cost))
        booked = cost - done.overage_micro_usd
        reached = await store.move(
            tx,
            await books.period_ids(tx, hold.id),
            amount=hold.amount_micro_usd,
            booked=booked,
            overage=done.overage_micro_usd,
        )
        now = self.now()
        said = await self.alerts.moved(tx, reached, hold, done.overage_micro_usd, now)
        settled = self._entry(hold, "settle", booked, now)
        entries = [attrs.evolve(settled, usage=usage, usage_source=source)]
        if done.overage_micro_usd:
            over = self._entry(hold, "overage", done.overage_micro_usd, now)
            entries.append(attrs.evolve(over, overage_micro_usd=over.amount_micro_usd))
        await books.append(tx, entries)
        return attrs.evolve(done, said=said)

    async def _give_back(self, tx: Tx, hold: Hold) -> Settlement:
        if not await books.end_hold(tx, hold.id, "released", 0):
            return _settlement(await self._find(tx, hold.id))
        period_ids = await books.period_ids(tx, hold.id)
        await store.move(tx, period_ids, amount=hold.amount_micro_usd, booked=0, overage=0)
        await books.append(tx, [self._entry(hold, "release", hold.amount_micro_usd, self.now())])
        return _settlement(attrs.evolve(hold, state="released"))

    async def _find(self, tx: Tx, hold_id: str) -> Hold:
        hold = await books.find_hold(tx, hold_id)
        if hold is None:
            raise LookupError(f"no hold {hold_id}")
        return hold

    async def _book_of(
        self, tx: Tx, workspace_id: str, at: datetime, has_own_prices: bool
    ) -> PriceBook:
        if not has_own_prices:
            return self.prices
        return await self.prices.of_workspace(tx, workspace_id=workspace_id, at=at)

    def _unpriced(self, open_budgets: Sequence[Budget]) -> Price | None:
        return self.prices.unpriced() if may_go_unpriced(open_budgets) else None

    def _entry(self, hold: Hold, kind: EntryKind, amount: int, at: datetime) -> LedgerEntry:
        return entry_of(hold, kind, amount, entry_id=self.new_id(), at=at)


def _settlement(hold: Hold) -> Settlement:
    over = max(0, hold.cost_micro_usd - hold.amount_micro_usd)
    return Settlement(
        hold_id=hold.id,
        state=hold.state,
        cost_micro_usd=hold.cost_micro_usd,
        overage_micro_usd=over,
    )
