"""Keeping sums of the ledger up to date, behind everybody's back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import attrs

from aragora_server.kernel.db import Database, Tx

from . import store
from .store import DebateKey, Dimension, QuarterKey
from .sums import Entry, Sums, of_entry, quarter_of

AT_ONCE = 100
"""Entries of one transaction: on SQLite nobody else writes meanwhile."""


class Ledger(Protocol):
    async def settled_until(self, db: Database) -> int | None:
        """The last entry before which none is missing."""
        ...

    async def paid_after(
        self, tx: Tx, seq: int, *, until: int | None, workspace_id: str | None, limit: int | None
    ) -> Sequence[Entry]: ...

    async def budgets_of(
        self, tx: Tx, hold_ids: Collection[str]
    ) -> Mapping[str, tuple[str, ...]]: ...


class Facts(Protocol):
    """What is known of a debate from its beginning."""

    @property
    def api_key_id(self) -> str: ...
    @property
    def protocol(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


class Debates(Protocol):
    async def facts(self, tx: Tx, *, debate_ids: Collection[str]) -> Mapping[str, Facts]: ...


@attrs.frozen(kw_only=True)
class Placed:
    """An entry and what its sum is kept by."""

    entry: Entry
    dimension: Dimension
    quarter: int
    sums: Sums


@attrs.frozen(kw_only=True)
class Sources:
    ledger: Ledger
    debates: Debates

    async def place(self, tx: Tx, entries: Sequence[Entry]) -> list[Placed]:
        """A debate that nobody knows any more has no key and no protocol."""
        facts, budgets = await self._facts(tx, entries), await self._budgets(tx, entries)
        placed = []
        for entry in entries:
            known = facts.get(entry.debate_id)
            dimension = Dimension(
                workspace_id=entry.workspace_id,
                provider=entry.provider,
                model=entry.model,
                api_key_id=known.api_key_id if known else "",
                protocol=known.protocol if known else "",
                tags=known.tags if known else (),
                budgets=budgets.get(entry.hold_id, ()),
            )
            quarter = quarter_of(entry.at)
            placed.append(
                Placed(entry=entry, dimension=dimension, quarter=quarter, sums=of_entry(entry))
            )
        return placed

    async def _facts(self, tx: Tx, entries: Sequence[Entry]) -> dict[str, Facts]:
        found: dict[str, Facts] = {}
        for some in store.in_turns({entry.debate_id for entry in entries}):
            found |= await self.debates.facts(tx, debate_ids=some)
        return found

    async def _budgets(self, tx: Tx, entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for some in store.in_turns({entry.hold_id for entry in entries}):
            found |= await self.ledger.budgets_of(tx, some)
        return found


@attrs.frozen(kw_only=True)
class Roller:
    """One at a time adds what was written since; who comes later finds it done."""

    db: Database
    sources: Sources
    at_once: int = AT_ONCE

    async def roll(self) -> None:
        until = await self.sources.ledger.settled_until(self.db)
        async with self.db.read() as tx:
            reached = await store.found_progress(tx)
        if until is None or until <= reached:
            return
        while not await self._some(until):
            pass

    async def _some(self, until: int) -> bool:
        """True when nothing is left."""
        async with self.db.begin() as tx:
            since = await store.lock_progress(tx)
            entries = await self.sources.ledger.paid_after(
                tx, since, until=until, workspace_id=None, limit=self.at_once
            )
            is_all = len(entries) < self.at_once
            reached = until if is_all else entries[-1].seq
            if reached <= since:
                return True
            await add(tx, await self.sources.place(tx, entries))
            await store.save_progress(tx, reached)
        return is_all


async def add(tx: Tx, placed: Iterable[Placed]) -> None:
    ids: dict[Dimension, str] = {}
    quarters: dict[QuarterKey, list[Sums]] = {}
    debates: dict[DebateKey, list[Sums]] = {}
    for one in placed:
        entry, place = one.entry, (one.entry.workspace_id, one.quarter)
        if one.dimension not in ids:
            ids[one.dimension] = one.dimension.id
        coarse = ids[one.dimension]
        quarters.setdefault((*place, coarse), []).append(one.sums)
        debates.setdefault((*place, entry.debate_id, entry.agent), []).append(one.sums)
    await store.add_dimensions(tx, ids)
    await store.add_quarters(tx, quarters)
    await store.add_debates(tx, debates)
