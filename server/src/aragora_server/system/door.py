"""Who may ask what is nobody else's business: this machine, or the holder of a token for it."""

from __future__ import annotations

import hmac
from ipaddress import IPv6Address, ip_address

import attrs

from aragora_server.kernel.auth import bearer
from aragora_server.kernel.errors import Forbidden, Unauthenticated
from aragora_server.kernel.http import Exchange


class MetricsPrivate(Forbidden):
    code = "metrics_private"


@attrs.frozen
class MetricsDoor:
    """With a token, whoever has it and nobody else; without one, this machine."""

    token: str | None = attrs.field(repr=False)

    def check(self, authorization: str | None, exchange: Exchange) -> None:
        if self.token is not None:
            if not hmac.compare_digest(bearer(authorization).encode(), self.token.encode()):
                raise Unauthenticated("send the metrics token: `Authorization: Bearer <token>`")
        elif exchange.is_forwarded or not is_this_machine(exchange.client):
            raise MetricsPrivate("metrics are told on the server's own machine, or for a token")


def is_this_machine(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback
