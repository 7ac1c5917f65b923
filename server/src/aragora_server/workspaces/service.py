"""What can be done with workspaces and API keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import attrs

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, Page, page_of
from aragora_server.kernel.turns import FIRST_START, take_turn

from . import store
from .model import PREFIX_LENGTH, ApiKey, ApiKeyNotFound, NewKey, Workspace, new_secret, secret_hash

DEFAULT_WORKSPACE = "default"


class Forgets(Protocol):
    async def forget(self) -> None:
        """Stop trusting what was remembered of keys, here and elsewhere. Call after commit."""
        ...


@attrs.frozen
class WorkspaceService:
    db: Database
    clock: Clock
    new_id: NewId
    remembered: Forgets

    async def open_workspace(self, name: str) -> Workspace:
        """The workspace of this name, made when there is none."""
        async with self.db.begin() as tx:
            return await self._open(tx, name)

    async def open_with_key(
        self, name: str, key_name: str, scopes: Iterable[str], *, keep: Callable[[NewKey], None]
    ) -> NewKey | None:
        """The first key of a workspace; None when it has one.

        `keep` runs before the commit: a key that exists but was lost would lock its owner out.
        """
        async with self.db.begin() as tx:
            await take_turn(tx, FIRST_START)
            workspace = await self._open(tx, name)
            if await store.list_keys(tx, workspace.id, None, 1):
                return None
            made = await self._add_key(tx, workspace.id, key_name, frozenset(scopes))
            keep(made)
        return made

    async def get_account(self, workspace_id: str, api_key_id: str) -> tuple[Workspace, ApiKey]:
        async with self.db.read() as r:
            workspace = await store.find_workspace(r, workspace_id)
            api_key = await store.find_key(r, workspace_id, api_key_id)
        if workspace is None or api_key is None:
            raise ApiKeyNotFound(f"no API key {api_key_id}")
        return workspace, api_key

    async def is_operator(self, tx: Tx, *, workspace_id: str) -> bool:
        """The workspace that the first start makes is in the hands of who runs the server."""
        workspace = await store.find_workspace(tx, workspace_id)
        return workspace is not None and workspace.name == DEFAULT_WORKSPACE

    async def issue_key(self, workspace_id: str, name: str, scopes: Iterable[str]) -> NewKey:
        """A key that nobody's scopes bound: not for callers."""
        async with self.db.begin() as tx:
            return await self._add_key(tx, workspace_id, name, frozenset(scopes))

    async def create_key(
        self,
        workspace_id: str,
        *,
        by: str,
        name: str,
        scopes: Iterable[str],
        api_key_id: str | None = None,
    ) -> NewKey:
        """With an id that the same request was given before, the key that it made then gets
        another secret: nobody was told the first one."""
        wanted = frozenset(scopes)
        async with self.db.begin() as tx:
            (await self._find_key(tx, workspace_id, by)).check_can_grant(wanted)
            return await self._add_key(tx, workspace_id, name, wanted, api_key_id=api_key_id)

    async def list_keys(self, workspace_id: str, cursor: str | None, limit: int) -> Page[ApiKey]:
        before_id = str(Cursor.decode(cursor, str).parts[0]) if cursor else None
        async with self.db.read() as r:
            found = await store.list_keys(r, workspace_id, before_id, limit + 1)
        return page_of(found, limit, lambda api_key: (api_key.id,))

    async def revoke_key(self, workspace_id: str, api_key_id: str) -> None:
        async with self.db.begin() as tx:
            api_key = await self._find_key(tx, workspace_id, api_key_id)
            await store.save_revocation(tx, api_key.revoke(self.clock()))
        await self.remembered.forget()

    async def _open(self, tx: Tx, name: str) -> Workspace:
        workspace = await store.find_workspace_named(tx, name)
        if workspace is None:
            workspace = Workspace(id=self.new_id(), name=name, created_at=self.clock())
            await store.add_workspace(tx, workspace)
        return workspace

    async def _find_key(self, tx: Tx, workspace_id: str, api_key_id: str) -> ApiKey:
        api_key = await store.find_key(tx, workspace_id, api_key_id)
        if api_key is None:
            raise ApiKeyNotFound(f"no API key {api_key_id}")
        return api_key

    async def _add_key(
        self,
        tx: Tx,
        workspace_id: str,
        name: str,
        scopes: frozenset[str],
        *,
        api_key_id: str | None = None,
    ) -> NewKey:
        secret = new_secret()
        api_key = ApiKey(
            id=api_key_id or self.new_id(),
            workspace_id=workspace_id,
            name=name,
            scopes=tuple(sorted(scopes)),
            prefix=secret[:PREFIX_LENGTH],
            created_at=self.clock(),
        )
        await store.put_key(tx, api_key, secret_hash(secret))
        return NewKey(api_key=api_key, secret=secret)
