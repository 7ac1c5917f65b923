"""The account over HTTP: contract types in, contract types out."""

from __future__ import annotations

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller

from .model import ApiKey
from .service import WorkspaceService


@attrs.frozen
class AccountRoutes:
    workspaces: WorkspaceService

    async def get_account(self, caller: Caller) -> wire.Account:
        workspace, api_key = await self.workspaces.get_account(
            caller.workspace_id, caller.api_key_id
        )
        return wire.Account(
            workspace=wire.Workspace(**attrs.asdict(workspace)), api_key=_shown(api_key)
        )

    async def list_api_keys(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> wire.ApiKeyPage:
        page = await self.workspaces.list_keys(caller.workspace_id, cursor, limit)
        return wire.ApiKeyPage(
            items=[_shown(api_key) for api_key in page.items], next_cursor=page.next_cursor
        )

    async def create_api_key(self, caller: Caller, body: wire.ApiKeyCreate) -> wire.ApiKeyCreated:
        made = await self.workspaces.create_key(
            caller.workspace_id,
            by=caller.api_key_id,
            name=body.name,
            scopes=body.scopes,
            api_key_id=caller.making,
        )
        return wire.ApiKeyCreated(api_key=_shown(made.api_key), key=made.secret)

    async def revoke_api_key(self, caller: Caller, api_key_id: str) -> None:
        await self.workspaces.revoke_key(caller.workspace_id, api_key_id)


def _shown(api_key: ApiKey) -> wire.ApiKey:
    return wire.ApiKey(
        id=api_key.id,
        name=api_key.name,
        scopes=list(api_key.scopes),
        prefix=api_key.prefix,
        created_at=api_key.created_at,
        last_used_at=api_key.last_used_at,
        revoked_at=api_key.revoked_at,
    )
