from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import httpx2
import pytest
from aragora_server.agents.catalogue import load
from aragora_server.agents.providers import ProviderAgent
from aragora_server.agents.recorded import RecordedAgent, Recorder
from aragora_server.agents.scripted import ScriptedAgent
from aragora_server.agents.service import (
    AgentRegistry,
    AgentUnknown,
    Offline,
    ProviderKeyMissing,
)
from aragora_server.agents.stance import STYLES
from aragora_server.debates.ports import SeatWanted
from aragora_server.plugs import DebateAgents

pytestmark = pytest.mark.anyio

NOTHING_SET = AgentRegistry()


def test_the_default_team_is_offline_and_of_three_families() -> None:
    cards = [NOTHING_SET.card(model) for model in NOTHING_SET.default_team()]

    assert {card.provider for card in cards} == {"scripted"}
    assert len({card.family for card in cards}) == 3


def test_every_style_has_a_family_and_a_preset() -> None:
    known = load()

    assert set(known.styles) == set(STYLES)
    assert {f"scripted:{style}" for style in STYLES} <= {preset.model for preset in known.presets}


def test_an_operator_can_name_another_team() -> None:
    registry = AgentRegistry(team=("scripted:slow", "scripted:steady"))

    assert registry.default_team() == ("scripted:slow", "scripted:steady")
    assert {preset.id for preset in registry.presets(lambda *_: True) if preset.is_default} == {
        "slow",
        "steady",
    }


@pytest.mark.parametrize(
    "model", ["nobody:gpt", "scripted:loud", "scripted:", "scripted", "openai:", ":"]
)
def test_an_unknown_agent_is_refused(model: str) -> None:
    with pytest.raises(AgentUnknown):
        NOTHING_SET.card(model)


@pytest.mark.parametrize(
    ("model", "setting"),
    [
        ("openai:gpt-5", "OPENAI_API_KEY"),
        ("anthropic:claude", "ANTHROPIC_API_KEY"),
        ("google:gemini", "GOOGLE_API_KEY"),
        ("mistral:large", "MISTRAL_API_KEY"),
        ("groq:llama", "GROQ_API_KEY"),
        ("openai_compatible:any", "ARAGORA_OPENAI_COMPATIBLE_BASE_URL"),
        ("recorded:any", "ARAGORA_CASSETTES"),
    ],
)
def test_a_missing_key_is_named(model: str, setting: str) -> None:
    with pytest.raises(ProviderKeyMissing) as refused:
        NOTHING_SET.card(model)

    assert refused.value.members == {"provider": model.partition(":")[0], "setting": setting}


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("openai:gpt-5-mini", "gpt"),
        ("openai_compatible:meta-llama/Llama-3.3-70B", "llama"),
        ("openai_compatible:smollm2", "smollm"),
        ("openai_compatible:house-model", "house-model"),
    ],
)
def test_a_family_does_not_hang_on_who_serves_the_model(model: str, family: str) -> None:
    registry = AgentRegistry(
        settings={"OPENAI_API_KEY": "k", "ARAGORA_OPENAI_COMPATIBLE_BASE_URL": "http://x/v1"}
    )

    assert registry.card(model).family == family


def test_a_name_resolves_to_its_adapter(tmp_path: Path) -> None:
    (tmp_path / "talk.jsonl").touch()
    registry = AgentRegistry(
        settings={
            "OPENAI_API_KEY": "key",
            "ARAGORA_OPENAI_COMPATIBLE_BASE_URL": "http://127.0.0.1:1/v1",
            "ARAGORA_CASSETTES": str(tmp_path),
        },
        offline=Offline(delay_s=0.5, call_log=tmp_path / "log"),
    )

    scripted = registry.resolve("scripted:steady")
    assert isinstance(scripted, ScriptedAgent)
    assert (scripted.pace.of(scripted.style), scripted.log is not None) == (0.5, True)
    real = registry.resolve("openai:gpt-5", temperature="0.3")
    assert isinstance(real, ProviderAgent)
    assert (real.access.key, real.access.base_url, real.temperature) == ("key", None, "0.3")
    local = registry.resolve("openai_compatible:smollm2")
    assert isinstance(local, ProviderAgent)
    assert (local.access.key, local.access.base_url) == ("", "http://127.0.0.1:1/v1")
    assert isinstance(registry.resolve("recorded:talk"), RecordedAgent)


def test_a_cassettes_name_is_no_path(tmp_path: Path) -> None:
    (tmp_path / "secret.jsonl").touch()
    inner = tmp_path / "cassettes"
    inner.mkdir()

    with pytest.raises(AgentUnknown):
        AgentRegistry(settings={"ARAGORA_CASSETTES": str(inner)}).card("recorded:../secret")


def test_recording_wraps_every_agent(tmp_path: Path) -> None:
    registry = AgentRegistry(offline=Offline(record_to=tmp_path / "new.jsonl"))

    assert isinstance(registry.resolve("scripted:steady"), Recorder)


def test_seats_get_free_names_and_keep_what_was_asked_for() -> None:
    wanted = [
        SeatWanted(model="scripted:steady"),
        SeatWanted(model="scripted:steady"),
        SeatWanted(model="scripted:careful", name="Vera", role="operator", temperature="0.1"),
    ]

    seats = DebateAgents(NOTHING_SET).seats(wanted)

    assert [seat.name for seat in seats] == ["steady", "steady-2", "Vera"]
    assert (seats[2].role, seats[2].temperature, seats[2].max_output_tokens) == (
        "operator",
        "0.1",
        1024,
    )


def test_no_agents_named_seats_the_servers_own_team() -> None:
    seats = DebateAgents(NOTHING_SET).seats([])

    assert tuple(seat.model for seat in seats) == NOTHING_SET.default_team()


def test_without_the_extra_debates_run_and_providers_say_what_is_missing() -> None:
    """In a process where the libraries cannot be imported, as on a server without them."""
    code = """
    import sys
    class Absent:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in {"pydantic_ai", "openai", "anthropic", "groq"}:
                raise ModuleNotFoundError(name)
    sys.meta_path.insert(0, Absent())
    import anyio
    from aragora_server.agents.service import AgentRegistry, ProviderSupportMissing
    from tests.hearings import Hearing, setup
    _, end = anyio.run(Hearing(setup=setup()).run)
    assert end.verdict.outcome == "decided", end
    registry = AgentRegistry(settings={"OPENAI_API_KEY": "key"})
    try:
        registry.card("openai:gpt-5")
    except ProviderSupportMissing as missing:
        assert missing.members == {
            "provider": "openai",
            "extra": "llm",
            "install": "pip install 'aragora-server[llm]'",
        }
    else:
        raise AssertionError("the provider was accepted")
    reasons = {p.id: p.unavailable_reason for p in registry.providers()}
    assert reasons["scripted"] is None
    assert "without support" in reasons["openai"]
    assert "pydantic_ai" not in sys.modules
    """
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, cwd=root)


async def test_presets_and_providers_can_be_listed_page_by_page(acme: httpx2.AsyncClient) -> None:
    for path in ("/v1/agents", "/v1/providers"):
        whole = (await acme.get(path)).json()["items"]
        seen: list[object] = []
        cursor: str | None = ""
        while cursor is not None:
            page = (await acme.get(path, params={"limit": 3} | _from(cursor))).json()
            assert len(page["items"]) <= 3
            seen += page["items"]
            cursor = page["next_cursor"]

        assert seen == whole
        assert len(whole) > 3


async def test_a_cursor_of_another_list_is_refused(acme: httpx2.AsyncClient) -> None:
    page = (await acme.get("/v1/providers", params={"limit": 1})).json()

    answer = await acme.get("/v1/agents", params={"cursor": page["next_cursor"]})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


async def test_an_unknown_model_is_a_422_that_names_it(acme: httpx2.AsyncClient) -> None:
    body = {"question": "Shall we?", "agents": [{"model": "nobody:x"}, {"model": "scripted:slow"}]}

    answer = await acme.post("/v1/debates", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "agent_unknown")


def _from(cursor: str) -> dict[str, str]:
    return {"cursor": cursor} if cursor else {}
