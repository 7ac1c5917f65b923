"""Where events may be sent: not into the network that the server itself stands in."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal
from urllib.parse import SplitResult, urlsplit

import attrs

from .model import WebhookUrlRefused

Targets = Literal["public", "any"]
Address = IPv4Address | IPv6Address
PORTS = {"https": 443, "http": 80}
# Translated by a gateway to the IPv4 address in the last 32 bits (RFC 6052).
NAT64 = ip_network("64:ff9b::/96")
# Clouds answer their machines about themselves there, in the middle of the public range; the others
# are for protocols and documents, which not every Python knows.
SPECIAL = tuple(
    ip_network(one) for one in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "3fff::/20")
)
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
LOCAL_NAMES = ("localhost", ".localhost")


@attrs.frozen(kw_only=True)
class Target:
    """The parts of a URL that a request is made of."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """For the header `Host`."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"

    def at(self, address: Address) -> str:
        """The URL of this very address: no name is looked up a second time."""
        name = f"[{address}]" if address.version == 6 else str(address)
        return f"{self.scheme}://{name}:{self.port}{self.path}"


def target(url: str, allowed: Targets) -> Target:
    """WebhookUrlRefused for a URL that nothing is ever sent to. Names are looked up later."""
    parts = _split(url)
    if "@" in parts.netloc or parts.fragment:
        raise WebhookUrlRefused("a webhook URL has no user name, password or fragment")
    host = (parts.hostname or "").rstrip(".")
    if not host or "%" in host:
        raise WebhookUrlRefused("a webhook URL names a host")
    if allowed == "public":
        if parts.scheme != "https":
            raise WebhookUrlRefused("a webhook URL has https")
        if host.endswith(LOCAL_NAMES) or not _may_be_public(host):
            raise WebhookUrlRefused(f"{host} is not public: events are sent to public addresses")
    query = f"?{parts.query}" if parts.query else ""
    return Target(
        scheme=parts.scheme,
        host=host,
        port=parts.port or PORTS[parts.scheme],
        path=(parts.path or "/") + query,
    )


def is_public(address: Address) -> bool:
    """Whether it is neither this host nor its network nor anything else that is special, in
    whatever form it is written."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address.is_site_local:
            return False
    if any(address in network for network in SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_known = parts.scheme in PORTS and parts.port != 0
    except ValueError:
        is_known = False
    if not is_known:
        raise WebhookUrlRefused("this is no http or https URL")
    return parts


def _may_be_public(host: str) -> bool:
    try:
        return is_public(ip_address(host))
    except ValueError:
        # A name: what it stands for is judged whenever something is sent. One that ends in a number
        # is an old way to write an address (URL standard, "ends in a number").
        return NUMBER.fullmatch(host.rpartition(".")[2]) is None
