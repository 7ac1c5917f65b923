"""Granting more than a limit, for a time: by whom, why, and until when."""

from __future__ import annotations

import attrs

from aragora_server.kernel.clock import Clock, wire_time
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.money import format_usd
from aragora_server.kernel.notices import Notice
from aragora_server.kernel.paging import Cursor, Page, page_of

from . import override_rows, store
from .alerting import Notices, standing
from .model import Budget, BudgetNotFound
from .overriding import Grant, Override, OverrideNotFound


@attrs.frozen(kw_only=True)
class OverrideService:
    db: Database
    notices: Notices
    now: Clock
    new_id: NewId

    async def grant(
        self,
        workspace_id: str,
        budget_id: str,
        asked: Grant,
        *,
        by: str,
        override_id: str | None = None,
    ) -> Override:
        """With an id that the same request was given before, the override that it made then."""
        now = self.now()
        async with self.db.begin() as tx:
            budget = await self._find(tx, workspace_id, budget_id, lock=True)
            if override_id and (made := await override_rows.find(tx, budget_id, override_id)):
                return made
            period_id = await store.period_for(tx, budget, budget.window(now), self.new_id())
            await override_rows.end(tx, period_id, now)
            row = await override_rows.lock_period(tx, period_id)
            asked.check(budget, row.ceiling_micro_usd, now)
            override = Override(
                id=override_id or self.new_id(),
                budget_id=budget_id,
                period_id=period_id,
                created_by=by,
                created_at=now,
                **attrs.asdict(asked),
            )
            await override_rows.add(tx, override)
            await override_rows.count(tx, row, now)
            await self._tell(tx, budget, override)
        return override

    async def list(
        self, workspace_id: str, budget_id: str, *, cursor: str | None, limit: int
    ) -> Page[Override]:
        before = None if cursor is None else str(Cursor.decode(cursor, str).parts[0])
        async with self.db.read() as tx:
            await self._find(tx, workspace_id, budget_id)
            found = await override_rows.list_page(tx, budget_id, before=before, limit=limit + 1)
        return page_of(found, limit, lambda override: (override.id,))

    async def revoke(self, workspace_id: str, budget_id: str, override_id: str, *, by: str) -> None:
        """Repeating it changes nothing; what was spent under it stays spent."""
        now = self.now()
        async with self.db.begin() as tx:
            await self._find(tx, workspace_id, budget_id, lock=True)
            found = await override_rows.find(tx, budget_id, override_id)
            if found is None:
                raise OverrideNotFound(f"no override {override_id}")
            await override_rows.revoke(tx, override_id, by=by, at=now)
            row = await override_rows.lock_period(tx, found.period_id)
            await override_rows.count(tx, row, now)

    async def _tell(self, tx: Tx, budget: Budget, override: Override) -> None:
        row = await override_rows.lock_period(tx, override.period_id)
        notice = Notice(
            workspace_id=budget.workspace_id,
            key=override.id,
            type="budget.override_granted",
            at=override.created_at,
            data={
                "budget": standing(budget, row),
                "override_id": override.id,
                "amount_usd": format_usd(override.amount_micro_usd),
                "expires_at": wire_time(override.expires_at),
                "reason": override.reason,
            },
            emails=budget.notify.emails,
            webhooks=budget.notify.webhooks,
        )
        await self.notices.tell(tx, notice)

    async def _find(
        self, tx: Tx, workspace_id: str, budget_id: str, *, lock: bool = False
    ) -> Budget:
        budget = await store.find(tx, workspace_id, budget_id, lock=lock)
        if budget is None:
            raise BudgetNotFound(f"no budget {budget_id}")
        return budget
