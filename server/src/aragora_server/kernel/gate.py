"""Who may pass: the key, its scopes, its allowance."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from . import logs
from .auth import Authenticator, Caller, bearer
from .errors import Forbidden, Unauthenticated
from .http import Exchange
from .limits import Allowances, network
from .operation import Operation

# An address without a key may ask this many times less than a key for what is work.
STRANGERS = 20

Door = Callable[[str | None, Exchange], None]
"""Raises what a caller with this authorization is told who may not pass."""


class ScopeMissing(Forbidden):
    code = "scope_missing"


@attrs.frozen(kw_only=True)
class Admitted:
    caller: Caller
    api_key: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Gate:
    authenticator: Authenticator
    rate_limit: Allowances
    doors: Mapping[str, Door] = attrs.field(factory=dict)
    """Of public operations that are not for everybody, by operation."""
    costly: frozenset[str] = frozenset()
    """Public operations that make the database work, beside those with a body."""
    strangers: Allowances = attrs.field(
        default=attrs.Factory(lambda self: self.rate_limit.share(STRANGERS), takes_self=True)
    )

    async def admit(
        self, operation: Operation, authorization: str | None, exchange: Exchange
    ) -> Admitted | None:
        """None for a public operation."""
        if operation.is_public:
            if door := self.doors.get(operation.id):
                door(authorization, exchange)
            # Work that anybody can ask for.
            if operation.body is not None or operation.id in self.costly:
                (await self.strangers.take(network(exchange.client))).check()
            return None
        api_key = bearer(authorization)
        if not api_key:
            raise Unauthenticated("send an API key: `Authorization: Bearer <key>`")
        caller = await self.authenticator.caller_of(api_key)
        if caller is None:
            raise Unauthenticated("this API key is unknown or revoked")
        logs.note(workspace_id=caller.workspace_id)
        taken = await self.rate_limit.take(caller.api_key_id)
        exchange.add(taken.headers)
        taken.check()
        if missing := operation.scopes - caller.scopes:
            raise ScopeMissing(
                f"this API key lacks {', '.join(sorted(missing))}",
                members={"required_scopes": sorted(operation.scopes)},
            )
        return Admitted(caller=caller, api_key=api_key)

    async def still_holds(self, admitted: Admitted | None) -> bool:
        """False once the key of a long-lived connection was revoked."""
        if admitted is None:
            return True
        return await self.authenticator.caller_of(admitted.api_key) is not None
