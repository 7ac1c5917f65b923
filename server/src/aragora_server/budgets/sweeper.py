"""Closes the holds of processes that died. Idempotent, so every server may run one."""

from __future__ import annotations

import logging

import anyio

from aragora_server.kernel.db import Database

from .holding import HoldService

INTERVAL_S = 30

log = logging.getLogger(__name__)


async def sweep(db: Database, holds: HoldService) -> int:
    return await db.run(holds.sweep)


async def sweep_for_ever(db: Database, holds: HoldService, *, interval_s: int = INTERVAL_S) -> None:
    while True:
        try:
            if swept := await sweep(db, holds):
                log.warning("closed %d holds that nobody settled", swept)
        except Exception:
            log.exception("could not sweep")
        await anyio.sleep(interval_s)
