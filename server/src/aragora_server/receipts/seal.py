"""Who signs, and in whose name."""

from __future__ import annotations

from urllib.parse import urlsplit

import attrs

from .custody import Custody
from .payload import NewSalt
from .signing import KeyStore, LogSigner


@attrs.frozen(kw_only=True)
class Seal:
    """Puts signatures under claims: the keys, and the origin in whose name they speak."""

    origin: str
    keys: KeyStore
    new_salt: NewSalt
    custody: Custody = attrs.field(init=False)

    @custody.default
    def _custody(self) -> Custody:
        return Custody(files=self.keys)

    def log_signer(self, shard: str) -> LogSigner:
        """Who signs the checkpoints of this shard."""
        home = urlsplit(self.origin)
        return self.keys.log_key(shard, f"{home.netloc}{home.path.rstrip('/')}/receipts/{shard}")
