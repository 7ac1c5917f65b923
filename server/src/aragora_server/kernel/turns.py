"""Taking turns across processes, for as long as a transaction lasts."""

from __future__ import annotations

from sqlalchemy import text

from .db import Tx

# Any numbers will do, as long as every process of a database uses the same ones.
MIGRATION, FIRST_START, LOG = 7_236_001, 7_236_003, 7_236_004
KEYS, CUSTODY, BUDGETS, WEBHOOKS = 7_236_005, 7_236_006, 7_236_007, 7_236_018
USAGE_LINKS = 7_236_017


async def take_turn(tx: Tx, what: int, of: str = "") -> None:
    """Wait until no other transaction has this turn, or this turn of that workspace.

    SQLite writes one at a time anyway. Two workspaces may have the same hash: then one waits.
    """
    if tx.dialect.name == "postgresql":
        locking = text("SELECT pg_advisory_xact_lock(:what, hashtext(:of))")
        await tx.execute(locking, {"what": what, "of": of})
