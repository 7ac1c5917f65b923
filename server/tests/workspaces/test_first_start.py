"""The first start makes a way in, and later ones keep it right."""

import json
import stat

import attrs
import pytest
from aragora_server import datadir
from aragora_server.first_start import FirstStart

pytestmark = pytest.mark.anyio


@pytest.fixture
def first(services, settings):
    return FirstStart(
        workspaces=services.workspaces,
        keyring=services.keyring,
        receipts=services.receipts,
        credentials=settings.credentials,
        base_url="http://127.0.0.1:1",
    )


async def test_the_first_start_gives_the_key_and_keeps_it_for_clients(first, client_for):
    secret = await first.run()

    kept = json.loads(first.credentials.read_text())
    assert (kept["api_key"], kept["base_url"]) == (secret, "http://127.0.0.1:1")
    listed = (await first.receipts.published.directory())["keys"]
    pinned = [key["key_id"] for key in kept["receipt_keys"]]
    assert pinned == [key["key_id"] for key in listed]
    assert stat.S_IMODE(first.credentials.stat().st_mode) == 0o600
    async with client_for.with_key(secret) as client:
        assert (await client.get("/v1/account")).json()["workspace"]["name"] == "default"


async def test_later_starts_give_no_key(first):
    await first.run()

    assert await first.run() is None


async def test_the_credentials_follow_the_address(first):
    secret = await first.run()

    await attrs.evolve(first, base_url="http://127.0.0.1:2").run()

    kept = json.loads(first.credentials.read_text())
    assert (kept["api_key"], kept["base_url"]) == (secret, "http://127.0.0.1:2")


@pytest.mark.parametrize("content", ["", "[]", '{"api_key": "ara_other"}', '{"api_key": 1}'])
async def test_what_is_not_ours_is_left_as_it_is(first, content):
    await first.run()
    first.credentials.write_text(content)

    await attrs.evolve(first, base_url="http://127.0.0.1:2").run()

    assert first.credentials.read_text() == content


async def test_a_key_that_cannot_be_kept_is_not_made(first, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    broken = attrs.evolve(first, credentials=blocked / "credentials.json")

    with pytest.raises(OSError, match="file"):
        await broken.run()

    assert await first.run() is not None


async def test_nobody_lays_a_file_in_the_way_of_the_credentials(first, monkeypatch):
    """A file that stands there already keeps its owner, and would give the key away."""
    monkeypatch.setattr(datadir.secrets, "token_hex", lambda _size: "guessed")
    trap = first.credentials.with_name(f"{first.credentials.name}.guessed.new")
    trap.touch(mode=0o666)

    with pytest.raises(FileExistsError):
        await first.run()

    assert trap.read_text() == ""


async def test_what_cannot_be_put_in_place_is_not_left_lying_about(first):
    first.credentials.mkdir()

    with pytest.raises(OSError, match="directory"):
        await first.run()

    assert [path.name for path in first.credentials.parent.glob("*.new")] == []
