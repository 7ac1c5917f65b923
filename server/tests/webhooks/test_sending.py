"""A request to an endpoint: judged address, bounded time, nothing followed."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from pathlib import Path

import anyio
import pytest
from aragora_server.webhooks import sending
from aragora_server.webhooks.model import WebhookUrlRefused
from aragora_server.webhooks.sending import Post, Unreachable
from aragora_server.webhooks.targets import Address

from tests.certificates import certified
from tests.receiver import receiver

pytestmark = pytest.mark.anyio


def standing_for(*addresses: str) -> sending.Resolve:
    async def resolve(_host: str, _port: int) -> list[Address]:
        return [ip_address(address) for address in addresses]

    return resolve


async def test_a_name_that_stands_for_an_address_inside_is_not_asked() -> None:
    for found in (["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:169.254.169.254"]):
        post = Post(allowed="public", resolve=standing_for(*found))
        with pytest.raises(Unreachable, match="not public"):
            await post.send("https://hooks.example.com/", {}, b"{}")


async def test_a_url_that_was_stored_when_more_was_allowed_is_refused() -> None:
    with pytest.raises(WebhookUrlRefused):
        await Post(allowed="public").send("http://127.0.0.1:1/", {}, b"{}")


async def test_the_request_goes_to_the_address_that_was_judged_under_the_name_of_the_url(
    tmp_path: Path,
) -> None:
    ours = certified("hooks.example.com", tmp_path)
    with receiver(ours.server) as endpoint:
        port = endpoint.url.split(":")[2].split("/")[0]
        post = Post(allowed="any", resolve=standing_for("127.0.0.1"), trusted=ours.client)

        status = await post.send(f"https://hooks.example.com:{port}/in", {"a": "b"}, b"body")

        (got,) = endpoint.requests
    assert status == 204
    assert (got.path, got.body, got.headers["a"]) == ("/in", b"body", "b")
    assert got.headers["host"] == f"hooks.example.com:{port}"


async def test_a_certificate_of_another_name_is_not_trusted(tmp_path: Path) -> None:
    ours = certified("elsewhere.example.com", tmp_path)
    with receiver(ours.server) as endpoint:
        port = endpoint.url.split(":")[2].split("/")[0]
        post = Post(allowed="any", resolve=standing_for("127.0.0.1"), trusted=ours.client)

        with pytest.raises(Unreachable, match="ConnectError"):
            await post.send(f"https://hooks.example.com:{port}/in", {}, b"body")

        assert endpoint.requests == []


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with receiver() as endpoint, receiver() as other:
        endpoint.answers, endpoint.more = [307], {"location": other.url}

        status = await Post(allowed="any").send(endpoint.url, {}, b"{}")

        assert (status, len(endpoint.requests), other.requests) == (307, 1, [])


async def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as endpoint, receiver() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)

        assert await Post(allowed="any").send(endpoint.url, {}, b"{}") == 204

        assert proxy.requests == []


async def test_who_never_answers_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        with anyio.fail_after(20), pytest.raises(Unreachable, match="did not answer within"):
            await Post(allowed="any", limit_s=0.2).send(url, {}, b"{}")


async def test_the_body_of_an_answer_is_not_read() -> None:
    with receiver() as endpoint:
        endpoint.more = {"content-length": str(2**40)}

        with anyio.fail_after(10):
            assert await Post(allowed="any").send(endpoint.url, {}, b"{}") == 204


async def test_nobody_there_and_no_such_name_are_told_apart() -> None:
    async def unknown(_host: str, _port: int) -> list[Address]:
        raise socket.gaierror

    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(Unreachable, match="ConnectError"):
        await Post(allowed="any").send(f"http://127.0.0.1:{port}/", {}, b"{}")
    with pytest.raises(Unreachable, match="cannot be looked up"):
        await Post(allowed="public", resolve=unknown).send("https://no.example/", {}, b"{}")


async def test_a_name_is_looked_up_by_the_system() -> None:
    found = await sending.resolve("localhost", 443)

    assert found
    assert all(address.is_loopback for address in found)
