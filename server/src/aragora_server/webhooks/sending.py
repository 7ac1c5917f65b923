"""One request to an endpoint: to an address that may be reached, and no further."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from ipaddress import ip_address
from socket import IPPROTO_TCP, SOCK_STREAM

import anyio
import attrs

from .targets import Address, Target, Targets, is_public, target

LIMIT_S = 15.0
USER_AGENT = "Aragora-Webhooks/1"

Resolve = Callable[[str, int], Awaitable[list[Address]]]


class Unreachable(Exception):
    """There is no answer. The text is for the endpoint's owner."""


async def resolve(host: str, port: int) -> list[Address]:
    """What a name stands for, the best first."""
    found = await anyio.getaddrinfo(host, port, type=SOCK_STREAM, proto=IPPROTO_TCP)
    return [ip_address(entry[4][0].partition("%")[0]) for entry in found]


@attrs.frozen(kw_only=True)
class Post:
    """Sends, and tells the status of the answer; nothing else of it is read.

    A name is looked up once and the request goes to the address that was judged. Redirects are not
    followed, proxies of the environment are not asked.
    """

    allowed: Targets
    resolve: Resolve = resolve
    trusted: ssl.SSLContext | None = None
    limit_s: float = LIMIT_S

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """WebhookUrlRefused or Unreachable when nothing was answered."""
        goal = target(url, self.allowed)
        try:
            with anyio.fail_after(self.limit_s):
                return await self._exchange(goal, await self._address(goal), headers, body)
        except TimeoutError:
            raise Unreachable(f"{goal.host} did not answer within {self.limit_s:g} s") from None

    async def _address(self, goal: Target) -> Address:
        try:
            found = await self.resolve(goal.host, goal.port)
        except (OSError, UnicodeError):
            raise Unreachable(f"{goal.host} cannot be looked up") from None
        if not found:
            raise Unreachable(f"{goal.host} has no address")
        # One private address among public ones is as good as none: whoever answers the lookup
        # chooses the order.
        if self.allowed == "public" and not all(is_public(address) for address in found):
            raise Unreachable(f"{goal.host} has an address that is not public")
        return found[0]

    async def _exchange(
        self, goal: Target, address: Address, headers: Mapping[str, str], body: bytes
    ) -> int:
        import httpx2

        client = httpx2.AsyncClient(
            verify=self.trusted or _trusted(), trust_env=False, timeout=self.limit_s
        )
        named = {**headers, "host": goal.authority, "user-agent": USER_AGENT}
        name = {"sni_hostname": goal.host}
        try:
            async with (
                client,
                client.stream(
                    "POST", goal.at(address), headers=named, content=body, extensions=name
                ) as answer,
            ):
                status: int = answer.status_code
                return status
        except httpx2.HTTPError as fault:
            raise Unreachable(f"{goal.host}: {type(fault).__name__}") from None


@cache
def _trusted() -> ssl.SSLContext:
    """It takes a while to read all the roots."""
    import httpx2

    context: ssl.SSLContext = httpx2.create_ssl_context(trust_env=True)
    return context
