"""Which budgets a debate falls under: asked before every round of every debate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    literal,
    or_,
    select,
    text,
    true,
    union_all,
)

from aragora_server.kernel.db import Tx
from aragora_server.kernel.prepared import Prepared
from aragora_server.pricing.tables import has_own_prices

from .model import MOST_TAGS, Budget, Scope
from .store import budget_of
from .tables import OF_SCOPE, OF_WORKSPACE, budgets

TAGS = tuple(f"tag_{no}" for no in range(MOST_TAGS))
_WORKSPACE = bindparam("workspace_id", type_=budgets.c.workspace_id.type)


def _open(scope: ColumnElement[bool], *, partial: str) -> Select[*tuple[Any, ...]]:
    """A workspace has as many budgets of debates as it had debates: each scope by its own index."""
    mine = budgets.c.workspace_id == _WORKSPACE
    return select(budgets).where(mine, budgets.c.closed_at.is_(None), scope, text(partial))


def _scoped(scope: Scope, *ids: str) -> Select[*tuple[Any, ...]]:
    is_meant = or_(*(budgets.c.scope_id == bindparam(one) for one in ids))
    return _open(and_(budgets.c.scope == scope, is_meant), partial=OF_SCOPE)


_OPEN = union_all(
    _open(budgets.c.scope == "workspace", partial=OF_WORKSPACE),
    _scoped("api_key", "api_key_id"),
    _scoped("debate", "debate_id"),
    _scoped("tag", *TAGS),
).subquery("open_budgets")
_ONCE = select(literal(1).label("one")).subquery("once")
_APPLICABLE = Prepared(
    select(_OPEN, has_own_prices(_WORKSPACE).label("has_own_prices")).select_from(
        _ONCE.outerjoin(_OPEN, true())
    )
)


async def applicable(
    tx: Tx, *, workspace_id: str, api_key_id: str, debate_id: str, tags: Sequence[str]
) -> tuple[tuple[Budget, ...], bool]:
    """Every open budget that must admit a call of this debate, in the order of their ids, and
    whether the workspace has prices of its own: one statement asks both."""
    if len(tags) > MOST_TAGS:  # one that is left out would let money through
        raise ValueError(f"a debate has at most {MOST_TAGS} tags")
    found = await _APPLICABLE.rows(
        tx,
        workspace_id=workspace_id,
        api_key_id=api_key_id,
        debate_id=debate_id,
        **dict.fromkeys(TAGS) | dict(zip(TAGS, tags, strict=False)),
    )
    open_budgets = (budget_of(row) for row in found if row.id is not None)
    in_order = tuple(sorted(open_budgets, key=lambda budget: budget.id))
    return in_order, bool(found[0].has_own_prices)
