"""Where events may be sent."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from aragora_server.webhooks.model import WebhookUrlRefused
from aragora_server.webhooks.targets import is_public, target

INSIDE = [
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.192",
    "192.88.99.1",
    "3fff::1",
    "::ffff:168.63.129.16",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "fec0::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:0:53aa:64c::1",
]
OUTSIDE = [
    "93.184.216.34",
    "8.8.8.8",
    "172.32.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
REFUSED = [
    "http://hooks.example.com/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://localhost/",
    "https://api.localhost./",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://169.254.169.254/latest/",
    "https://user:pass@hooks.example.com/",
    "https://hooks.example.com/#part",
    "https:///path",
    "https://[/",
    "https://hooks.example.com:0/",
    "https://hooks.example.com:99999/",
    "https://[fe80::1%25eth0]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_not_public_however_it_is_written(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("url", REFUSED)
def test_a_url_that_leads_inside_or_is_none_is_refused(url: str) -> None:
    with pytest.raises(WebhookUrlRefused):
        target(url, "public")


def test_what_the_operator_allows_is_allowed() -> None:
    found = target("http://127.0.0.1:8000?a=1", "any")

    assert found.authority == "127.0.0.1:8000"
    assert found.at(ip_address("127.0.0.1")) == "http://127.0.0.1:8000/?a=1"
    with pytest.raises(WebhookUrlRefused):
        target("http://user@127.0.0.1/", "any")


def test_the_name_stays_beside_the_address_that_is_asked() -> None:
    found = target("https://hooks.example.com/a%20b?c=d%26e", "public")

    assert found.authority == found.host == "hooks.example.com"
    assert found.at(ip_address("2606:4700::1111")) == "https://[2606:4700::1111]:443/a%20b?c=d%26e"
