"""Closes the holds of processes that died. Idempotent: every server may do it."""

from __future__ import annotations

import logging

from aragora_server.kernel.db import Database

from .holding import HoldService

log = logging.getLogger(__name__)


async def sweep(db: Database, holds: HoldService) -> int:
    """Close what nobody settles any more: how many holds."""
    swept = await db.run(holds.sweep)
    if swept:
        log.warning("closed %d holds that nobody settled", swept)
    return swept
