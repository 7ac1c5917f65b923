"""Where kept sums are written and read."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

import attrs
import orjson
from sqlalchemy import Column, Table, func, insert, select, text, update

from aragora_server.kernel.db import Tx, add_if_new

from .sums import FIELDS, ROW, Sums, total
from .tables import agents, debates, dimensions, progress, quarters

ONLY = 1
NAMED = 500


@attrs.frozen(kw_only=True)
class Dimension:
    """What coarse sums are kept by."""

    workspace_id: str
    provider: str
    model: str
    api_key_id: str
    protocol: str
    tags: tuple[str, ...] = ()
    budgets: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return hashlib.sha256(orjson.dumps(attrs.astuple(self))).hexdigest()


QuarterKey = tuple[str, int, str]
DebateKey = tuple[str, int, str, str]
AgentKey = tuple[str, int, str]


async def lock_progress(tx: Tx) -> int:
    """The last entry that is summed. Whoever has it is the only one to add or to rename."""
    await add_if_new(tx, progress, {"id": ONLY, "seq": 0})
    return int((await tx.execute(select(progress.c.seq).with_for_update())).scalar_one())


async def found_progress(tx: Tx) -> int:
    row = (await tx.execute(select(progress.c.seq))).first()
    return int(row.seq) if row else 0


async def save_progress(tx: Tx, seq: int) -> None:
    await tx.execute(update(progress).values(seq=seq))


async def add_dimensions(tx: Tx, found: Mapping[Dimension, str]) -> None:
    for one, dimension_id in found.items():
        row = attrs.asdict(one) | {"tags": list(one.tags), "budgets": list(one.budgets)}
        await add_if_new(tx, dimensions, {"id": dimension_id, **row})


async def add_quarters(tx: Tx, parts: Mapping[QuarterKey, list[Sums]]) -> None:
    await _add(tx, quarters, ("workspace_id", "quarter", "dimension_id"), parts)


async def add_debates(tx: Tx, parts: Mapping[DebateKey, list[Sums]]) -> None:
    await _add(tx, debates, ("workspace_id", "quarter", "debate_id", "agent"), parts)
    of_agents: dict[AgentKey, list[Sums]] = {}
    for (workspace_id, quarter, _, agent), sums in parts.items():
        of_agents.setdefault((workspace_id, quarter, agent), []).extend(sums)
    await _add(tx, agents, ("workspace_id", "quarter", "agent"), of_agents)


async def _add(
    tx: Tx, table: Table, names: tuple[str, ...], parts: Mapping[Any, list[Sums]]
) -> None:
    rows = [
        dict(zip((*names, *FIELDS), (*key, *ROW(total(parts[key]))), strict=True))
        for key in sorted(parts)
    ]
    if rows:
        await tx.execute(_adding(tx.dialect.name, table, names), rows)


@cache
def _adding(dialect: str, table: Table, names: tuple[str, ...]) -> Any:
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as inserting
    else:
        from sqlalchemy.dialects.postgresql import insert as inserting  # type: ignore[assignment]
    adding = inserting(table)
    more = {name: table.c[name] + adding.excluded[name] for name in FIELDS}
    return adding.on_conflict_do_update(index_elements=list(names), set_=more)


async def rename(tx: Tx, debate_id: str, names: Mapping[str, str]) -> None:
    """Agents of a debate have other names from now on, here as in the ledger."""
    if not names:
        return
    await lock_progress(tx)
    mine = debates.c.debate_id == debate_id
    rows = [dict(row._mapping) for row in await tx.execute(select(debates).where(mine))]
    if rows:
        # Not changed in place: a new name may be an old one of somebody else.
        await tx.execute(debates.delete().where(mine))
        renamed = [row | {"agent": names.get(row["agent"], row["agent"])} for row in rows]
        await tx.execute(insert(debates), renamed)
        await _move(tx, rows, renamed)


async def _move(
    tx: Tx, rows: Iterable[Mapping[str, Any]], renamed: Iterable[Mapping[str, Any]]
) -> None:
    """A name that nothing is left of is gone."""
    moved: dict[AgentKey, list[Sums]] = {}
    for row, sign in (*((row, -1) for row in rows), *((row, 1) for row in renamed)):
        place = (row["workspace_id"], row["quarter"], row["agent"])
        moved.setdefault(place, []).append(Sums(*(sign * row[name] for name in FIELDS)))
    await _add(tx, agents, ("workspace_id", "quarter", "agent"), moved)
    for workspace_id, quarter, agent in moved:
        mine = (
            agents.c.workspace_id == workspace_id,
            agents.c.quarter == quarter,
            agents.c.agent == agent,
        )
        is_empty = (agents.c[name] == 0 for name in FIELDS)
        await tx.execute(agents.delete().where(*mine, *is_empty))


async def one_moment(tx: Tx) -> None:
    """All that this unit reads is of one moment; on SQLite it is anyway."""
    if tx.dialect.name == "postgresql":
        await tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))


async def by_quarter(tx: Tx, workspace_id: str, within: range) -> dict[int, Sums]:
    return await _grouped(tx, quarters, quarters.c.quarter, workspace_id, within)


async def by_dimension(tx: Tx, workspace_id: str, within: range) -> dict[str, Sums]:
    return await _grouped(tx, quarters, quarters.c.dimension_id, workspace_id, within)


async def by_agent(tx: Tx, workspace_id: str, within: range) -> dict[str, Sums]:
    return await _grouped(tx, agents, agents.c.agent, workspace_id, within)


async def by_debate(
    tx: Tx, workspace_id: str, within: range, *, top: int, also: Collection[str]
) -> dict[str, Sums]:
    """The dearest, and those whose ids are given."""
    query = _sums(debates, debates.c.debate_id, workspace_id, within)
    cost = func.sum(debates.c.cost_micro_usd)
    # By their costs alone: all the sums of all debates are many times as much.
    ranked = query.with_only_columns(debates.c.debate_id).order_by(cost.desc(), debates.c.debate_id)
    dearest = (await tx.execute(ranked.limit(top + len(also)))).scalars().all()
    found: dict[str, Sums] = {}
    for some in in_turns({*dearest, *also}):
        found |= _read(await tx.execute(query.where(debates.c.debate_id.in_(some))))
    return found


async def find_dimensions(tx: Tx, dimension_ids: Collection[str]) -> dict[str, Dimension]:
    """A workspace has as many as it ever used; a report is of those of its days."""
    found: dict[str, Dimension] = {}
    for some in in_turns(dimension_ids):
        rows = await tx.execute(select(dimensions).where(dimensions.c.id.in_(some)))
        found |= {row.id: _dimension(row) for row in rows}
    return found


def _dimension(row: Any) -> Dimension:
    told = dict(row._mapping)
    told |= {"tags": tuple(row.tags), "budgets": tuple(row.budgets)}
    del told["id"]
    return Dimension(**told)


def _sums(table: Table, key: Column[Any], workspace_id: str, within: range) -> Any:
    summed = (func.sum(table.c[name]).label(name) for name in FIELDS)
    mine = (
        table.c.workspace_id == workspace_id,
        table.c.quarter >= within.start,
        table.c.quarter < within.stop,
    )
    return select(key.label("key"), *summed).where(*mine).group_by(key)


async def _grouped(
    tx: Tx, table: Table, key: Column[Any], workspace_id: str, within: range
) -> dict[Any, Sums]:
    return _read(await tx.execute(_sums(table, key, workspace_id, within)))


def _read(rows: Any) -> dict[Any, Sums]:
    """PostgreSQL adds up integers to decimals without a fraction."""
    return {key: Sums(*map(int, sums)) for key, *sums in rows}


def in_turns(ids: Collection[str]) -> Iterable[list[str]]:
    """As many as one statement may name."""
    ordered = sorted(ids)
    return (ordered[begin : begin + NAMED] for begin in range(0, len(ordered), NAMED))
