"""From a presented API key to its caller, remembered for a few seconds."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

import anyio
from anyio import TASK_STATUS_IGNORED
from anyio.abc import TaskStatus

from aragora_server.kernel.auth import Caller
from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.errors import StorageFull, Unavailable

from . import store
from .model import MARK, secret_hash

HIT_S, MISS_S = 5.0, 1.0
MOST_REMEMBERED = 10_000
FLUSH_S = 60.0
REVOKED = "api-keys.revoked"

log = logging.getLogger(__name__)


class Keyring:
    """A revocation is broadcast; a process that hears nothing learns of it when its memory ends."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        monotonic: Callable[[], float],
        broadcast: Broadcast,
    ) -> None:
        self._broadcast = broadcast
        self._db = db
        self._clock = clock
        self._monotonic = monotonic
        self._known: OrderedDict[str, tuple[float, Caller | None]] = OrderedDict()
        self._used: dict[str, datetime] = {}
        self._revocations = 0

    async def caller_of(self, api_key: str) -> Caller | None:
        if not api_key.startswith(MARK):
            return None
        hashed = secret_hash(api_key)
        now = self._monotonic()
        ends, caller = self._known.get(hashed, (0.0, None))
        if ends <= now:
            revocations = self._revocations
            caller = await self._look_up(hashed)
            # What was read before a revocation may be what it revoked.
            if revocations == self._revocations:
                self._remember(hashed, caller, now)
        if caller is not None:
            self._used[caller.api_key_id] = self._clock()
        return caller

    async def exists(self, tx: Tx, *, workspace_id: str, api_key_id: str) -> bool:
        return await store.find_key(tx, workspace_id, api_key_id) is not None

    async def forget(self) -> None:
        """Everything, for a revocation names the key, not its secret; and tell the others."""
        self._forget()
        await self._broadcast.publish(REVOKED, b"")

    async def heed_others(self, *, task_status: TaskStatus[None] = TASK_STATUS_IGNORED) -> None:
        async with self._broadcast.listen(REVOKED) as told:
            task_status.started()
            async for _ in told:
                self._forget()

    def _forget(self) -> None:
        self._revocations += 1
        self._known.clear()

    async def flush(self) -> None:
        """Write down when keys were last used; while nothing can be written, remember it."""
        used, self._used = self._used, {}
        if not used:
            return
        try:
            async with self._db.begin() as tx:
                await store.save_last_used(tx, used)
        except (StorageFull, Unavailable) as fault:
            log.warning("could not keep when keys were used: %s", fault)
            self._used = used | self._used

    async def flush_forever(self) -> None:
        while True:
            await anyio.sleep(FLUSH_S)
            await self.flush()

    async def _look_up(self, hashed: str) -> Caller | None:
        async with self._db.read() as r:
            found = await store.find_key_by_secret(r, hashed)
        if found is None:
            return None
        return Caller(
            workspace_id=found.workspace_id, api_key_id=found.id, scopes=frozenset(found.scopes)
        )

    def _remember(self, hashed: str, caller: Caller | None, now: float) -> None:
        self._known[hashed] = (now + (MISS_S if caller is None else HIT_S), caller)
        self._known.move_to_end(hashed)
        if len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
