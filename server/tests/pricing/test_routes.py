"""Prices over HTTP: which there are, which applies, and those of a workspace's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import attrs
import httpx2
import pytest
from aragora_server.pricing import keeping, snapshot
from aragora_server.pricing.catalogue import EVERY_MODEL
from aragora_server.pricing.snapshot import load

from tests.fixtures import ClientFor

pytestmark = pytest.mark.anyio

PATH = "/v1/workspace-prices"
TIER = {"over_tokens": 0, "input_usd": "2", "output_usd": "7.5"}
AGREED: dict[str, Any] = {
    "provider": "openai",
    "match": "exact",
    "model": "GPT-4o",
    "tiers": [TIER],
    "note": "agreed",
}
GPT = {"provider": "openai", "model": "gpt-4o"}


def in_days(days: int) -> str:
    at = datetime.now(UTC) + timedelta(days=days)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def resolved(client: httpx2.AsyncClient, **asked: str) -> dict[str, Any]:
    answer = await client.get("/v1/prices/resolve", params={**GPT, **asked})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def set_price(client: httpx2.AsyncClient, **asked: object) -> dict[str, Any]:
    answer = await client.post(PATH, json={**AGREED, **asked})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def refusal(client: httpx2.AsyncClient, **asked: object) -> tuple[int, str, str]:
    answer = await client.post(PATH, json={**AGREED, **asked})
    told = answer.json()
    return answer.status_code, told["code"], told["detail"]


async def test_the_list_has_every_model_once_in_pages_of_one_order(
    acme: httpx2.AsyncClient,
) -> None:
    seen, cursor = [], ""
    while True:
        asked = {"limit": "100", **({"cursor": cursor} if cursor else {})}
        page = (await acme.get("/v1/prices", params=asked)).json()
        seen += [(item["provider"], item["model"]) for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break

    known_list = load()
    listed = [(p, m.id) for p, known in known_list.catalogues.items() for m in known.models]
    assert seen == sorted({*listed, ("openai_compatible", EVERY_MODEL)})
    assert page["snapshot"]["version"] == known_list.version


async def test_the_list_can_be_asked_for_a_provider_a_model_and_an_instant(
    acme: httpx2.AsyncClient,
) -> None:
    """o3 cost 10 USD per million tokens until 2025-06-10, and 2 since then."""
    asked = {"provider": "openai", "model": "o3-2025"}

    then = await acme.get("/v1/prices", params={**asked, "at": "2025-05-01T00:00:00Z"})
    now = await acme.get("/v1/prices", params=asked)

    (before,), (after,) = then.json()["items"], now.json()["items"]
    assert {"match": "dated", "name": "o3"} in before["names"] or before["model"] == "o3"
    assert (before["tiers"][0]["input_usd"], after["tiers"][0]["input_usd"]) == ("10", "2")
    assert before["valid_to"] == after["valid_from"] is not None
    assert (before["valid_from"], after["valid_to"]) == (None, None)


async def test_the_price_that_applies_says_where_it_is_from(acme: httpx2.AsyncClient) -> None:
    """gpt-4o is listed at 2.50, from the cache at 1.25, and at 10 out."""
    listed = await resolved(acme)
    local = await resolved(acme, provider="openai_compatible", model="llama")
    prefix = await set_price(acme, match="prefix", model="gpt-")
    by_prefix = await resolved(acme)
    exact = await set_price(acme)
    by_name = await resolved(acme, model="gpt-4O")

    assert (listed["source"], listed["match"], listed["name"]) == ("snapshot", "exact", "gpt-4o")
    tier = listed["tiers"][0]
    assert [tier[f"{of}_usd"] for of in ("input", "cache_read", "output")] == ["2.5", "1.25", "10"]
    assert (listed["workspace_price_id"], listed["price_version"]) == (None, load().version)
    assert (local["source"], local["match"], local["name"]) == ("operator", "prefix", "")
    assert by_prefix["workspace_price_id"] == prefix["id"]
    assert (by_prefix["source"], by_prefix["match"], by_prefix["name"]) == (
        "workspace",
        "prefix",
        "gpt-",
    )
    assert (by_name["match"], by_name["price_version"]) == ("exact", exact["price_version"])
    assert by_name["tiers"] == exact["tiers"]


async def test_what_applied_at_another_time_can_be_asked(acme: httpx2.AsyncClient) -> None:
    price = await set_price(acme, valid_from=in_days(-2), valid_to=in_days(-1))

    assert (await resolved(acme))["source"] == "snapshot"
    assert (await resolved(acme, at=price["valid_from"]))["source"] == "workspace"
    assert (await resolved(acme, at=price["valid_to"]))["source"] == "snapshot"


async def test_a_model_that_nobody_knows_is_unpriced_until_a_price_is_set(
    acme: httpx2.AsyncClient,
) -> None:
    asked = {"provider": "openai", "model": "gpt-99-secret"}
    refused = await acme.get("/v1/prices/resolve", params=asked)
    await set_price(acme, model="gpt-99-secret")

    assert (refused.status_code, refused.json()["code"]) == (422, "model_unpriced")
    assert asked.items() <= refused.json().items()
    assert (await resolved(acme, model="gpt-99-secret"))["source"] == "workspace"


async def test_a_price_is_kept_with_all_that_was_said(acme: httpx2.AsyncClient) -> None:
    full = {
        **TIER,
        "cache_read_usd": "0.000001",
        "cache_write_5m_usd": "3",
        "cache_write_1h_usd": "4",
        "audio_in_usd": "0",
        "audio_out_usd": "1000000",
    }
    dearer = {"over_tokens": 200_000, "input_usd": "4", "output_usd": "15"}
    price = await set_price(acme, tiers=[full, dearer], request_fee_usd="0.01")

    (listed,) = (await acme.get(PATH)).json()["items"]

    assert listed == price
    assert (price["model"], price["status"], price["note"]) == ("gpt-4o", "current", "agreed")
    assert (price["valid_to"], price["request_fee_usd"]) == (None, "0.01")
    unsaid = {"audio_in_usd": None, "audio_out_usd": None}
    caches = dict.fromkeys(("cache_read_usd", "cache_write_5m_usd", "cache_write_1h_usd"), "4")
    assert price["tiers"] == [full, {**dearer, **caches, **unsaid}]


async def test_a_successor_leaves_the_price_before_it_in_the_history(
    acme: httpx2.AsyncClient,
) -> None:
    first = await set_price(acme)
    second = await set_price(acme, tiers=[{**TIER, "input_usd": "1"}], valid_from=in_days(1))

    listed = (await acme.get(PATH)).json()["items"]

    assert listed == [second, {**first, "valid_to": second["valid_from"]}]
    assert [one["status"] for one in listed] == ["upcoming", "current"]


async def test_prices_are_listed_by_provider_and_by_the_beginning_of_a_name(
    acme: httpx2.AsyncClient,
) -> None:
    for model in ("gpt-4o", "gpt-5", "o3"):
        await set_price(acme, model=model)
    await set_price(acme, provider="anthropic", model="claude-5")

    first = (await acme.get(PATH, params={"provider": "openai", "limit": 2})).json()
    rest = (
        await acme.get(PATH, params={"provider": "openai", "cursor": first["next_cursor"]})
    ).json()
    named = (await acme.get(PATH, params={"model": "GPT-"})).json()

    models = [one["model"] for page in (first, rest) for one in page["items"]]
    assert (models, rest["next_cursor"]) == (["o3", "gpt-5", "gpt-4o"], None)
    assert [one["model"] for one in named["items"]] == ["gpt-5", "gpt-4o"]


async def test_a_price_is_ended_once_and_what_is_to_come_is_called_off(
    acme: httpx2.AsyncClient,
) -> None:
    price = await set_price(acme)
    coming = await set_price(acme, model="o3", valid_from=in_days(1))

    ended = (await acme.post(f"{PATH}/{price['id']}/end")).json()
    again = (await acme.post(f"{PATH}/{price['id']}/end")).json()
    off = (await acme.post(f"{PATH}/{coming['id']}/end")).json()

    assert ended == again == {**price, "valid_to": ended["valid_to"], "status": "ended"}
    assert (off["valid_to"], off["status"]) == (coming["valid_from"], "ended")
    assert (await resolved(acme))["source"] == "snapshot"


async def test_the_prices_of_a_workspace_are_nobody_elses(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    price = await set_price(acme)

    ended = await rival.post(f"{PATH}/{price['id']}/end")
    set_too = await set_price(rival)

    assert (ended.status_code, ended.json()["code"]) == (404, "price_not_found")
    assert (await rival.get(PATH)).json()["items"] == [set_too]
    assert (await acme.get(PATH)).json()["items"] == [price]
    assert (await resolved(acme))["workspace_price_id"] == price["id"]


async def test_overlapping_prices_of_one_name_are_a_conflict_that_names_the_other(
    acme: httpx2.AsyncClient,
) -> None:
    price = await set_price(acme, valid_to=in_days(3))

    answer = await acme.post(PATH, json={**AGREED, "valid_from": in_days(1)})

    assert (answer.status_code, answer.json()["code"]) == (409, "price_overlap")
    assert answer.json()["price_id"] == price["id"]


async def test_prices_of_one_model_that_come_at_once_follow_each_other(
    acme: httpx2.AsyncClient,
) -> None:
    answers: list[int] = []

    async def set_one(number: int) -> None:
        answer = await acme.post(PATH, json={**AGREED, "note": str(number)})
        answers.append(answer.status_code)

    async with anyio.create_task_group() as group:
        for number in range(8):
            group.start_soon(set_one, number)

    held = (await acme.get(PATH)).json()["items"]
    assert answers == [201] * 8
    in_turn = sorted(held, key=lambda one: datetime.fromisoformat(one["valid_from"]))
    ends = [one["valid_to"] for one in in_turn]
    assert ends == [*(one["valid_from"] for one in in_turn[1:]), None]


@pytest.mark.parametrize(
    ("wrong", "code", "detail"),
    [
        ({"provider": "opnai"}, "price_invalid", "no provider 'opnai'; known: anthropic"),
        ({"model": ""}, "price_invalid", "names its model"),
        ({"valid_to": "2020-01-01T00:00:00Z"}, "price_invalid", "ends after it began"),
        ({"tiers": [{**TIER, "over_tokens": 5}]}, "price_invalid", "begin at 0"),
        ({"tiers": [TIER, TIER]}, "price_invalid", "rise"),
        ({"tiers": [{**TIER, "input_usd": "1000000.000001"}]}, "price_invalid", "1000000 USD"),
        ({"request_fee_usd": "1000001"}, "price_invalid", "1000000 USD"),
        ({"request_fee_usd": "-1"}, "invalid_amount", ""),
        ({"tiers": [{**TIER, "audio_in_usd": "1e5"}]}, "invalid_amount", ""),
        ({"tiers": [{**TIER, "output_usd": "0.0000001"}]}, "invalid_amount", ""),
        ({"tiers": []}, "invalid_request", ""),
        ({"match": "regex"}, "invalid_request", ""),
    ],
)
async def test_a_price_that_makes_no_sense_is_refused_with_what_is_wrong(
    acme: httpx2.AsyncClient, wrong: dict[str, Any], code: str, detail: str
) -> None:
    status, told, said = await refusal(acme, **wrong)

    assert (status, told) == (422, code)
    assert detail in said


async def test_a_rate_as_a_json_number_is_none(acme: httpx2.AsyncClient) -> None:
    assert (await refusal(acme, tiers=[{**TIER, "input_usd": 2}]))[0] == 422


async def test_a_repeated_request_sets_one_price(acme: httpx2.AsyncClient) -> None:
    key = {"Idempotency-Key": "once"}

    first = await acme.post(PATH, json=AGREED, headers=key)
    second = await acme.post(PATH, json=AGREED, headers=key)

    assert first.json() == second.json()
    assert len((await acme.get(PATH)).json()["items"]) == 1


async def test_each_operation_needs_its_scope(client_for: ClientFor) -> None:
    async with await client_for("acme", ["prices:read"]) as reader:
        assert (await reader.post(PATH, json=AGREED)).json()["code"] == "scope_missing"
        assert (await resolved(reader))["source"] == "snapshot"
    async with await client_for("acme", ["prices:write"]) as writer:
        price = await set_price(writer)
        assert (await writer.post(f"{PATH}/{price['id']}/end")).status_code == 200
        for path in ("/v1/prices", "/v1/prices/resolve?provider=openai&model=o3", PATH):
            assert (await writer.get(path)).json()["code"] == "scope_missing"


async def test_repricing_takes_both_scopes_and_the_price_of_the_workspace(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, client_for: ClientFor
) -> None:
    path = f"{PATH}/{(await set_price(acme))['id']}/reprice"
    asked = {"starts_at": in_days(-1)}

    assert (await acme.post(path, json=asked)).json()["calls"] == 0
    foreign = await rival.post(path, json=asked)
    assert (foreign.status_code, foreign.json()["code"]) == (404, "price_not_found")
    backwards = await acme.post(path, json={"starts_at": in_days(1)})
    assert (backwards.status_code, backwards.json()["code"]) == (422, "price_invalid")
    for scope in ("prices:write", "budgets:adjust"):
        async with await client_for("acme", [scope]) as half:
            refused = await half.post(path, json=asked)
            assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")


async def test_a_workspace_has_so_many_prices_at_a_time_also_when_they_come_at_once(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that have ended do not count, and following one makes none more."""
    monkeypatch.setattr(keeping, "MOST", 3)
    answers: list[int] = []

    async def set_one(number: int) -> None:
        answer = await acme.post(PATH, json={**AGREED, "model": f"m-{number}"})
        answers.append(answer.status_code)

    async with anyio.create_task_group() as group:
        for number in range(8):
            group.start_soon(set_one, number)
    refused = await refusal(acme, model="more")
    held = (await acme.get(PATH)).json()["items"]
    followed = await set_price(acme, model=held[0]["model"])
    past = await set_price(acme, model="more", valid_from=in_days(-2), valid_to=in_days(-1))
    await acme.post(f"{PATH}/{followed['id']}/end")

    assert (sorted(answers), len(held)) == ([201] * 3 + [422] * 5, 3)
    assert refused == (422, "too_many_prices", "a workspace has 3 prices at any one time, at most")
    assert past["status"] == "ended"
    assert (await set_price(acme, model="more"))["status"] == "current"
    assert (await set_price(rival))["status"] == "current"


@pytest.fixture
def without_groq(monkeypatch: pytest.MonkeyPatch) -> None:
    """A price list that knows nothing of this provider."""
    known = load()
    rest = {name: one for name, one in known.catalogues.items() if name != "groq"}
    monkeypatch.setattr(snapshot, "load", lambda: attrs.evolve(known, catalogues=rest))


@pytest.mark.usefixtures("without_groq")
async def test_agents_are_priced_when_the_workspace_has_a_price_for_them(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    async def priced(client: httpx2.AsyncClient) -> dict[str, bool]:
        presets = (await client.get("/v1/agents")).json()["items"]
        return {preset["provider"]: preset["is_priced"] for preset in presets}

    before = await priced(acme)
    await set_price(acme, provider="groq", match="prefix", model="llama")

    assert before["groq"] is False
    assert await priced(acme) == {**before, "groq": True}
    assert await priced(rival) == before
