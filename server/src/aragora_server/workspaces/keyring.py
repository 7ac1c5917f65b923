"""From a presented API key to its caller, remembered for a few seconds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

import anyio

from aragora_server.kernel.auth import Caller
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx

from . import store
from .model import MARK, secret_hash

HIT_S, MISS_S = 5.0, 1.0
MOST_REMEMBERED = 10_000
FLUSH_S = 60.0


class Keyring:
    """Another process learns of a revocation when its memory ends; this one at once."""

    def __init__(self, db: Database, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._db = db
        self._clock = clock
        self._monotonic = monotonic
        self._known: OrderedDict[str, tuple[float, Caller | None]] = OrderedDict()
        self._used: dict[str, datetime] = {}

    async def caller_of(self, api_key: str) -> Caller | None:
        if not api_key.startswith(MARK):
            return None
        hashed = secret_hash(api_key)
        now = self._monotonic()
        ends, caller = self._known.get(hashed, (0.0, None))
        if ends <= now:
            caller = await self._look_up(hashed)
            self._remember(hashed, caller, now)
        if caller is not None:
            self._used[caller.api_key_id] = self._clock()
        return caller

    async def exists(self, tx: Tx, *, workspace_id: str, api_key_id: str) -> bool:
        return await store.find_key(tx, workspace_id, api_key_id) is not None

    def forget(self, secret_sha256: str | None = None) -> None:
        """Without a hash, everything: a revocation names the key, not its secret."""
        if secret_sha256 is None:
            self._known.clear()
        else:
            self._known.pop(secret_sha256, None)

    async def flush(self) -> None:
        """Write down when keys were last used."""
        used, self._used = self._used, {}
        if used:
            async with self._db.begin() as tx:
                await store.save_last_used(tx, used)

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
