"""Every query about the prices of workspaces and the price lists that were loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, text, update

from aragora_server.kernel.db import Timestamp, Tx, add_if_new
from aragora_server.kernel.prepared import Prepared

from .own import OwnPrice, Wanted
from .tables import price_lists, workspace_prices

_PRICE = tuple(field.name for field in attrs.fields(OwnPrice))
_AT = bindparam("at", type_=Timestamp)
_IN_FORCE = Prepared(
    select(workspace_prices).where(
        workspace_prices.c.workspace_id == bindparam("workspace_id"),
        workspace_prices.c.valid_from <= _AT,
        or_(workspace_prices.c.valid_to.is_(None), workspace_prices.c.valid_to > _AT),
    )
)
# Two that come at once see each other: no range of one name may begin inside another.
_ONE_AT_A_TIME = text("LOCK TABLE workspace_prices IN SHARE ROW EXCLUSIVE MODE")


async def in_force(tx: Tx, *, workspace_id: str, at: datetime) -> tuple[OwnPrice, ...]:
    rows = await _IN_FORCE.rows(tx, workspace_id=workspace_id, at=at)
    return tuple(_price(row) for row in rows)


async def lock(tx: Tx) -> None:
    """Until the end of the transaction nobody else adds or ends a price."""
    if tx.dialect.name == "postgresql":
        await tx.execute(_ONE_AT_A_TIME)


async def namesakes(tx: Tx, price: OwnPrice) -> tuple[OwnPrice, ...]:
    """All that were ever set under this very name."""
    own = workspace_prices.c
    same = and_(
        own.workspace_id == price.workspace_id,
        own.provider == price.provider,
        own.match == price.match,
        own.model == price.model,
    )
    found = await tx.execute(select(workspace_prices).where(same).order_by(own.valid_from))
    return tuple(_price(row) for row in found)


async def count_beside(tx: Tx, price: OwnPrice) -> int:
    """How many of the workspace hold at some time while this one does."""
    query = select(func.count()).where(_beside(price))
    return int((await tx.execute(query)).scalar_one())


async def beside(tx: Tx, price: OwnPrice) -> tuple[OwnPrice, ...]:
    """Those of the same provider that do."""
    theirs = workspace_prices.c.provider == price.provider
    found = await tx.execute(select(workspace_prices).where(_beside(price), theirs))
    return tuple(_price(row) for row in found)


async def add(tx: Tx, price: OwnPrice) -> None:
    await tx.execute(insert(workspace_prices).values(attrs.asdict(price, recurse=False)))


async def end(tx: Tx, price: OwnPrice) -> None:
    mine = workspace_prices.c.id == price.id
    await tx.execute(update(workspace_prices).where(mine).values(valid_to=price.valid_to))


async def find(tx: Tx, workspace_id: str, price_id: str) -> OwnPrice | None:
    own = workspace_prices.c
    query = select(workspace_prices).where(own.id == price_id, own.workspace_id == workspace_id)
    row = (await tx.execute(query)).first()
    return _price(row) if row else None


async def list_page(
    tx: Tx, workspace_id: str, wanted: Wanted, *, before: str | None, limit: int
) -> Sequence[OwnPrice]:
    """Newest first, ended ones too: they are the history."""
    own = workspace_prices.c
    query = select(workspace_prices).where(own.workspace_id == workspace_id)
    if wanted.provider is not None:
        query = query.where(own.provider == wanted.provider)
    if wanted.model is not None:
        begins = func.lower(own.model).startswith(wanted.model.lower(), autoescape=True)
        query = query.where(begins)
    query = query if before is None else query.where(own.id < before)
    found = await tx.execute(query.order_by(own.id.desc()).limit(limit))
    return tuple(_price(row) for row in found)


async def keep_list(tx: Tx, version: str, document: bytes, at: datetime) -> None:
    """Once: the same version always has the same content."""
    await add_if_new(tx, price_lists, {"version": version, "loaded_at": at, "document": document})


async def has_list(tx: Tx, version: str) -> bool:
    query = select(price_lists.c.version).where(price_lists.c.version == version)
    return (await tx.execute(query)).first() is not None


async def find_list(tx: Tx, version: str) -> bytes | None:
    query = select(price_lists.c.document).where(price_lists.c.version == version)
    row = (await tx.execute(query)).first()
    return None if row is None else bytes(row.document)


def _beside(price: OwnPrice) -> ColumnElement[bool]:
    own = workspace_prices.c
    holds = or_(
        own.valid_to.is_(None),
        and_(own.valid_to > own.valid_from, own.valid_to > price.valid_from),
    )
    mine = and_(own.workspace_id == price.workspace_id, holds)
    return mine if price.valid_to is None else and_(mine, own.valid_from < price.valid_to)


def _price(row: Any) -> OwnPrice:
    return OwnPrice(**{name: getattr(row, name) for name in _PRICE})
