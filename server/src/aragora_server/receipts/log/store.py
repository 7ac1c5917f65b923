"""Every query about the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
from sqlalchemy import BindParameter, bindparam, delete, exists, func, insert, select

from aragora_server.kernel.db import Tx, add_if_new
from aragora_server.kernel.prepared import Prepared

from . import tree
from .model import Kind, LogPlace
from .tables import checkpoints, entries, log_pending, tiles

_e, _t, _c = entries.c, tiles.c, checkpoints.c
_SHARD: BindParameter[str] = bindparam("shard")
_START: BindParameter[int] = bindparam("start")
_STOP: BindParameter[int] = bindparam("stop")


@attrs.frozen(kw_only=True)
class Waiting:
    """A leaf without a place."""

    seq: int
    kind: str
    leaf_id: str
    entry: bytes


@attrs.frozen(kw_only=True)
class Sizes:
    """How many leaves have a place, and for how many of them a checkpoint speaks."""

    placed: int
    signed: int


_SIZES = Prepared(
    select(
        select(func.max(_e.idx)).where(_e.shard == _SHARD).scalar_subquery().label("last"),
        select(func.max(_c.size)).where(_c.shard == _SHARD).scalar_subquery().label("signed"),
    )
)
_HASHES = Prepared(
    select(_e.hash.label("hashed"))
    .where(_e.shard == _SHARD, _e.idx >= _START, _e.idx < _STOP)
    .order_by(_e.idx)
)
_ROOTS = Prepared(
    select(_t.root.label("hashed"))
    .where(_t.shard == _SHARD, _t.level == bindparam("level"), _t.n >= _START, _t.n < _STOP)
    .order_by(_t.n)
)
_ENTRIES = Prepared(
    select(_e.idx, _e.entry, _e.hash)
    .where(_e.shard == _SHARD, _e.idx >= _START, _e.idx < _STOP)
    .order_by(_e.idx)
)
_TILE = Prepared(
    select(_t.root, _t.hashes).where(
        _t.shard == _SHARD, _t.level == bindparam("level"), _t.n == bindparam("n")
    )
)
_NOTE = Prepared(select(_c.note).where(_c.shard == _SHARD, _c.size == bindparam("size")))
_FIRST_OVER = Prepared(
    select(_c.size, _c.note)
    .where(_c.shard == _SHARD, _c.size > bindparam("idx"))
    .order_by(_c.size)
    .limit(1)
)
_NEWEST = Prepared(
    select(_c.size, _c.note).where(_c.shard == _SHARD).order_by(_c.size.desc()).limit(1)
)
_PENDING = Prepared(
    select(log_pending.c.seq, log_pending.c.kind, log_pending.c.leaf_id, log_pending.c.entry)
    .where(log_pending.c.shard == _SHARD)
    .order_by(log_pending.c.seq)
    .limit(bindparam("most"))
)
_SHARDS = Prepared(select(log_pending.c.shard).distinct())


async def sizes(tx: Tx, shard: str) -> Sizes:
    row = await _SIZES.row(tx, shard=shard)
    placed = 0 if row is None or row.last is None else row.last + 1
    return Sizes(placed=placed, signed=(row.signed if row else None) or 0)


async def shards_that_wait(tx: Tx) -> set[str]:
    return {row.shard for row in await _SHARDS.rows(tx)}


async def count_waiting(tx: Tx) -> int:
    counted: int = (await tx.execute(select(func.count()).select_from(log_pending))).scalar_one()
    return counted


async def waiting(tx: Tx, shard: str, most: int) -> list[Waiting]:
    rows = await _PENDING.rows(tx, shard=shard, most=most)
    return [Waiting(**row._asdict()) for row in rows]


async def place(tx: Tx, shard: str, start: int, leaves: Iterable[tuple[Waiting, bytes]]) -> None:
    """Move leaves, with their hashes, from the queue to the places from `start` on."""
    rows, seqs = [], []
    for idx, (leaf, hashed) in enumerate(leaves, start):
        row = {"kind": leaf.kind, "leaf_id": leaf.leaf_id, "entry": leaf.entry}
        rows.append({**row, "shard": shard, "idx": idx, "hash": hashed})
        seqs.append(leaf.seq)
    await tx.execute(insert(entries), rows)
    # By name: who comes first is not always seen first.
    await tx.execute(delete(log_pending).where(log_pending.c.seq.in_(seqs)))


async def hashes(tx: Tx, shard: str, level: int, start: int, stop: int) -> list[bytes]:
    """Of leaves on level 0, else of the whole tiles below."""
    if start == stop:
        return []
    span: dict[str, Any] = {"shard": shard, "start": start, "stop": stop}
    if level == 0:
        rows = await _HASHES.rows(tx, **span)
    else:
        rows = await _ROOTS.rows(tx, level=level - 1, **span)
    return [row.hashed for row in rows]


async def edge(tx: Tx, shard: str, size: int) -> tree.Edge:
    """As it is stored; it is smaller than `size` when something is missing."""
    levels = [
        await hashes(tx, shard, level, start, stop) for level, start, stop in tree.begun(size)
    ]
    return tree.edge_of(levels)


async def entries_between(tx: Tx, shard: str, start: int, stop: int) -> Sequence[Any]:
    """Rows of `idx`, `entry` and `hash`."""
    return await _ENTRIES.rows(tx, shard=shard, start=start, stop=stop)


async def tile(tx: Tx, shard: str, level: int, n: int) -> Any | None:
    """A whole tile's `root` and `hashes`."""
    return await _TILE.row(tx, shard=shard, level=level, n=n)


async def begun_tile(tx: Tx, shard: str, level: int, n: int, width: int) -> list[bytes]:
    """The first hashes of a tile, whole or not; as many as there are."""
    if width == tree.WIDTH:
        row = await tile(tx, shard, level, n)
        return [] if row is None else tree.split(row.hashes)
    start = n * tree.WIDTH
    return await hashes(tx, shard, level, start, start + width)


async def add_tile(tx: Tx, shard: str, level: int, n: int, content: Sequence[bytes]) -> None:
    root = tree.tile_root(content)
    row = {"shard": shard, "level": level, "n": n, "root": root, "hashes": b"".join(content)}
    await tx.execute(insert(tiles), row)


async def checkpoint(tx: Tx, shard: str, size: int) -> str | None:
    row = await _NOTE.row(tx, shard=shard, size=size)
    return None if row is None else row.note


async def checkpoint_over(tx: Tx, shard: str, idx: int) -> tuple[int, str] | None:
    """The first one that speaks for this leaf, whatever comes after."""
    row = await _FIRST_OVER.row(tx, shard=shard, idx=idx)
    return None if row is None else (row.size, row.note)


async def newest_checkpoint(tx: Tx, shard: str) -> tuple[int, str] | None:
    row = await _NEWEST.row(tx, shard=shard)
    return None if row is None else (row.size, row.note)


async def places(tx: Tx, leaf_ids: Iterable[str], kind: Kind = "receipt") -> dict[str, LogPlace]:
    """Of those leaves that are in the log, with a checkpoint that speaks for them."""
    is_signed = exists().where(_c.shard == _e.shard, _c.size > _e.idx)
    query = select(_e.leaf_id, _e.shard, _e.idx, _e.entry).where(
        _e.kind == kind, _e.leaf_id.in_(list(leaf_ids)), is_signed
    )
    rows = await tx.execute(query)
    return {row.leaf_id: LogPlace(shard=row.shard, index=row.idx, entry=row.entry) for row in rows}


async def add_checkpoint(tx: Tx, shard: str, size: int, note: str) -> None:
    """Whoever comes second has signed the same."""
    await add_if_new(tx, checkpoints, {"shard": shard, "size": size, "note": note})


async def last_waiting(tx: Tx) -> int:
    """The mark of the last leaf that waits now; 0 when none does."""
    found: int | None = (await tx.execute(select(func.max(log_pending.c.seq)))).scalar()
    return found or 0


async def has_settled(tx: Tx, last: int) -> bool:
    """Whether all up to this mark has its place, and a checkpoint speaks for each leaf."""
    waiting = select(log_pending.c.seq).where(log_pending.c.seq <= last).limit(1)
    if (await tx.execute(waiting)).first() is not None:
        return False
    found = [await sizes(tx, shard) for shard in await shards(tx)]
    return all(one.placed == one.signed for one in found)


async def shards(tx: Tx) -> list[str]:
    """Every log that has a leaf."""
    first = select(_e.shard).where(_e.idx == 0).order_by(_e.shard)
    return list((await tx.execute(first)).scalars())


async def count_checkpoints(tx: Tx, shard: str, size: int) -> int:
    """Those over at most so many leaves."""
    among = (_c.shard == shard) & (_c.size <= size)
    counting = select(func.count()).select_from(checkpoints).where(among)
    return int((await tx.execute(counting)).scalar_one())


async def checkpoints_between(
    tx: Tx, shard: str, after: int, size: int, *, limit: int
) -> list[tuple[int, str]]:
    """Sizes and notes, in their order."""
    among = (_c.shard == shard) & (_c.size > after) & (_c.size <= size)
    query = select(_c.size, _c.note).where(among).order_by(_c.size).limit(limit)
    return [(row.size, row.note) for row in await tx.execute(query)]
