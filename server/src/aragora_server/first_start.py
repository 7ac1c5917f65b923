"""What makes a new server usable at once: a workspace, a key, and a file that clients read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs

from .contract.operations import SCOPES
from .datadir import write_private
from .receipts.service import ReceiptService
from .workspaces.keyring import Keyring
from .workspaces.service import DEFAULT_WORKSPACE, WorkspaceService

KEY_NAME = "first start"
Pins = list[dict[str, Any]]


@attrs.frozen(kw_only=True)
class FirstStart:
    workspaces: WorkspaceService
    keyring: Keyring
    receipts: ReceiptService
    credentials: Path
    base_url: str

    async def run(self) -> str | None:
        """The first API key, at the one start that makes it."""
        pins = _pins(await self.receipts.published.directory())
        made = await self.workspaces.open_with_key(
            DEFAULT_WORKSPACE, KEY_NAME, SCOPES, keep=lambda made: self._save(made.secret, pins)
        )
        if made is None:
            await self._refresh(pins)
            return None
        return made.secret

    async def _refresh(self, pins: Pins) -> None:
        """The file may name another port; it is ours only when its key opens this server."""
        found = _read(self.credentials)
        api_key = found.get("api_key")
        if not isinstance(api_key, str) or found == self._content(api_key, pins):
            return
        if await self.keyring.caller_of(api_key) is not None:
            self._save(api_key, pins)

    def _save(self, api_key: str, pins: Pins) -> None:
        write_private(self.credentials, json.dumps(self._content(api_key, pins), indent=2) + "\n")

    def _content(self, api_key: str, pins: Pins) -> dict[str, Any]:
        return {"base_url": self.base_url, "api_key": api_key, "receipt_keys": pins}


def _pins(directory: dict[str, Any]) -> Pins:
    """The keys without what the log says of them: that grows, and is asked for."""
    return [{k: v for k, v in key.items() if k != "events"} for key in directory["keys"]]


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
