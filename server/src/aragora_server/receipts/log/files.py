"""The log as files for everybody, under the paths of c2sp.org/tlog-tiles."""

from __future__ import annotations

import re
from typing import Literal

import attrs

from aragora_server.kernel.db import Database
from aragora_server.kernel.errors import NotFound

from . import store, tree

Kind = Literal["checkpoint", "hashes", "entries"]

_SHARD = r"(?P<shard>[0-9]{4})"
_TILE = r"tile/(?P<level>entries|0|[1-9]|[1-5][0-9]|6[0-3])"
# Eighteen digits are more leaves than any log will have.
_N = r"(?P<n>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
_PATH = re.compile(rf"/receipts/{_SHARD}/(?:checkpoint|{_TILE}/{_N})")


@attrs.frozen(kw_only=True)
class Wanted:
    """One file. `level` and `n` are those of a tile; of entries, the level is 0."""

    kind: Kind
    shard: str
    level: int = 0
    n: int = 0
    width: int = 0

    @classmethod
    def parse(cls, path: str) -> Wanted:
        found = _PATH.fullmatch(path)
        if found is None or (found["n"] or "").startswith("x000"):
            raise NotFound("there is no file of the log at this path")
        if found["n"] is None:
            return cls(kind="checkpoint", shard=found["shard"])
        is_entries = found["level"] == "entries"
        return cls(
            kind="entries" if is_entries else "hashes",
            shard=found["shard"],
            level=0 if is_entries else int(found["level"]),
            n=int(found["n"].replace("/", "").replace("x", "")),
            width=int(found["width"] or tree.WIDTH),
        )

    @property
    def stop(self) -> int:
        """How many hashes its level must have."""
        return self.n * tree.WIDTH + self.width


@attrs.frozen(kw_only=True)
class LogFiles:
    """Nothing is told that no checkpoint speaks for."""

    db: Database

    async def read(self, wanted: Wanted) -> bytes:
        async with self.db.read() as tx:
            newest = await store.newest_checkpoint(tx, wanted.shard)
            if newest is None:
                raise NotFound(f"there is no log {wanted.shard}")
            size, note = newest
            if wanted.kind == "checkpoint":
                return note.encode()
            if wanted.width > tree.WIDTH or wanted.stop > size // tree.WIDTH**wanted.level:
                raise NotFound("the log has not grown so far")
            if wanted.kind == "hashes":
                hashes = await store.begun_tile(
                    tx, wanted.shard, wanted.level, wanted.n, wanted.width
                )
                return b"".join(hashes)
            start = wanted.n * tree.WIDTH
            rows = await store.entries_between(tx, wanted.shard, start, wanted.stop)
        return b"".join(len(row.entry).to_bytes(2, "big") + row.entry for row in rows)
